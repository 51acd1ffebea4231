import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { FROM_HUB, HubTransport, NO_HUB, TO_HUB } from "../../../js/rpc/hub.js";
import { DictWriter, readDict } from "../../../js/rpc/pieces.js";
import { ManualClock } from "./support/clock.js";
import { MaxBus } from "./support/max_bus.js";

const state = (hub, engine = "ready", words = "Engine ready") => JSON.stringify({ hub, engine, words, version: "" });

/** A Hub that answers as its header says; the test can take it away. */
function fakeHub(bus, id = "h1") {
  const hub = { id, heard: [], answers: true, opens: true, texts: new DictWriter(bus.Dict, `bandmate.text.${id}`) };
  hub.tell = (...message) => bus.messnamed(FROM_HUB, ...message);
  hub.leave = bus.receive(TO_HUB, (what, device, ...rest) => {
    if (!hub.answers) return;
    hub.heard.push([what, device, ...rest]);
    if (what === "open" || what === "here")
      hub.tell("hub", state(hub.id, hub.opens ? "ready" : "starting", "Waking it"));
    if (what === "open" && hub.opens) hub.tell("opened", device);
  });
  return hub;
}

function setUp() {
  const bus = new MaxBus();
  const clock = new ManualClock();
  const events = [];
  const pipe = new HubTransport({
    id: "d1",
    info: { name: "Chords" },
    send: (...values) => bus.messnamed(TO_HUB, ...values),
    DictClass: bus.Dict,
    clock,
  });
  bus.receive(FROM_HUB, (selector, ...values) => pipe.receive(selector, values));
  pipe.onOpen = () => events.push("open");
  pipe.onText = (text) => events.push(text);
  pipe.onClose = (code, words) => events.push(`closed ${code} ${words}`);
  pipe.onNotice = (words) => events.push(`notice ${words}`);
  return { bus, clock, pipe, events };
}

describe("the way through the Hub", () => {
  it("opens, and carries short texts as symbols", () => {
    const { bus, pipe, events } = setUp();
    const hub = fakeHub(bus);
    pipe.open();
    pipe.send("hello");
    hub.tell("frame", "d1", "good day");
    assert.deepEqual(hub.heard, [
      ["open", "d1", '{"name":"Chords"}'],
      ["frame", "d1", "hello"],
    ]);
    assert.deepEqual(events, ["notice Connecting ...", "open", "good day"]);
  });

  it("carries long texts by Dict, both ways, and never a symbol beyond Max's limit", () => {
    const { bus, pipe, events } = setUp();
    const hub = fakeHub(bus);
    pipe.open();
    const long = "é𝄞x".repeat(30_000);
    pipe.send(long);
    const [what, device, name] = hub.heard.at(-1);
    assert.deepEqual([what, device], ["dict", "d1"]);
    assert.equal(readDict(bus.Dict, name), long);
    hub.tell("dict", "d1", hub.texts.write([long, "!"]));
    assert.equal(events.at(-1), `${long}!`);
    assert.ok(bus.longest <= 30_000);
  });

  it("says after 1.5 s of silence that there is no Hub", () => {
    const { clock, pipe, events } = setUp();
    pipe.open();
    clock.move(1499);
    assert.deepEqual(events, []);
    clock.move(1);
    assert.deepEqual(events, [`closed 4404 ${NO_HUB}`]);
    assert.equal(clock.pending, 0);
  });

  it("asks a Hub that comes after the question", () => {
    const { bus, clock, pipe, events } = setUp();
    pipe.open();
    clock.move(1000);
    const hub = fakeHub(bus);
    hub.tell("hub", state("h1"));
    assert.equal(events.at(-1), "open");
  });

  it("waits with the Hub's words while the engine is woken, asking again now and then", () => {
    const { bus, clock, pipe, events } = setUp();
    const hub = fakeHub(bus);
    hub.opens = false;
    pipe.open();
    clock.move(10_000);
    assert.equal(events[0], "notice Waking it");
    assert.equal(hub.heard.filter(([what]) => what === "open").length, 4);
    hub.tell("opened", "d1");
    assert.equal(events.at(-1), "open");
    const asked = hub.heard.length;
    clock.move(10_000);
    assert.equal(hub.heard.length, asked, "nothing is asked any more");
  });

  it("notices a Hub that vanished while it waited", () => {
    const { bus, clock, pipe, events } = setUp();
    const hub = fakeHub(bus);
    hub.opens = false;
    pipe.open();
    hub.answers = false;
    clock.move(5000);
    assert.equal(events.at(-1), `closed 4404 ${NO_HUB}`);
  });

  it("breaks when another Hub takes over", () => {
    const { bus, pipe, events } = setUp();
    const hub = fakeHub(bus);
    pipe.open();
    hub.tell("hub", state("h1", "starting", "again"));
    assert.equal(events.at(-1), "open", "the same Hub may say what it likes");
    hub.tell("hub", state("h2", "starting", "Starting ..."));
    assert.equal(events.at(-1), "closed 4410 Starting ...");
  });

  it("can ask whether it still stands", () => {
    const { bus, clock, pipe, events } = setUp();
    const hub = fakeHub(bus);
    pipe.open();
    pipe.check();
    clock.move(2000);
    assert.equal(events.at(-1), "open");
    hub.answers = false;
    pipe.check();
    clock.move(1500);
    assert.equal(events.at(-1), `closed 4404 ${NO_HUB}`);
  });

  it("asks for an engine that sleeps only when somebody needs it", () => {
    const { bus, pipe } = setUp();
    const hub = fakeHub(bus);
    hub.opens = false;
    pipe.open();
    assert.equal(
      hub.heard.some(([what]) => what === "wake"),
      false,
    );
    pipe.need();
    assert.deepEqual(hub.heard.at(-1), ["wake", "d1"]);
  });

  it("does not mind messages for others, after its end, or of no sense", () => {
    const { bus, pipe, events } = setUp();
    const hub = fakeHub(bus);
    pipe.open();
    hub.tell("frame", "d2", "not mine");
    hub.tell("hub", "no JSON");
    pipe.close();
    hub.tell("frame", "d1", "too late");
    assert.deepEqual(hub.heard.at(-1), ["close", "d1"]);
    assert.deepEqual(events, ["notice Connecting ...", "open"]);
    assert.throws(() => pipe.send("x"));
  });

  it("tells why it was closed", () => {
    const { bus, pipe, events } = setUp();
    const hub = fakeHub(bus);
    pipe.open();
    hub.tell("closed", "d1", 1001, "Engine away, waking it ...");
    assert.equal(events.at(-1), "closed 1001 Engine away, waking it ...");
  });
});

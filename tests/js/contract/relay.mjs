/**
 * The shipped scripts joined as their patches join them, against a running engine: Chords' v8 and the Hub's v8 (the
 * code of the built devices) on one Max bus, the Hub's Node half, a headless Live Set with both devices in it.
 *
 * In:  first line: { chords, hub, endpoint, patience }; then commands, one a line, see below. The end of input ends it.
 * Out: { sent: { channel: [selectors] }, unknown: [what nobody took], methods: [names], handlers: [names], words,
 *      longest, set: what the Set is at the end }
 *      A line "ready" goes to standard error when Chords is ready or `patience` (ms) is over, "done" after each command.
 */
import { createInterface } from "node:readline";
import { createLiveAPI } from "../../../js/headless/live/liveapi.js";
import { NodeHub } from "../../../js/hub/node.js";
import { nodeClock } from "../../../js/rpc/clock.js";
import { FROM_HUB, TO_HUB } from "../../../js/rpc/hub.js";
import { addClip, note, show, stage } from "../live/support/stage.js";
import { MaxBus } from "../rpc/support/max_bus.js";
import { tappedSocket } from "./max_stubs.js";
import { v8 } from "./max_v8.js";
import { say } from "./talk.js";

const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
const { chords: chordsCode, hub: hubCode, endpoint, patience } = JSON.parse((await lines.next()).value);

/** @type {Record<string, Set<string>>} */
const sent = {};
/** Names of the methods that were called. @type {Set<string>} */
const methods = new Set();
const unknown = new Set();

function noteSent(/** @type {string} */ channel, /** @type {string} */ selector) {
  sent[channel] ??= new Set();
  sent[channel].add(selector);
}

/** Hands a message to whoever has a function for it, and notes it. */
function hand(
  /** @type {string} */ channel,
  /** @type {any} */ to,
  /** @type {string} */ selector,
  /** @type {any[]} */ values,
) {
  noteSent(channel, selector);
  if (typeof to[selector] === "function") return to[selector](...values);
  unknown.add(`${channel}: ${selector}`);
}

const socket = (/** @type {string} */ url) =>
  new (tappedSocket({
    out(text) {
      const { method } = JSON.parse(text);
      if (method) methods.add(method);
      return text;
    },
  }))(url);

const { set, device: chordsDevice } = stage({
  tracks: [
    { kind: "midi", name: "Keys" },
    { kind: "midi", name: "Bass" },
  ],
});
const hubDevice = set.addDevice(set.tracks[1], { name: "Bandmate Hub", className: "MxDeviceMidiEffect", type: 4 });
const macros = set.addDevice(set.tracks[0], {
  name: "Bandmate Macros",
  className: "MxDeviceMidiEffect",
  type: 4,
  parameters: ["Energy", "Tension", "Darkness", "Groove"].map((name) => ({ name, max: 100 })),
});
const apiOf = (/** @type {any} */ device) => createLiveAPI(set, { thisDevice: () => device, post: () => {} });

const bus = new MaxBus();
class Dict extends bus.Dict {
  /** @param {string} json */
  parse(json) {
    for (const [key, value] of Object.entries(JSON.parse(json))) this.set(key, value);
  }
}
const max = { messnamed: bus.messnamed, Dict };

let light = "";
let words = "";
const pictured = {
  status: (/** @type {string[]} */ ...now) => ([light, words] = now),
  stars() {},
  roll() {},
  playhead() {},
};
const routed = { progressions() {}, seed() {}, recipe() {}, busy() {} };

/** @type {NodeHub | null} */
let nodeHub = null;
/** What node.script takes, as NodeHub says. @type {Record<string, (...values: any[]) => void>} */
let handlers = {};
const scripted = { script: (/** @type {string} */ what) => (what === "start" ? startNode() : nodeHub?.end()) };

const hub = v8(hubCode, {
  ...max,
  LiveAPI: apiOf(hubDevice),
  outlet(index, selector, ...values) {
    bus.check([selector, ...values]);
    // node.script keeps the order of messages but is another process: nothing comes back within the same call.
    if (index === 0) setImmediate(() => hand("hub to node", { ...handlers, ...scripted }, selector, values));
    else hand("hub to panel", { status() {}, log() {}, version() {} }, selector, values);
  },
});

function startNode() {
  nodeHub = new NodeHub({
    outlet: (selector, ...values) => {
      bus.check([selector, ...values]);
      setImmediate(() => hand("node to hub", hub.messages, String(selector), values));
    },
    endpoint: () => endpoint,
    launch: () => ({ problem: "The engine runs already" }),
    saveIdle() {},
    showFolder() {},
    folder: "",
    socket: /** @type {any} */ (socket),
    clock: nodeClock(),
    random: Math.random,
    version: "0.1.0",
    logEvery: 20,
  });
  handlers = nodeHub.handlers;
  nodeHub.begin();
}

const chords = v8(chordsCode, {
  ...max,
  LiveAPI: apiOf(chordsDevice),
  outlet(index, selector, ...values) {
    if (index === 0) hand("chords to picture", pictured, selector, values);
    else if (index === 1) hand("chords to controls", routed, selector, values);
  },
});

bus.receive(TO_HUB, (/** @type {any} */ selector, /** @type {any[]} */ ...values) => {
  noteSent("chords to bus", selector);
  hand("bus to hub", hub.messages, "device", [selector, ...values]);
});
bus.receive(FROM_HUB, (/** @type {any} */ selector, /** @type {any[]} */ ...values) =>
  hand("bus to chords", chords.messages, selector, values),
);

/** @param {() => boolean} condition @param {number} [ms] */
async function until(condition, ms = 10_000) {
  const end = performance.now() + ms;
  while (!condition() && performance.now() < end) await new Promise((resolve) => setTimeout(resolve, 2));
}

let slot = 0;
/** @type {Record<string, (...values: string[]) => unknown>} */
const commands = {
  generate: async () => {
    words = "";
    chords.messages.generate();
    await until(() => words !== "" && words !== "Composing ...");
  },
  /** A press on a star of the picture. */
  rate: (stars) => chords.messages.rate(Number(stars)),
  /** The hand takes a note out of the clip that was written. */
  edit: () => {
    const { clip } = /** @type {any} */ (set.tracks[0].clip_slots[0]);
    set.edit(() => clip.setNotes(clip.notes.slice(1)));
  },
  /** Until a method was called. */
  heard: (method) => until(() => methods.has(method)),
  /** A control of Chords. */
  turn: (selector, value) => chords.messages[selector](Number(value)),
  /** Typed into Chords' own progression. */
  own: async (...figures) => {
    words = "";
    chords.messages.own_text(...figures);
    await until(() => words !== "");
  },
  /** A button or control of the Hub. */
  hub: async (selector, ...values) => {
    hub.messages[selector](...values.map(Number));
    await new Promise((resolve) => setTimeout(resolve, 20));
  },
  /** A clip with many notes, in Detail View. */
  notes: (count) => {
    const notes = Array.from({ length: Number(count) }, (_, i) =>
      note(i % 128, Math.floor(i / 128) / 8, 0.1234567890123),
    );
    show(set, addClip(set, 1, slot, Math.ceil(Number(count) / 1024), notes));
    slot += 1;
  },
  /** The person turns something by hand, or draws a lane. */
  user: (what, value) => {
    const energy = macros.parameter("Energy");
    if (what === "tempo") set.edit(() => set.song.set_tempo(Number(value)));
    else if (what === "energy") set.edit(() => energy.move(Number(value), "user"));
    else {
      set.automation.draw(energy, [
        [0, 0],
        [16, 100],
      ]);
    }
  },
  /** Until the engine's log was read once more. */
  log: async () => {
    methods.delete("engine.log");
    await until(() => methods.has("engine.log"));
  },
  /** Until the Hub has stopped the engine. */
  stop: async () => {
    hub.messages.engine_stop();
    await until(() => methods.has("engine.stop"));
  },
};

hub.messages.start();
chords.messages.start();
await until(() => light === "ready" && Boolean(sent["chords to controls"]), patience);
process.stderr.write("ready\n");
for await (const line of lines) {
  const [command, ...values] = line.split(" ");
  await commands[command](...values);
  process.stderr.write("done\n");
}
say({
  sent: Object.fromEntries(Object.entries(sent).map(([name, values]) => [name, [...values].sort()])),
  unknown: [...unknown],
  methods: [...methods].sort(),
  handlers: Object.keys(handlers).sort(),
  words,
  longest: bus.longest,
  set: {
    tempo: set.tempo,
    playing: set.song.is_playing,
    energy: macros.parameter("Energy").value,
    volume: set.tracks[1].mixer_device.volume.value,
    notes: set.tracks[1].clip_slots[2].clip?.get_all_notes_extended().notes.length ?? 0,
  },
});

/** Styles of the user's own: the menu that offers them, the name that the Set keeps, and what is said where one is not there. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { BassDevice } from "../../../../js/devices/bass/device.js";
import { DrumsDevice } from "../../../../js/devices/drums/device.js";
import { RpcError } from "../../../../js/rpc/errors.js";
import { desk, settled } from "./desk.js";

const LEARNT = [
  { name: "Dub", role: "bass" },
  { name: "Hats", role: "drums" },
  { name: "Night bass", role: "bass" },
];
const RESOLVED = { key: "D minor", style: "house", style_name: "House" };

/** @param {any} on @param {any[]} [styles] */
async function tell(on, styles = LEARNT) {
  await on.engine.of("compose.own_styles").at(-1).answer({ styles });
}

/** @param {any} [Device] @param {any[]} [kept] what the Set kept of an own style */
async function learnt(Device = BassDevice, kept = []) {
  const on = desk(Device, Device === BassDevice ? "compose.bass" : "compose.drums");
  on.device.ownName(kept);
  on.device.start();
  on.become();
  await tell(on);
  return on;
}

/** Messages to a control, newest last. @param {any} on @param {string} word */
const sent = (on, word) =>
  on.sent
    .filter((/** @type {any[]} */ each) => each[0] === 1 && each[1] === word)
    .map((/** @type {any[]} */ each) => each.slice(2));

/** @param {any} on @param {any} [resolved] */
async function writes(on, resolved = {}) {
  on.device.generate();
  await on.answer({ resolved: { ...RESOLVED, own: on.params().own, own_amount: on.params().own_amount, ...resolved } });
}

test("the menu offers the styles of its own role, always in as many rows", async () => {
  const on = await learnt();
  const items = on.items("own");
  assert.deepEqual(items.slice(0, 4), ["No own style", "Dub", "Night bass", "(no style 3)"]);
  assert.equal(new Set(items).size, 25);
  const drums = await learnt(DrumsDevice);
  assert.equal(drums.items("own")[1], "Hats");
});

test("none is chosen at first: nothing of it is asked for, and the amount looks inactive", async () => {
  const on = await learnt();
  assert.deepEqual(sent(on, "own_able").at(-1), [0]);
  on.device.parameter("own_amount", 80);
  on.device.generate();
  assert.deepEqual([on.params().own, on.params().own_amount], [null, 80]);
});

test("a style is asked for by its name, kept by its name, and told by its name", async () => {
  for (const Device of [BassDevice, DrumsDevice]) {
    const on = await learnt(Device);
    on.device.parameter("own", 1);
    const name = Device === BassDevice ? "Dub" : "Hats";
    assert.deepEqual(sent(on, "own_name").at(-1), ["is", name]);
    assert.deepEqual(sent(on, "own_able").at(-1), [1]);
    await writes(on);
    assert.equal(on.params().own, name);
    assert.match(on.clip().name, new RegExp(`House \\+ ${name}`));
    assert.doesNotMatch(on.words(), /computer/);
    on.device.enable(false);
    on.device.enable(true);
    assert.deepEqual(sent(on, "own_able").at(-1), [1]);
    on.device.parameter("own", 0);
    assert.deepEqual(sent(on, "own_name").at(-1), ["none"]);
    assert.deepEqual(sent(on, "own_able").at(-1), [0]);
  }
});

test("what others learn moves the menu, and the chosen style stays chosen", async () => {
  const on = await learnt();
  on.device.parameter("own", 2);
  await on.engine.notify("compose.own_changed", {});
  await tell(on, [{ name: "Acid", role: "bass" }, ...LEARNT]);
  assert.deepEqual(on.items("own").slice(0, 4), ["No own style", "Acid", "Dub", "Night bass"]);
  assert.deepEqual(sent(on, "own").at(-1), ["set", 3]);
  on.device.generate();
  assert.equal(on.params().own, "Night bass");
});

test("the engine is asked again only when it would not have told: it was away, or the device was off", async () => {
  const on = await learnt();
  const asked = () => on.engine.of("compose.own_styles").length;
  await writes(on);
  await writes(on);
  assert.equal(asked(), 1);
  on.become("away", "Engine asleep");
  on.become();
  assert.equal(asked(), 2);
  await on.engine.of("compose.own_styles").at(-1)?.fail(new RpcError(-32603, "no"));
  await settled();
  await writes(on);
  assert.equal(asked(), 3);
  await tell(on);
  on.device.enable(false);
  on.become("away", "");
  on.device.enable(true);
  on.become();
  assert.equal(asked(), 4);
});

test("a row that the Set stored means nothing, the name beside it all", async () => {
  const on = desk(BassDevice, "compose.bass");
  on.device.parameter("own", 7);
  on.device.ownName(["is", "Night bass"]);
  on.device.start();
  assert.equal(on.items("own")[1], "Night bass", "shown before the engine is there");
  on.become();
  await tell(on);
  assert.deepEqual(sent(on, "own").at(-1), ["set", 2]);
  on.device.generate();
  assert.equal(on.params().own, "Night bass");
});

test("on another computer it says so, keeps the name, and composes without", async () => {
  const on = await learnt(BassDevice, ["is", "Garage"]);
  assert.match(on.words(), /Your style "Garage" is not on this computer/);
  assert.equal(on.items("own")[3], "Garage (not here)");
  await writes(on);
  assert.equal(on.params().own, null);
  assert.match(on.words(), /^Wrote 8 notes.*Your style "Garage" is not on this computer$/);
  assert.deepEqual(sent(on, "own_name"), [], "what the Set kept stays");
  await on.engine.notify("compose.own_changed", {});
  await tell(on, [...LEARNT, { name: "Garage", role: "bass" }]);
  await writes(on);
  assert.equal(on.params().own, "Garage");
});

test("a style that plays something else is told as that", async () => {
  const on = await learnt(BassDevice, ["is", "Hats"]);
  assert.match(on.words(), /Your style "Hats" plays drums/);
});

test("where the engine finds out only at the press, it is asked once more without it", async () => {
  const on = desk(BassDevice, "compose.bass");
  on.device.ownName(["is", "Garage"]);
  on.device.start();
  on.device.generate(); // the engine is not there yet
  assert.equal(on.params().own, "Garage");
  on.become();
  await on.asked()[0].fail(new RpcError(-32602, "no such style", { field: "own", hint: "" }));
  await settled();
  assert.equal(on.asked().length, 2);
  await on.answer({ resolved: { ...RESOLVED, own: null, own_amount: 50 } });
  await settled();
  assert.match(on.words(), /^Wrote 8 notes.*Your style "Garage" is not on this computer$/);
});

test("what else is wrong is said as it is, and Cancel ends it", async () => {
  const on = await learnt(BassDevice, ["is", "Dub"]);
  on.device.generate();
  await on.asked()[0].fail(new RpcError(-32602, "bars is 99", { field: "bars", hint: "" }));
  await settled();
  assert.deepEqual([on.asked().length, on.words()], [1, "bars is 99"]);
  on.device.generate();
  on.device.generate();
  await settled();
  assert.deepEqual([on.asked().length, on.words()], [2, "Cancelled"]);
});

test("more styles than rows: the chosen one is always among them", async () => {
  const many = Array.from({ length: 40 }, (_, i) => ({ name: `Style ${String(i).padStart(2, "0")}`, role: "bass" }));
  const on = await learnt(BassDevice, ["is", "Style 39"]);
  await on.engine.notify("compose.own_changed", {});
  await tell(on, many);
  assert.equal(on.items("own").length, 25);
  assert.ok(on.items("own").includes("Style 39"));
  on.device.generate();
  assert.equal(on.params().own, "Style 39");
});

test("an empty row is no choice, and two names are never taken for one another", async () => {
  const on = await learnt();
  on.device.parameter("own", 9);
  assert.deepEqual(sent(on, "own").at(-1), ["set", 0]);
  await on.engine.notify("compose.own_changed", {});
  await tell(on, [{ name: "No own style", role: "bass" }]);
  assert.equal(on.items("own")[1], "No own style (1)");
});

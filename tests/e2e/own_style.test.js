/** A style of the user's own, from the clip it is learnt from to the part that plays it, on the built devices. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { EngineClient } from "./support/client.js";
import { endpointOf, sharedEngine } from "./support/engine.js";
import { pointAt } from "./support/inspect_companion.js";
import { BUILT, clickSlot, clipIn, LiveSet, ready, says, stageFor, untilSays } from "./support/play.js";
import { Wire } from "./support/wire.js";

const TRACKS = ["Keys", "Night bass", "Lead", "Night drums"].map((name) => ({ name }));
const ROLES = /** @type {const} */ ({ bass: 1, melody: 2, drums: 3 });
const BARS = 4;

/** Places in the bar that no style of ours has, and what is played there. @type {Record<keyof typeof ROLES, [number, number][]>} */
const TAUGHT = {
  bass: [[0.25, 33], [0.75, 45], [1.75, 40], [2.25, 33], [3.25, 36]], // biome-ignore format: a table
  melody: [[0.25, 69], [1.25, 72], [1.75, 76], [2.75, 74], [3.25, 72]], // biome-ignore format: a table
  drums: [[0.25, 36], [0.75, 38], [1.75, 36], [2.25, 42], [3.25, 38], [3.75, 42]], // biome-ignore format: a table
};

/** @param {import("../../js/headless/index.js").LiveSet} set @param {keyof typeof ROLES} role @param {number} [slot] @returns {any} */
const teacher = (set, role, slot = 1) =>
  set.edit(() => {
    const place = /** @type {any} */ (set.tracks[ROLES[role]].clip_slots[slot]);
    place.create_clip(4 * BARS);
    const notes = Array.from({ length: BARS }, (_, bar) =>
      TAUGHT[role].map(([at, pitch]) => ({ pitch, start_time: bar * 4 + at, duration: 0.25, velocity: 96 })),
    ).flat();
    place.clip.add_new_notes({ notes });
    return place.clip;
  });

/** How much of what a clip plays lies where the user's notes lie. @param {any} clip @param {keyof typeof ROLES} role */
function nearness(clip, role) {
  const places = new Set(TAUGHT[role].map(([at, pitch]) => (role === "drums" ? `${at} ${pitch}` : String(at))));
  const played = clip.notes.map((/** @type {any} */ { start_time: start, pitch }) => {
    const at = String((Math.round(start * 4) / 4) % 4);
    return role === "drums" ? `${at} ${pitch}` : at;
  });
  return played.filter((/** @type {string} */ place) => places.has(place)).length / played.length;
}

/**
 * A Live with Hub and Companion.
 *
 * @param {import("node:test").TestContext} test
 * @param {string} home
 */
async function studio(test, home) {
  const set = LiveSet.empty({ tempo: 120, tracks: /** @type {any} */ (TRACKS) });
  const stage = await stageFor(test, { set, home });
  const hub = await stage.live.addDevice(BUILT.hub, { track: 0 });
  const companion = await stage.live.addDevice(BUILT.companion, { track: 0 });
  await ready(companion);
  return { ...stage, set, hub, companion, wire: new Wire(hub) };
}

/** @param {any} device @param {string} name */
const offered = (device, name) =>
  device.live.until(() => device.parameter("Own Style").items.includes(name), { what: `${name} in the menu` });

/** Writes into the first slot of a part's track. @param {any} device @param {keyof typeof ROLES} role @param {number} [amount] */
async function plays(device, role, amount = 100) {
  clickSlot(device.live, ROLES[role], 0);
  device.turn("Own Amount", amount);
  device.press("Generate");
  await device.live.until(() => /Wrote \d+/.test(says(device)), { what: `a part; it says ${says(device)}` });
  const told = says(device);
  const near = nearness(clipIn(device.live, ROLES[role]), role);
  device.press("Undo");
  return { near, told };
}

describe("a style of the user's own", { concurrency: 1, timeout: 600_000 }, () => {
  const engine = sharedEngine();

  for (const role of /** @type {const} */ (["bass", "melody", "drums"])) {
    it(`${role}: learnt from a clip, offered in the part's menu, and heard the more the knob is turned up`, async (test) => {
      const { live, set, companion } = await studio(test, engine.home);
      const name = TRACKS[ROLES[role]].name;
      const device = await live.addDevice(BUILT[role], { track: ROLES[role] });
      await ready(device);
      pointAt(live, teacher(set, role));
      companion.press("Learn");
      const notes = BARS * TAUGHT[role].length;
      await untilSays(companion, new RegExp(`Learnt "${name}" from 1 clip, ${notes} notes`));
      await offered(device, name);
      device.turn("Own Style", name);
      device.turn("Humanise", 0);
      device.turn("Bars", 8);
      device.turn("Seed", 5);
      device.press("Seed Lock");
      const [none, half, all] = [
        await plays(device, role, 0),
        await plays(device, role, 50),
        await plays(device, role),
      ];
      const told = `${none.near} at 0 %, ${half.near} at 50 %, ${all.near} at 100 %`;
      assert.ok(all.near > 0.95 && none.near < 0.6 && none.near < half.near && half.near < all.near, told);
      assert.deepEqual(live.console, []);
    });
  }

  it("more clips of one name add up; taken back and forgotten, the part says so and plays without it", async (test) => {
    const { live, set, companion, wire } = await studio(test, engine.home);
    companion.type("Learn As", "Dub");
    for (const count of [1, 2]) {
      pointAt(live, teacher(set, "bass", count));
      companion.press("Learn");
      await untilSays(companion, `Learnt "Dub" from ${count} clip`);
    }
    const bass = await live.addDevice(BUILT.bass, { track: ROLES.bass });
    await ready(bass);
    await offered(bass, "Dub");
    bass.turn("Own Style", "Dub");
    companion.press("Undo");
    await untilSays(companion, '"Dub" is learnt from 1 clip, 20 notes');
    assert.ok((await plays(bass, "bass")).near > 0.95);
    companion.press("Undo");
    await untilSays(companion, 'Forgot "Dub"');
    await untilSays(bass, 'Your style "Dub" is not on this computer');
    assert.equal(bass.parameter("Own Style").text, "Dub (not here)");
    const { told } = await plays(bass, "bass");
    assert.match(told, /Wrote \d+ notes.*Your style "Dub" is not on this computer/);
    assert.equal(wire.last("compose.bass")?.params.own, null);
    companion.press("Restore");
    await untilSays(companion, 'Learnt "Dub" from 1 clip');
    await live.until(() => bass.parameter("Own Style").text === "Dub", { what: "Dub to be there again" });
    assert.ok((await plays(bass, "bass")).near > 0.95);
  });

  it("the Set finds it by its name, wherever it stands in the menu by then", async (test) => {
    const { live, set, companion } = await studio(test, engine.home);
    companion.type("Learn As", "Walker");
    pointAt(live, teacher(set, "bass"));
    companion.press("Learn");
    await untilSays(companion, 'Learnt "Walker"');
    const bass = await live.addDevice(BUILT.bass, { track: ROLES.bass });
    await ready(bass);
    await offered(bass, "Walker");
    bass.turn("Own Style", "Walker");
    const stored = bass.state();
    const row = bass.parameter("Own Style").value;
    bass.remove();
    const client = await EngineClient.connect(/** @type {any} */ (endpointOf(engine.home)));
    const lesson = { name: "a", notes: TAUGHT.bass.map(([at, pitch]) => ({ pitch, start_time: at, duration: 0.25 })) };
    await client.call("compose.learn", { name: "Acid", role: "bass", lessons: [lesson] });
    client.socket.close();
    const again = await live.addDevice(BUILT.bass, { track: ROLES.bass, stored, select: false });
    assert.equal(again.parameter("Own Style").text, "Walker", "before the engine has told anything");
    await ready(again);
    await offered(again, "Acid");
    assert.equal(again.parameter("Own Style").text, "Walker");
    assert.notEqual(again.parameter("Own Style").value, row);
    assert.ok((await plays(again, "bass")).near > 0.95);
  });

  it("without an engine Learn says what is missing and waits; what cannot be learnt is said at once", async (test) => {
    const set = LiveSet.empty({ tracks: /** @type {any} */ ([...TRACKS, { kind: "audio", name: "Vox" }]) });
    const { live } = await stageFor(test, { set, home: engine.home });
    const companion = await live.addDevice(BUILT.companion, { track: 0 });
    await untilSays(companion, "Drop Bandmate Hub on a MIDI track");
    companion.press("Learn");
    await untilSays(companion, "No clip here: select one");
    const clip = teacher(set, "bass");
    set.edit(() => clip.remove_notes_extended(0, 128, 0.6, 100));
    pointAt(live, clip);
    companion.press("Learn");
    await untilSays(companion, "Only 1 sounding in that clip: a style needs 4 notes or more");
    companion.type("Learn As", "Patience");
    pointAt(live, teacher(set, "melody"));
    companion.press("Learn");
    await untilSays(companion, "Your press waits");
    await live.addDevice(BUILT.hub, { track: 1 });
    await untilSays(companion, 'Learnt "Patience" from 1 clip', 30_000);
    assert.deepEqual(live.console, []);
  });
});

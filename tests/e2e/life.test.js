/** Life as it is: several Hubs, copies, racks and groups, frozen tracks, one Set after the other, and nothing left behind. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { duplicateTrack, moveDevice } from "../../js/headless/live/model/structure.js";
import { alive, endpointOf, engineFor, eventually } from "./support/engine.js";
import {
  BUILT,
  clickSlot,
  clipIn,
  LiveSet,
  music,
  playFor,
  ready,
  says,
  stageFor,
  untilSays,
  WAKE,
  written,
} from "./support/play.js";
import { Wire } from "./support/wire.js";

/** @param {import("node:test").TestContext} test */
const homeOf = async (test) => (await engineFor(test)).home;

/** @param {string} home @returns {number} */
const pidOf = (home) => endpointOf(home)?.pid ?? 0;

/**
 * Notes the process number of each helper that a Hub starts.
 *
 * @param {number[]} pids
 * @returns {NonNullable<import("../../js/headless/index.js").AddOptions["trace"]>}
 */
const helpers = (pids) => (box, outlet, message) => {
  if (box.name !== "node.script" || outlet !== 1 || message.sel !== "start") return;
  pids.push(box.max.dicts.data(String(message.args.at(-1))).pid);
};

describe("life", { concurrency: 2, timeout: 600_000 }, () => {
  it("a second Hub stays passive, and takes over when the first goes", async (test) => {
    /** @type {number[]} */
    const pids = [];
    const { live, home } = await stageFor(test, { set: LiveSet.empty({ tracks: [{ kind: "midi" }] }) });
    const first = await live.addDevice(BUILT.hub, { track: 0, trace: helpers(pids) });
    const chords = await live.addDevice(BUILT.chords, { track: 0 });
    await ready(chords);
    const second = await live.addDevice(BUILT.hub, { track: 0, trace: helpers(pids) });
    await untilSays(second, "Another Hub in this Set does the work");
    await written(chords);
    assert.equal(pids.length, 1, "one helper for all");
    // A passive Hub's buttons work: it hands them on.
    const engine = pidOf(home);
    second.press("Restart");
    await eventually(() => pidOf(home) !== engine && pidOf(home) !== 0, "another engine");
    await ready(first);
    first.remove();
    await untilSays(second, "Engine ready", WAKE);
    await ready(chords);
    await written(chords);
    assert.equal(pids.length, 2);
    await eventually(() => !alive(pids[0]), "the first helper to end");
    assert.deepEqual(live.console, []);
  });

  it("the leading Hub is switched off and on again: the other one works meanwhile, and nobody quarrels", async (test) => {
    const { live, hub, chords } = await playFor(test, { home: await homeOf(test) });
    const second = await live.addDevice(BUILT.hub, { track: 0 });
    hub.setEnabled(false);
    await untilSays(second, "Engine ready", WAKE);
    hub.setEnabled(true);
    await untilSays(hub, "Another Hub in this Set does the work");
    await ready(chords);
    await written(chords);
  });

  it("a copied device is a device of its own: its own identity, settings and takes", async (test) => {
    const { live, hub, chords } = await playFor(test, { home: await homeOf(test) });
    const wire = new Wire(hub);
    chords.turn("Tension", 83);
    chords.type("Own Progression", "ii7 V7 Imaj7");
    const copy = await chords.duplicate();
    await ready(copy);
    copy.turn("Bars", 2);
    chords.press("Generate");
    await live.until(() => clipIn(live)?.notes.length);
    await written(copy);
    const [first, second] = wire.requests.filter(({ method }) => method === "compose.chords");
    assert.notEqual(first.device, second.device);
    assert.deepEqual([first.params.bars, second.params.bars], [8, 2]);
    assert.deepEqual([second.params.tension, second.params.progression], [83, "ii7 V7 Imaj7"]);
    copy.press("Undo");
    assert.match(says(copy), /Put back \d+ notes/);
    copy.press("Undo");
    assert.match(says(copy), /Nothing to undo/, "what the other one wrote is not its own to undo");
    chords.remove();
    await written(copy);
  });

  it("a copied track brings a Chords that writes on the copy, and the first one goes on", async (test) => {
    const { live, hub, chords } = await playFor(test, { home: await homeOf(test) });
    const wire = new Wire(hub);
    chords.turn("Humanise", 0);
    await written(chords);
    live.set.edit((set) => duplicateTrack(set.song, 0));
    clickSlot(live, 1, 2);
    live.settle();
    const copy = /** @type {any} */ (live.deviceOf(live.set.tracks[1].devices[1]));
    await ready(copy);
    assert.equal(copy.parameter("Humanise").value, 0);
    await written(copy);
    assert.ok(clipIn(live, 1, 2).notes.length > 0);
    const devices = new Set(
      wire.requests.filter(({ method }) => method === "session.hello").map(({ device }) => device),
    );
    assert.equal(devices.size, 1, "the copy has said hello under its own name");
    await written(chords);
    assert.equal(new Set(wire.requests.map(({ device }) => device)).size, 2);
  });

  it("inside a rack's chain, and on a track in a group, it writes on its own track", async (test) => {
    const set = LiveSet.empty({
      tempo: 125,
      tracks: [
        { kind: "group", name: "Keys" },
        { name: "House pads", group: 0 },
        { name: "Lead", group: 0 },
      ],
    });
    const { live } = await stageFor(test, { home: await homeOf(test), set });
    await live.addDevice(BUILT.hub, { track: 2 });
    const outer = set.addRack(set.tracks[1]);
    const inner = set.addRack(outer.chains[0], { chains: ["One", "Two"] });
    const chords = await live.addDevice(BUILT.chords, { track: inner.chains[1] });
    await ready(chords);
    assert.doesNotMatch(await written(chords), / on "/);
    assert.ok(clipIn(live, 1, 0).notes.length > 0);
    // The group's own slots hold no clips.
    clickSlot(live, 0, 3);
    await written(chords);
    assert.ok(clipIn(live, 1, 1).notes.length > 0);
    // Moved to another track with its rack, it goes along.
    set.edit(() => moveDevice(set.song, outer, set.tracks[2], 9));
    clickSlot(live, 2, 0);
    assert.doesNotMatch(await written(chords), / on "/);
    assert.ok(clipIn(live, 2, 0).notes.length > 0);
    assert.deepEqual(live.console, []);
  });

  it("a frozen track says why not, and writes when it is thawed", async (test) => {
    const { live, chords } = await playFor(test, { home: await homeOf(test) });
    live.set.tracks[0].is_frozen = true;
    chords.press("Generate");
    assert.match(says(chords), /"House chords" is frozen: unfreeze it to write/);
    live.set.tracks[0].is_frozen = false;
    await written(chords);
    const before = music(clipIn(live));
    live.set.tracks[0].is_frozen = true;
    chords.press("Undo");
    assert.deepEqual(music(clipIn(live)), before);
    assert.match(says(chords), /"House chords" is frozen: unfreeze it to write/);
    assert.deepEqual(live.console, []);
  });

  it("Live takes it on MIDI tracks only, not on return, main, audio and group tracks", async (test) => {
    const set = LiveSet.empty({
      tracks: [
        { kind: "audio", name: "Vox" },
        { kind: "group", name: "Keys" },
        { name: "In", group: 1 },
      ],
    });
    const { live } = await stageFor(test, { home: await homeOf(test), set });
    await live.addDevice(BUILT.hub, { track: 2 });
    const { song } = set;
    const places = [set.tracks[0], set.tracks[1], song.return_tracks[0], /** @type {any} */ (song.master_track)];
    for (const track of places) {
      await assert.rejects(live.addDevice(BUILT.chords, { track }), /takes no MIDI effect/u);
      assert.deepEqual(track.devices, []);
    }
    assert.deepEqual(live.console, []);
  });

  it("two Sets one after the other: an engine of its own goes with the Set, another's is used again", async (test) => {
    const shared = await homeOf(test);
    for (const home of [shared, undefined]) {
      const first = await stageFor(test, { home, set: LiveSet.empty({ tracks: [{ name: "House chords" }] }) });
      await first.live.addDevice(BUILT.hub, { track: 0 });
      const chords = await first.live.addDevice(BUILT.chords, { track: 0 });
      await ready(chords);
      const stored = chords.state();
      const pid = pidOf(first.home);
      await first.live.close();
      if (home) assert.equal(alive(pid), true);
      else await eventually(() => !alive(pid), "the engine to leave with its Set");
      const set = LiveSet.empty({ tempo: 90, tracks: [{ name: "Jazz keys" }] });
      const second = await stageFor(test, { home: first.home, set });
      await second.live.addDevice(BUILT.hub, { track: 0 });
      const again = await second.live.addDevice(BUILT.chords, { track: 0, stored });
      await ready(again);
      assert.equal(pidOf(first.home) === pid, home !== undefined);
      assert.match(await written(again), /Wrote/);
    }
  });

  it("two Lives at once share an engine; when the one that started it closes, the other wakes its own", async (test) => {
    const first = await playFor(test, {});
    const pid = pidOf(first.home);
    const second = await playFor(test, { home: first.home });
    assert.equal(pidOf(first.home), pid);
    await first.live.close();
    await eventually(() => pidOf(first.home) !== pid && pidOf(first.home) !== 0, "another engine");
    await ready(second.chords);
    await written(second.chords);
    assert.equal(alive(pid), false);
  });

  it("nothing is left behind when Live closes: no helper, no engine, no endpoint file", async (test) => {
    /** @type {number[]} */
    const pids = [];
    const { live, home } = await stageFor(test, { set: LiveSet.empty({ tracks: [{ kind: "midi" }] }) });
    await live.addDevice(BUILT.hub, { track: 0, trace: helpers(pids) });
    const chords = await live.addDevice(BUILT.chords, { track: 0 });
    await ready(chords);
    chords.press("Generate");
    const all = [...pids, pidOf(home)];
    assert.deepEqual(all.map(alive), [true, true]);
    await live.close();
    await eventually(() => !all.some(alive), "all processes to end");
    assert.equal(endpointOf(home), null);
  });
});

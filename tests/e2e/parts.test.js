/** A band in one Set: what a person does with the devices for parts, and what is then in the clips. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { endpointOf, sharedEngine } from "./support/engine.js";
import { untilRunnerUp } from "./support/offers.js";
import {
  BUILT,
  clickSlot,
  clipIn,
  LiveSet,
  music,
  playFor,
  ready,
  SOON,
  says,
  untilSays,
  WAKE,
  written,
} from "./support/play.js";
import { Wire } from "./support/wire.js";

const TRACKS = ["Deep house chords", "Bass", "Lead", "Drums", "Pluck arp"].map((name) => ({ name }));
const [CHORDS, BASS, LEAD, DRUMS, ARP] = TRACKS.keys();
const skip = process.platform === "win32" && "no signal holds a process still there";

/** @typedef {import("./support/play.js").HeadlessDevice} HeadlessDevice */

/**
 * A Live with Hub, Chords and one more device on a track of its own, whose first slot is pointed at.
 *
 * @param {import("node:test").TestContext} test
 * @param {"bass"|"melody"|"arp"|"drums"|"humanise"|"vary"} id
 * @param {number} track
 * @param {any} [options]
 */
async function band(test, id, track, options = {}) {
  const set = LiveSet.empty({ tempo: 122, scale: { root: 2, name: "Minor" }, tracks: /** @type {any} */ (TRACKS) });
  const play = await playFor(test, { set, ...options });
  const device = await play.live.addDevice(BUILT[id], { track });
  await ready(device);
  clickSlot(play.live, track, 0);
  return { ...play, set, device, wire: new Wire(play.hub) };
}

/** Presses a button that writes, and waits for its words. @param {HeadlessDevice} device @param {RegExp} [words] */
async function pressed(device, words = /Wrote \d+/, button = "Generate") {
  device.press(button);
  return untilSays(device, words);
}

/**
 * Presses Generate, and gives the engine's answer when it lies in the clip.
 *
 * @param {{live: import("./support/play.js").HeadlessDevice["live"], device: HeadlessDevice, wire: Wire}} play
 */
async function composed({ live, device, wire }) {
  const since = wire.requests.length;
  device.press("Generate");
  const answer = () => wire.answerTo(wire.requests.slice(since).find(({ method }) => method === "compose.bass"));
  await live.until(() => answer() !== undefined, { timeout: SOON, what: "the answer" });
  const { result } = answer();
  const lies = () => String(pitches(clipIn(live, BASS) ?? { notes: [] })) === String(pitches(result));
  await live.until(lies, { timeout: SOON, what: "the take in the clip" });
  return result;
}

/** @param {Parameters<typeof composed>[0]} play */
const withRunnerUp = async (play) => untilRunnerUp(await composed(play), () => composed(play));

/** @param {{notes: any[]}} take */
const pitches = ({ notes }) => notes.map(({ pitch }) => pitch).sort();

/** @param {any} clip */
const starts = (clip) => clip.notes.map((/** @type {any} */ { start_time }) => start_time);

describe("a band", { concurrency: 1, timeout: 600_000 }, () => {
  const engine = sharedEngine();
  const home = () => ({ home: engine.home });

  it("Bass follows the clip that Chords wrote in the same scene, and locks to the kick that Drums wrote", async (test) => {
    const { live, chords, device, wire } = await band(test, "bass", BASS, home());
    clickSlot(live, CHORDS, 0);
    await written(chords);
    const drums = await live.addDevice(BUILT.drums, { track: DRUMS });
    await ready(drums);
    clickSlot(live, DRUMS, 0);
    await pressed(drums);
    clickSlot(live, BASS, 0);
    assert.match(await pressed(device), /8 bars, D minor.*Follows "Deep house chords".*Locks to the kick on "Drums"/);
    const { params } = wire.last("compose.bass") ?? {};
    assert.equal(params.harmony_notes.length, clipIn(live, CHORDS).notes.length);
    const kicks = clipIn(live, DRUMS).notes.filter((/** @type {any} */ { pitch }) => pitch === 36);
    assert.deepEqual(params.kick.length, new Set(starts({ notes: kicks })).size);
    const { notes, length } = clipIn(live, BASS);
    assert.equal(length, 32);
    assert.ok(notes.every((/** @type {any} */ { pitch }) => pitch >= 28 && pitch <= 55));
    assert.deepEqual(live.console, []);
  });

  it("Generate brings the best of several and its runners-up; a locked seed makes the same notes again", async (test) => {
    const { live, device, wire } = await band(test, "bass", BASS, home());
    const best = await withRunnerUp({ live, device, wire });
    assert.equal(device.parameter("Seed").value, best.seed);
    assert.ok(says(device).includes(best.offered.words.replace(/[.\s]+$/, "")), says(device));
    device.press("Next");
    const next = music(clipIn(live, BASS));
    assert.deepEqual(pitches(clipIn(live, BASS)), pitches(best.others[0]));
    device.press("Seed Lock");
    const again = await composed({ live, device, wire });
    assert.equal(again.seed, best.others[0].seed);
    assert.deepEqual(music(clipIn(live, BASS)), next);
    device.press("Next");
    assert.match(says(device), /No runner-up: a locked seed means one take/);
    device.press("Undo");
    device.press("Undo");
    assert.deepEqual(pitches(clipIn(live, BASS)), pitches(best));
    assert.deepEqual(live.console, []);
  });

  it("Preview is heard on the track before anything is written, and written as it was heard", async (test) => {
    const { live, device } = await band(test, "arp", ARP, home());
    device.press("Preview");
    await untilSays(device, "Preview: Generate writes this take");
    await live.until(() => device.midiOut.length > 8, { what: "notes to sound" });
    assert.equal(clipIn(live, ARP), null);
    const heard = device.midiOut.filter(({ bytes }) => bytes[0] >= 0x90 && bytes[2] > 0).map(({ bytes }) => bytes[1]);
    device.press("Generate");
    assert.match(says(device), /Wrote \d+ notes/);
    const first = clipIn(live, ARP).notes.sort(
      (/** @type {any} */ a, /** @type {any} */ b) => a.start_time - b.start_time,
    );
    assert.deepEqual(
      heard.slice(0, 3),
      first.slice(0, 3).map((/** @type {any} */ { pitch }) => pitch),
    );
  });

  it("in the Arranger a part goes into the loop brace, and Undo takes it away", async (test) => {
    const { set, device } = await band(test, "melody", LEAD, home());
    set.edit(() => {
      set.song.view.set_detail_clip(/** @type {any} */ (null));
      set.app.view.focus_view("Arranger");
      set.song.set_loop_start(16);
      set.song.set_loop_length(16);
      set.song.set_loop(true);
    });
    assert.match(await pressed(device), /4 bars/);
    const [clip] = /** @type {any[]} */ (set.tracks[LEAD].arrangement_clips);
    assert.deepEqual([clip.start_time, clip.end_time], [16, 32]);
    assert.ok(clip.notes.length > 4);
    device.press("Undo");
    assert.equal(set.tracks[LEAD].arrangement_clips.length, 0);
  });

  it("Drums plays the pads of the track's own rack", async (test) => {
    const { live, set, device } = await band(test, "drums", DRUMS, home());
    const rack = set.addRack(/** @type {any} */ (set.tracks[DRUMS]), { kind: "drums", chains: [] });
    const pads = [
      ["Kick 808", 60],
      ["Clap", 61],
      ["Closed Hat", 62],
      ["Open Hat", 63],
    ];
    for (const [name, note] of pads) set.edit(() => rack.addChain(String(name), Number(note)));
    device.turn("Style", "House");
    await pressed(device);
    const pitches = new Set(clipIn(live, DRUMS).notes.map((/** @type {any} */ { pitch }) => pitch));
    assert.ok(pitches.has(60) && pitches.has(61));
    assert.ok(
      [...pitches].every((pitch) => pitch >= 60 && pitch <= 63),
      [...pitches].join(),
    );
  });

  it("Humanise and Vary say what they need, and touch nothing but the clip pointed at", async (test) => {
    const { live, set, chords, device } = await band(test, "humanise", CHORDS, home());
    device.press("Humanise");
    assert.match(says(device), /No clip here: select one with notes in it/);
    assert.equal(clipIn(live, CHORDS), null);
    chords.turn("Humanise", 0);
    await written(chords);
    const before = music(clipIn(live, CHORDS));
    await pressed(device, /Played \d+ notes as a keyboard player/, "Humanise");
    assert.notDeepEqual(music(clipIn(live, CHORDS)), before);
    assert.equal(clipIn(live, CHORDS).length, 32);
    device.press("Undo");
    assert.deepEqual(music(clipIn(live, CHORDS)), before);
    const vary = await live.addDevice(BUILT.vary, { track: CHORDS, select: false });
    await ready(vary);
    await pressed(vary, /Variation 1 of 4/, "Vary");
    vary.press("Fill Slots");
    const clips = set.tracks[CHORDS].clip_slots.slice(0, 4).map(({ clip }) => music(clip).join());
    assert.equal(new Set(clips).size, 4, "all of them different");
    assert.ok(!clips.includes(before.join()));
  });

  it("what the Set stored is there again: knobs, and the track that is followed", async (test) => {
    const { live, device } = await band(test, "bass", BASS, home());
    device.turn("Ghosts", 81);
    device.turn("Harmony", "Lead");
    const stored = device.state();
    device.remove();
    const again = await live.addDevice(BUILT.bass, { track: BASS, stored, select: false });
    await ready(again);
    assert.equal(again.parameter("Harmony").text, "Lead");
    again.press("Generate");
    assert.match(says(again), /Nothing to follow on that track here/);
    assert.equal(clipIn(live, BASS), null);
  });
});

describe("a part without its engine", { concurrency: 1, skip, timeout: 600_000 }, () => {
  it("killed while it works: the press waits and is answered once; hung: Cancel writes nothing", async (test) => {
    const { live, device, wire, home } = await band(test, "bass", BASS);
    const pid = endpointOf(home)?.pid ?? 0;
    process.kill(pid, "SIGSTOP");
    device.press("Generate");
    await untilSays(device, "Composing ...");
    device.press("Generate");
    assert.match(says(device), /Cancelled/);
    device.press("Generate");
    await untilSays(device, "Composing ...");
    process.kill(pid, "SIGKILL");
    await live.until(() => clipIn(live, BASS)?.notes.length, { timeout: WAKE, what: "the notes after all" });
    await untilSays(device, "Wrote");
    device.press("Undo");
    assert.equal(clipIn(live, BASS), null, "one press, one step back");
    const first = await withRunnerUp({ live, device, wire });
    process.kill(endpointOf(home)?.pid ?? 0, "SIGKILL");
    device.press("Next");
    assert.deepEqual(pitches(clipIn(live, BASS)), pitches(first.others[0]), "the runner-up needs no engine");
    device.press("Undo");
    assert.deepEqual(pitches(clipIn(live, BASS)), pitches(first), "and is a step of its own");
  });
});

/** A file becomes an audio clip that loops on the beat, wherever Live's own guess was; and goes and comes again. */
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { RATE, writeSound } from "../../../js/headless/sounds.js";
import { refuseOldLive } from "../../../js/live/audio_place.js";
import { AudioTake } from "../../../js/live/audio_take.js";
import { LiveRefusal } from "../../../js/live/errors.js";
import { Journal } from "../../../js/live/journal.js";
import { timeMap } from "../../../js/live/warp.js";
import { ManualClock } from "../rpc/support/clock.js";
import { stage } from "./support/stage.js";

const folder = mkdtempSync(join(tmpdir(), "bandmate-loop-"));
after(() => rmSync(folder, { recursive: true, force: true }));

const TEMPO = 125;
const BEATS = 8;
const SECONDS = (BEATS * 60) / TEMPO;
const LOOP = join(folder, "Drums House 5fa0 125 BPM.wav");
writeSound(LOOP, new Float32Array(Math.round(SECONDS * RATE)));

const BAND = [
  { kind: "midi", name: "Keys" },
  { kind: "audio", name: "Far" },
  { kind: "midi", name: "Bass" },
  { kind: "midi", name: "Beat" },
  { kind: "audio", name: "Near" },
];

/** @param {any} [options] of the Set */
function desk(options) {
  const on = stage({ tempo: TEMPO, tracks: BAND, ...options });
  const clock = new ManualClock();
  const beat = on.set.tracks.findIndex(({ name }) => name === "Beat");
  /** @param {string} [path] */
  const put = (path = LOOP) =>
    new AudioTake(on.live, /** @type {any} */ (clock), { path, beats: BEATS }, on.set.tracks[beat].id);
  return { ...on, clock, put, journal: new Journal(on.live) };
}

/** @param {any} clip @param {any} live */
function assertLoops(live, clip) {
  assert.deepEqual([clip.warping, clip.looping, clip.warp_mode], [true, true, 0]);
  assert.deepEqual(
    [clip.loop, clip.markers],
    [
      { start: 0, end: BEATS },
      { start: 0, end: BEATS },
    ],
  );
  const { toSeconds } = timeMap(live, clip.id);
  for (const beat of [0, 3, BEATS]) assert.ok(Math.abs(toSeconds(beat) - (beat * 60) / TEMPO) < 1e-3, `beat ${beat}`);
}

test("it lies in the first empty slot of the nearest track for audio, called as its file, and loops", () => {
  const { set, live, put } = desk();
  const take = put();
  assert.deepEqual(
    { ...take.place, track: 0, slot: 0 },
    { track: 0, trackName: "Near", slot: 0, slotNumber: 1, made: false },
  );
  const clip = /** @type {any} */ (set.tracks[4].clip_slots[0].clip);
  assert.equal(clip.name, "Drums House 5fa0 125 BPM");
  assertLoops(live, clip);
});

test("where Live did not warp it, or guessed another tempo, it is put right", () => {
  const guess = [
    { beat_time: -0.5, sample_time: 0.2 },
    { beat_time: 2, sample_time: 1 },
    { beat_time: 5, sample_time: 3 },
    { beat_time: 5.03125, sample_time: 3.01 },
  ];
  for (const imports of [{ warping: false }, { tempo: 83.33 }, { tempo: 250 }, { warpMarkers: guess }]) {
    const { set, live, clock, put } = desk();
    set.imports = imports;
    put();
    for (let turn = 0; turn < 3; turn++) {
      set.tick();
      clock.move(40);
    }
    assertLoops(live, set.tracks[4].clip_slots[0].clip);
    assert.equal(clock.pending, 0, "nobody looks any more");
  }
});

test("a Live that never warps it is not asked for ever", () => {
  const { set, clock, put } = desk();
  set.imports = { warping: false };
  put();
  clock.move(5000);
  assert.equal(clock.pending, 0);
});

test("a track with somebody's sound on it is not for it, one for drums is; else a new one beside the drums", () => {
  const fill = (/** @type {any} */ set, /** @type {number} */ track) =>
    set.edit(() => set.tracks[track].clip_slots[0].create_audio_clip(LOOP));
  const on = desk();
  fill(on.set, 4);
  assert.equal(on.put().place?.trackName, "Far");
  assert.equal(on.put().place?.trackName, "Beat audio", "Far holds a clip now");
  assert.deepEqual(
    on.set.tracks.map(({ name }) => name),
    ["Keys", "Far", "Bass", "Beat", "Beat audio", "Near"],
  );
  const drums = desk({ tracks: [...BAND, { kind: "audio", name: "Drum bus" }] });
  for (const track of [1, 4, 5]) fill(drums.set, track);
  const { place } = drums.put();
  assert.deepEqual([place?.trackName, place?.slotNumber], ["Drum bus", 2]);
});

test("frozen tracks, groups and full ones are passed over", () => {
  const on = desk({
    scenes: 1,
    tracks: [
      { kind: "midi", name: "Beat" },
      { kind: "audio", name: "Drums rec" },
    ],
  });
  on.set.edit(() => on.set.tracks[1].assign("is_frozen", true));
  assert.equal(on.put().place?.trackName, "Beat audio");
  assert.ok(on.put().place?.made, "the one slot is full");
});

test("Undo takes the clip away, Restore brings it back; a track that was made for it goes, too", () => {
  const on = desk({ tracks: [{ kind: "midi", name: "Beat" }] });
  on.journal.recordMade(on.put());
  const names = () => on.set.tracks.map(({ name }) => name);
  assert.deepEqual(names(), ["Beat", "Beat audio"]);
  assert.equal(on.journal.undo().words, "Took the audio clip away");
  assert.deepEqual(names(), ["Beat"]);
  assert.equal(on.journal.restore().words, "Restored the audio clip");
  assertLoops(on.live, on.set.tracks[1].clip_slots[0].clip);
  on.journal.undo();
  assert.equal(on.journal.undo().words, "Nothing to undo");
});

test("what the user changed, moved or threw away is left alone", () => {
  const on = desk();
  on.journal.recordMade(on.put());
  const slot = on.set.tracks[4].clip_slots[0];
  on.set.edit(() => /** @type {any} */ (slot.clip).set_loop_end(4));
  assert.throws(() => on.journal.undo(), { message: "You changed the audio clip since: Undo left it alone" });
  assert.ok(slot.clip);
  on.set.edit(() => slot.delete_clip());
  assert.equal(on.journal.undo().words, "That is gone: nothing to take away");
  assert.equal(on.journal.undo().words, "Nothing to undo");
});

test("a file that Live does not take leaves nothing behind", () => {
  const on = desk({ tracks: [{ kind: "midi", name: "Beat" }] });
  assert.throws(() => on.put(join(folder, "nothing.wav")), LiveRefusal);
  assert.equal(on.set.tracks.length, 1);
});

test("a Live too old for it is told so, by its number", () => {
  for (const version of ["11.3.4", "12.0.4"]) {
    assert.throws(() => refuseOldLive(stage({ version }).live), {
      message: `Live ${version} takes no audio from devices: update it to 12.0.5 or newer`,
    });
  }
  for (const version of ["12.0.5", "12.0.25", "12.2", "13.0.1"]) refuseOldLive(stage({ version }).live);
});

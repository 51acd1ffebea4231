import assert from "node:assert/strict";
import { test } from "node:test";
import { histogram, keyEvidence } from "../../../js/live/snapshot.js";
import { liveVersion, readSong } from "../../../js/live/song.js";
import { addClip, note, stage } from "./support/stage.js";

const never = () => false;

/** @param {any} on @param {(clip: number, track: number) => boolean} [skip] */
const evidence = (on, skip = never) => keyEvidence(on.live, readSong(on.live), skip);

/** @param {Record<number, number>} beats */
const weights = (beats) => Array.from({ length: 12 }, (_, pc) => beats[pc] ?? 0);

test("the song is read with its scale", () => {
  const { live } = stage({ tempo: 93.5, signature: [6, 8], scale: { root: 2, name: "Dorian" } });
  assert.deepEqual(readSong(live), {
    tempo: 93.5,
    signatureNumerator: 6,
    signatureDenominator: 8,
    scaleRoot: 2,
    scaleName: "Dorian",
    scaleMode: true,
    playing: false,
    time: 0,
  });
});

test("Live's version is told as text", () => {
  assert.equal(liveVersion(stage({ version: "12.3.5" }).live), "12.3.5");
});

test("a histogram counts what sounds inside the region only", () => {
  const notes = [note(60, -1, 2), note(72, 3, 4), note(61, 1, 1), { ...note(62, 0, 4), mute: true }, note(63, 4, 1)];
  assert.deepEqual(histogram(notes, 0, 4), weights({ 0: 2, 1: 1 }));
});

test("clips of all melodic tracks count, session and arrangement, and drums do not", () => {
  const on = stage({
    tracks: [
      { kind: "midi", name: "Keys" },
      { kind: "midi", name: "Drums" },
      { kind: "midi", name: "Kit 4" },
      { kind: "audio", name: "Vox" },
    ],
  });
  on.set.addRack(on.set.tracks[2], { kind: "drums" });
  addClip(on.set, 0, 0, 4, [note(60, 0, 4)]);
  addClip(on.set, 1, 0, 4, [note(61, 0, 4)]);
  addClip(on.set, 2, 0, 4, [note(62, 0, 4)]);
  on.set.edit(() => on.set.tracks[0].create_midi_clip(0, 8).add_new_notes({ notes: [note(67, 0, 2)] }));
  const found = evidence(on);
  assert.deepEqual(found.pitchClasses, weights({ 0: 4, 7: 2 }));
  assert.equal(found.clips, 2);
});

test("a drum rack inside an instrument rack is a drum rack", () => {
  const on = stage();
  const rack = on.set.addRack(on.set.tracks[1], { kind: "instrument" });
  on.set.addRack(/** @type {any} */ (rack.chains[0]), { kind: "drums" });
  addClip(on.set, 1, 0, 4, [note(61, 0, 4)]);
  assert.equal(evidence(on).clips, 0);
});

test("switched-off clips, skipped clips and notes outside of the loop are silent", () => {
  const on = stage();
  addClip(on.set, 0, 0, 4, [note(60, 0, 4), note(61, 4, 4)]);
  const off = addClip(on.set, 0, 1, 4, [note(62, 0, 4)]);
  on.set.edit(() => {
    off.muted = true;
  });
  const own = addClip(on.set, 1, 0, 4, [note(63, 0, 4)]);
  const found = evidence(on, (clip) => clip === own.id);
  assert.deepEqual(found.pitchClasses, weights({ 0: 4 }));
});

test("at most 32 clips are read", () => {
  const on = stage({ scenes: 40 });
  for (let row = 0; row < 40; row++) addClip(on.set, 0, row, 4, [note(60 + (row % 2), 0, 1)]);
  assert.equal(evidence(on).clips, 32);
});

test("what plays now speaks alone when it says enough", () => {
  let now = 0;
  const on = stage({ clock: { now: () => now } });
  const playing = addClip(on.set, 1, 0, 16, [note(65, 0, 16)]);
  addClip(on.set, 0, 1, 16, [note(60, 0, 16)]);
  on.set.edit(() => playing.fire());
  now += 5000;
  on.set.tick();
  const found = evidence(on);
  assert.equal(found.playing, true);
  assert.deepEqual(found.pitchClasses, weights({ 5: 16 }));
});

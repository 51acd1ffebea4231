import assert from "node:assert/strict";
import { test } from "node:test";
import { audioCard, midiCard } from "../../../../js/devices/companion/card.js";
import { Face } from "../../../../js/devices/companion/face.js";
import { shiftOf } from "../../../../js/devices/companion/pitch.js";
import { audioWhy, audioWords, midiWhy, midiWords } from "../../../../js/devices/companion/words.js";
import { analysis, clipKey, note } from "./desk.js";

/** @param {any[]} notes @param {any} [key] */
const card = (notes, key = clipKey()) => midiCard({ notes, drums: false, start: 0, length: 6, bars: 1.5 }, key);

test("the facts of a MIDI clip: sounding range in the key's own spelling", () => {
  assert.deepEqual(card([note(58, 0, 1), note(75, 1, 1)]).facts, ["2 notes", "A#2–D#4", "1.5 bars"]);
  const minor = clipKey({ key: "D minor", camelot: "7A" });
  assert.deepEqual(card([note(58, 0, 1), note(75, 1, 1)], minor).facts, ["2 notes", "Bb2–Eb4", "1.5 bars"]);
  assert.deepEqual(card([note(0, 0, 1), { ...note(127, 1, 1), mute: true }]).facts, ["2 notes", "C-2", "1.5 bars"]);
  assert.deepEqual(card([]).facts, ["0 notes", "", "1.5 bars"]);
});

test("a second choice that is the same place is no choice", () => {
  const same = { key: "C major", camelot: "8B", confidence: 0.1 };
  assert.equal(card([note(60, 0, 1)], clipKey({ second: same })).other, "");
  assert.equal(card([note(60, 0, 1)], clipKey({ second: null })).other, "");
});

test("a recording without beat, key or loudness", () => {
  const none = analysis({ bpm: null, key: null, loudness_db: null, energy: null, key_detail: null, rhythm: null });
  const shown = audioCard(none, 0);
  assert.deepEqual([shown.facts, shown.key, shown.sure, shown.energy], [["no beat", "", ""], "", 0, null]);
  assert.equal(audioWords(shown, none), "No key in it");
  assert.equal(audioWhy(shown, none, 3), "");
});

test("why: not what the card shows anyway", () => {
  const plain = analysis({
    rhythm: { tempo: { confidence: 0.9, candidates: [], words: "174.00 BPM." }, downbeats: [] },
  });
  assert.equal(audioWhy(audioCard(plain, 0), plain, 0), "");
  assert.equal(
    audioWhy(audioCard(plain, -3), plain, -3),
    "The file is in F# minor: transposed −3 it sounds in Eb minor",
  );
  const none = clipKey({ key: null, camelot: null, confidence: 1, second: null, words: "No key: one note alone." });
  assert.deepEqual([midiWords(card([], none), none), midiWhy(card([], none), none)], ["No key: one note alone", ""]);
  const unsure = clipKey({ words: "Probably C major (8B). A minor is the relative of C major. It changes: then D." });
  assert.equal(midiWhy(card([]), unsure), "A minor is the relative of C major. It changes: then D");
});

test("a detuned file sounds where cents and semitones put it", () => {
  assert.equal(shiftOf({ coarse: 3, fine: 0 }, null), 3);
  assert.equal(shiftOf({ coarse: -3, fine: -40 }, -20), -4);
  assert.equal(shiftOf({ coarse: 0, fine: 30 }, 15), 0);
});

test("the face says each thing once", () => {
  /** @type {any[][]} */
  const sent = [];
  /** @type {string[]} */
  const written = [];
  const writeDict = (/** @type {string} */ json) => {
    written.push(JSON.parse(JSON.parse(json).clip).name);
    return "clip";
  };
  const face = new Face({ outlet: (...values) => sent.push(values), writeDict });
  face.status("ready", "Ready");
  face.status("ready", "Ready", "");
  face.status("away", "Engine away", "why");
  face.clip("Riff", null);
  face.clip("Riff", null);
  face.clip("", null);
  face.busy(true);
  face.busy(true);
  face.press("fit");
  face.busy(false);
  face.busy(false);
  face.busy(true);
  assert.deepEqual(sent, [
    [0, "status", "ready", "Ready"],
    [0, "status", "away", "Engine away", "why"],
    [0, "clip", "clip"],
    [0, "clip", "clip"],
    [1, "analyze", "text", "Cancel"],
    [1, "analyze", "text", "Analyze"],
    [1, "fit", "text", "Cancel"],
  ]);
  assert.deepEqual(written, ["Riff", ""]);
});

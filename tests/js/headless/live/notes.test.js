import assert from "node:assert/strict";
import { test } from "node:test";
import { withNotes } from "../../../../js/headless/live/model/notes.js";
import fc from "../../../../js/node_modules/fast-check/lib/fast-check.js";
import { bench, notesOf } from "./harness.js";

const chord = [60, 64, 67].map((pitch) => ({ pitch, start_time: 0, duration: 1 }));

test("notes are added with Live's defaults and their ids come back", () => {
  const clip = bench().clip();
  const ids = clip.call("add_new_notes", { notes: chord });
  assert.equal(ids.length, 3);
  const [first] = notesOf(clip);
  assert.deepEqual(first, {
    note_id: ids[0],
    pitch: 60,
    start_time: 0,
    duration: 1,
    velocity: 100,
    mute: 0,
    probability: 1,
    velocity_deviation: 0,
    release_velocity: 64,
  });
});

test("a Dict and JSON text do as dictionaries", () => {
  const clip = bench().clip();
  const dict = { stringify: () => JSON.stringify({ notes: chord }) };
  clip.call("add_new_notes", dict);
  clip.call("add_new_notes", JSON.stringify({ notes: [{ pitch: 72, start_time: 0, duration: 1 }] }));
  assert.equal(notesOf(clip).length, 4);
});

for (const [what, note, words] of /** @type {Array<[string, any, RegExp]>} */ ([
  ["pitch too high", { pitch: 128, start_time: 0, duration: 1 }, /pitch is 128; allowed: a whole number 0 to 127/],
  ["pitch broken", { pitch: 60.5, start_time: 0, duration: 1 }, /pitch is 60.5/],
  ["no duration", { pitch: 60, start_time: 0 }, /has no duration/],
  ["duration zero", { pitch: 60, start_time: 0, duration: 0 }, /duration is 0; allowed: above 0/],
  ["velocity too high", { pitch: 60, start_time: 0, duration: 1, velocity: 128 }, /velocity is 128/],
  ["probability above 1", { pitch: 60, start_time: 0, duration: 1, probability: 2 }, /probability is 2/],
  ["deviation too low", { pitch: 60, start_time: 0, duration: 1, velocity_deviation: -128 }, /velocity_deviation/],
  ["unknown key", { pitch: 60, start_time: 0, duration: 1, loudness: 3 }, /unknown key "loudness"/],
  ["text for a number", { pitch: "C3", start_time: 0, duration: 1 }, /pitch is "C3", not a number/],
  ["not a number", { pitch: 60, start_time: Number.NaN, duration: 1 }, /not a number/],
])) {
  test(`a bad note is refused and nothing is written: ${what}`, () => {
    const live = bench();
    const clip = live.clip();
    clip.call("add_new_notes", { notes: [...chord, note] });
    assert.match(live.posted[0], words);
    assert.equal(notesOf(clip).length, 0);
  });
}

test("the argument must be a dictionary with notes", () => {
  const live = bench();
  const clip = live.clip();
  assert.throws(() => clip.call("add_new_notes", chord), /wants a dictionary/);
  clip.call("add_new_notes", { note: [] });
  assert.match(live.posted.at(-1) ?? "", /wants a dictionary {"notes"/);
});

test("one pitch never overlaps: the earlier note is cut, of two starting together the new one stays", () => {
  const clip = bench().clip();
  clip.call("add_new_notes", { notes: [{ pitch: 60, start_time: 0, duration: 2 }] });
  clip.call("add_new_notes", { notes: [{ pitch: 60, start_time: 1, duration: 1 }] });
  assert.deepEqual(
    notesOf(clip).map((note) => [note.start_time, note.duration]),
    [
      [0, 1],
      [1, 1],
    ],
  );
  clip.call("add_new_notes", { notes: [{ pitch: 60, start_time: 1, duration: 0.5, velocity: 20 }] });
  assert.deepEqual(
    notesOf(clip).map((note) => note.velocity),
    [100, 20],
  );
});

test("property: whatever is added, notes of one pitch do not overlap and come sorted", () => {
  const note = fc.record({
    note_id: fc.constant(0),
    pitch: fc.integer({ min: 58, max: 62 }),
    start_time: fc.integer({ min: 0, max: 64 }).map((step) => step / 8),
    duration: fc.integer({ min: 1, max: 32 }).map((step) => step / 8),
  });
  fc.assert(
    fc.property(fc.array(note, { maxLength: 40 }), fc.array(note, { maxLength: 40 }), (old, added) => {
      const notes = /** @type {any[]} */ (
        withNotes(withNotes([], /** @type {any} */ (old)), /** @type {any} */ (added))
      );
      for (const [at, one] of notes.entries()) {
        assert.ok(at === 0 || notes[at - 1].start_time <= one.start_time);
        const next = notes.slice(at + 1).find((other) => other.pitch === one.pitch);
        assert.ok(!next || one.start_time + one.duration <= next.start_time + 1e-6);
      }
      const starts = new Set(added.map(({ pitch, start_time }) => `${pitch} ${start_time}`));
      assert.ok([...starts].every((key) => notes.some((each) => key === `${each.pitch} ${each.start_time}`)));
    }),
  );
});

test("regions count starts; the dictionary form can choose keys", () => {
  const clip = bench().clip();
  const notes = [0, 1, 2, 3].map((start_time) => ({ pitch: 60 + start_time, start_time, duration: 2 }));
  clip.call("add_new_notes", { notes });
  const inside = JSON.parse(clip.call("get_notes_extended", 0, 128, 1, 2)).notes;
  assert.deepEqual(
    inside.map((/** @type {any} */ note) => note.pitch),
    [61, 62],
  );
  const region = { from_pitch: 60, pitch_span: 1, from_time: 0, time_span: 4, return: ["pitch", "start_time"] };
  assert.equal(clip.call("get_notes_extended", region), '{"notes":[{"pitch":60,"start_time":0}]}');
  clip.call("remove_notes_extended", 0, 128, 1, 2);
  assert.deepEqual(
    notesOf(clip).map((note) => note.pitch),
    [60, 63],
  );
});

test("modifications need ids that are there", () => {
  const live = bench();
  const clip = live.clip();
  const [id] = clip.call("add_new_notes", { notes: chord });
  clip.call("apply_note_modifications", { notes: [{ note_id: id, velocity: 5, mute: 1 }] });
  assert.deepEqual([notesOf(clip)[0].velocity, notesOf(clip)[0].mute], [5, 1]);
  clip.call("apply_note_modifications", { notes: [{ note_id: 999, velocity: 7 }] });
  assert.match(live.posted[0], /no note 999/);
  clip.call("remove_notes_by_id", id);
  assert.equal(notesOf(clip).length, 2);
});

test("notes observers hear only that something changed", () => {
  const live = bench();
  const clip = live.clip();
  /** @type {unknown[][]} */
  const heard = [];
  const observer = new live.LiveAPI((words) => heard.push(words), clip.unquotedpath);
  observer.property = "notes";
  live.deliver();
  heard.length = 0;
  clip.call("add_new_notes", { notes: chord });
  clip.set("name", "x");
  live.deliver();
  assert.deepEqual(heard, [["notes", "bang"]]);
});

test("an audio clip has no notes", () => {
  const { set, api } = bench();
  assert.equal(set.tracks[2].kind, "audio");
  const slot = api("live_set tracks 2 clip_slots 0");
  slot.call("create_clip", 4);
  assert.deepEqual(slot.get("has_clip"), [0]);
});

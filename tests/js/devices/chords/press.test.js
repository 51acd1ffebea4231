import assert from "node:assert/strict";
import { test } from "node:test";
import { RpcError } from "../../../../js/rpc/errors.js";
import { addClip, note, show } from "../../live/support/stage.js";
import { desk, ready, reply, settled } from "./desk.js";

test("the first press with no setting touched asks with all that the Set tells", async () => {
  const on = ready({ tempo: 124, signature: [3, 4], scale: { root: 2, name: "Dorian" } });
  on.device.generate();
  const [{ params }] = on.chords();
  assert.deepEqual(params, {
    key: null,
    mode: null,
    progression: "auto",
    style: "auto",
    bars: 8,
    voicing: "auto",
    rhythm: "auto",
    tension: 35,
    complexity: 35,
    movement: 40,
    density: 50,
    humanise: 20,
    offer: { explore: 0.25 },
    tempo: 124,
    signature_numerator: 3,
    signature_denominator: 4,
    context: {
      track_name: "Keys",
      scale_root: 2,
      scale_name: "Dorian",
      scale_mode: true,
      pitch_classes: null,
      previous: null,
    },
  });
});

test("without Live's scale, what lies in the Set speaks for the key", () => {
  const on = ready();
  addClip(on.set, 1, 0, 16, [note(62, 0, 12)]);
  on.device.generate();
  assert.deepEqual(on.chords()[0].params.context.pitch_classes, [0, 0, 12, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
});

test("a chosen key is sent as the table names it, and nothing is searched for one", () => {
  const on = ready();
  addClip(on.set, 1, 0, 16, [note(62, 0, 12)]);
  on.device.parameter("key", 2);
  on.device.parameter("mode", 2);
  on.device.parameter("style", 13);
  on.device.parameter("progression", 3);
  on.device.parameter("voicing", 8);
  on.device.parameter("rhythm", 2);
  on.device.parameter("bars", 4);
  on.device.parameter("tension", 81.5);
  on.device.generate();
  const { params } = on.chords()[0];
  assert.deepEqual(
    [
      params.key,
      params.mode,
      params.style,
      params.progression,
      params.voicing,
      params.rhythm,
      params.bars,
      params.tension,
    ],
    ["Db", "minor", "ambient", "#3", "stab", "stabs", 4, 81.5],
  );
  assert.equal(params.context.pitch_classes, null);
});

test("the answer lands in the clip, is read back, drawn and told", async () => {
  const on = ready();
  on.device.generate();
  await on.chords()[0].answer(reply());
  const { clip } = on.set.tracks[0].clip_slots[0];
  assert.equal(clip.notes.length, 12);
  assert.equal(clip.length, 32);
  assert.equal(clip.name, "Chords D minor i-VI-III-VII");
  assert.deepEqual(on.status(), ["ready", "Wrote 4 chords, 8 bars, D minor"]);
  const roll = on.picture();
  assert.equal(roll.notes.length, 12);
  assert.deepEqual(
    roll.chords.map(({ start, symbol }) => [start, symbol]),
    [
      [0, "Dm"],
      [8, "Bb"],
      [16, "F"],
      [24, "C"],
    ],
  );
  assert.equal(roll.label, "D minor · i VI III VII");
});

test("what is told is what Live holds, not what was asked", async () => {
  const on = ready();
  on.device.generate();
  const twins = reply();
  // Live keeps one of two notes that share pitch and start.
  twins.notes = twins.notes.filter(({ start_time }) => start_time < 24).concat({ ...twins.notes[0] });
  await on.chords()[0].answer(twins);
  assert.equal(on.words(), "Wrote 3 chords, 8 bars, D minor. Live kept 9 of 10 notes");
});

test("a chord that comes twice in a progression counts twice, a passing chord does not count", async () => {
  const on = ready();
  on.device.generate();
  const own = reply();
  own.resolved.figures = ["i", "i", "VI", "VII"];
  own.chords = [
    { start: 0, duration: 16, figure: "i", symbol: "Dm", pitches: [] },
    { start: 16, duration: 4, figure: "VI", symbol: "Bb", pitches: [] },
    { start: 20, duration: 4, figure: "V7/VII", symbol: "G7", pitches: [] },
    { start: 24, duration: 8, figure: "VII", symbol: "C", pitches: [] },
  ];
  await on.chords()[0].answer(own);
  assert.equal(on.words(), "Wrote 4 chords, 8 bars, D minor");
});

test("notices of the engine are told behind the result", async () => {
  const on = ready();
  on.device.generate();
  await on
    .chords()[0]
    .answer(reply({ notices: ["10B is D major; this progression is minor, so B minor (10A) was used."] }));
  const [light, words, why] = on.status() ?? [];
  assert.deepEqual([light, words], ["ready", "Wrote 4 chords, 8 bars, D minor"]);
  assert.match(why, /^10B is D major; .* was used$/);
  on.device.undo();
  assert.equal(on.status()?.length, 2, "other words, no why");
});

test("a clip on another track is named", async () => {
  const on = ready();
  show(on.set, addClip(on.set, 1, 0, 4));
  on.device.generate();
  await on.chords()[0].answer(reply());
  assert.match(on.words(), /D minor on "Bass"$/);
});

test("an arrangement clip sends its length, and the bars told are the clip's", async () => {
  const on = ready();
  show(
    on.set,
    on.set.edit(() => on.set.tracks[0].create_midi_clip(0, 16)),
  );
  on.device.generate();
  assert.equal(on.chords()[0].params.clip_length, 16);
  const half = reply({ length: 16 });
  half.notes = half.notes.filter(({ start_time }) => start_time < 16);
  half.chords = half.chords.slice(0, 2);
  await on.chords()[0].answer(half);
  assert.equal(on.words(), "Wrote 2 chords, 4 bars, D minor");
});

test("a wait under 150 ms shows nothing; a longer one shows busy, and the same button cancels", async () => {
  const on = ready();
  on.device.generate();
  on.clock.move(149);
  assert.deepEqual(on.status(), ["ready", "Ready"]);
  on.clock.move(1);
  assert.deepEqual(on.status(), ["busy", "Composing ..."]);
  assert.deepEqual(on.from(1).at(-1), ["busy", "text", "Cancel"]);
  on.device.generate();
  assert.equal(on.chords()[0].cancelled, true);
  assert.deepEqual(on.status(), ["ready", "Cancelled"]);
  assert.deepEqual(on.from(1).at(-1), ["busy", "text", "Generate"]);
  await settled();
  assert.deepEqual(on.status(), ["ready", "Cancelled"]);
  assert.equal(on.chords().length, 1);
});

test("an answer to an old press changes nothing", async () => {
  const on = ready();
  on.device.generate();
  const old = on.chords()[0];
  on.device.generate();
  on.device.generate();
  await old.answer(reply());
  assert.equal(on.set.tracks[0].clip_slots[0].clip, null);
  await on.chords()[1].answer(reply());
  assert.equal(on.set.tracks[0].clip_slots[0].clip.notes.length, 12);
});

test("a press while the engine is away waits, says why, and is not lost", async () => {
  const on = desk();
  on.device.start();
  on.engine("away", "Drop Bandmate Hub on a MIDI track");
  assert.deepEqual(on.status(), ["away", "Drop Bandmate Hub on a MIDI track"]);
  on.device.generate();
  on.clock.move(200);
  assert.deepEqual(on.status(), ["away", "Drop Bandmate Hub on a MIDI track. Your press waits"]);
  assert.deepEqual(on.from(1).at(-1), ["busy", "text", "Cancel"]);
  on.engine("away", "Engine asleep, waking it ...");
  assert.deepEqual(on.status(), ["away", "Engine asleep, waking it. Your press waits"]);
  on.engine();
  assert.deepEqual(on.status(), ["busy", "Composing ..."]);
  await on.chords()[0].answer(reply());
  assert.equal(on.words(), "Wrote 4 chords, 8 bars, D minor");
  assert.equal(on.set.tracks[0].clip_slots[0].clip.notes.length, 12);
});

test("the engine's own words for bad text are shown, with the hint", async () => {
  const on = ready();
  on.device.ownText("i  VI   Xyz");
  assert.deepEqual(on.asked.at(-1)?.params, { progression: "i VI Xyz" });
  const error = new RpcError(-32602, 'progression: cannot read "Xyz"', { hint: "Use romans such as i VI III VII." });
  await on.asked.at(-1)?.fail(error);
  assert.equal(on.words(), 'progression: cannot read "Xyz". Use romans such as i VI III VII');
  on.device.generate();
  assert.equal(on.chords()[0].params.progression, "i VI Xyz");
  await on.chords()[0].fail(error);
  assert.equal(on.words(), 'progression: cannot read "Xyz". Use romans such as i VI III VII');
  assert.equal(on.set.tracks[0].clip_slots[0].clip, null);
});

test("own text goes before the menu, and empty text gives the menu back", () => {
  const on = ready();
  on.device.parameter("progression", 5);
  on.device.ownText("Dm7 G7 Cmaj7");
  on.device.generate();
  assert.equal(on.chords()[0].params.progression, "Dm7 G7 Cmaj7");
  on.device.generate();
  on.device.ownText("");
  on.device.generate();
  assert.equal(on.chords()[1].params.progression, "#5");
});

test("what Live refuses is said, and the button works again", async () => {
  const on = ready();
  on.set.tracks[0].is_frozen = true;
  on.device.generate();
  assert.equal(on.words(), '"Keys" is frozen: unfreeze it to write');
  on.set.tracks[0].is_frozen = false;
  on.device.generate();
  on.set.tracks[0].is_frozen = true;
  await on.chords()[0].answer(reply());
  assert.match(on.words(), /Live made no clip|frozen|does not let/);
  on.set.tracks[0].is_frozen = false;
  on.device.generate();
  await on.chords()[1].answer(reply());
  assert.match(on.words(), /^Wrote 4 chords/);
});

test("undo and restore move the clip, the picture and the words", async () => {
  const on = ready();
  const clip = addClip(on.set, 0, 0, 8, [note(50, 0, 1)]);
  show(on.set, clip);
  on.device.generate();
  await on.chords()[0].answer(reply());
  on.device.undo();
  assert.equal(on.words(), "Put back 1 note");
  assert.deepEqual(
    [on.picture().notes.length, on.picture().length, on.picture().label, on.picture().chords],
    [1, 8, "", []],
  );
  on.device.restore();
  assert.equal(on.words(), "Restored 12 notes");
  assert.deepEqual([on.picture().notes.length, on.picture().chords.length], [12, 4]);
  assert.equal(clip.notes.length, 12);
});

test("what this device wrote does not speak for the key", async () => {
  const on = ready();
  addClip(on.set, 1, 0, 16, [note(62, 0, 12)]);
  on.device.generate();
  await on.chords()[0].answer(reply());
  on.device.generate();
  assert.deepEqual(on.chords()[1].params.context.pitch_classes, on.chords()[0].params.context.pitch_classes);
});

test("the clip above leads on: its last chord goes along", () => {
  const on = ready();
  addClip(on.set, 0, 0, 16, [note(48, 0, 4), note(60, 8, 8), note(64, 8, 8), note(67, 8, 8)]);
  on.set.song.view.shownClip = null;
  on.set.song.view.set_highlighted_clip_slot(on.set.tracks[0].clip_slots[1]);
  on.device.generate();
  assert.deepEqual(on.chords()[0].params.context.previous, [60, 64, 67]);
});

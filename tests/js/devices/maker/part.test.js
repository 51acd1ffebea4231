/** What every part asks: the Set, its knobs, and the chords it follows. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { ArpDevice } from "../../../../js/devices/arp/device.js";
import { addChords, addClip, desk, note, ready } from "./desk.js";

const make = (/** @type {any} */ options) => ready(ArpDevice, "compose.arp", options);
/** Observers hear of a change a moment after it. */
const told = () => new Promise((resolve) => setImmediate(resolve));
/** Rows of the Harmony menu. */
const [AUTO, CHORDS, OWN, FIRST_TRACK] = [0, 1, 2, 3];

test("the first press asks with the Set, the knobs and a progression of the style's", () => {
  const on = make({ tempo: 124, signature: [3, 4], scale: { root: 2, name: "Dorian" } });
  on.device.generate();
  const { offer, ...params } = on.params();
  assert.deepEqual(offer, { explore: 0.25 });
  assert.deepEqual(params, {
    key: null,
    mode: null,
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
    bars: 8,
    density: 50,
    complexity: 35,
    swing: 0,
    swing_grid: "style",
    humanise: 20,
    variation: 0,
    ratchets: 0,
    style: "auto",
    figure: "auto",
    rate: "auto",
    rhythm: "auto",
    progression: "auto",
  });
});

test("what a menu leaves to the style is not sent, what it names is a number", () => {
  const on = make();
  on.device.parameter("octaves", 3);
  on.device.parameter("gate", 2);
  on.device.generate();
  assert.deepEqual([on.params().octaves, on.params().gate], [3, 35]);
});

test("Auto follows the chords in the same scene, round and round for the whole take", async () => {
  const on = make();
  addChords(on.set, 1, 0);
  on.device.generate();
  const { harmony_notes: notes } = on.params();
  assert.equal(notes.length, 24, "two chords of three tones, four times in eight bars");
  assert.deepEqual(notes[0], { pitch: 60, start_time: 0, duration: 4, velocity: 100 });
  assert.equal(Math.max(...notes.map(({ start_time }) => start_time)), 28);
  assert.equal("progression" in on.params(), false);
  await on.answer();
  assert.match(on.why(), /^Follows "Pads"\. Style/);
});

test("a clip that Chords wrote goes before a fuller one", () => {
  const on = make();
  addChords(on.set, 1, 0);
  const ours = addClip(on.set, 2, 0, 4, [note(50, 0, 4)]);
  ours.name = "Chords D minor";
  on.device.generate();
  assert.deepEqual(new Set(on.params().harmony_notes.map(({ pitch }) => pitch)), new Set([50]));
});

test("typed chords go before what lies there, as long as the menu says Auto", () => {
  const on = make();
  addChords(on.set, 1, 0);
  on.device.ownText("i VI III VII");
  on.device.generate();
  assert.equal(on.params().progression, "i VI III VII");
  assert.equal("harmony_notes" in on.params(), false);
  on.device.parameter("harmony", FIRST_TRACK);
  on.device.generate();
  on.device.generate();
  assert.equal(on.params().harmony_notes.length, 24);
});

test("what is chosen and not there is said, and nothing is asked", () => {
  const on = make();
  for (const [row, words] of /** @type {[number, RegExp][]} */ ([
    [CHORDS, /No clip of a Chords device here/],
    [OWN, /Type the chords first/],
    [FIRST_TRACK, /Nothing to follow on that track/],
  ])) {
    on.device.parameter("harmony", row);
    on.device.generate();
    assert.match(on.words(), words);
  }
  assert.equal(on.asked().length, 0);
  on.device.parameter("harmony", AUTO);
  on.device.generate();
  assert.equal(on.asked().length, 1);
});

test("the menu lists the MIDI tracks but its own, and always has as many rows", () => {
  const on = make();
  const items = on.items("harmony") ?? [];
  assert.deepEqual(items.slice(0, 7), ["Auto", "Chords device", "Own text", "Pads", "Lead", "Drums", "(no track 4)"]);
  assert.equal(items.length, 27);
  assert.equal(new Set(items).size, 27);
});

test("two tracks of one name can be told apart", () => {
  const on = make({ tracks: ["Keys", "Pads", "Pads", "Auto"].map((name) => ({ kind: "midi", name })) });
  assert.deepEqual(on.items("harmony")?.slice(3, 6), ["Pads", "Pads (2)", "Auto (3)"]);
});

test("a chosen track stays chosen when tracks move, and its end is said", async () => {
  const on = make();
  addChords(on.set, 2, 0, 48);
  on.device.parameter("harmony", FIRST_TRACK + 1);
  on.live.call("live_set", "create_midi_track", 1);
  await told();
  on.clock.move(1);
  assert.deepEqual(
    on.sent.findLast(([index, word, what]) => index === 1 && word === "harmony" && what === "set"),
    [1, "harmony", "set", FIRST_TRACK + 2],
  );
  on.device.generate();
  assert.equal(on.params().harmony_notes[0].pitch, 48);
  on.device.generate(); // takes the press back
  on.live.call("live_set", "delete_track", 3);
  await told();
  on.clock.move(1);
  assert.match(on.words(), /The track it followed is gone/);
  on.device.generate();
  assert.equal(on.params().progression, "auto");
});

test("a row that the Set stored is the track that stood there", () => {
  const on = desk(ArpDevice, "compose.arp");
  addChords(on.set, 2, 0, 48);
  on.device.parameter("harmony", FIRST_TRACK + 1);
  on.device.start();
  on.become();
  on.device.generate();
  assert.equal(on.params().harmony_notes[0].pitch, 48);
});

test("the words, the name and the label tell what was found", async () => {
  const on = make();
  on.device.generate();
  await on.answer();
  assert.equal(on.clip().name, "Arp House · D minor");
  assert.equal(on.picture().label, "House · D minor");
  assert.equal(on.picture().chords[0].symbol, "Dm");
  assert.equal(on.words(), "Wrote 8 notes, 8 bars, D minor");
  assert.equal(on.why(), "Style: House, from the track's name");
});

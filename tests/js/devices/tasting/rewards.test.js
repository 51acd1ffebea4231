import assert from "node:assert/strict";
import { test } from "node:test";
import { Letters } from "../../../../js/devices/tasting/letters.js";
import { ManualClock, settled } from "../../rpc/support/clock.js";
import { addClip, beats, note, show, tastingDesk } from "./desk.js";

/** Longer than anything is held. */
const LONG = 30_000;

/** @param {any} set @param {any} clip @param {any[]} notes */
const replace = (set, clip, notes) =>
  set.edit(() => {
    clip.remove_notes_extended(0, 128, 0, 64);
    if (notes.length > 0) clip.add_new_notes({ notes });
  });

test("what is undone is told with its age, unless it is restored at once", async () => {
  const { write, undo, restore, clock, store, pass } = tastingDesk();
  write("a", beats(60));
  clock.move(3000);
  undo();
  await pass(5000);
  restore();
  await pass(LONG);
  assert.deepEqual(store.told("a"), []);
  clock.move(1000);
  undo();
  await pass(LONG);
  const [[kind, age], ...more] = store.told("a");
  assert.equal(kind, "undone");
  assert.equal(age, 9 + LONG / 1000);
  assert.deepEqual(more, []);
});

test("a take that another one replaces was rerolled, unless Undo brings it back", async () => {
  const { write, undo, clock, store, pass } = tastingDesk();
  write("a", beats(60));
  clock.move(4000);
  write("b", beats(61));
  clock.move(2000);
  undo();
  await pass(LONG);
  assert.deepEqual(store.told("a"), []);
  assert.deepEqual(store.told("b"), [["undone", 2]]);
  write("c", beats(62));
  await pass(LONG);
  assert.deepEqual(
    store.told("a").map(([kind]) => kind),
    ["rerolled"],
  );
});

test("notes changed by hand are told when the hand has left them, and once", async () => {
  const { write, set, store, tasting, pass } = tastingDesk();
  const clip = write("a", beats(60, 62));
  await pass();
  replace(set, clip, beats(60, 63));
  await pass(1000);
  replace(set, clip, beats(60, 64));
  await pass(3000);
  assert.deepEqual(store.told("a"), []);
  await pass(LONG);
  const edited = store.asked.filter(({ method }) => method === "taste.edited");
  assert.equal(edited.length, 1);
  assert.deepEqual(
    edited[0].params.before.map((/** @type {any} */ each) => each.pitch),
    [60, 62],
  );
  assert.deepEqual(
    edited[0].params.after.map((/** @type {any} */ each) => each.pitch),
    [60, 64],
  );
  // From now on the user's own version is what he rates.
  tasting.rate(5);
  await pass();
  assert.deepEqual(store.told("a+"), [["stars", 5]]);
});

test("a hand that moves on to another clip has left the notes", async () => {
  const { write, set, store, pass } = tastingDesk();
  const clip = write("a", beats(60, 62));
  await pass();
  replace(set, clip, beats(60, 63));
  await pass();
  show(set, addClip(set, 1, 0, 4));
  await pass(300);
  assert.deepEqual(store.told("a"), [["edited", undefined]]);
});

test("a rating right after an edit is of what was edited", async () => {
  const { write, set, store, tasting, pass } = tastingDesk();
  const clip = write("a", beats(60, 62));
  await pass();
  replace(set, clip, beats(60, 63));
  await pass();
  tasting.rate(4);
  await pass();
  assert.deepEqual(store.told("a+"), [["stars", 4]]);
});

test("what this device writes itself is no edit, nor is what Undo and Restore put back", async () => {
  const { write, undo, restore, store, pass } = tastingDesk();
  write("a", beats(60));
  await pass(LONG);
  write("b", beats(61, 64));
  await pass(LONG);
  undo();
  await pass(LONG);
  restore();
  await pass(LONG);
  assert.deepEqual(
    store.asked.filter(({ method }) => method === "taste.edited"),
    [],
  );
});

test("what another device writes is its take, and no edit", async () => {
  const { write, set, store, tasting, pass } = tastingDesk();
  const clip = write("a", beats(60, 62));
  await pass();
  store.keep("h", beats(60.0, 67));
  replace(set, clip, beats(60, 67));
  await pass(LONG);
  assert.deepEqual(store.told("a"), []);
  tasting.rate(3);
  await pass();
  assert.deepEqual(store.told("h"), [["stars", 3]]);
  // The other device's own Undo.
  replace(set, clip, beats(60, 62));
  await pass(LONG);
  tasting.rate(5);
  await pass();
  assert.deepEqual(store.told("a"), [["stars", 5]]);
});

test("what a button of Bandmate changed in the notes is no edit, and is told of no take", async () => {
  const { write, set, store, tasting, shown, pass } = tastingDesk();
  const clip = write("a", beats(60, 62));
  tasting.rate(4);
  await pass();
  replace(set, clip, beats(62, 64));
  tasting.retouched(clip.id);
  await pass(LONG);
  assert.deepEqual(store.told("a"), [["stars", 4]]);
  assert.equal(shown(), 4);
  // A hand that goes on from there has changed it.
  replace(set, clip, beats(62, 65));
  await pass(LONG);
  assert.deepEqual(
    store.told("a").map(([kind]) => kind),
    ["stars", "edited"],
  );
});

test("Live's own Undo of a take is an undo, and no edit", async () => {
  const { write, set, store, pass, shown } = tastingDesk();
  const clip = addClip(set, 0, 0, 4, beats(40, 41, 42));
  show(set, clip);
  await pass(300);
  write("a", beats(60, 62));
  await pass(1000);
  replace(set, clip, beats(40, 41, 42));
  await pass(LONG);
  assert.equal(shown(), -1);
  await pass(LONG);
  assert.deepEqual(
    store.told("a").map(([kind]) => kind),
    ["undone"],
  );
});

test("a deleted clip is told in minutes; one that Live's Undo brings back is not", async () => {
  const { write, set, store, shown, pass } = tastingDesk();
  write("a", beats(60, 62));
  await pass(60_000);
  const slot = set.tracks[0].clip_slots[0];
  set.edit(() => slot.delete_clip());
  await pass(1000);
  assert.equal(shown(), -1);
  set.edit(() => {
    slot.create_clip(4);
    slot.clip.add_new_notes({ notes: beats(60, 62) });
  });
  await pass(LONG);
  assert.equal(shown(), 0);
  assert.deepEqual(store.told("a"), []);
  set.edit(() => slot.delete_clip());
  await pass(LONG);
  await pass(LONG);
  const [[kind, minutes], ...more] = store.told("a");
  assert.equal(kind, "deleted");
  assert.ok(minutes > 1 && minutes < 3, `${minutes}`);
  assert.deepEqual(more, []);
});

test("a clip dragged to another slot is neither deleted nor copied", async () => {
  const { write, set, store, tasting, pass } = tastingDesk();
  write("a", beats(60, 62));
  await pass(1000);
  set.edit(() => set.tracks[0].clip_slots[0].delete_clip());
  show(set, addClip(set, 0, 2, 4, beats(60, 62)));
  await pass(300);
  await pass(LONG);
  assert.deepEqual(store.told("a"), []);
  tasting.rate(2);
  await pass();
  assert.deepEqual(store.told("a"), [["stars", 2]]);
});

test("a copy is told once; a clip with other notes is none", async () => {
  const { write, set, store, pass } = tastingDesk();
  write("a", beats(60, 62));
  await pass(1000);
  show(set, addClip(set, 0, 1, 4, beats(60, 63)));
  await pass(300);
  assert.deepEqual(store.told("a"), []);
  show(set, addClip(set, 0, 2, 4, beats(60, 62)));
  await pass(300);
  show(set, addClip(set, 1, 2, 4, beats(60, 62)));
  await pass(300);
  assert.deepEqual(store.told("a"), [["duplicated", undefined]]);
});

test("a clip that plays on and on is told at four, eight and sixteen times; standing still it costs nothing", async () => {
  const { write, set, store, clock, pass } = tastingDesk();
  const clip = write("a", beats(60, 62));
  await pass(LONG);
  assert.equal(clock.pending, 0);
  set.edit(() => {
    clip.fire();
    set.song.start_playing();
  });
  await pass();
  const lap = (4 * 60_000) / set.song.tempo;
  for (let times = 0; times < 9; times += 1) await pass(lap + 1);
  assert.deepEqual(store.told("a"), [
    ["looped", 4],
    ["looped", 8],
  ]);
  set.edit(() => set.song.stop_playing());
  await pass(lap + 1);
  assert.equal(clock.pending, 0);
});

test("what is there when the Set is opened again was kept; what was made since Live started was not", async () => {
  const first = tastingDesk();
  const clip = first.write("a", beats(60, 62));
  const second = tastingDesk({ store: first.store, before: first });
  await second.pass(LONG);
  assert.deepEqual(first.store.told("a"), [["kept", undefined]]);
  first.store.takes.get("a")?.rewards.clear();
  const dropped = tastingDesk({ store: first.store, before: first });
  dropped.session.made("a");
  await dropped.pass(LONG);
  assert.deepEqual(first.store.told("a"), []);
  // And it is watched again.
  replace(second.set, clip, beats(60));
  await second.pass(LONG);
  assert.deepEqual(
    first.store.told("a").map(([kind]) => kind),
    ["edited"],
  );
});

test("a device that is switched off or deleted gives back all it watches, and says what it held", async () => {
  const { write, undo, set, store, tasting, clock, pass } = tastingDesk();
  const clip = write("a", beats(60, 62));
  write("b", beats(61, 62));
  undo();
  await pass();
  const before = set.observers.size;
  tasting.stop();
  assert.equal(clock.pending, 0);
  assert.ok(set.observers.size <= before - 3, `${before} before, ${set.observers.size} after`);
  await pass();
  assert.deepEqual(
    store.told("b").map(([kind]) => kind),
    ["undone"],
  );
  replace(set, clip, [note(70, 0, 1)]);
  await pass(LONG);
  assert.deepEqual(
    store.told("a").map(([kind]) => kind),
    [],
  );
});

test("of what waits for an engine that stays away, the stars stay longest", async () => {
  const clock = new ManualClock();
  /** @type {string[]} */
  const told = [];
  const letters = new Letters(/** @type {any} */ (clock), () => ({ done: Promise.resolve({}) }));
  const letter = (/** @type {string} */ id, weighty = false) => ({
    id,
    weighty,
    deliver: async () => void told.push(id),
  });
  letters.add(letter("stars", true));
  for (let i = 0; i < 200; i += 1) letters.add(letter(`r${i}`));
  assert.equal(letters.waiting, 64);
  letters.start();
  for (let i = 0; i < 70; i += 1) await settled();
  assert.equal(told[0], "stars");
  assert.equal(told.at(-1), "r199");
  assert.equal(told.length, 64);
  letters.add(letter("r199"));
  await settled();
  assert.equal(told.length, 64);
});

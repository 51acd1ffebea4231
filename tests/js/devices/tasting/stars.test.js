import assert from "node:assert/strict";
import { test } from "node:test";
import { findSong } from "../../../../js/devices/tasting/finding.js";
import { NO_TAKE } from "../../../../js/devices/tasting/ratings.js";
import { RpcError } from "../../../../js/rpc/errors.js";
import { addClip, beats, show, tastingDesk } from "./desk.js";

test("stars reach the take that was written, and the words say what they do", async () => {
  const { write, tasting, store, words, shown, pass } = tastingDesk();
  write("a", beats(60, 62));
  assert.equal(shown(), 0);
  tasting.rate(4);
  assert.equal(shown(), 4);
  await pass();
  assert.deepEqual(store.told("a"), [["stars", 4]]);
  assert.equal(words.at(-1), "Rated 4 stars: Generate leans that way from now on");
  tasting.rate(0);
  await pass();
  assert.deepEqual(store.told("a"), [
    ["stars", 4],
    ["stars", 0],
  ]);
  assert.equal(words.at(-1), "Rating taken back");
});

test("without a take in the clip nothing is rated, and that is said", async () => {
  const { tasting, set, store, words, shown, pass } = tastingDesk();
  tasting.rate(3);
  assert.equal(words.at(-1), NO_TAKE);
  show(set, addClip(set, 0, 0, 4, beats(60)));
  await pass(300);
  tasting.rate(3);
  await pass();
  assert.equal(words.at(-1), NO_TAKE);
  assert.equal(shown(), -1);
  assert.deepEqual(
    store.asked.filter(({ method }) => method !== "taste.find"),
    [],
  );
});

test("Undo shows the stars of the former take, Restore those of the later", async () => {
  const { write, tasting, undo, restore, shown, pass } = tastingDesk();
  write("a", beats(60, 62));
  tasting.rate(4);
  write("b", beats(60, 64));
  assert.equal(shown(), 0);
  tasting.rate(2);
  undo();
  assert.equal(shown(), 4);
  restore();
  assert.equal(shown(), 2);
  await pass();
});

test("after the Set was opened again a rating reaches the same take, which shows what was said of it", async () => {
  const first = tastingDesk();
  const clip = first.write("a", beats(60, 62));
  first.tasting.rate(3);
  await first.pass();
  first.tasting.stop();
  const again = tastingDesk({ store: first.store, before: first });
  show(again.set, clip);
  await again.pass(300);
  assert.equal(again.shown(), 3);
  again.tasting.rate(5);
  await again.pass();
  assert.deepEqual(
    again.store.told("a").filter(([kind]) => kind === "stars"),
    [
      ["stars", 3],
      ["stars", 5],
    ],
  );
});

test("a loop brace that was moved hides no take", async () => {
  const first = tastingDesk();
  const clip = first.write("a", beats(60, 62, 64, 65));
  first.tasting.stop();
  const again = tastingDesk({ store: first.store, before: first });
  again.set.edit(() => clip.set_loop_end(2));
  show(again.set, clip);
  await again.pass(300);
  assert.equal(again.shown(), 0);
});

test("a take that is heard before it is written is the one that is rated, and keeps its stars when it is written", async () => {
  const { write, tasting, store, shown, pass } = tastingDesk();
  write("a", beats(60));
  tasting.rate(1);
  store.keep("p", []);
  tasting.heard("p");
  assert.equal(shown(), 0);
  tasting.rate(4);
  await pass(1000);
  assert.deepEqual(store.told("p"), [["stars", 4]]);
  write("p", beats(64));
  assert.equal(shown(), 4);
  tasting.heard("q");
  tasting.restored(0);
  tasting.rate(5);
  await pass();
  assert.deepEqual(store.told("a"), [["stars", 1]]);
});

test("a song that is heard shows the stars it has, and those that were given here since", async () => {
  const { tasting, store, shown, pass } = tastingDesk({ means: "heard" });
  store.keep("s", []);
  tasting.heard("s", 3);
  assert.equal(shown(), 3);
  tasting.rate(5);
  tasting.heard(undefined);
  assert.equal(shown(), -1);
  tasting.heard("s", 3);
  assert.equal(shown(), 5);
  await pass();
  assert.deepEqual(store.told("s"), [["stars", 5]]);
});

test("a song is asked for by its clips, each from where it begins, and has the stars that were said last", async () => {
  /** @type {any[]} */
  const asked = [];
  const line = { take: "s", how: "", parent: "" };
  const rewards = [2, 4].map((amount) => ({ kind: "stars", counted: true, amount }));
  /** @type {any[]} */
  const answers = [{ take: line }, { line, rewards }, { take: null }];
  const ask = (/** @type {string} */ method, /** @type {any} */ params) => {
    asked.push([method, params]);
    return { done: Promise.resolve(answers.shift()) };
  };
  const read = (/** @type {number} */ start, /** @type {number} */ pitch) => ({
    all: [...beats(pitch, pitch)].map((note) => ({ ...note, start_time: note.start_time + start })),
    start,
    end: start + 1,
  });
  assert.deepEqual(await findSong(ask, [read(8, 60)], [read(0, 62), read(4, 64)]), { take: "s", stars: 4 });
  assert.deepEqual(asked, [
    ["taste.find_song", { clips: [beats(60, 60)], beside: [beats(62, 62), beats(64, 64)] }],
    ["taste.take", { take: "s" }],
  ]);
  assert.equal(await findSong(ask, [read(0, 60)], []), null);
});

test("the clip pointed at is the one that is meant, where the device writes none", async () => {
  const { set, store, tasting, shown, pass } = tastingDesk({ means: "pointed" });
  store.keep("a", beats(60));
  store.keep("b", beats(61));
  const [one, two] = [addClip(set, 0, 0, 4, beats(60)), addClip(set, 1, 0, 4, beats(61))];
  show(set, one);
  await pass(300);
  assert.equal(shown(), 0);
  tasting.rate(5);
  show(set, two);
  await pass(300);
  assert.equal(shown(), 0);
  tasting.rate(1);
  show(set, one);
  await pass(300);
  assert.equal(shown(), 5);
  assert.deepEqual(store.told("a"), [["stars", 5]]);
  assert.deepEqual(store.told("b"), [["stars", 1]]);
});

test("while the engine is away a rating waits, and is told once with how long ago it was", async () => {
  const { write, tasting, store, words, shown, pass } = tastingDesk();
  write("a", beats(60));
  tasting.away();
  tasting.rate(5);
  assert.equal(shown(), 5);
  assert.equal(words.at(-1), "Rated 5 stars: the engine hears of it when it is back");
  await pass(40_000);
  assert.deepEqual(store.told("a"), []);
  tasting.start();
  await pass();
  tasting.away();
  tasting.start();
  await pass();
  assert.deepEqual(store.told("a"), [["stars", 5]]);
  const [rate, ...more] = store.asked.filter(({ method }) => method === "taste.rate");
  assert.equal(rate.params.seconds_ago, 40);
  assert.deepEqual(more, []);
});

test("of several ratings that waited the last one is told", async () => {
  const { write, tasting, store, pass } = tastingDesk();
  write("a", beats(60));
  tasting.away();
  tasting.rate(5);
  tasting.rate(1);
  write("b", beats(61));
  tasting.rate(4);
  tasting.start();
  await pass();
  assert.deepEqual(store.told("a"), [["stars", 1]]);
  assert.deepEqual(store.told("b"), [["stars", 4]]);
});

test("an engine that dies with the answer is told again under the same id", async () => {
  const { write, tasting, store, pass } = tastingDesk();
  write("a", beats(60));
  store.hangs = true;
  tasting.rate(5);
  await pass();
  tasting.away();
  store.lose();
  await pass();
  store.hangs = false;
  tasting.start();
  await pass();
  const ids = store.asked.filter(({ method }) => method === "taste.rate").map(({ params }) => params.reward);
  assert.equal(ids.length, 2);
  assert.equal(new Set(ids).size, 1);
  assert.deepEqual(store.told("a"), [["stars", 5]]);
});

test("a clip nobody knows here can be rated while the engine is away", async () => {
  const { set, store, tasting, shown, pass } = tastingDesk({ ready: false });
  store.keep("a", beats(60));
  show(set, addClip(set, 0, 0, 4, beats(60)));
  tasting.rate(2);
  await pass(1000);
  tasting.start();
  await pass(1000);
  assert.deepEqual(
    store.told("a").filter(([kind]) => kind === "stars"),
    [["stars", 2]],
  );
  assert.equal(shown(), 2);
});

test("a memory that cannot be written says so, and is tried again; Taste hears of both", async () => {
  const { write, tasting, store, words, news, pass } = tastingDesk();
  write("a", beats(60));
  store.refuses = new RpcError(-32016, "Ratings cannot be kept", { hint: "Make room on the disk." });
  tasting.rate(4);
  await pass();
  assert.equal(words.at(-1), "Ratings cannot be kept. Make room on the disk");
  const said = words.length;
  await pass(31_000);
  assert.equal(words.length, said);
  assert.equal(news.count, 1);
  store.refuses = null;
  await pass(31_000);
  assert.deepEqual(store.told("a"), [["stars", 4]]);
  assert.equal(news.count, 2);
});

test("what was done and cannot be kept is no word of the device's, but Taste hears of it", async () => {
  const { write, store, words, news, pass } = tastingDesk();
  write("a", beats(60));
  store.refuses = new RpcError(-32016, "Ratings cannot be kept", { hint: "Make room on the disk." });
  write("b", beats(62));
  await pass(13_000);
  assert.deepEqual([words, news.count], [[], 1]);
  store.refuses = null;
  await pass(31_000);
  assert.deepEqual(
    store.told("a").map(([kind]) => kind),
    ["rerolled"],
  );
});

test("a take the engine has forgotten is not told for ever", async () => {
  const { write, tasting, store, words, pass } = tastingDesk();
  write("a", beats(60));
  store.takes.clear();
  tasting.rate(4);
  await pass(60_000);
  assert.equal(words.at(-1), "This take is not known. Rate one");
  assert.equal(store.asked.filter(({ method }) => method === "taste.rate").length, 1);
});

/** The small parts of a tool: what Live hands over, seeds, subjects, what is likely next, answers, the kept phrase. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Controls } from "../../../../js/devices/shared/controls.js";
import { Answers } from "../../../../js/devices/tools/answers.js";
import { Keep } from "../../../../js/devices/tools/keep.js";
import { withinReach } from "../../../../js/devices/tools/likely.js";
import { answerJson, readContext, readGiven } from "../../../../js/devices/tools/round.js";
import { SEEDS, Seeds } from "../../../../js/devices/tools/seeds.js";
import { holds, placeOf, Subjects } from "../../../../js/devices/tools/subjects.js";
import { changed } from "../../../../js/devices/tools/transformation.js";
import { Watch } from "../../../../js/devices/tools/watch.js";
import { addClip, note, show, stage } from "../../live/support/stage.js";
import { ManualClock, settled } from "../../rpc/support/clock.js";

test("a context that leaves things out is read with what there is", () => {
  assert.deepEqual(readContext("{}"), {
    start: 0,
    end: 0,
    grid: { interval: 0, on: false },
    scale: { on: false, root: 0, intervals: [], name: "" },
  });
  const one = readContext('{"clip":{"time_selection_start":4,"time_selection_end":2},"scale":{"scale_intervals":0}}');
  assert.deepEqual([one.start, one.end, one.scale.intervals], [4, 4, [0]]);
});

test("notes are read and told as Max keeps them", () => {
  const json = '{"notes":{"note_id":7,"pitch":60,"start_time":1,"duration":1,"velocity":99.5,"mute":1}}';
  const [only] = readGiven(json);
  assert.deepEqual([only.note_id, only.velocity, only.mute], [7, 99.5, true]);
  assert.deepEqual(JSON.parse(answerJson([only])).notes[0].mute, 1);
  assert.deepEqual(readGiven("{}"), []);
});

test("a seed moves by a hand alone, and what the dice will show is known before", () => {
  const seeds = new Seeds(() => 0.5);
  assert.equal(seeds.now, 0);
  const { next } = seeds;
  assert.equal(seeds.next, next, "looking draws nothing");
  assert.equal(seeds.roll(), next);
  assert.notEqual(seeds.next, next);
  seeds.set(seeds.next);
  assert.notEqual(seeds.next, seeds.now);
  for (let i = 0; i < 50; i++) assert.ok(seeds.roll() >= 0 && seeds.now < SEEDS);
});

test("lists of notes are known again, whatever their order, unless something of them changed", () => {
  const subjects = new Subjects();
  const [a, b] = [note(60, 0, 1), note(64, 0, 1)];
  const first = subjects.of([a, b]);
  assert.equal(subjects.of([b, a]), first);
  assert.notEqual(subjects.of([a, { ...b, velocity: 90 }]), first);
  assert.equal(subjects.of([]), null);
  assert.equal(holds(first, [b]), true);
  assert.equal(holds(first, [note(65, 0, 1)]), false);
  assert.equal(holds(null, []), false);
  assert.equal(placeOf(note(60, 1.00001, 1)), placeOf(note(60, 1, 1)));
});

test("given notes stay the same notes, also where the answer is sorted anew", () => {
  const before = [note(60, 0, 1), note(64, 1, 1), note(60, 2, 1)];
  const given = before.map((each, i) => ({ ...each, note_id: i + 1, mute: true }));
  const late = [note(64, 0.9, 1), note(60, 1.1, 1), note(60, 2.2, 1, 50)];
  const found = /** @type {any[]} */ (changed(given, before, late));
  assert.deepEqual(
    found.map(({ note_id, pitch, start_time, mute }) => [note_id, pitch, start_time, mute]),
    [
      [1, 60, 1.1, true],
      [2, 64, 0.9, true],
      [3, 60, 2.2, true],
    ],
  );
  const higher = before.map((each) => ({ ...each, pitch: each.pitch + 1 }));
  assert.deepEqual(changed([given[1]], before, higher)?.[0].pitch, 65, "a part of them, in order");
  assert.equal(changed(given, before, late.slice(1)), null);
  assert.equal(changed([{ ...note(1, 1, 1) }], before, higher), null);
});

const TABLE = /** @type {any} */ ({
  name: "Test",
  parameters: [
    { selector: "amount", kind: "dial", type: "float", min: 0, max: 100, initial: 50, steps: 21 },
    { selector: "bars", kind: "numbox", type: "int", min: 1, max: 8, initial: 1 },
    { selector: "seed", kind: "numbox", type: "float", min: 0, max: 9999, initial: 0 },
    { selector: "dice", kind: "button", type: "enum", items: ["off", "on"] },
  ],
});

test("within reach is what one turn of a hand gets to, nearest first", () => {
  const controls = new Controls(TABLE);
  const near = (/** @type {string} */ name) => withinReach(TABLE, controls, name).map((each) => each.number(name));
  assert.deepEqual(near("amount"), [55, 45, 60, 40, 65, 35, 70, 30]);
  assert.deepEqual(near("bars"), [2, 3], "not below the range");
  assert.deepEqual([near("seed"), near("")], [[], []]);
  assert.equal(controls.number("amount"), 50, "nothing was turned");
});

/** Questions under way, and answers in the order given. */
function engine() {
  /** @type {any[]} */
  const asked = [];
  /** @type {any[]} */
  const told = [];
  const answers = new Answers({
    ask: ({ key }) => {
      const one = {
        key,
        cancelled: false,
        answer: (/** @type {any} */ _value) => {},
        fail: (/** @type {any} */ _e) => {},
      };
      const done = new Promise((resolve, reject) => Object.assign(one, { answer: resolve, fail: reject }));
      asked.push(one);
      return { done, cancel: () => Object.assign(one, { cancelled: true }) };
    },
    told: ({ key }, problem) => told.push([key, problem]),
  });
  const want = (/** @type {string[]} */ ...keys) => answers.want(keys.map((key) => ({ key, method: "", params: {} })));
  return { answers, asked, told, want };
}

test("the most wanted is asked first, two at a time, and nothing twice", async () => {
  const { answers, asked, told, want } = engine();
  want("a", "b", "c");
  assert.deepEqual(asked.map(({ key }) => key), ["a", "b"]); // biome-ignore format: one line
  asked[0].answer(1);
  await settled();
  assert.deepEqual(asked.map(({ key }) => key), ["a", "b", "c"]); // biome-ignore format: one line
  assert.equal(answers.get("a"), 1);
  want("d", "a", "b");
  asked[1].answer(2);
  await settled();
  assert.deepEqual(asked.map(({ key }) => key), ["a", "b", "c", "d"]); // biome-ignore format: one line
  assert.deepEqual(told, [["a", null], ["b", null]]); // biome-ignore format: one line
});

test("what went wrong is told and may be asked again; after forgetting no answer counts", async () => {
  const { answers, asked, told, want } = engine();
  want("a");
  asked[0].fail("no");
  await settled();
  assert.deepEqual(told, [["a", "no"]]);
  want("a");
  answers.forget();
  assert.equal(asked[1].cancelled, true);
  asked[1].answer(1);
  await settled();
  assert.equal(answers.get("a"), undefined);
  assert.equal(told.length, 1);
});

test("only so many answers are kept, the oldest goes first", async () => {
  const { answers, asked, want } = engine();
  for (let i = 0; i < 301; i++) {
    want(`q${i}`);
    asked.at(-1).answer(i);
    await settled();
  }
  assert.equal(answers.get("q0"), undefined);
  assert.equal(answers.get("q300"), 300);
});

/** Files in memory, as Max's File. */
function disk() {
  /** @type {Map<string, string>} */
  const files = new Map([["/tools/bandmate.json", '{"endpoint":"/home/endpoint.json"}']]);
  class File {
    /** @param {string} path @param {string} access */
    constructor(path, access) {
      this.path = path;
      this.isopen = access === "write" || files.has(path);
      this.eof = 0;
    }
    readstring() {
      return files.get(this.path);
    }
    /** @param {string} text */
    writestring(text) {
      files.set(this.path, text);
    }
    close() {}
  }
  return { files, File: /** @type {any} */ (File) };
}

test("the last phrase is on disk beside what the engine keeps, and comes back", () => {
  const { files, File } = disk();
  const clock = new ManualClock();
  const options = { File, toolPath: "/tools/Tool.amxd", name: "bass", clock: /** @type {any} */ (clock) };
  const keep = new Keep(options);
  assert.equal(keep.read(), null);
  const phrase = /** @type {any} */ ({ notes: [note(60, 0, 1)], length: 4 });
  keep.write({ ...phrase, length: 8 });
  keep.write(phrase);
  assert.equal(files.size, 1, "a turn of a knob is not written note by note");
  clock.move(500);
  assert.deepEqual([...files.keys()], ["/tools/bandmate.json", "/home/last-bass.json"]);
  assert.deepEqual(new Keep(options).read(), phrase);
  files.set("/home/last-bass.json", '{"notes":[{"pi');
  assert.equal(new Keep(options).read(), null, "cut short");
  keep.write(phrase);
  keep.flush();
  assert.deepEqual(new Keep(options).read(), phrase);
});

test("without a note of where, nothing is kept and nothing breaks", () => {
  const { files, File } = disk();
  const clock = /** @type {any} */ (new ManualClock());
  for (const [toolPath, Files] of [
    ["", File],
    ["/other/Tool.amxd", File],
    ["/tools/Tool.amxd", undefined],
  ]) {
    const keep = new Keep({ File: Files, toolPath, name: "bass", clock });
    keep.write(/** @type {any} */ ({ notes: [], length: 4 }));
    keep.flush();
    assert.equal(keep.read(), null);
  }
  assert.equal(files.size, 1);
});

test("one LiveAPI object watches one clip after the other", async () => {
  const { set, LiveAPI, posts } = stage();
  const [one, two] = [addClip(set, 0, 0, 4), addClip(set, 1, 0, 4)];
  show(set, one);
  const before = LiveAPI.count.constructed;
  let heard = 0;
  const told = () => {
    heard++;
  };
  const watch = new Watch(/** @type {any} */ (LiveAPI), "notes");
  const round = async () => {
    set.touch();
    await new Promise((next) => setImmediate(next));
    const count = heard;
    heard = 0;
    return count;
  };
  watch.point("live_set view detail_clip", told);
  await round();
  set.edit(() => one.add_new_notes({ notes: [note(60, 0, 1)] }));
  assert.equal(await round(), 1);
  show(set, two);
  watch.point("live_set view detail_clip", told);
  await round();
  set.edit(() => one.add_new_notes({ notes: [note(61, 0, 1)] }));
  assert.equal(await round(), 0, "the first is not watched any more");
  set.edit(() => two.add_new_notes({ notes: [note(61, 0, 1)] }));
  assert.equal(await round(), 1);
  watch.point("", told);
  set.edit(() => two.add_new_notes({ notes: [note(62, 0, 1)] }));
  assert.equal(await round(), 0);
  assert.equal(LiveAPI.count.constructed - before, 1);
  assert.deepEqual(posts, []);
});

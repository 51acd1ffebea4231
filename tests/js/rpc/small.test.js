import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { Backoff } from "../../../js/rpc/backoff.js";
import { maxClock, nodeClock } from "../../../js/rpc/clock.js";
import { fromWire, RpcError, toWire } from "../../../js/rpc/errors.js";
import { seededRandom, seedOf, uniqueId } from "../../../js/rpc/random.js";
import { VERSION } from "../../../js/rpc/version.js";

describe("random numbers", () => {
  it("repeat with their seed and spread evenly", () => {
    const draw = (seed, count) => {
      const random = seededRandom(seed);
      return Array.from({ length: count }, random);
    };
    assert.deepEqual(draw(5, 10), draw(5, 10));
    assert.notDeepEqual(draw(5, 10), draw(6, 10));
    const bins = new Array(10).fill(0);
    for (const value of draw(1, 10_000)) bins[Math.floor(value * 10)] += 1;
    assert.ok(Math.min(...bins) > 850 && Math.max(...bins) < 1150, String(bins));
  });

  it("make names that differ and that Max cannot take for numbers", () => {
    const names = new Set(Array.from({ length: 1000 }, () => uniqueId("d")));
    assert.ok(names.size > 990);
    for (const name of names) assert.match(name, /^d[0-9a-f]+$/);
    assert.notEqual(seedOf("d1"), seedOf("d2"));
  });
});

describe("backoff", () => {
  it("doubles within its jitter up to the longest, and starts over", () => {
    const backoff = new Backoff({ random: () => 1, first: 100, most: 1000 });
    assert.deepEqual(
      Array.from({ length: 5 }, () => backoff.next()),
      [100, 200, 400, 800, 1000],
    );
    backoff.reset();
    assert.equal(backoff.next(), 100);
    assert.equal(new Backoff({ random: () => 0, first: 100 }).next(), 50);
  });
});

describe("Max's clock", () => {
  class FakeTask {
    static all = [];
    constructor(fn) {
      this.fn = fn;
      FakeTask.all.push(this);
    }
    schedule(ms) {
      this.ms = ms;
    }
    cancel() {
      this.cancelled = true;
    }
    freepeer() {
      this.freed = true;
    }
  }

  it("schedules, cancels and frees Tasks", () => {
    const clock = maxClock(FakeTask);
    let fired = 0;
    const first = clock.after(20, () => (fired += 1));
    clock.after(-5, () => (fired += 1));
    const [one, two] = FakeTask.all;
    assert.equal(one.ms, 20);
    assert.equal(two.ms, 0);
    clock.cancel(first);
    assert.ok(one.cancelled && one.freed);
    two.fn();
    assert.equal(fired, 1);
    assert.equal(two.freed, undefined, "not while it may still be running");
    clock.cancel(null);
    clock.after(1, () => clock.after(1, () => {}));
    assert.ok(two.freed, "one that has fired is freed with the next");
    const three = FakeTask.all[2];
    three.fn();
    assert.equal(three.freed, undefined, "its own timers do not free it");
    clock.stop();
    assert.ok(FakeTask.all[3].cancelled);
    assert.equal(two.cancelled, undefined);
  });
});

describe("Node's clock", () => {
  it("fires, and not after it was stopped", async () => {
    const clock = nodeClock();
    await new Promise((resolve) => clock.after(1, () => resolve(undefined)));
    clock.after(1, () => assert.fail("stopped"));
    clock.stop();
    const before = clock.now();
    await new Promise((resolve) => setTimeout(resolve, 5));
    assert.ok(clock.now() > before);
  });
});

describe("errors", () => {
  it("survive the way to the other side and back", () => {
    const there = new RpcError(-32006, "Live refused", { hint: "Because.", slot: 3 });
    const back = fromWire(JSON.parse(JSON.stringify(toWire(there))));
    assert.deepEqual([back.code, back.message, back.hint, back.data.slot], [-32006, "Live refused", "Because.", 3]);
  });

  it("are read from anything", () => {
    for (const wire of [undefined, null, 3, {}, { code: "x", message: 1, data: 2 }]) {
      assert.equal(fromWire(wire).code, -32603);
    }
  });

  it("never carry what a stranger wrote", () => {
    assert.equal(JSON.stringify(toWire(new Error("/home/me/file.js"))).includes("home"), false);
    assert.equal(JSON.stringify(toWire("text")).includes("text"), false);
  });
});

describe("version", () => {
  it("is the package's", () => {
    const file = new URL("../../../js/package.json", import.meta.url);
    assert.equal(VERSION, JSON.parse(readFileSync(file, "utf8")).version);
  });
});

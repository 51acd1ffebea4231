/** Which bars are asked for, and when. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { markOf, needOf, turnOf, turnsOf } from "../../../../js/devices/jam/need.js";

const LENGTH = 1920;
const PACE = { length: LENGTH, spare: 300, takes: 40, share: 0 };
const [then, now, other] = [markOf("bass", [50]), markOf("bass", [60]), markOf("chords", [60])];

describe("which bars are asked for", () => {
  it("what is known, or asked for already, is not asked for", () => {
    assert.equal(needOf(now, [now, undefined], { left: 0, settled: true }, PACE), false);
    assert.equal(needOf(now, [then, now], { left: 0, settled: true }, PACE), false);
  });

  it("the bar that plays is asked for whatever is another one", () => {
    for (const had of [[], [undefined], [then], [other], [""]]) {
      assert.equal(needOf(now, had, { left: 0, settled: true }, PACE), true);
    }
  });

  it("a bar of which only lanes have moved waits until all has been seen that it begins with", () => {
    assert.equal(needOf(now, [then], { left: 1000, settled: false }, PACE), false);
    assert.equal(needOf(now, [then], { left: 239, settled: false }, PACE), false);
    assert.equal(needOf(now, [then], { left: 239, settled: true }, PACE), true);
    // Who waited any longer would have the answer too late.
    assert.equal(needOf(now, [then], { left: 40, settled: false }, PACE), true);
    assert.equal(needOf(now, [then], { left: 1000, settled: false }, { ...PACE, takes: 1200 }), true);
  });

  it("a bar that is not known is asked for soon after the one before it began", () => {
    for (const had of [undefined, "", other]) {
      assert.equal(needOf(now, [had], { left: LENGTH, settled: false }, PACE), false);
      assert.equal(needOf(now, [had], { left: LENGTH - 360, settled: false }, PACE), true);
      assert.equal(needOf(now, [had], { left: LENGTH - 360, settled: false }, { ...PACE, share: 0.5 }), false);
      assert.equal(needOf(now, [had], { left: LENGTH - 480, settled: false }, { ...PACE, share: 0.5 }), true);
      // An engine that is slow is asked at once.
      assert.equal(needOf(now, [had], { left: LENGTH, settled: false }, { ...PACE, spare: LENGTH }), true);
    }
  });

  it("parts on tracks beside each other ask at times far apart", () => {
    const turns = Array.from({ length: 16 }, (_, at) => turnOf(at + 1));
    for (const between of [false, true]) {
      const shares = turns.filter((turn) => turn.between === between).map(({ share }) => share);
      assert.equal(shares.length, 8);
      shares.sort((a, b) => a - b);
      const apart = shares.slice(1).map((share, at) => share - shares[at]);
      assert.ok(Math.min(...apart) > 0.05 && Math.max(...apart) < 0.25, String(apart));
    }
  });

  it("the faster the song, the less may one part look later than another", () => {
    const turns = [60, 120, 174, 240, 999].map(turnsOf);
    assert.deepEqual(
      [...turns].sort((a, b) => b - a),
      turns,
    );
    assert.deepEqual([turns[2], turns[4]], [30, 0]);
    // Half beats come nearer to each other by more than that.
    assert.ok(turns.every((ms, at) => at === 0 || turns[at - 1] - ms < 30_000 / [60, 120, 174, 240, 999][at - 1]));
  });
});

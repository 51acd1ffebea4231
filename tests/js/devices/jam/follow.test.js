import assert from "node:assert/strict";
import { test } from "node:test";
import { turnsInCircle } from "../../../../js/devices/jam/circle.js";
import { Follow } from "../../../../js/devices/jam/follow.js";
import { MACROS, Parameters } from "../../../../js/devices/jam/parameters.js";
import { Face } from "../../../../js/devices/maker/face.js";
import { Following } from "../../../../js/devices/shared/following.js";
import { Sounding } from "../../../../js/devices/shared/sounding.js";
import { stage } from "../../live/support/stage.js";
import { ManualClock } from "../../rpc/support/clock.js";
import { FakeDict } from "../support/dict.js";
import { fakeScreen } from "../support/shown.js";

const DENSITY = MACROS.indexOf("density");
const ENERGY = MACROS.indexOf("energy");
const STANDING = MACROS.map(() => 50);

/** A Jam on "Keys", with a bass track and a Listen on "Vox". */
function desk() {
  const { set, live } = stage();
  const clock = new ManualClock();
  const sounding = new Sounding(new FakeDict());
  const following = new Following(new FakeDict());
  const { outside, sent } = fakeScreen("jam");
  const parameters = new Parameters();
  let changes = 0;
  const follow = new Follow({
    ...{ id: "j1", live, clock: /** @type {any} */ (clock), face: new Face(outside), parameters, sounding, following },
    changed: () => {
      changes += 1;
    },
  });
  const [keys, bass, vox] = [0, 1, 2].map((at) => live.id(`live_set tracks ${at}`));
  sounding.tell("l1", { track: vox, level: 0, density: 0 });
  follow.start();
  return {
    ...{ set, live, clock, sounding, following, parameters, follow, keys, bass, vox },
    changes: () => changes,
    menu: () => sent.findLast(([outlet, word]) => outlet === 1 && word === "follow")?.slice(3) ?? [],
    /** @param {string} selector @param {number} value */
    turn(selector, value) {
      parameters.set(selector, value);
      follow.turned();
    },
    /** @param {number} level @param {number} density */
    sounds: (level, density) => sounding.tell("l1", { track: vox, level, density }),
    /** What Density and Energy of 50 % are asked for as. */
    asked() {
      const all = follow.steer(STANDING);
      assert.deepEqual(
        all.filter((_, at) => at !== DENSITY && at !== ENERGY),
        STANDING.slice(2),
        "no other macro moves",
      );
      return [all[DENSITY], all[ENERGY]];
    },
  };
}

test("off, the macros are asked for as they stand, whatever sounds", () => {
  const on = desk();
  on.sounds(1, 1);
  assert.deepEqual(on.asked(), [50, 50]);
  assert.equal(on.follow.words, "");
});

test("the menu names the tracks, and which have no Listen; one that comes is seen", () => {
  const on = desk();
  assert.deepEqual(on.menu().slice(0, 4), ["Off", "(Bass: no Listen)", "Vox", "(no track 3)"]);
  on.sounding.tell("l2", { track: on.bass, level: 0, density: 0 });
  on.clock.move(1000);
  assert.deepEqual(on.menu().slice(0, 3), ["Off", "Bass", "Vox"]);
});

test("loud is Energy, busy is Density, by the amount; below 0 it makes room", () => {
  const on = desk();
  on.turn("follow", 2);
  on.turn("follow_amount", 100);
  assert.match(on.follow.words, /follow the sound of "Vox"/);
  on.sounds(1, 0.5);
  assert.deepEqual(on.asked(), [50, 100]);
  on.sounds(0, 1);
  assert.deepEqual(on.asked(), [100, 0]);
  on.turn("follow_amount", -50);
  assert.deepEqual(on.asked(), [25, 75]);
  on.turn("follow_amount", 0);
  assert.deepEqual(on.asked(), [50, 50]);
});

test("it moves in steps, and does not waver between two", () => {
  const on = desk();
  on.turn("follow", 2);
  on.turn("follow_amount", 100);
  const seen = new Set();
  for (let at = 0; at <= 200; at++) {
    // Between one step and the next, up and down a little.
    on.sounds(0.5 + 0.025 + 0.008 * Math.sin(at), 0.5);
    seen.add(on.asked()[1]);
  }
  assert.equal(seen.size, 1, `${[...seen]}`);
});

test("what was followed is left when its Listen goes, and its track is missed in words", () => {
  const on = desk();
  on.turn("follow", 2);
  on.sounds(1, 1);
  assert.notDeepEqual(on.asked(), [50, 50]);
  on.sounding.forget("l1");
  assert.deepEqual(on.asked(), [50, 50]);
  assert.match(on.follow.problem, /Put a Bandmate Listen on "Vox"/);
  assert.equal(on.follow.words, "");
});

test("nobody follows a part that follows him", () => {
  const on = desk();
  on.turn("follow", 2);
  assert.deepEqual(on.following.all(), [{ home: on.keys, source: on.vox }]);
  assert.equal(on.follow.problem, "");
  on.sounds(1, 1);
  on.following.tell("j2", { home: on.vox, source: on.keys });
  on.clock.move(1000);
  assert.match(on.follow.problem, /Not followed: "Vox" has this part in it/);
  assert.deepEqual(on.asked(), [50, 50]);
  on.following.forget("j2");
  on.clock.move(1000);
  assert.equal(on.follow.problem, "");
  on.turn("follow", 0);
  assert.deepEqual(on.following.all(), []);
  on.turn("follow", 2);
  on.follow.stop();
  assert.deepEqual(on.following.all(), [], "a device that is gone follows nobody");
});

test("a circle is found through groups and through others, and only where there is one", () => {
  // Track 1 is in group 10, which is in group 100.
  const groupOf = (/** @type {number} */ track) => ({ 1: 10, 10: 100 })[track] ?? 0;
  const circle = (/** @type {number} */ home, /** @type {number} */ source, /** @type {number[][]} */ ...others) =>
    turnsInCircle(home, source, { groupOf, followers: others.map(([at, of]) => ({ home: at, source: of })) });
  assert.equal(circle(1, 1), true);
  assert.equal(circle(1, 10), true);
  assert.equal(circle(1, 100), true);
  assert.equal(circle(10, 1), false);
  assert.equal(circle(2, 100), false);
  assert.equal(circle(2, 3, [3, 2]), true);
  assert.equal(circle(2, 3, [3, 4], [4, 2]), true);
  assert.equal(circle(2, 100, [1, 2]), true, "a part in the group follows this one");
  assert.equal(circle(2, 3, [3, 4], [4, 3]), false, "others may turn in a circle of their own");
});

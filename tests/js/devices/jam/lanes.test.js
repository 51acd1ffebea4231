/** Where the macros stand along the song. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { LATER, Lanes } from "../../../../js/devices/jam/lanes.js";

/** @param {number} density */
const macros = (density) => [density, 35, 35, 50, 50, 0, 20, 25, 0];

/** @param {Lanes} lanes @param {number} tick */
const density = (lanes, tick) => lanes.at(tick).macros[0];

describe("macros along the song", () => {
  it("what is seen on a half beat is heard from the next one on", () => {
    const lanes = new Lanes();
    assert.ok(lanes.look(-1, 120, macros(50)));
    lanes.entered(0);
    for (const [at, value] of [50, 60, 70].entries()) lanes.look(at * LATER, 120, macros(value));
    assert.deepEqual(
      [0, 240, 480, 720, 9600].map((tick) => density(lanes, tick)),
      [50, 50, 60, 70, 70],
    );
    const { first, points } = lanes.within(0, 1920);
    assert.equal(first.macros[0], 50);
    assert.deepEqual(
      points.map(({ tick, standing }) => [tick, standing.macros[0]]),
      [
        [480, 60],
        [720, 70],
      ],
    );
  });

  it("come to again, a place is what it was, though automation is seen a little earlier or later", () => {
    const lanes = new Lanes();
    lanes.look(-1, 120, macros(50));
    lanes.entered(0);
    for (let at = 0; at < 16; at++) lanes.look(at * LATER, 120, macros(50 + 3 * at));
    lanes.entered(0);
    assert.equal(density(lanes, 1200), 62);
    assert.equal(lanes.look(0, 120.2, macros(50.8)), false);
    assert.equal(lanes.look(240, 120, macros(53.9)), false);
    assert.equal(density(lanes, 480), 53);
    assert.equal(density(lanes, 1200), 62);
  });

  it("where a hand has moved them nothing is believed for a while, and what was heard already stays", () => {
    const lanes = new Lanes();
    lanes.look(-1, 120, macros(50));
    lanes.entered(0);
    for (let at = 0; at < 64; at++) lanes.look(at * LATER, 120, macros(50));
    lanes.entered(0);
    lanes.look(0, 120, macros(50));
    assert.ok(lanes.look(240, 120, macros(90)));
    assert.deepEqual(
      [0, 240, 480, 720, 3840].map((tick) => density(lanes, tick)),
      [50, 50, 90, 90, 90],
    );
    // Far ahead the lane may still be as it was; it is seen when the song comes there.
    assert.equal(density(lanes, 12_000), 50);
  });

  it("what a bar begins with is seen half a beat before it, and not before the song has come there", () => {
    const lanes = new Lanes();
    lanes.look(-1, 120, macros(50));
    lanes.look(1440, 120, macros(50));
    assert.equal(lanes.settled(1450, 1920), false);
    lanes.look(1680, 120, macros(50));
    assert.ok(lanes.settled(1690, 1920));
    // The song has jumped back.
    assert.equal(lanes.settled(10, 1920), false);
  });

  it("turned while the song stands, they are so everywhere", () => {
    const lanes = new Lanes();
    lanes.entered(0);
    lanes.look(0, 120, macros(50));
    assert.ok(lanes.look(-1, 120, macros(80)));
    assert.equal(lanes.look(-1, 120, macros(80)), false);
    assert.equal(density(lanes, 240), 80);
  });

  it("what automation leads is not turned by showing another place of the song", () => {
    const lanes = new Lanes();
    const led = macros(0).map((_, at) => at === 0);
    lanes.look(-1, 120, macros(50));
    lanes.entered(0);
    for (const [at, value] of [50, 60, 70].entries()) lanes.look(at * LATER, 120, macros(value));
    assert.ok(lanes.look(-1, 120, macros(20), led));
    assert.deepEqual(
      [0, 240, 480, 720, 960].map((tick) => density(lanes, tick)),
      [50, 50, 60, 70, 20],
    );
    // Another one is turned by a hand: that is so everywhere, and the lane stays.
    const turned = macros(20).with(1, 80);
    assert.ok(lanes.look(-1, 120, turned, led));
    assert.deepEqual(
      [240, 480, 960].map((tick) => lanes.at(tick).macros.slice(0, 2)),
      [
        [50, 80],
        [60, 80],
        [20, 80],
      ],
    );
  });
});

it("where the macros stood in the mean is told of what was played", () => {
  const lanes = new Lanes();
  for (let place = 0; place < 8; place += 1) lanes.look(place * LATER, 174, [place * 10, ...Array(8).fill(50)]);
  // What is heard on a half beat was seen on the one before.
  assert.deepEqual(lanes.mean(LATER, 5 * LATER), { tempo: 174, macros: [15, ...Array(8).fill(50)] });
  assert.equal(lanes.mean(7 * LATER, 7 * LATER).macros[0], 60);
});

it("a part that looks between half beats hears of it a half beat later, too", () => {
  const lanes = new Lanes();
  lanes.between = true;
  for (const [tick, density] of [
    [120, 20],
    [360, 30],
    [600, 40],
  ])
    lanes.look(tick, 120, [density, 35, 35, 50, 50, 0, 20, 25, 0]);
  assert.deepEqual(
    [360, 599, 600, 840].map((tick) => lanes.at(tick).macros[0]),
    [20, 20, 30, 40],
  );
  const { first, points } = lanes.within(480, 960);
  assert.equal(first.macros[0], 20);
  assert.deepEqual(
    points.map(({ tick, standing }) => [tick, standing.macros[0]]),
    [
      [600, 30],
      [840, 40],
    ],
  );
  assert.ok(lanes.settled(700, 840) && !lanes.settled(700, 1080));
});

it("where the song begins nothing is another before the first look is heard, wherever looks are", () => {
  const stand = (/** @type {number} */ density) => [density, 35, 35, 50, 50, 0, 20, 25, 0];
  for (const [between, place] of /** @type {[boolean, number][]} */ ([
    [true, 0],
    [false, 120],
    [false, 0],
    [true, 120],
  ])) {
    const lanes = new Lanes();
    lanes.between = between;
    lanes.look(-1, 120, stand(50));
    lanes.entered(place);
    const first = between ? 120 : Math.ceil(place / LATER) * LATER;
    lanes.look(first, 120, stand(80));
    const heard = [place, place + 120, first + LATER - 1, first + LATER].map((tick) => lanes.at(tick).macros[0]);
    assert.deepEqual(heard, [50, 50, 50, 80], `${between} ${place}`);
  }
});

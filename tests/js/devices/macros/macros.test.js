/** Macros: what its knobs put on the board, which of several steers, and what each of them shows and says. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { MacrosDevice } from "../../../../js/devices/macros/device.js";
import { Face } from "../../../../js/devices/macros/face.js";
import { handOn, stage } from "../../live/support/stage.js";
import { ManualClock } from "../../rpc/support/clock.js";
import { fakeBoard } from "../support/desk.js";
import { fakeScreen } from "../support/shown.js";

const SPEC = { name: "Bandmate Macros", className: "MxDeviceMidiEffect", type: 4 };
const LONG = 1000;

function desk() {
  const { set } = stage();
  /** @type {MacrosDevice[]} */
  const devices = [];
  const board = fakeBoard(() => {
    for (const device of devices) device.news();
  });
  const clock = new ManualClock();
  /** @param {string} id @param {number} track */
  const add = (id, track) => {
    const screen = fakeScreen("rows");
    const { live } = handOn(set, set.addDevice(/** @type {any} */ (set.tracks[track]), SPEC));
    const face = new Face(screen.outside);
    const device = new MacrosDevice({ id, board, live, clock: /** @type {any} */ (clock), face });
    devices.push(device);
    return { device, ...screen, rows: () => JSON.parse(JSON.parse(screen.json() || '{"rows":"[]"}').rows) };
  };
  const shown = () => clock.move(LONG);
  /** @param {string} id @param {string} kind @param {number} track @param {number} [amount] */
  const listens = (id, kind, track, amount = 1) =>
    board.listen({
      id,
      kind,
      track: handOn(set, set.tracks[track]).live.id(`live_set tracks ${track}`),
      place: [track, 0],
      amount,
    });
  return { set, board, clock, add, shown, listens };
}

test("knobs that Live puts back before the start are on the board from the start on", () => {
  const { board, add } = desk();
  const { device } = add("a", 0);
  device.parameter("energy", 60);
  assert.equal(board.stands(), null);
  device.start();
  assert.deepEqual(board.stands(), { energy: 0.6, tension: 0, darkness: 0, groove: 0 });
  device.parameter("groove", -250);
  assert.equal(board.stands()?.groove, -1, "no farther than the knob goes");
});

test("a row for each device that hears, with what each knob is to it", () => {
  const { add, shown, listens } = desk();
  const { device, rows, words, state } = add("a", 0);
  device.start();
  assert.equal(words(), "Nobody hears it yet: drop Bandmate devices on tracks");
  listens("b", "Bass", 1, 0.5);
  listens("v", "Vary", 0);
  shown();
  assert.equal(words(), "Steers 2 devices: all at rest");
  device.parameter("energy", 80);
  device.parameter("tension", -40);
  shown();
  assert.deepEqual([state(), words()], ["ready", "Steers 2 devices"]);
  assert.deepEqual(rows(), [
    { name: "Vary", track: "Keys", amount: 1, shares: [null, -0.4, null, null] },
    { name: "Bass", track: "Bass", amount: 0.5, shares: [0.4, -0.2, 0, 0] },
  ]);
});

test("an automated knob tells the board each time, and draws twenty-five times a second at most", () => {
  const { board, add, clock, listens, shown } = desk();
  const { device, sent } = add("a", 0);
  device.start();
  listens("b", "Bass", 1);
  shown();
  const before = sent.length;
  for (let value = 1; value <= 100; value += 1) {
    device.parameter("darkness", value);
    clock.move(2);
    assert.equal(board.stands()?.darkness, value / 100);
  }
  const drawn = sent.slice(before).filter(([, word]) => word === "steered").length;
  assert.ok(drawn >= 3 && drawn <= 6, `${drawn} drawings in 200 ms`);
});

test("of several the one farthest left steers, the others rest, say who does, and take over", () => {
  const { board, add, listens, shown } = desk();
  listens("b", "Bass", 1);
  const right = add("r", 1);
  right.device.start();
  right.device.parameter("energy", 30);
  const left = add("l", 0);
  left.device.start();
  shown();
  assert.equal(board.stands()?.energy, 0);
  assert.deepEqual([right.state(), right.words()], ["away", 'Rests: the Macros on "Keys" steers']);
  assert.deepEqual(right.sent.filter(([index]) => index === 1).at(-1), [1, 0]);
  assert.equal(left.words(), "Steers 1 device: all at rest, another Macros rests");
  left.device.enable(false);
  shown();
  assert.equal(board.stands()?.energy, 0.3);
  assert.deepEqual([left.state(), left.words()], ["off", "Device is off: it steers nothing"]);
  assert.deepEqual(right.sent.filter(([index]) => index === 1).at(-1), [1, 1]);
  left.device.enable(true);
  shown();
  assert.equal(right.state(), "away");
  left.device.remove();
  shown();
  assert.equal(board.stands()?.energy, 0.3);
  right.device.remove();
  assert.equal(board.stands(), null);
});

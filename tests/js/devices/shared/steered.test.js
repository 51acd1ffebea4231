/** The board of the Macros, and a device that is steered: who leads, who listens, what goes onto the wire and what does not. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { KNOBS, standing, standsAt } from "../../../../js/devices/shared/board.js";
import { heardBy, Steered, stood } from "../../../../js/devices/shared/steered.js";
import { stage } from "../../live/support/stage.js";
import { fakeBoard } from "../support/desk.js";

const REST = standing(() => 0);
/** @param {string} id @param {[number, number]} place @param {Partial<typeof REST>} [stands] */
const steerer = (id, place, stands = {}) => ({ id, track: 1, place, stands: { ...REST, ...stands } });

function desk({ kind = "Bass", amount = 100 } = {}) {
  const says = { count: 0 };
  const board = fakeBoard(() => {
    says.count += 1;
  });
  const { live } = stage();
  const dial = { amount };
  const device = new Steered({ id: "d1", kind, board, live, amount: () => dial.amount });
  return { board, device, dial, live, says };
}

test("the one farthest left steers, on a track the first; which of them came first says nothing", () => {
  const board = fakeBoard();
  assert.equal(board.stands(), null);
  board.steer(steerer("b", [2, 0], { energy: 0.2 }));
  board.steer(steerer("c", [1, 4], { energy: 0.4 }));
  board.steer(steerer("a", [1, 3], { energy: 0.3 }));
  assert.deepEqual(
    board.steerers().map(({ id }) => id),
    ["a", "c", "b"],
  );
  assert.equal(board.stands()?.energy, 0.3);
  board.leave("a");
  assert.equal(board.stands()?.energy, 0.4);
});

test("what is no news is not told", () => {
  const { board, says } = desk();
  board.steer(steerer("a", [0, 0], { groove: 0.5 }));
  board.steer(steerer("a", [0, 0], { groove: 0.5 }));
  assert.equal(says.count, 1);
  board.leave("nobody");
  assert.equal(says.count, 1);
  board.leave("a");
  assert.equal(says.count, 2);
});

test("a device is steered by as much as it lets, and says so; at rest nothing goes onto the wire", () => {
  const { board, device, dial } = desk();
  device.start();
  assert.deepEqual([device.wire(), device.why()], [{}, []]);
  board.steer(steerer("a", [0, 0]));
  assert.deepEqual(device.wire(), {});
  board.steer(steerer("a", [0, 0], { energy: 0.5, darkness: -0.25 }));
  assert.deepEqual(device.wire(), { steer: { energy: 0.5, tension: 0, darkness: -0.25, groove: 0 } });
  assert.deepEqual(device.why(), ["Macros: energy +50 %, darkness −25 %"]);
  dial.amount = 50;
  assert.deepEqual(device.wire().steer, { energy: 0.25, tension: 0, darkness: -0.125, groove: 0 });
  dial.amount = 0;
  assert.deepEqual(device.wire(), {});
});

test("it stands on the board while it is on and there, with its track and how much it takes", () => {
  const { board, device, dial, live } = desk({ amount: 40 });
  device.tell();
  assert.deepEqual(board.listeners(), [], "Live is not there yet");
  device.start();
  assert.deepEqual(board.listeners(), [{ id: "d1", kind: "Bass", amount: 0.4, ...standsAt(live) }]);
  assert.deepEqual(standsAt(live).place, [0, 0]);
  dial.amount = 80;
  device.tell();
  assert.equal(board.listeners()[0].amount, 0.8);
  device.enable(false);
  assert.deepEqual(board.listeners(), []);
  device.enable(true);
  assert.equal(board.listeners().length, 1);
  device.stop();
  device.tell();
  assert.deepEqual(board.listeners(), []);
});

test("knobs that mean nothing to a device are not sent, as presets/macros has it", () => {
  const folder = new URL("../../../../presets/macros/", import.meta.url);
  for (const file of readdirSync(folder)) {
    const { role, steer } = JSON.parse(readFileSync(new URL(file, folder), "utf8"));
    const kind = role[0].toUpperCase() + role.slice(1);
    assert.deepEqual([...heardBy(kind)], Object.keys(steer), kind);
  }
  const { board, device } = desk({ kind: "Vary" });
  board.steer(steerer("a", [0, 0], { energy: 1 }));
  assert.deepEqual(device.wire(), {});
});

test("where knobs stand is said in whole percent, with a true minus", () => {
  assert.equal(stood({ ...REST, energy: 0.404, groove: -1 }), "energy +40 %, groove −100 %");
  assert.equal(stood(REST), "");
  assert.equal(KNOBS.length, 4);
});

/** How the Macros of the Set come to a Jam: behind its own macros in the lanes, and on the wire only where they do not rest. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { LATER, Lanes, macrosOf, movedFrom, steerOf } from "../../../../js/devices/jam/lanes.js";
import { MACROS } from "../../../../js/devices/jam/parameters.js";

/** @param {number[]} [set] */
const standing = (set = [0, 0, 0, 0]) => ({ tempo: 120, macros: [...MACROS.map((_, at) => 10 * at), ...set] });

test("at rest nothing goes onto the wire, and the macros are the device's own", () => {
  assert.deepEqual(steerOf(standing()), {});
  assert.deepEqual(macrosOf(standing([50, 0, 0, 0])), macrosOf(standing()));
  assert.deepEqual(Object.keys(macrosOf(standing())), [...MACROS]);
});

test("what is steered is told with the first bar, and again where it moves, to rest too", () => {
  const [still, hard] = [standing(), standing([50, 0, -25, 0])];
  const steer = { energy: 0.5, tension: 0, darkness: -0.25, groove: 0 };
  assert.deepEqual(steerOf(hard), { steer });
  assert.deepEqual(movedFrom(still, hard), { steer });
  assert.deepEqual(movedFrom(hard, still), { steer: { energy: 0, tension: 0, darkness: 0, groove: 0 } });
  assert.deepEqual(movedFrom(hard, hard), {});
});

test("it is heard from the next half beat on, and remembered where the song comes again", () => {
  const lanes = new Lanes();
  lanes.look(-1, 120, standing().macros);
  lanes.entered(0);
  for (let beat = 0; beat < 8; beat += 1) lanes.look(beat * LATER, 120, standing([0, 0, 0, beat < 4 ? 0 : 40]).macros);
  const { first, points } = lanes.within(0, 8 * LATER);
  assert.deepEqual(steerOf(first), {});
  assert.deepEqual(
    points.map(({ tick, standing: now }) => [tick / LATER, steerOf(now).steer?.groove]),
    [[5, 0.4]],
  );
});

/** A device that makes takes on a headless Set, with an engine that answers when the test says so and a clock moved by hand. */
import { Face } from "../../../../js/devices/maker/face.js";
import { Board } from "../../../../js/devices/shared/board.js";
import { stage } from "../../live/support/stage.js";
import { ManualClock } from "../../rpc/support/clock.js";
import { FakeDict } from "./dict.js";
import { fakeEngine } from "./engine.js";
import { fakeScreen } from "./shown.js";
import { fakeTasted } from "./tasted.js";

/**
 * @template T
 * @param {new (parts: import("../../../../js/devices/maker/maker.js").Parts) => T} Device
 * @param {any} [options] of the Set
 */
export function makerDesk(Device, options) {
  const on = stage(options);
  const clock = new ManualClock();
  const screen = fakeScreen("picture");
  const engine = fakeEngine();
  const board = fakeBoard();
  const tasted = fakeTasted();
  const device = new Device({
    id: "d1",
    kind: Device.name.replace(/Device$/, ""),
    board,
    tasted,
    exploring: { explore: () => 0.25 },
    live: on.live,
    clock: /** @type {any} */ (clock),
    random: () => 0.5,
    face: new Face(screen.outside),
    connect: engine.connect,
  });
  return { ...on, ...screen, device, clock, engine, board, tasted };
}

/** A board with a Macros whose knobs are all turned. */
export function steeredBoard() {
  const board = fakeBoard();
  board.steer({
    id: "m1",
    track: 0,
    place: [0, 0],
    stands: { energy: 0.5, tension: -0.25, darkness: 0.75, groove: 1 },
  });
  return board;
}

/** A board of Macros that nobody is on yet. @param {() => void} [say] */
export const fakeBoard = (say = () => {}) =>
  new Board({
    steering: /** @type {any} */ (new FakeDict()),
    listening: /** @type {any} */ (new FakeDict()),
    say,
  });

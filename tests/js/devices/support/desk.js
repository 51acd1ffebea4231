/** A device that makes takes on a headless Set, with an engine that answers when the test says so and a clock moved by hand. */
import { Face } from "../../../../js/devices/maker/face.js";
import { stage } from "../../live/support/stage.js";
import { ManualClock } from "../../rpc/support/clock.js";
import { fakeEngine } from "./engine.js";
import { fakeScreen } from "./shown.js";

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
  const device = new Device({
    live: on.live,
    clock: /** @type {any} */ (clock),
    random: () => 0.5,
    face: new Face(screen.outside),
    connect: engine.connect,
  });
  return { ...on, ...screen, device, clock, engine };
}

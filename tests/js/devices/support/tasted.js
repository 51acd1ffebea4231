/** What devices share of takes, for devices that get it handed in. */
import { Session } from "../../../../js/devices/tasting/session.js";
import { FakeDict } from "./dict.js";

/** @returns {import("../../../../js/devices/tasting/of_device.js").Tasted & {heard: number}} `heard`: how often the engine heard of a take */
export function fakeTasted() {
  const tasted = {
    session: new Session(/** @type {any} */ (new FakeDict())),
    heard: 0,
    rated: () => {
      tasted.heard += 1;
    },
  };
  return tasted;
}

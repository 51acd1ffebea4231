/**
 * The negative control of the devices of parts: no cord of theirs is there that nobody would miss. In more than one test file,
 * because files are what runs side by side.
 */
import { before, describe, it } from "node:test";
import { everyCordIsMissed, showsState } from "./cords.js";
import { sharedEngine } from "./engine.js";
import { openGround } from "./ground.js";
import { controlsOf, inspectLooks, inspectPart, inspectPlayed, inspectTurned, partBytes } from "./inspect_part.js";
import { learnStyles } from "./own_styles.js";
import { PARTS } from "./parts.js";

// A process can be held still only where there are such signals.
const skip = process.platform === "win32";

/** @param {import("./inspect_part.js").Part["id"][]} ids of the parts that are looked over, one after the other */
export function partCordsAreMissed(...ids) {
  describe("a cut cord of a part is noticed", { concurrency: 1, skip, timeout: 600_000 }, () => {
    const engine = sharedEngine();
    before(() => learnStyles(engine.home));

    for (const part of PARTS.filter(({ id }) => ids.includes(id))) {
      it(`in ${part.id}`, async (test) => {
        const ground = await openGround(engine.home, { steered: true });
        try {
          const on =
            (/** @type {typeof inspectPart} */ look) =>
            (/** @type {Parameters<import("./cords.js").Inspect>} */ ...spoilt) =>
              look(part, ground, ...spoilt);
          const [all, played, looks, turned] = [inspectPart, inspectPlayed, inspectLooks, inspectTurned].map(on);
          const values = ["Macros", ...controlsOf(part).map(({ long }) => long)];
          await everyCordIsMissed(test, partBytes(part.id), all, (cord) => {
            if (cord.played) return played;
            if (showsState(cord)) return looks;
            return cord.names.length > 0 && cord.names.every((name) => values.includes(name)) ? turned : undefined;
          });
        } finally {
          await ground.close();
        }
      });
    }
  });
}

/** As cords.test.js, for the devices of parts: no cord of theirs is there that nobody would miss. */
import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import { everyCordIsMissed } from "./support/cords.js";
import { sharedEngine } from "./support/engine.js";
import { openGround } from "./support/ground.js";
import { inspectPart, inspectPlayed, partBytes } from "./support/inspect_part.js";
import { learnStyles } from "./support/own_styles.js";
import { PARTS } from "./support/parts.js";

// A process can be held still only where there are such signals.
const skip = process.platform === "win32";

describe("a cut cord of a part is noticed", { concurrency: 1, skip, timeout: 600_000 }, () => {
  const engine = sharedEngine();
  before(() => learnStyles(engine.home));

  for (const part of PARTS) {
    it(`in ${part.id}`, async (test) => {
      const ground = await openGround(engine.home);
      try {
        assert.deepEqual(await inspectPlayed(part, ground, partBytes(part.id)), [], "what it plays");
        await everyCordIsMissed(
          test,
          partBytes(part.id),
          (...spoilt) => inspectPart(part, ground, ...spoilt),
          (...spoilt) => inspectPlayed(part, ground, ...spoilt),
        );
      } finally {
        await ground.close();
      }
    });
  }
});

/** As cords.test.js, for Jam: no cord of it is there that nobody would miss. */
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { everyCordIsMissed } from "./support/cords.js";
import { sharedEngine } from "./support/engine.js";
import { openGround } from "./support/ground.js";
import { inspectJam } from "./support/inspect_jam.js";
import { BUILT } from "./support/play.js";

describe("a cut cord of Jam is noticed", { concurrency: 1, timeout: 600_000 }, () => {
  const engine = sharedEngine();

  it("whichever it is", async (test) => {
    const ground = await openGround(engine.home, { steered: true });
    try {
      await everyCordIsMissed(test, readFileSync(BUILT.jam), (...spoilt) => inspectJam(ground, ...spoilt));
    } finally {
      await ground.close();
    }
  });
});

/**
 * The negative control. An inspection finds nothing wrong with the built Chords and the built Hub; then, for every cord
 * of theirs, the same inspection of the same bytes with that one cord cut must find something, and name the control which
 * the cord served. So no cord is there that nobody would miss, and the headless Live can say no.
 */
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { everyCordIsMissed, showsState } from "./support/cords.js";
import { sharedEngine } from "./support/engine.js";
import { openGround } from "./support/ground.js";
import { chordsBytes, inspectChords, inspectLooks, inspectPlayed } from "./support/inspect_chords.js";
import { inspectHub, inspectHubButtons, inspectHubLooks } from "./support/inspect_hub.js";
import { BUILT } from "./support/play.js";

// A process can be held still only where there are such signals.
const skip = process.platform === "win32";

describe("a cut cord is noticed", { concurrency: true, skip, timeout: 600_000 }, () => {
  const engine = sharedEngine();

  it("in Chords", async (test) => {
    const ground = await openGround(engine.home, { steered: true });
    try {
      const [all, looks, played] = [inspectChords, inspectLooks, inspectPlayed].map(
        (look) =>
          (/** @type {Parameters<import("./support/cords.js").Inspect>} */ ...spoilt) =>
            look(ground, ...spoilt),
      );
      await everyCordIsMissed(test, chordsBytes(), all, (cord) => {
        if (cord.played) return played;
        return showsState(cord) ? looks : undefined;
      });
    } finally {
      await ground.close();
    }
  });

  it("in the Hub", async (test) => {
    const [all, looks, buttons] = [inspectHub, inspectHubLooks, inspectHubButtons].map(
      (look) =>
        (/** @type {Parameters<import("./support/cords.js").Inspect>} */ ...spoilt) =>
          look(engine.home, ...spoilt),
    );
    await everyCordIsMissed(test, readFileSync(BUILT.hub), all, (cord) => {
      if (showsState(cord)) return looks;
      return cord.names.length > 0 ? buttons : undefined;
    });
  });
});

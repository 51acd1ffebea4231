/**
 * Listen from its built bytes against a real engine: what it hears of a clip and of what passes, what it hands to the
 * Set, and that every cord of it would be missed.
 */
import { after, before, describe, it } from "node:test";
import { everyCordIsMissed } from "./support/cords.js";
import { sharedEngine } from "./support/engine.js";
import { openGround } from "./support/ground.js";
import { FIRST_TIME, wakeEars } from "./support/hearing.js";
import { inspectListen, listenBytes, soundWithHole } from "./support/inspect_listen.js";

describe("Listen", { concurrency: 1, timeout: FIRST_TIME + 300_000 }, () => {
  const engine = sharedEngine();
  /** @type {Awaited<ReturnType<typeof openGround>>} */
  let ground;
  /** @type {Awaited<ReturnType<typeof wakeEars>>} */
  let client;
  let path = "";

  before(async () => {
    path = soundWithHole(engine.home);
    client = await wakeEars(engine.home, path);
    ground = await openGround(engine.home);
  });
  after(() => {
    client?.close();
    return ground?.close();
  });

  it("is in order, and misses each of its cords", (test) =>
    everyCordIsMissed(test, listenBytes(), async (bytes, mutate) => {
      // What a spoilt device may have left set right.
      await client.call("hear.forget", { path });
      return inspectListen(ground, path, bytes, mutate);
    }));
});

/** Others at the engine's door: a second engine, clients that may not come in, an endpoint file that was tampered with. */
import assert from "node:assert/strict";
import { statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { EngineClient } from "./support/client.js";
import { endpointOf, engineFor, launchEngine } from "./support/engine.js";
import { clipIn, playFor, ready, says, written } from "./support/play.js";

const UNAUTHORISED = 4401;
const WRONG = "0".repeat(64);

/** @param {import("node:test").TestContext} test */
async function withEndpoint(test) {
  const engine = await engineFor(test);
  return { ...engine, endpoint: /** @type {any} */ (endpointOf(engine.home)) };
}

describe("strangers", { concurrency: 2, timeout: 600_000 }, () => {
  it("a second engine says that there is one, leaves, and disturbs nobody", async (test) => {
    const { home, pid, endpoint } = await withEndpoint(test);
    const { live, chords } = await playFor(test, { home });
    const { child, gone, said } = launchEngine(home);
    await gone;
    assert.equal(child.exitCode, 0);
    assert.match(said.out, new RegExp(`already running.*pid ${pid}`));
    assert.deepEqual(endpointOf(home), endpoint);
    await written(chords);
    assert.ok(clipIn(live).notes.length > 0);
  });

  it("clients with a wrong token, none, or nonsense are shown out; the device at work notices nothing", async (test) => {
    const { home, endpoint } = await withEndpoint(test);
    const { live, chords } = await playFor(test, { home });
    const guests = Array.from({ length: 4 }, () => new EngineClient(endpoint));
    chords.press("Generate");
    const [wrong, none, silent, babbler] = guests;
    await Promise.all(guests.map(({ opened }) => opened));
    const answers = [wrong.hello(WRONG), none.hello(undefined), silent.call("engine.stop")];
    babbler.socket.send("{ this is no JSON");
    for (const answer of await Promise.all(answers)) assert.ok(answer.error ?? answer.closed, JSON.stringify(answer));
    for (const guest of guests) assert.equal((await guest.closed).code, UNAUTHORISED);
    await live.until(() => clipIn(live)?.notes.length, { what: "the notes" });
    await written(chords);
    assert.deepEqual(endpointOf(home), endpoint, "the engine is the same");
    assert.deepEqual(live.console, []);
  });

  it("the endpoint file is for its owner's eyes, and no token is in the log", {
    skip: process.platform === "win32",
  }, async (test) => {
    const { home, endpoint } = await withEndpoint(test);
    assert.equal(statSync(join(home, "endpoint.json")).mode & 0o777, 0o600);
    const { chords } = await playFor(test, { home });
    await written(chords);
    const client = await EngineClient.connect(endpoint);
    const { result } = await client.call("engine.log", { lines: 100 });
    client.close();
    assert.ok(result.lines.length > 0);
    assert.ok(!JSON.stringify(result).includes(endpoint.token));
  });

  it("an endpoint file that was tampered with is put right by the engine it belongs to", async (test) => {
    const { home, pid, endpoint } = await withEndpoint(test);
    writeFileSync(join(home, "endpoint.json"), JSON.stringify({ ...endpoint, token: WRONG }), { mode: 0o600 });
    const { live, hub, chords } = await playFor(test, { home });
    await ready(chords);
    assert.match(says(hub), /Engine ready/);
    assert.deepEqual(endpointOf(home), endpoint, "the same engine, the same token");
    assert.equal(endpointOf(home)?.pid, pid);
    await written(chords);
    assert.ok(clipIn(live).notes.length > 0);
  });
});

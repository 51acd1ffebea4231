/** What plays in Jam, without the device around it: a script in its place would be heard, and so would a missing cord. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { cordsOf } from "./support/arp_player.js";
import { JITTER } from "./support/jam_ground.js";
import { heardOf, jamPlayerIn, scripted, straysOf } from "./support/jam_player.js";
import { BUILT } from "./support/play.js";

describe("what plays in Jam", { concurrency: 1 }, () => {
  const player = jamPlayerIn(readFileSync(BUILT.jam));

  it("keeps time; were it a script, its notes would stray", async () => {
    const [kept, strayed] = [await straysOf(player), await straysOf(scripted(player))];
    assert.ok(kept <= JITTER, `the player as built strays by ${kept} ms`);
    assert.ok(strayed > 5 * JITTER, `through a script it strays by only ${strayed} ms`);
  });

  it("misses each of its cords", async () => {
    const whole = await heardOf(player);
    assert.deepEqual(await heardOf(player), whole);
    assert.doesNotMatch(String(whole), /rror/);
    const unmissed = [];
    for (const [at, name] of cordsOf(player).entries()) {
      const heard = await heardOf(player, at, whole);
      if (String(heard) === String(whole)) unmissed.push(name);
    }
    assert.deepEqual(unmissed, []);
  });
});

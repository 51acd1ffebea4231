/** Every control of Chords, to its last menu item: what it shows is what the engine answers with. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { eventually, sharedEngine } from "./support/engine.js";
import { BUILT, clipIn, music, playFor, ready, says, written } from "./support/play.js";
import { CONTROLS, plainItems } from "./support/table.js";
import { Wire } from "./support/wire.js";

const PITCHES = { C: 0, D: 2, E: 4, F: 5, G: 7, A: 9, B: 11 };

/** @param {string} name "Bb minor" @returns {number} 0 to 11 */
const tonicOf = ([letter, sign]) =>
  (PITCHES[/** @type {"C"} */ (letter)] + (sign === "#" ? 1 : sign === "b" ? 11 : 0)) % 12;

/** @type {Record<string, (resolved: any, id: string, item: string) => boolean>} */
const AGREES = {
  key: ({ key }, id) => tonicOf(key) === tonicOf(id),
  mode: ({ key }, id) => key.replace(/^\S+ /, "") === id.replace("_", " "),
  style: ({ style }, id) => style === id,
  progression: ({ progression_name }, _id, item) => progression_name === item,
  voicing: ({ voicing }, id) => voicing === id,
  rhythm: ({ rhythm }, id) => rhythm === id,
};

/**
 * A Live with a locked seed, and a press that tells what the engine resolved.
 *
 * @param {import("node:test").TestContext} test
 * @param {string} home
 */
async function locked(test, home) {
  const play = await playFor(test, { home });
  const wire = new Wire(play.hub);
  play.chords.turn("Seed", 77);
  play.chords.press("Seed Lock");
  const press = async () => {
    await written(play.chords);
    return wire.answerTo(wire.last("compose.chords")).result.resolved;
  };
  return { ...play, wire, press };
}

describe("the controls of Chords", { concurrency: 1, timeout: 600_000 }, () => {
  const engine = sharedEngine();

  for (const { long, selector, ids } of CONTROLS.filter(({ kind }) => kind === "menu")) {
    it(`${long}: every item`, async (test) => {
      const { chords, press } = await locked(test, engine.home);
      if (selector === "progression") chords.turn("Style", "Lo-fi");
      if (selector === "progression") await chords.live.until(() => chords.parameter(long).items[1] !== "1");
      const items = /** @type {string[]} */ (chords.parameter(long).items);
      assert.equal(items.length, ids.length);
      for (let at = 1; at < items.length; at++) {
        chords.turn(long, at);
        const resolved = await press();
        assert.ok(AGREES[selector](resolved, ids[at], items[at]), `${items[at]}: ${JSON.stringify(resolved)}`);
      }
      chords.turn(long, 0);
      assert.ok(await press(), "and Auto again");
    });
  }

  it("Bars: 1 to 64", async (test) => {
    const { live, chords, press } = await locked(test, engine.home);
    for (const bars of [1, 2, 3, 7, 16, 64]) {
      chords.turn("Bars", bars);
      assert.equal((await press()).bars, bars);
      assert.equal(clipIn(live).length, bars * 4);
      assert.ok(clipIn(live).notes.some((/** @type {any} */ { start_time }) => start_time >= (bars - 1) * 4));
      assert.match(says(chords), new RegExp(`, ${bars} bars?,`));
    }
    assert.throws(() => chords.turn("Bars", 65), /goes from 1 to 64/);
  });

  for (const { long, selector } of CONTROLS.filter(({ kind }) => kind === "dial")) {
    it(`${long}: from 0 to 100 %, and the notes follow`, async (test) => {
      const { live, chords, press } = await locked(test, engine.home);
      chords.turn("Style", "Pop");
      chords.turn("Progression", 1);
      const takes = [];
      for (const value of [0, 100]) {
        chords.turn(long, value);
        assert.equal((await press())[selector], value);
        takes.push(music(clipIn(live)).join("\n"));
      }
      assert.notEqual(takes[0], takes[1], "the same notes come out at both ends");
    });
  }

  it("Seed: typed it is used once; locked it stays; the dice outrank the lock; the same seed gives the same notes", async (test) => {
    const { live, chords, wire } = await locked(test, engine.home);
    const seed = () => wire.last("compose.chords")?.params.seed;
    await written(chords);
    assert.equal(seed(), 77);
    const first = music(clipIn(live));
    await written(chords);
    assert.equal(seed(), 77);
    assert.deepEqual(music(clipIn(live)), first);
    await written(chords, "Dice");
    const diced = seed();
    assert.notEqual(diced, 77);
    assert.equal(chords.parameter("Seed").value, diced);
    assert.notDeepEqual(music(clipIn(live)), first);
    chords.press("Seed Lock");
    chords.turn("Seed", 77);
    await written(chords);
    assert.equal(seed(), 77);
    assert.deepEqual(music(clipIn(live)), first);
    await written(chords);
    assert.equal(seed(), undefined, "an unlocked seed is the engine's to draw");
    const drawn = wire.answerTo(wire.last("compose.chords")).result.seed;
    assert.notEqual(drawn, 77);
    assert.equal(chords.parameter("Seed").value, drawn);
  });

  it("left alone for a moment, the first press has 32 takes to choose from", async (test) => {
    const { live, hub, chords } = await playFor(test, { home: engine.home });
    const wire = new Wire(hub);
    chords.turn("Bars", 1);
    let drawn = 0;
    for (let share = 99; drawn < 32; share -= 1) {
      const told = wire.requests.length;
      // Any control makes the device tell anew, and so hear how many lie ready; this one changes nothing of the take.
      chords.turn("Macros", share);
      const asked = await live.until(() => {
        const last = wire.last("taste.prepare");
        return last !== undefined && wire.requests.indexOf(last) >= told && wire.answerTo(last) && last;
      });
      assert.deepEqual([asked.params.role, asked.params.request.bars], ["chords", 1]);
      drawn = wire.answerTo(asked).result.drawn;
    }
    assert.match(says(chords), /Ready/);
    await written(chords);
    const press = wire.last("compose.chords");
    assert.equal(wire.answerTo(press).result.offered.drawn, 32);
    assert.equal(wire.requests.filter(({ method }) => method === "compose.chords").length, 1);
  });

  it("the Progression menu follows the Style, with Auto and twelve of it", async (test) => {
    const { chords, wire } = await locked(test, engine.home);
    const shown = async (/** @type {string} */ style) => {
      chords.turn("Style", style);
      const question = await chords.live.until(() => {
        const asked = wire.last("compose.chords_options");
        return asked?.params.style === style.toLowerCase() && wire.answerTo(asked) && asked;
      });
      const names = wire.answerTo(question).result.progressions.map((/** @type {any} */ { name }) => name);
      assert.deepEqual(plainItems(chords), ["Auto", ...names]);
      return names.join();
    };
    const jazz = await shown("Jazz");
    const techno = await shown("Techno");
    assert.notEqual(jazz, techno);
    assert.equal(jazz.split(",").length, 12);
    assert.equal(await shown("Jazz"), jazz);
  });

  it("automation and LiveAPI reach the request as a hand does", async (test) => {
    const { live, chords, wire, press } = await locked(test, engine.home);
    const density = chords.model.parameters.find(({ name }) => name === "Density");
    density?.move(81, "automation");
    live.settle();
    assert.equal((await press()).density, 81);
    density?.set_value(12);
    assert.equal((await press()).density, 12);
    assert.equal(wire.last("compose.chords")?.params.density, 12);
  });

  it("what the Set stored is there again: knobs, seed, lock and own text", async (test) => {
    const { live, hub, chords } = await playFor(test, { home: engine.home });
    chords.turn("Tension", 91);
    chords.turn("Style", "Ambient");
    chords.turn("Seed", 1234);
    chords.press("Seed Lock");
    chords.type("Own Progression", "ii7 V7 Imaj7");
    const stored = chords.state();
    chords.remove();
    const again = await live.addDevice(BUILT.chords, { track: 0, stored, select: false });
    const wire = new Wire(hub);
    await ready(again);
    await written(again);
    const { tension, style, seed, progression } = wire.last("compose.chords")?.params ?? {};
    assert.deepEqual([tension, style, seed, progression], [91, "ambient", 1234, "ii7 V7 Imaj7"]);
    assert.deepEqual(again.texts().filter((text) => text === "ii7 V7 Imaj7").length, 1);
  });

  it("the Hub's sleep time gets into the settings file", async (test) => {
    const { hub, home } = await playFor(test, {});
    hub.turn("Idle Minutes", 45);
    const minutes = () => JSON.parse(readFileSync(join(home, "settings.json"), "utf8")).idle_minutes === 45;
    await eventually(() => {
      try {
        return minutes();
      } catch {
        return false; // Not written yet.
      }
    }, "the setting");
  });
});

/** Taste: profiles, what was learnt, and how far Generate may go from it. The built devices, a real engine. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { SHORTEST_MS } from "../../js/devices/tasting/laps.js";
import { AGAIN_MS } from "../../js/devices/tasting/letters.js";
import { asksForFile, pickFile } from "../../js/headless/folder_dialog.js";
import { tasteFile } from "../../js/headless/taste_file.js";
import { EngineClient } from "./support/client.js";
import { everyCordIsMissed } from "./support/cords.js";
import { endpointOf, startEngine } from "./support/engine.js";
import { openGround } from "./support/ground.js";
import { inspectTaste, tasteBytes } from "./support/inspect_taste.js";
import { Inspection } from "./support/inspection.js";
import { BUILT, clickSlot, clipIn, music, says } from "./support/play.js";
import { told } from "./support/told.js";

// A process can be held still only where there are such signals.
const skip = process.platform === "win32";

/** Longer than it takes until what was told is asked for, ms. */
const TOGETHER = 320;

/** No file of the engine may be larger than that: less than one page of what it remembers, bytes. */
const SMALL = "4096";
const FULL = "The disk does not take what Bandmate would remember";

/** @param {number} pid @param {string} size that its files may have from now on @returns {boolean} whether that can be said here */
const limitFiles = (pid, size) => spawnSync("prlimit", ["--pid", String(pid), `--fsize=${size}:`]).status === 0;

/** By which time of Max goes on at each look, ms: no faster than an engine's does on a busy machine. */
const STEP = 20;

/**
 * An empty SQLite file of one page.
 *
 * @param {{version?: number, writes?: number}} about `version` of the tables; what may write it: above 2 only an SQLite that is to come
 */
function empty({ version = 0, writes = 2 }) {
  const page = Buffer.alloc(4096);
  page.write("SQLite format 3");
  // Size of a page; written ahead; how much of a page a row may take; change counter; pages; the user's version.
  page.writeUInt16BE(page.length, 16);
  page.set([writes, 2, 0, 64, 32, 32], 18);
  for (const [at, value] of [
    [24, 1],
    [28, 1],
    [60, version],
    [92, 1],
  ])
    page.writeUInt32BE(value, at);
  // The only table has no rows yet.
  page[100] = 13;
  page.writeUInt16BE(page.length, 105);
  return page;
}

const NEWER = empty({ version: 999 });
/** SQLite reads it, and writes it no more than a file on a disk that is read-only. */
const READ_ONLY = empty({ writes: 3 });

describe("Taste", { concurrency: 1, skip, timeout: 600_000 }, () => {
  /** @type {Awaited<ReturnType<typeof startEngine>>} */ let engine;
  /** @type {Awaited<ReturnType<typeof openGround>>} */ let ground;
  /** @type {import("../../js/headless/index.js").HeadlessDevice} */ let taste;
  /** @type {import("../../js/headless/index.js").HeadlessDevice} */ let bass;

  before(async () => {
    engine = await startEngine();
    ground = await openGround(engine.home);
  });

  after(async () => {
    await ground?.close();
    await engine?.close();
  });

  /** Time of Max goes on too: what was told to all is asked for a moment later. @param {() => unknown} look @param {string} what */
  const until = (look, what) =>
    new Inspection(ground.live).wait(() => {
      ground.live.advance(STEP);
      return look();
    }, what);

  /** Takes of which something was told, as the picture has it. */
  const rated = () => Number(/(\d+) rated/.exec(says(taste))?.[1] ?? 0);

  /** @param {string} words */
  const hears = (words) => until(() => says(taste).includes(words), `${words}; it says: ${says(taste)}`);

  /** @param {string} path */
  async function picks(path) {
    taste.press("Act");
    await until(() => asksForFile(taste), "the window for a file");
    pickFile(taste, path);
  }

  /** @param {string} action @param {string} [target] */
  async function acts(action, target) {
    taste.turn("Action", action);
    if (target === undefined) return taste.press("Act");
    const row = () => (taste.parameter("Target").items ?? []).find((item) => item.startsWith(target));
    taste.turn("Target", await until(row, `${target} to choose`));
    taste.press("Act");
  }

  it("a cut cord is noticed, whichever it is", async (test) => {
    const client = await EngineClient.connect(/** @type {any} */ (endpointOf(engine.home)));
    await everyCordIsMissed(test, tasteBytes(), async (...spoilt) => {
      const complaints = await inspectTaste(ground, engine.home, ...spoilt);
      // What a spoilt device has left must not meet the next one.
      await client.call("taste.forget_all", { sure: true });
      return complaints;
    });
    client.socket.close();
  });

  it("invites while nothing was rated", async () => {
    taste = await ground.live.addDevice(tasteBytes(), { track: 1 });
    await hears("Ready to learn");
    assert.match(says(taste), /Rate what you hear/);
  });

  it("a file that is none is refused in words, and nothing half is there", async () => {
    const path = join(engine.home, "broken.json");
    writeFileSync(path, tasteFile("Broken", 40).slice(0, -100));
    taste.turn("Action", "Import");
    await picks(path);
    await hears("Choose a file that Bandmate exported as a taste profile");
    ground.live.advance(TOGETHER);
    await hears("Choose a file that Bandmate exported");
    assert.ok(!taste.parameter("Profile").items?.includes("Broken"));
  });

  it("another profile brings its own ratings and words; merged and rolled back, what is shown follows", async () => {
    const path = join(engine.home, "Ada.json");
    writeFileSync(path, tasteFile("Ada", 60));
    await picks(path);
    await hears('Imported "Ada", 60 takes');
    await until(() => taste.parameter("Profile").items?.includes("Ada"), "Ada in the menu");
    taste.turn("Profile", "Ada");
    await hears("60 rated");
    assert.match(says(taste), /Macros mean .*Energy on bass: (far )?busier/);
    assert.match(says(taste), /You prefer .*(sparse|tight) parts/);
    assert.match(says(taste), /Guesses ±\d\.\d stars/);
    taste.turn("Part", "Bass");
    await hears("basses");
    assert.match(says(taste), /Macros mean .*Energy: (far )?busier/);
    taste.turn("Profile", await until(() => taste.parameter("Profile").items?.[0], "the first profile"));
    await hears("Rate what you hear");
    await acts("Merge", "Ada");
    await hears("60 rated");
    await acts("Roll back", "Before merge");
    await hears("Rate what you hear");
    assert.match(says(taste), /Back to Before merge/);
  });

  it("Explore reaches the next press of a Bass, by its lane while the song runs; off, it is as usual", async () => {
    const { live, wire } = ground;
    const { song } = live.set;
    bass = await live.addDevice(readFileSync(BUILT.bass), { track: 0 });
    await until(() => says(bass).includes("Ready"), "Bass to be ready");
    clickSlot(live, 0, 0);
    const explored = async () => {
      const since = wire.requests.length;
      bass.press("Generate");
      const [asked] = await until(
        () => {
          const all = wire.requests.slice(since).filter(({ method }) => method === "compose.bass");
          return all.length > 0 && wire.answerTo(all[0]) && all;
        },
        `the bass; it says: ${says(bass)}`,
      );
      return asked.params.offer.explore;
    };
    const lane = /** @type {any} */ (taste).model.parameters.find((/** @type {any} */ { name }) => name === "Explore");
    live.act(() => {
      song.set_tempo(120);
      live.set.automation.draw(lane, [
        [0, 0],
        [4, 100],
      ]);
      song.transport.moveTo(0);
      song.continue_playing();
    });
    live.advance(400);
    const early = await explored();
    live.advance(1000);
    const late = await explored();
    live.act(() => {
      song.stop_playing();
      live.set.automation.draw(lane, []);
    });
    assert.ok(early > 0 && early < late && late < 1, `${early}, then ${late}`);
    taste.setEnabled(false);
    assert.equal(await explored(), 0.25);
    taste.setEnabled(true);
  });

  /** Presses a star under its picture. @param {number} star from 1 */
  function rateBass(star) {
    const [, , width, height] = bass.box("picture").viewRect;
    bass.click("picture", width - 4 - (5 - star + 0.5) * 9, height - 6);
  }

  it("a star under the picture of the Bass is counted here", async () => {
    const before = rated();
    rateBass(5);
    await until(() => rated() > before, `one more to be rated; it says: ${says(taste)}`);
  });

  /** The last request of a method that was done. @param {string} method @returns {any} */
  const answered = (method) =>
    ground.wire.requests.filter((asked) => asked.method === method && ground.wire.answerTo(asked)?.result).at(-1);

  /** What the engine has been told of last. @param {string} kind @param {number} [amount] */
  const tells = (kind, amount) =>
    until(() => {
      const { params } = answered("taste.reward") ?? {};
      return params?.kind === kind && params.amount === amount;
    }, `${kind} to be told`);

  it("a clip that is copied, and plays on and on, is told: once each, and of the same take", async () => {
    const { live } = ground;
    const { song } = live.set;
    bass.turn("Bars", 1);
    bass.press("Generate");
    await until(() => clipIn(live).length === 4, `a short bass; it says: ${says(bass)}`);
    const { take } = ground.wire.answerTo(answered("compose.bass")).result;
    const [slot, beside] = live.set.tracks[0].clip_slots;
    const { notes, length } = /** @type {any} */ (slot.clip);
    live.set.edit(() => {
      /** @type {any} */ (beside).create_clip(length);
      /** @type {any} */ (beside.clip).add_new_notes({
        notes: notes.map((/** @type {any} */ { note_id, ...note }) => note),
      });
    });
    for (const place of [1, 0, 1]) {
      clickSlot(live, 0, place);
      live.advance(220);
    }
    await tells("duplicated");
    live.act(() => {
      song.set_tempo(999);
      /** @type {any} */ (slot).fire();
      song.continue_playing();
    });
    for (const times of [4, 8]) {
      live.advance(4 * SHORTEST_MS + STEP);
      await tells("looped", times);
    }
    live.act(() => song.stop_playing());
    assert.deepEqual(await told(engine.home, take), ["duplicated 0", "looped 4", "looped 8"]);
    live.set.edit(() => /** @type {any} */ (beside).delete_clip());
    clickSlot(live, 0, 0);
  });

  it("a disk that takes nothing more: the stars and Taste say so, music goes on, and nothing is lost", async (test) => {
    const { live, wire } = ground;
    const { take } = wire.answerTo(answered("compose.bass")).result;
    const since = wire.requests.length;
    const pid = endpointOf(engine.home)?.pid ?? 0;
    if (!limitFiles(pid, SMALL)) return test.skip("nothing here limits what a process may write");
    try {
      rateBass(4);
      await until(() => says(bass).includes(FULL), `the stars to say it; it says: ${says(bass)}`);
      assert.match(says(bass), /It may be full or gone; all else goes on/);
      const before = music(clipIn(live));
      bass.turn("Density", 90);
      bass.press("Generate");
      await until(() => says(bass).includes("Wrote"), `music to go on; it says: ${says(bass)}`);
      assert.notDeepEqual(music(clipIn(live)), before);
      assert.match(says(bass), new RegExp(FULL));
      bass.press("Undo");
      assert.deepEqual(music(clipIn(live)), before);
      rateBass(3);
      live.advance(TOGETHER);
      await hears("Nothing is learnt now");
      assert.match(says(taste), new RegExp(FULL));
    } finally {
      limitFiles(pid, "unlimited");
    }
    // Somebody has made room: what could not be kept is told by itself.
    for (let part = 0; part < 4; part += 1) {
      await until(() => wire.requests.slice(since).every((asked) => wire.answerTo(asked)), "all answers");
      live.advance(AGAIN_MS / 4);
    }
    await until(() => answered("taste.rate")?.params.stars === 3, "the rating to arrive");
    live.advance(TOGETHER);
    await until(() => !says(taste).includes("Nothing is learnt now"), "Taste to learn again");
    assert.deepEqual(
      (await told(engine.home, take)).filter((/** @type {string} */ each) => each.startsWith("stars")),
      ["stars 3"],
    );
    bass.remove();
  });

  it("an engine that is killed comes back with the same taste, and the device with it", async () => {
    taste.turn("Profile", "Ada");
    await hears("60 rated");
    const pid = endpointOf(engine.home)?.pid ?? 0;
    process.kill(pid, "SIGKILL");
    await until(() => !says(taste).includes("Learn"), "the engine to be missed");
    acts("Snapshot");
    await until(
      () => {
        ground.live.advance(100);
        return says(taste).includes('Kept "Ada"');
      },
      `the press to be answered; it says: ${says(taste)}`,
    );
    await hears("60 rated");
    assert.notEqual(endpointOf(engine.home)?.pid, pid);
  });

  it("what is asked for twice is deleted, and everything else with Forget all", async () => {
    taste.turn("Profile", await until(() => taste.parameter("Profile").items?.[0], "the first profile"));
    await hears("Learns for");
    await acts("Delete", "Ada");
    await hears('Press again to delete "Ada"');
    taste.press("Act");
    await hears('Deleted "Ada"');
    await until(() => !taste.parameter("Profile").items?.includes("Ada"), "Ada to be gone");
    await acts("Forget all");
    taste.press("Act");
    await hears("Forgot every profile");
    await hears("Rate what you hear");
  });

  /** On a busy machine Max's time runs ahead of an engine that has just begun: what it says then is what a person would do. */
  const again = () => /took too long|went away/.test(says(taste)) && taste.press("Act");

  it("what a newer Bandmate remembers is left alone, and the device says so", async () => {
    taste.turn("Action", "Snapshot");
    const pid = endpointOf(engine.home)?.pid ?? 0;
    process.kill(pid, "SIGKILL");
    for (const end of ["", "-wal", "-shm"]) rmSync(join(engine.home, `taste.sqlite${end}`), { force: true });
    // What SQLite reads its version from: the first page of a file, as far as it says anything.
    writeFileSync(join(engine.home, "taste.sqlite"), NEWER);
    taste.press("Act");
    await until(() => {
      ground.live.advance(100);
      return (endpointOf(engine.home)?.pid ?? pid) !== pid;
    }, "another engine");
    await until(
      () => {
        again();
        return /Nothing is learnt now.*was written by a newer Bandmate/.test(says(taste));
      },
      `the trouble; it says: ${says(taste)}`,
    );
    assert.deepEqual(readFileSync(join(engine.home, "taste.sqlite")), NEWER);
  });

  it("what may be read and not written is said in words, too", async () => {
    writeFileSync(join(engine.home, "taste.sqlite"), READ_ONLY);
    taste.press("Act");
    await until(
      () => {
        again();
        return says(taste).includes("cannot be written");
      },
      `the trouble; it says: ${says(taste)}`,
    );
    await hears("Look at its permissions");
  });
});

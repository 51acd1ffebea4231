/** Taste: profiles, what was learnt, and how far Generate may go from it. The built devices, a real engine. */
import assert from "node:assert/strict";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { asksForFile, pickFile } from "../../js/headless/folder_dialog.js";
import { tasteFile } from "../../js/headless/taste_file.js";
import { EngineClient } from "./support/client.js";
import { everyCordIsMissed } from "./support/cords.js";
import { endpointOf, startEngine } from "./support/engine.js";
import { openGround } from "./support/ground.js";
import { inspectTaste, tasteBytes } from "./support/inspect_taste.js";
import { Inspection } from "./support/inspection.js";
import { BUILT, clickSlot, says } from "./support/play.js";

// A process can be held still only where there are such signals.
const skip = process.platform === "win32";

/** Longer than it takes until what was told is asked for, ms. */
const TOGETHER = 320;

/** An empty SQLite file of one page, of a version that is to come. */
function newer() {
  const page = Buffer.alloc(4096);
  page.write("SQLite format 3");
  // Size of a page; written ahead; how much of a page a row may take; change counter; pages; the user's version.
  page.writeUInt16BE(page.length, 16);
  page.set([2, 2, 0, 64, 32, 32], 18);
  for (const [at, value] of [
    [24, 1],
    [28, 1],
    [60, 999],
    [92, 1],
  ])
    page.writeUInt32BE(value, at);
  // The only table has no rows yet.
  page[100] = 13;
  page.writeUInt16BE(page.length, 105);
  return page;
}

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
      ground.live.advance(1);
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

  it("a star under the picture of the Bass is counted here", async () => {
    const [, , width, height] = bass.box("picture").viewRect;
    const before = rated();
    bass.click("picture", width - 8, height - 6);
    await until(() => rated() > before, `one more to be rated; it says: ${says(taste)}`);
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

  it("what a newer Bandmate remembers is left alone, and the device says so", async () => {
    process.kill(endpointOf(engine.home)?.pid ?? 0, "SIGKILL");
    for (const end of ["", "-wal", "-shm"]) rmSync(join(engine.home, `taste.sqlite${end}`), { force: true });
    // What SQLite reads its version from: the first page of a file, as far as it says anything.
    writeFileSync(join(engine.home, "taste.sqlite"), newer());
    taste.press("Act");
    await until(
      () => {
        ground.live.advance(100);
        return says(taste).includes("Nothing is learnt now");
      },
      `the trouble; it says: ${says(taste)}`,
    );
    assert.match(says(taste), /was written by a newer Bandmate/);
    assert.deepEqual(readFileSync(join(engine.home, "taste.sqlite")), newer());
  });
});

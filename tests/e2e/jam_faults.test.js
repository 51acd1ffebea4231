/** Jam while things go wrong: the engine dies in the middle of a bar, comes back, or is silent. */
import assert from "node:assert/strict";
import { renameSync, rmSync } from "node:fs";
import { after, before, describe, it } from "node:test";
import { hanging } from "../../js/headless/heard_notes.js";
import { letPass } from "../../js/headless/passing.js";
import { endpointOf, eventually, launchEngine, startEngine } from "./support/engine.js";
import { openJam } from "./support/jam_ground.js";
import { says } from "./support/play.js";

// A process can be held still only where there are such signals.
const skip = process.platform === "win32";

/** How long a busy machine may take for anything, ms on the wall. */
const PATIENCE = 120_000;

describe("Jam while the engine is gone", { concurrency: 1, skip, timeout: 600_000 }, () => {
  /** @type {Awaited<ReturnType<typeof startEngine>>} */ let engine;
  /** @type {Awaited<ReturnType<typeof openJam>>} */ let jam;
  /** @type {ReturnType<typeof launchEngine>|undefined} */ let again;

  before(async () => {
    engine = await startEngine();
    jam = await openJam(engine.home);
    // From here on the clock on the wall counts.
    jam.play.end();
  });

  after(async () => {
    await jam?.close();
    again?.child.stdin.end();
    await again?.gone;
    await engine?.close();
  });

  /** Time passes until something is so. @param {() => unknown} look @param {string} what */
  async function until(look, what) {
    for (const begin = performance.now(); !look(); await letPass(jam.live, 100, { most: 8 })) {
      assert.ok(performance.now() - begin < PATIENCE, `${what}; it says: ${says(jam.device)}`);
    }
  }

  /** @param {ReturnType<ReturnType<typeof jam.listen>>} notes @param {number} first @param {number} last bars that have notes */
  function eachBarSounds(notes, first, last) {
    const bars = new Set(notes.map(({ beat }) => Math.floor(beat / 4 + 0.01)));
    for (let bar = first; bar <= last; bar++) assert.ok(bars.has(bar), `bar ${bar} is silent`);
  }

  it("it repeats the last good bar and says so; nothing hangs, and soon after it is back all is as composed", async () => {
    const heard = jam.listen();
    await jam.starts();
    await until(() => jam.song.current_song_time > 5, "the song");
    // Else the Hub would wake another one at once.
    renameSync(`${engine.home}/config.json`, `${engine.home}/config.away`);
    process.kill(engine.pid, "SIGKILL");
    // How far ahead it had asked hangs on how quick the engine was.
    const last = () => Math.max(...jam.bars().keys());
    await until(() => /repeats the last good bar/.test(says(jam.device)), "to say so");
    await until(() => jam.song.current_song_time > 4 * (last() + 3) + 0.1, "more bars");
    assert.match(says(jam.device), /repeats the last good bar/);
    eachBarSounds(heard(), 0, Math.floor(jam.song.current_song_time / 4) - 1);
    // What is repeated is one bar, over and over.
    const laps = [1, 2].map((on) => {
      const bar = last() + on;
      return heard()
        .filter(({ beat }) => Math.floor(beat / 4 + 0.01) === bar)
        .map(({ pitch, velocity }) => `${pitch}/${velocity}`);
    });
    assert.deepEqual(laps[0], laps[1]);

    rmSync(`${engine.home}/endpoint.json`, { force: true });
    renameSync(`${engine.home}/config.away`, `${engine.home}/config.json`);
    again = launchEngine(engine.home);
    await eventually(() => endpointOf(engine.home), "the engine to listen");
    const since = jam.wire.requests.length;
    await until(() => jam.bars(since).size > 0 && /Plays/.test(says(jam.device)), "the engine to be back");
    // On a busy machine an engine that has just woken may answer for the very next bar while that plays.
    let bar = 0;
    const ahead = () => {
      bar = Math.floor(jam.song.current_song_time / 4) + 1;
      return jam.bars(since).has(bar) && 4 * bar - jam.song.current_song_time > 1;
    };
    await until(ahead, "a bar that is known before it comes");
    await until(() => jam.song.current_song_time > 4 * bar + 3.9, "a bar as composed");
    const played = heard().filter(({ beat }) => beat >= 4 * bar - 0.01 && beat < 4 * bar + 3.85);
    const composed = jam
      .bars(since)
      .get(bar)
      .notes.filter((/** @type {any} */ note) => note.start_time < 3.85);
    assert.deepEqual(
      played.map(({ pitch }) => pitch),
      composed.map((/** @type {any} */ { pitch }) => pitch),
    );
    jam.live.act(() => jam.song.stop_playing());
    jam.live.advance(100);
    assert.deepEqual(hanging(heard()), []);
  });

  it("what is asked of an engine that does not answer is not waited for", async () => {
    const { pid } = /** @type {any} */ (endpointOf(engine.home));
    const heard = jam.listen();
    jam.live.act(() => jam.song.continue_playing());
    const from = Math.ceil(jam.song.current_song_time / 4) + 1;
    process.kill(pid, "SIGSTOP");
    try {
      await until(() => /the last good bar again|repeats the last good bar/.test(says(jam.device)), "to say so");
      const bar = Math.floor(jam.song.current_song_time / 4);
      await until(() => jam.song.current_song_time > 4 * bar + 8.5, "some bars");
      eachBarSounds(heard(), from, bar + 1);
    } finally {
      process.kill(pid, "SIGCONT");
    }
    await until(() => /Plays/.test(says(jam.device)), "the engine to be heard again");
  });

  it("deleted while it plays, it leaves nothing behind", () => {
    const { device, live } = jam;
    const sent = device.midiOut;
    live.act(() => device.remove());
    assert.deepEqual(hanging(jam.listen()()), []);
    assert.ok(sent.length > 0);
  });
});

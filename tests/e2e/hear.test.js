/**
 * Listen from its built bytes against a real engine: what it hears of a clip and of what passes, what it hands to the
 * Set, that every cord of it would be missed, and what it says where there is nothing to hear or the engine hangs or
 * dies.
 */
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { RATE, track, writeSound } from "../../js/headless/sounds.js";
import { everyCordIsMissed, showsState } from "./support/cords.js";
import { endpointOf, sharedEngine } from "./support/engine.js";
import { openGround } from "./support/ground.js";
import { FIRST_TIME, wakeEars } from "./support/hearing.js";
import { inspectListen, inspectLooks, inspectTape, listenBytes, soundWithHole } from "./support/inspect_listen.js";
import { BUILT, heartbeats, LiveSet, ready, says, stageFor, untilSays, WAKE } from "./support/play.js";
import { Wire } from "./support/wire.js";

const skip = process.platform === "win32" && "no signal holds a process still there";
const BPM = 125;

/** Cords between the script, the tape and the place on it; and what says how much of it is to be heard. */
const TAPE =
  /bandmate\.tape|unpack|written|\[6\] -> t b|^t b |snapshot~ \[0\] -> prepend position|position \[0\] -> v8|range/i;

/**
 * A Live in real time with Hub and Listen, ready, and a clip of a sound.
 *
 * @param {import("node:test").TestContext} test
 * @param {import("./support/play.js").StageOptions} [options]
 */
async function listenFor(test, options = {}) {
  const set = LiveSet.empty({ tempo: BPM, tracks: [{ kind: "midi" }, { kind: "audio", name: "Break" }] });
  const stage = await stageFor(test, { set, ...options });
  const path = join(stage.home, "Break.wav");
  writeSound(path, track({ bpm: BPM }));
  const hub = await stage.live.addDevice(BUILT.hub, { track: 0 });
  const listen = await stage.live.addDevice(BUILT.listen, { track: 1 });
  await ready(listen);
  const clip = set.addAudioClip(1, { filePath: path, start: 0, tempo: BPM });
  const point = (/** @type {any} */ at) => stage.live.set.edit(() => stage.live.set.song.view.set_detail_clip(at));
  return { ...stage, listen, wire: new Wire(hub), clip, path, point, pid: () => endpointOf(stage.home)?.pid ?? 0 };
}

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

  it("is in order, and misses each of its cords", (test) => {
    const [all, looks, tape] = [inspectListen, inspectLooks, inspectTape].map(
      (look) => async (/** @type {Uint8Array} */ bytes, /** @type {any} */ mutate) => {
        // What a spoilt device may have left set right.
        await client.call("hear.forget", { path });
        return look(ground, path, bytes, mutate);
      },
    );
    return everyCordIsMissed(test, listenBytes(), all, (cord) => {
      if (TAPE.test(cord.text)) return tape;
      return showsState(cord) ? looks : undefined;
    });
  });
});

describe("Listen in real time", { concurrency: 1, timeout: FIRST_TIME + 120_000 }, () => {
  const engine = sharedEngine();

  it("says what it cannot hear, and asks the engine nothing", async (test) => {
    const { live, listen, wire, clip, point } = await listenFor(test, { home: engine.home });
    point(null);
    listen.press("Listen");
    assert.match(says(listen), /No audio clip here: select one/);
    listen.press("Set Tempo");
    assert.match(says(listen), /Nothing heard yet: press Listen/);
    listen.turn("Range", "Last bar");
    listen.press("Listen");
    assert.match(says(listen), /Nothing has played through here yet/);
    assert.deepEqual(wire.requests, []);
    listen.turn("Range", "Clip");
    point(live.set.addAudioClip(1, { filePath: clip.file_path, start: 64, tempo: BPM }));
    writeFileSync(clip.file_path, "nor is this any more");
    listen.press("Listen");
    await untilSays(listen, "This is no audio that can be decoded");
    assert.equal(listen.box("Listen").texts()[0], "Listen");
    assert.deepEqual(live.console, []);
  });

  it("hears the bar that passed while Live plays on", async (test) => {
    const { live, listen } = await listenFor(test, { home: engine.home });
    const sound = track({ bpm: BPM, bars: 2 });
    live.set.edit(() => live.set.song.start_playing());
    const begin = performance.now();
    for (let frame = 0; frame < sound.length; ) {
      const due = Math.min(sound.length, Math.round(((performance.now() - begin) / 1000) * RATE));
      if (due > frame) listen.process(sound.subarray(frame, due), sound.subarray(frame, due));
      frame = Math.max(frame, due);
      await new Promise((next) => setTimeout(next, 10));
    }
    listen.turn("Range", "Last bar");
    listen.press("Listen");
    await untilSays(listen, /Heard the last bar: \d+/, FIRST_TIME);
    assert.ok(live.set.song.is_playing);
    listen.press("Set Locators");
    assert.match(says(listen), /That was a recording: choose a clip/);
    assert.deepEqual(live.console, []);
  });
});

describe("Listen and an engine that hangs or dies", { concurrency: 1, timeout: FIRST_TIME + 120_000 }, () => {
  it("killed while it listens: that is said, and the next press is heard", { skip }, async (test) => {
    const { live, listen, wire, clip, point, pid } = await listenFor(test);
    point(clip);
    listen.press("Listen");
    const { result } = await live.until(() => wire.answerTo(wire.last("hear.analyze")), { what: "the job" });
    assert.ok(result.job, "it is heard at once: nothing to kill");
    process.kill(pid(), "SIGKILL");
    await untilSays(listen, "The engine went away while it listened", WAKE);
    assert.equal(listen.box("Listen").texts()[0], "Listen");
    listen.press("Listen");
    await untilSays(listen, /Heard Break: 12[45][.\d]* BPM/, FIRST_TIME);
  });

  it("Cancel while it hangs: nothing comes then or later, and Live goes on", { skip }, async (test) => {
    const { live, listen, clip, point, pid } = await listenFor(test);
    point(clip);
    const held = pid();
    process.kill(held, "SIGSTOP");
    try {
      listen.press("Listen");
      await untilSays(listen, "Listening ...");
      await heartbeats(live);
      listen.press("Listen");
      assert.match(says(listen), /Cancelled/);
    } finally {
      process.kill(held, "SIGCONT");
    }
    listen.press("Listen");
    await untilSays(listen, /Heard Break: 12[45][.\d]* BPM/, FIRST_TIME);
    assert.equal(pid(), held, "the same engine");
  });
});

/** Drums on the built device: the beat as sound in an audio track, and heard in time before it is written. */
import assert from "node:assert/strict";
import { existsSync, mkdirSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { describe, it } from "node:test";
import { asksForFolder, pickFolder } from "../../js/headless/folder_dialog.js";
import { heardNotes } from "../../js/headless/heard_notes.js";
import { BUSY } from "../../js/headless/index.js";
import { letPass } from "../../js/headless/passing.js";
import { track, writeSound } from "../../js/headless/sounds.js";
import { openStage } from "../../js/headless/stage.js";
import { sharedEngine } from "./support/engine.js";
import { afterwards } from "./support/leaving.js";
import { BUILT, clickSlot, clipIn, LiveSet, playFor, ready, says, untilSays, WAKE } from "./support/play.js";
import { newest, untilTold } from "./support/told.js";

const TRACKS = ["Deep house chords", "Drums"].map((name) => ({ name }));
const [, DRUMS] = TRACKS.keys();
const TEMPO = 122;

/** A Live with Drums on a track of its own, and a take of two bars in its first slot. @param {import("node:test").TestContext} test @param {any} options */
async function beat(test, options) {
  const set = LiveSet.empty({ tempo: TEMPO, tracks: /** @type {any} */ (TRACKS) });
  const play = await playFor(test, { set, ...options });
  const device = await play.live.addDevice(BUILT.drums, { track: DRUMS });
  await ready(device);
  clickSlot(play.live, DRUMS, 0);
  device.turn("Style", "House");
  device.turn("Bars", 2);
  device.press("Generate");
  await untilSays(device, "Wrote");
  return { ...play, set, device };
}

describe("drums as sound", { concurrency: 1, timeout: 600_000 }, () => {
  const engine = sharedEngine();

  it("Render makes a looping audio clip beside the drums, Undo takes it away, and the file stays", async (test) => {
    const { live, set, device } = await beat(test, { home: engine.home });
    device.press("Render");
    await untilSays(device, /Rendered 2 bars onto a new track, "Drums audio"/, WAKE);
    assert.deepEqual(await untilTold(engine, await newest(engine.home), /./), ["exported 0"]);
    const [clip] = set.tracks[DRUMS + 1].clip_slots.map((slot) => /** @type {any} */ (slot.clip));
    assert.match(basename(clip.file_path), /^Drums House [0-9a-f]{10} 122 BPM\.wav$/);
    assert.equal(dirname(clip.file_path), join(engine.home, "renders"));
    assert.deepEqual([clip.warping, clip.looping, clip.loop], [true, true, { start: 0, end: 8 }]);
    assert.ok(Math.abs(clip.sample_length / clip.sample_rate - (8 * 60) / TEMPO) < 1e-3, "as long as its two bars");
    assert.equal(clipIn(live, DRUMS).length, 8, "the notes stay");
    device.press("Undo");
    assert.match(says(device), /Took the audio clip away/);
    assert.deepEqual(
      set.tracks.map(({ name }) => name),
      TRACKS.map(({ name }) => name),
    );
    assert.ok(existsSync(clip.file_path));
    assert.deepEqual(live.console, []);
  });

  it("one's own samples play it, from the folder that was picked", async (test) => {
    const { set, device, live } = await beat(test, { home: engine.home });
    const folder = join(engine.home, "My drums");
    mkdirSync(folder);
    for (const name of ["Kick 1.wav", "clap.wav", "hat closed.wav"]) {
      writeSound(join(folder, name), track({ bpm: 120, bars: 1 }).slice(0, 8000));
    }
    device.turn("Kit", "Folder ...");
    await live.until(() => asksForFolder(device), { what: "the window" });
    pickFolder(device, `${folder}/`);
    assert.match(says(device), /Render plays the samples in "My drums"/);
    device.press("Render");
    await untilSays(device, /Rendered 2 bars/, WAKE);
    assert.ok(set.tracks[DRUMS + 1].clip_slots[0].clip);
  });

  it("a preview begins on the bar and keeps time, however busy the computer is", async (test) => {
    const set = LiveSet.empty({ tempo: TEMPO, tracks: /** @type {any} */ (TRACKS) });
    const { live, close } = await openStage({ home: engine.home, set, time: "virtual", jitter: BUSY });
    afterwards(test, close);
    await live.addDevice(BUILT.hub, { track: 0 });
    const device = await live.addDevice(BUILT.drums, { track: DRUMS });
    const until = async (/** @type {string} */ words) => {
      for (let turn = 0; turn < 1000 && !says(device).includes(words); turn++) await letPass(live, 20, { most: 4 });
      assert.ok(says(device).includes(words), says(device));
    };
    await until("Ready");
    clickSlot(live, DRUMS, 0);
    set.edit(() => set.song.start_playing());
    device.press("Preview");
    await until("Begins with the next bar");
    await until("Generate writes this take");
    await letPass(live, (8 * 60_000) / TEMPO);
    device.press("Generate");
    await until("Wrote");
    const heard = heardNotes(/** @type {any} */ (device.midiOut));
    const bar = Math.round(heard[0].beat / 4) * 4;
    const wanted = clipIn(live, DRUMS)
      .notes.filter((/** @type {any} */ { start_time }) => start_time < 7)
      .map((/** @type {any} */ { pitch, start_time }) => ({ pitch, at: bar + start_time }));
    assert.ok(wanted.length > 8);
    for (const { pitch, at } of wanted) {
      const near = heard.filter((note) => note.pitch === pitch).map(({ beat }) => Math.abs(beat - at));
      assert.ok((Math.min(...near) * 60_000) / TEMPO < 4, `${pitch} on ${at}: ${Math.min(...near)} beats off`);
    }
  });
});

/** Render: what is asked of the engine, which kit plays, and where the sound goes. */
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { DrumsDevice } from "../../../../js/devices/drums/device.js";
import { systemPath } from "../../../../js/devices/shared/system_path.js";
import { RATE, writeSound } from "../../../../js/headless/sounds.js";
import { RpcError } from "../../../../js/rpc/errors.js";
import { show } from "../../live/support/stage.js";
import { addClip, note, ready as readyDesk, settled } from "../maker/desk.js";

const folder = mkdtempSync(join(tmpdir(), "bandmate-render-"));
after(() => rmSync(folder, { recursive: true, force: true }));
const WAV = join(folder, "Drums House t1 120 BPM.wav");
writeSound(WAV, new Float32Array(4 * RATE));

const MADE = { path: WAV, seconds: 4, frames: 4 * RATE, rate: RATE, peak: -1, sound: "club", roles: [], notices: [] };
const KITS = ["auto", "club", "boom", "dusty", "samples", "choose"];
const [MINE, CHOOSE] = [KITS.indexOf("samples"), KITS.indexOf("choose")];

/** @param {any} [options] */
function make(options) {
  const on = readyDesk(DrumsDevice, "compose.drums", options);
  const renders = () => on.engine.of("compose.render");
  return {
    ...on,
    renders,
    asked: () => renders().at(-1)?.params,
    /** A take of two bars. */
    async write() {
      on.device.generate();
      const notes = [0, 1, 2, 3].map((at) => note(36, at, 0.25));
      await on.answer({ length: 8, notes, resolved: { style: "house", style_name: "House" } });
    },
    /** The answer that names a job. */
    begin: () => renders().at(-1)?.answer({ job: "j1" }),
    /** @param {any} [result] */
    finish: (result = MADE) => on.engine.notify("job.done", { job: "j1", state: "done", result, error: null }),
    /** @param {string} control */
    told: (control) => on.sent.findLast(([index, word]) => index === 1 && word === control)?.slice(2),
    /** what Max was asked to open */
    dialogs: () => on.sent.filter(([index, word]) => index === 1 && word === "open_folder").length,
  };
}

test("the clip that was written is rendered, and named after its take", async () => {
  const on = make({ tempo: 120 });
  await on.write();
  on.device.render();
  const { notes, ...params } = on.asked();
  assert.deepEqual(params, {
    length: 8,
    tempo: 120,
    role: "drums",
    style: "house",
    // The engine drew it: the desk's first.
    seed: 1001,
    name: "Drums House t1",
    sound: "auto",
  });
  assert.deepEqual(
    notes.map(({ pitch, start_time }) => [pitch, start_time]),
    [0, 1, 2, 3].map((at) => [36, at]),
  );
  await on.begin();
  await on.finish();
  assert.equal(on.words(), 'Rendered 2 bars to slot 1 of "Vox"');
  const [reward] = on.engine.of("taste.reward");
  assert.deepEqual([reward.params.take, reward.params.kind], ["t1", "exported"]);
  const clip = /** @type {any} */ (on.clip(4));
  assert.deepEqual([clip.file_path, clip.looping, clip.loop], [WAV, true, { start: 0, end: 8 }]);
  on.device.undo();
  assert.equal(on.clip(4), null);
  assert.equal(on.words(), "Took the audio clip away");
  assert.equal(on.clip().notes.length, 4, "the drums stay");
  on.device.restore();
  assert.ok(on.clip(4));
});

test("a clip that is shown goes before the written one, when it is for drums; its loop is what is rendered", async () => {
  const on = make();
  await on.write();
  const bass = addClip(on.set, 1, 0, 4, [note(40, 0, 1)]);
  show(on.set, bass);
  on.device.render();
  assert.equal(on.asked().name, "Drums House t1", "a bass line is no beat");
  on.device.render();
  const beat = addClip(on.set, 3, 1, 16, [note(36, 1, 0.25), note(38, 5, 0.25), note(42, 9, 0.25)]);
  on.set.edit(() => {
    beat.name = "Break";
    beat.set_loop_start(4);
    beat.set_loop_end(8);
  });
  show(on.set, beat);
  on.device.parameter("style", 2);
  on.device.render();
  const { notes, ...params } = on.asked();
  assert.deepEqual([params.name, params.length, params.style], ["Break", 4, "deep_house"]);
  assert.deepEqual(
    notes.map(({ pitch, start_time }) => [pitch, start_time]),
    [[38, 1]],
  );
});

test("a take that a hand has changed since has no take's number; the rack's pads say what each note is", async () => {
  const on = make();
  const rack = on.set.addRack(on.set.tracks[0], { kind: "drums", chains: [] });
  on.set.edit(() => rack.addChain("Snare", 40));
  await on.write();
  on.set.edit(() => on.clip().add_new_notes({ notes: [note(40, 3.5, 0.25)] }));
  on.device.render();
  assert.equal(on.asked().name, "Drums House");
  assert.deepEqual(on.asked().kit, [{ pitch: 40, name: "Snare" }]);
});

test("with nothing to render it says what to do", () => {
  const on = make();
  on.device.render();
  assert.equal(on.words(), "No drum clip here: select one, or press Generate");
  show(on.set, addClip(on.set, 0, 0, 4, [{ ...note(36, 0, 1), mute: true }]));
  on.device.render();
  assert.equal(on.words(), "That clip plays nothing: press Generate first");
  assert.deepEqual(on.renders(), []);
});

test("progress in the foot line, its own button cancels, and nothing comes of it", async () => {
  const on = make();
  await on.write();
  on.device.render();
  await on.begin();
  on.clock.move(200);
  assert.deepEqual(on.told("render"), ["text", "Cancel"]);
  assert.equal(on.told("busy"), undefined, "Generate does not say Cancel");
  await on.engine.notify("job.progress", { job: "j1", done: 2, total: 4, text: "Levelling" });
  on.clock.move(40);
  assert.equal(on.words(), "Rendering ... 50 %");
  on.device.render();
  await settled();
  assert.equal(on.words(), "Cancelled");
  assert.deepEqual(on.told("render"), ["text", "Render"]);
  assert.deepEqual(
    on.engine.of("job.cancel").map(({ params }) => params),
    [{ job: "j1" }],
  );
  await on.finish();
  assert.equal(on.clip(4), null);
});

test("an engine that goes away says so; one that refuses is heard", async () => {
  const on = make();
  await on.write();
  on.device.render();
  await on.begin();
  on.become("away", "Engine asleep");
  await settled();
  on.become();
  assert.match(on.words(), /The engine went away while it rendered. Press again/);
  on.device.render();
  await on
    .renders()
    .at(-1)
    ?.fail(new RpcError(-32602, "length is 9999: too long", { field: "length", hint: "too long" }));
  assert.equal(on.words(), "length is 9999: too long");
});

test("where Live takes no clip the file is not lost", async () => {
  const on = make();
  await on.write();
  on.device.render();
  await on.begin();
  await on.finish({ ...MADE, path: join(folder, "gone.wav") });
  assert.equal(on.words(), "Live made no clip of the file. The file is in Bandmate's renders");
  on.device.undo();
  assert.equal(on.clip(), null, "what Undo takes back is the drums");
});

test("a Live that takes no audio is told so before anything is rendered", async () => {
  const on = make({ version: "12.0.4" });
  await on.write();
  on.device.render();
  assert.match(on.words(), /^Live 12.0.4 takes no audio from devices/);
  assert.deepEqual(on.renders(), []);
});

test("a kit is chosen; Mine needs a folder, which Folder ... asks for and the Set keeps", async () => {
  const on = make();
  await on.write();
  on.device.parameter("kit", 2);
  on.device.render();
  assert.equal(on.asked().sound, "boom");
  on.device.render();
  on.device.parameter("kit", MINE);
  on.device.render();
  assert.equal(on.words(), "No folder of samples yet: choose Folder ... under Kit");
  on.device.parameter("kit", 3);
  on.device.parameter("kit", CHOOSE);
  assert.equal(on.dialogs(), 1);
  assert.deepEqual(on.told("kit"), ["set", 3], "the menu stays where it was until a folder is picked");
  on.device.folder("Macintosh HD:/Users/ada/My Drums/");
  assert.deepEqual(on.told("kit"), ["set", MINE]);
  assert.deepEqual(on.told("sample_folder"), ["is", "/Volumes/Macintosh HD/Users/ada/My Drums"]);
  assert.equal(on.words(), 'Render plays the samples in "My Drums"');
  on.device.render();
  const { sound, samples } = on.asked();
  assert.deepEqual([sound, samples], ["auto", "/Volumes/Macintosh HD/Users/ada/My Drums"]);
  const hint = "There is no such folder; choose one that is there.";
  await on
    .renders()
    .at(-1)
    ?.fail(new RpcError(-32602, `samples is no folder: ${hint}`, { field: "samples", hint }));
  assert.equal(on.words(), 'Samples in "My Drums": There is no such folder; choose one that is there');
});

test("what the Set stored opens no window", () => {
  const on = make();
  on.device.enable(false);
  on.device.folderKept(["is", "/drums/909"]);
  on.device.parameter("kit", CHOOSE);
  on.device.parameter("kit", MINE);
  on.device.enable(true);
  assert.equal(on.dialogs(), 0);
  show(on.set, addClip(on.set, 0, 0, 4, [note(36, 0, 1)]));
  on.device.render();
  assert.equal(on.asked().samples, "/drums/909");
});

test("paths as the system has them", () => {
  for (const [max, path] of [
    ["Macintosh HD:/Users/ada/Drums/", "/Volumes/Macintosh HD/Users/ada/Drums"],
    ["Samples:/", "/Volumes/Samples"],
    ["C:/Users/ada/Drums/", "C:/Users/ada/Drums"],
    ["D:/", "D:/"],
    ["/Users/ada/Drums/", "/Users/ada/Drums"],
    ["//server/Drums/", "//server/Drums"],
    ["/", "/"],
  ])
    assert.equal(systemPath(max), path, max);
});

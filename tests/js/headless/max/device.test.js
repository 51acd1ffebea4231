import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { HeadlessLive, readAmxd } from "../../../../js/headless/index.js";
import { deleteTrack, duplicateTrack } from "../../../../js/headless/live/model/structure.js";
import { isToolKind } from "../../../../js/headless/max/facts_tool.js";
import { open, recorder, send } from "../support/live.js";
import { Patch } from "../support/patch.js";

/** A device that says what happens to it. */
function talker() {
  const patch = new Patch();
  const ltd = patch.object("live.thisdevice", 1, 3);
  const v8 = patch.v8(`
    function bang() { post("start", new LiveAPI(null, "this_device").unquotedpath); }
    function enabled(on) { post("enabled", on); }
    function notifydeleted() { post("bye"); }
    function depth(v) { post("depth", v); }`);
  const prepend = patch.object("prepend enabled", 1, 1);
  const dial = patch.control("live.dial", "Depth", { type: 0, mmin: 0, mmax: 10, initial: [5], initial_enable: 1 });
  const named = patch.object("prepend depth", 1, 1);
  patch.cord(ltd, 0, v8, 0).cord(ltd, 1, prepend, 0).cord(prepend, 0, v8, 0);
  patch.cord(dial, 0, named, 0).cord(named, 0, v8, 0);
  return patch;
}

test("the device stands in the Set: this_device, its switch, its end", async (t) => {
  const live = await open(t);
  const dev = await live.addDevice(talker().bytes(), { track: 1, name: "Talker" });
  assert.deepEqual(live.console.splice(0), ["depth 5", "start live_set tracks 1 devices 0", "enabled 1"]);
  assert.equal(live.set.tracks[1].devices[0].name, "Talker");
  assert.equal(live.lom("live_set tracks 1 devices 0")?.class_name, "MxDeviceMidiEffect");
  dev.setEnabled(false);
  dev.setEnabled(true);
  assert.deepEqual(live.console.splice(0), ["enabled 0", "enabled 1"]);
  dev.remove();
  assert.deepEqual(live.console.splice(0), ["bye"]);
  assert.equal(live.set.tracks[1].devices.length, 0);
});

test("dropping a device selects its track and the slot there, and the clip in view follows", async (t) => {
  const live = await open(t);
  const { view } = live.set.song;
  live.set.edit(() => view.set_selected_scene(live.set.scenes[2]));
  live.set.edit(() => live.set.tracks[0].clip_slots[2].create_clip(4));
  const clip = live.set.tracks[0].clip_slots[2].clip;
  await live.addDevice(talker().bytes(), { track: 1, select: false });
  assert.equal(view.highlighted_clip_slot, live.set.tracks[0].clip_slots[2]);
  live.set.edit(() => view.set_detail_clip(clip));
  await live.addDevice(talker().bytes(), { track: 0 });
  assert.equal(view.detail_clip, clip);
  const dev = await live.addDevice(talker().bytes(), { track: 1 });
  assert.equal(view.selected_track, live.set.tracks[1]);
  assert.equal(live.set.tracks[1].view.selected_device, dev.model);
  assert.equal(view.highlighted_clip_slot, live.set.tracks[1].clip_slots[2]);
  assert.equal(view.detail_clip, null);
});

test("a duplicate is a device of its own with the same values", async (t) => {
  const live = await open(t);
  const dev = await live.addDevice(talker().bytes());
  dev.turn("Depth", 8);
  const copy = await dev.duplicate();
  assert.equal(copy.parameter("Depth").value, 8);
  assert.notEqual(copy.device.instance, dev.device.instance);
  copy.turn("Depth", 1);
  assert.equal(dev.parameter("Depth").value, 8);
});

test("a duplicated track brings a running copy; a deleted one takes it away; undo brings it back", async (t) => {
  const live = await open(t);
  const dev = await live.addDevice(talker().bytes());
  dev.turn("Depth", 7);
  live.console.length = 0;
  const { song } = live.set;
  live.set.edit(() => duplicateTrack(song, 0));
  live.settle();
  const copy = live.deviceOf(live.set.tracks[1].devices[0]);
  assert.equal(copy?.parameter("Depth").value, 7);
  assert.deepEqual(live.console.splice(0), ["depth 7", "start live_set tracks 1 devices 0", "enabled 1"]);
  live.set.edit(() => deleteTrack(song, 1));
  live.settle();
  assert.deepEqual(live.console.splice(0), ["bye"]);
  live.set.history.undo();
  live.settle();
  assert.equal(live.deviceOf(live.set.tracks[1].devices[0])?.parameter("Depth").value, 7);
});

test("a device in a chain of a rack", async (t) => {
  const live = await open(t);
  const rack = live.set.addRack(live.set.tracks[0]);
  await live.addDevice(talker().bytes(), { track: rack.chains[0] });
  assert.ok(live.console.some((line) => line.includes("start live_set tracks 0 devices 0 chains 0 devices 0")));
});

test("negative controls go through the bytes: a cut cord, a lost parameter, spoiled code are each noticed", async (t) => {
  const live = await open(t, { strict: false });
  const bytes = talker().bytes();
  const heard = async (/** @type {(patcher: any) => void} */ mutate) => {
    live.console.length = 0;
    live.errors.length = 0;
    const dev = await live.addDevice(bytes, { mutate });
    dev.remove();
    return live.console;
  };
  assert.ok((await heard(() => {})).includes("depth 5"));
  assert.deepEqual(live.errors, []);
  const cut = await heard((patcher) => patcher.lines.splice(4, 1));
  assert.ok(!cut.includes("depth 5"));
  const lost = await heard((patcher) => {
    patcher.boxes = patcher.boxes.filter((/** @type {any} */ entry) => entry.box.maxclass !== "live.dial");
  });
  assert.ok(!lost.includes("depth 5"));
  assert.deepEqual(
    live.errors.map((error) => error.kind),
    ["cord"],
  );
  await heard((patcher) => {
    const { textfile } = patcher.boxes[1].box;
    textfile.text = textfile.text.replace("function depth(v) {", "function depth(v) ");
  });
  assert.equal(live.errors[0].kind, "v8");
});

test("the type in the patcher must be the kind of the file", async (t) => {
  const live = await open(t, { strict: false });
  await live.addDevice(new Patch().bytes(), {
    mutate: (patcher) => {
      patcher.project.amxdtype = 1;
    },
  });
  assert.equal(live.errors[0].kind, "format");
});

test("until says what it waited for and what the console said", async (t) => {
  const live = await open(t);
  live.max.post("last words");
  await assert.rejects(
    live.until(() => false, { timeout: 30, what: "rain" }),
    /waiting for rain[\s\S]*last words/u,
  );
});

test("in real time Max runs by itself, and until ends with it", async (t) => {
  const live = await open(t, { time: "real" });
  const patch = new Patch();
  const delay = patch.object("delay 20", 2, 1);
  patch.cord(delay, 0, patch.object("print", 1, 0), 0);
  const dev = await live.addDevice(patch.bytes());
  send(dev, delay, 0);
  await live.until(() => live.console.includes("print: bang"), { what: "the delay" });
});

test("an error between two calls is thrown by the next one, once", async (t) => {
  const live = await open(t);
  live.max.report("v8", "something broke");
  assert.throws(() => live.settle(), { kind: "v8" });
  live.settle();
});

test("close throws what nobody has seen, after it has ended everything", async () => {
  const live = await HeadlessLive.open({ time: "virtual", createMGraphics: recorder });
  await live.addDevice(talker().bytes());
  live.max.report("v8", "late");
  await assert.rejects(live.close(), { kind: "v8" });
  assert.equal(live.console.at(-1), "bye");
  await live.close();
});

test("closing leaves the Set as it is, and no device comes back because of that", async () => {
  const live = await HeadlessLive.open({ time: "virtual", createMGraphics: recorder });
  await live.addDevice(talker().bytes());
  const { set } = live;
  live.console.length = 0;
  // Whatever is said while the devices go may bring the Set to look at its devices.
  live.max.bind("x", { hear: () => set.touch() });
  live.max.scheduler.defer(() => set.touch());
  await live.close();
  assert.deepEqual(live.console, ["bye"]);
  assert.equal(set.tracks[0].devices.length, 1);
  const again = await HeadlessLive.open({ set, time: "virtual", createMGraphics: recorder });
  await again.addDevice(talker().bytes());
  assert.equal(set.observers.size, 1);
  await again.close();
  assert.equal(set.observers.size, 0);
});

const BUILT = new URL("../../../../m4l_devices/built/", import.meta.url);
const devices = existsSync(BUILT) ? readdirSync(BUILT).filter((name) => name.endsWith(".amxd")) : [];

test("the built devices load without a complaint", { skip: devices.length === 0 }, async (t) => {
  const live = await open(t);
  for (const name of devices) {
    const path = fileURLToPath(new URL(name, BUILT));
    const { kind } = readAmxd(readFileSync(path));
    const track = kind === "aaaa" ? 2 : 0;
    const dev = await (isToolKind(kind) ? live.openTool(path) : live.addDevice(path, { track }));
    assert.deepEqual(dev.notes, [], name);
  }
});

test("the device's face in a theme: picture and script colours follow it, and go back", async (t) => {
  const live = await HeadlessLive.open({ time: "virtual" });
  t.after(() => live.close());
  const patch = new Patch();
  patch.v8(
    "function paint() { mgraphics.set_source_rgba(max.getcolor('live_lcd_bg')); mgraphics.rectangle(0, 0, 9, 9); mgraphics.fill(); }",
    {
      ui: true,
      outlets: 1,
      varname: "picture",
    },
  );
  const dev = await live.addDevice(patch.bytes(), { name: "Painter" });
  const colours = () => JSON.stringify(dev.box("picture").surface.calls());
  const before = colours();
  const dark = await dev.renderSVG({ theme: "dark" });
  assert.notEqual(dark, await dev.renderSVG());
  assert.match(dark, /Painter/u);
  assert.equal(colours(), before);
  const png = await dev.renderPNG();
  assert.equal(png.subarray(1, 4).toString(), "PNG");
});

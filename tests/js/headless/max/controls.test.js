import assert from "node:assert/strict";
import { test } from "node:test";
import { readParameter, valueText } from "../../../../js/headless/max/params.js";
import { open, send, traced } from "../support/live.js";
import { Patch } from "../support/patch.js";

const PERCENT = { type: 0, mmin: 0, mmax: 100, unitstyle: 5, initial: [50], initial_enable: 1 };
const MENU = { type: 2, mmax: 2, enum: ["Auto", "House", "Techno"] };

test("initial values go out at load, by parameter order, before live.thisdevice", async (t) => {
  const live = await open(t);
  const patch = new Patch();
  const ltd = patch.object("live.thisdevice", 1, 3);
  const print = patch.object("print", 1, 0);
  patch.control("live.dial", "Second", { ...PERCENT, order: 2 });
  patch.control("live.dial", "First", { ...PERCENT, initial: [10], order: 1 });
  patch.control("live.dial", "Silent", { type: 0 });
  for (const id of ["obj-3", "obj-4", "obj-5"]) patch.cord(id, 0, print, 0);
  patch.cord(ltd, 0, print, 0).cord(ltd, 1, print, 0);
  await live.addDevice(patch.bytes());
  assert.deepEqual(live.console, ["print: 10.", "print: 50.", "print: bang", "print: 1"]);
});

test("the Set lists what can be automated, in native units", async (t) => {
  const live = await open(t);
  const patch = new Patch();
  patch.control("live.dial", "Density", PERCENT);
  patch.control("live.menu", "Style", MENU);
  patch.control("live.numbox", "Seed", { type: 1, mmin: 0, mmax: 255, invisible: 1 });
  patch.control("live.text", "Generate", { type: 2, mmax: 1, enum: ["off", "on"], invisible: 2 }, { mode: 0 });
  const dev = await live.addDevice(patch.bytes());
  assert.deepEqual(
    dev.model.parameters.map((parameter) => [parameter.name, parameter.min, parameter.max, parameter.is_quantized]),
    [
      ["Device On", 0, 1, true],
      ["Density", 0, 100, false],
      ["Style", 0, 2, true],
    ],
  );
  assert.deepEqual(Object.keys(dev.state()), ["Density", "Style", "Seed"]);
});

test("a hand, LiveAPI and automation all send along the cords; the patch's own set does not", async (t) => {
  const live = await open(t);
  const patch = new Patch();
  const dial = patch.control("live.dial", "Density", PERCENT);
  const dev = await live.addDevice(patch.bytes());
  const lines = traced(dev);
  dev.turn("Density", 80);
  dev.model.parameters[1].set_value(30);
  dev.model.parameters[1].move(20, "automation");
  send(dev, dial, 0, "set", 60);
  assert.deepEqual(
    lines.filter((line) => line.includes(".0 ")),
    ["Density.0 float 80.", "Density.0 float 30.", "Density.0 float 20."],
  );
  assert.equal(dev.parameter("Density").value, 60);
  lines.length = 0;
  send(dev, dial, 0, 700);
  assert.deepEqual(lines, ["Density.1 float 1.", "Density.0 float 100."]);
});

test("a hand goes no further than the range, and finds menu items by their text", async (t) => {
  const live = await open(t);
  const patch = new Patch();
  patch.control("live.menu", "Style", MENU);
  const dev = await live.addDevice(patch.bytes());
  const lines = traced(dev);
  dev.turn("Style", "Techno");
  assert.deepEqual(lines, ["Style.2 float 1.", "Style.1 Techno", "Style.0 int 2"]);
  assert.deepEqual(dev.texts(), ["Techno"]);
  assert.throws(() => dev.turn("Style", "Polka"), { kind: "ui", message: /no item "Polka"/u });
  assert.throws(() => dev.turn("Style", 3), { kind: "ui", message: /from 0 to 2/u });
  assert.throws(() => dev.turn("Tempo", 3), /has no parameter "Tempo"; it has: Style/u);
});

test("_parameter_range gives a menu other items, and the Set other ones too", async (t) => {
  const live = await open(t);
  const patch = new Patch();
  const menu = patch.control("live.menu", "Progression", MENU);
  const dev = await live.addDevice(patch.bytes());
  dev.turn("Progression", 2);
  send(dev, menu, 0, "_parameter_range", "Auto", "i VI III VII");
  assert.deepEqual(dev.parameter("Progression").items, ["Auto", "i VI III VII"]);
  assert.deepEqual(dev.model.parameters[1].value_items, ["Auto", "i VI III VII"]);
  assert.equal(dev.parameter("Progression").value, 1);
  send(dev, menu, 0, "setsymbol", "Auto");
  assert.equal(dev.parameter("Progression").text, "Auto");
});

test("buttons and toggles: bang, 0 and 1, words, set without output", async (t) => {
  const live = await open(t);
  const patch = new Patch();
  const on = { type: 2, mmax: 1, enum: ["off", "on"], invisible: 2 };
  const button = patch.control("live.text", "Generate", on, { mode: 0, text: "Generate" });
  const toggle = patch.control("live.toggle", "Lock", on);
  patch.control("live.button", "Dice", on);
  patch.control("live.text", "Hold", on, { mode: 1, text: "Hold", texton: "Held" });
  const dev = await live.addDevice(patch.bytes());
  const lines = traced(dev);
  for (const name of ["Generate", "Lock", "Dice", "Hold"]) dev.press(name);
  assert.deepEqual(lines.splice(0), [
    "Generate.1 symbol Generate",
    "Generate.0 bang",
    "Lock.0 int 1",
    "Dice.0 bang",
    "Hold.1 symbol Held",
    "Hold.0 int 1",
  ]);
  send(dev, button, 0, "text", "Cancel");
  send(dev, toggle, 0, "set", 0);
  assert.deepEqual(lines, []);
  assert.ok(dev.texts().includes("Cancel"));
  assert.equal(dev.parameter("Lock").value, 0);
});

test("a control that is inactive or not on the face cannot be touched", async (t) => {
  const live = await open(t);
  const patch = new Patch();
  const dial = patch.control("live.dial", "Density", PERCENT);
  patch.control("live.toggle", "Inside", { type: 2, mmax: 1, enum: ["off", "on"] }, { presentation: 0 });
  const dev = await live.addDevice(patch.bytes());
  send(dev, dial, 0, "active", 0);
  assert.throws(() => dev.turn("Density", 1), { kind: "ui", message: /not active/u });
  assert.throws(() => dev.press("Inside"), { kind: "ui", message: /not on the device's face/u });
  assert.deepEqual(dev.texts(), ["Density", "50 %"]);
});

test("stored values come back instead of initial ones; hidden ones do not", async (t) => {
  const live = await open(t);
  const patch = new Patch();
  patch.control("live.dial", "Density", PERCENT);
  patch.control("live.dial", "Ghost", { ...PERCENT, invisible: 2 });
  patch.control("textedit", "Own", { type: 3, invisible: 1 }, { keymode: 1, lines: 1 });
  const bytes = patch.bytes();
  const dev = await live.addDevice(bytes, { stored: { Density: 12, Ghost: 99, Own: ["ii7 V7"] } });
  assert.equal(dev.parameter("Density").value, 12);
  assert.equal(dev.parameter("Ghost").value, 50);
  assert.equal(dev.parameter("Own").value, "ii7 V7");
  const copy = await dev.duplicate();
  assert.deepEqual(copy.state(), dev.state());
});

test("textedit: a stored text comes back in silence and is told when a bang asks; an empty one is a bare text", async (t) => {
  const live = await open(t);
  const patch = new Patch();
  const own = patch.control("textedit", "Own", { type: 3, invisible: 1 }, { keymode: 1, lines: 1 });
  const route = patch.object("route text", 1, 2);
  const heard = patch.object("print own", 1, 0);
  patch.cord(own, 0, route, 0);
  patch.cord(route, 0, heard, 0);
  const bytes = patch.bytes();
  const dev = await live.addDevice(bytes, { stored: { Own: ["ii7 V7"] } });
  assert.equal(dev.parameter("Own").value, "ii7 V7");
  assert.deepEqual(live.console, []);
  send(dev, own, 0, "bang");
  assert.deepEqual(live.console, ["own: ii7 V7"]);
  send(await live.addDevice(bytes), own, 0, "bang");
  assert.equal(live.console.at(-1), "own: bang");
});

test("textedit: typing gives key codes, Return the text behind the word text", async (t) => {
  const live = await open(t);
  const patch = new Patch();
  patch.control("textedit", "Own", { type: 3, invisible: 1 }, { keymode: 1, lines: 1 });
  const dev = await live.addDevice(patch.bytes());
  const lines = traced(dev);
  dev.type("Own", "ii7 5");
  assert.deepEqual(lines, [..."ii7 5\r"].map((char) => `Own.1 int ${char.charCodeAt(0)}`).concat("Own.0 text ii7 5"));
  lines.length = 0;
  dev.type("Own", "");
  assert.equal(lines.at(-1), "Own.0 text");
  assert.equal(dev.parameter("Own").value, "");
});

test("undo in Live moves the control, and its cords hear of it", async (t) => {
  const live = await open(t);
  const patch = new Patch();
  patch.control("live.dial", "Density", PERCENT);
  const dev = await live.addDevice(patch.bytes());
  dev.turn("Density", 90);
  const lines = traced(dev);
  live.set.history.undo();
  assert.equal(dev.parameter("Density").value, 50);
  assert.equal(lines.at(-1), "Density.0 float 50.");
});

test("automation moves parameters as the song runs, in the scheduler thread", async (t) => {
  const live = await open(t);
  const patch = new Patch();
  const dial = patch.control("live.dial", "Density", PERCENT);
  patch.cord(
    dial,
    0,
    patch.v8("function msg_float(v) { post('v8', v > 49); } function msg_int(v) { msg_float(v); }"),
    0,
  );
  const dev = await live.addDevice(patch.bytes());
  const [, parameter] = dev.model.parameters;
  live.set.automation.draw(parameter, [
    [0, 0],
    [4, 100],
  ]);
  live.set.song.transport.start();
  live.advance(1000);
  assert.ok(Math.abs(parameter.value - 50) < 2, `${parameter.value} after two beats at 120`);
  assert.ok(live.console.length > 10);
});

test("lanes are drawn by long names and items, in the arrangement or in a clip, and heard along the cords", async (t) => {
  const live = await open(t);
  const patch = new Patch();
  patch.control("live.menu", "Style", MENU);
  const dev = await live.addDevice(patch.bytes());
  live.act(() => live.set.tracks[0].clip_slots[0].create_clip(4));
  const clip = /** @type {import("../../../../js/headless/live/model/clip.js").Clip} */ (
    live.set.tracks[0].clip_slots[0].clip
  );
  const lines = traced(dev);
  dev.automate("Style", [
    [0, "Techno"],
    [1, "Techno"],
    [1, 1],
  ]);
  live.act(() => live.set.song.start_playing());
  live.advance(499);
  assert.deepEqual(lines.splice(0), ["Style.2 float 1.", "Style.1 Techno", "Style.0 int 2"]);
  live.advance(10);
  assert.equal(lines.splice(0).at(-1), "Style.0 int 1");
  dev.automate("Style", [[0, "Techno"]], { clip });
  live.act(() => clip.fire());
  live.advance(2000);
  assert.equal(lines.splice(0).at(-1), "Style.0 int 2");
  assert.throws(() => dev.automate("Style", [[0, "Polka"]]), { kind: "ui", message: /no item "Polka"/u });
  assert.throws(() => dev.automate("Style", [[0, 7]]), { kind: "ui", message: /from 0 to 2/u });
  assert.throws(() => dev.automate("Tempo", [[0, 7]]), /has no parameter "Tempo"/u);
});

/** @type {[Record<string, any>, RegExp][]} */
const FALSE_DECLARATIONS = [
  [{ type: 2, mmax: 3, enum: ["a", "b"] }, /2 items, but the maximum is 3/u],
  [{ type: 1, mmin: 0, mmax: 9999 }, /at most 256 values/u],
  [{ type: 0, mmin: 0, mmax: 1, initial: [7], initial_enable: 1 }, /initial value 7 is outside/u],
  [{ type: 2, mmax: 0, enum: [] }, /empty/u],
];

for (const [valueof, words] of FALSE_DECLARATIONS) {
  test(`a false declaration is told: ${words.source}`, async (t) => {
    const live = await open(t, { strict: false });
    const patch = new Patch();
    patch.control("live.numbox", "It", valueof);
    await live.addDevice(patch.bytes());
    assert.match(live.errors[0]?.message ?? "", words);
  });
}

test("two parameters of one long name are told", async (t) => {
  const live = await open(t, { strict: false });
  const patch = new Patch();
  patch.control("live.dial", "It", PERCENT);
  patch.control("live.dial", "It", PERCENT);
  await live.addDevice(patch.bytes());
  assert.match(live.errors[0].message, /used twice/u);
});

test("texts of values by unit style", () => {
  const text = (/** @type {number} */ unitstyle, /** @type {number} */ value, type = 0, units = "") => {
    const valueof = {
      parameter_longname: "x",
      parameter_type: type,
      parameter_unitstyle: unitstyle,
      parameter_units: units,
    };
    const info = readParameter({ saved_attribute_attributes: { valueof } }, "live.dial");
    return info ? valueText(info, value) : "";
  };
  assert.equal(text(0, 3.6), "4");
  assert.equal(text(1, 3.456), "3.46");
  assert.equal(text(2, 1500), "1.5 s");
  assert.equal(text(3, 440), "440 Hz");
  assert.equal(text(4, -6), "-6.0 dB");
  assert.equal(text(5, 33.33), "33.3 %");
  assert.equal(text(6, -25), "25L");
  assert.equal(text(7, 3, 1), "+3 st");
  assert.equal(text(8, 60, 1), "C3");
  assert.equal(text(9, 8, 1, "%d bars"), "8 bars");
  assert.equal(text(9, 30, 1, "min"), "30 min");
});

test("an attribute sent to an object that takes any message is the attribute, not a bang", async (t) => {
  const live = await open(t);
  const patch = new Patch();
  const dice = patch.control("live.button", "Dice", { type: 2, mmax: 1, enum: ["off", "on"], invisible: 2 });
  const dev = await live.addDevice(patch.bytes());
  const lines = traced(dev);
  send(dev, dice, 0, "active", 0);
  assert.deepEqual(lines, []);
  assert.throws(() => dev.press("Dice"), { kind: "ui" });
});

test("a control without a declaration, and a parameter on an object that has none, are told", async (t) => {
  const live = await open(t, { strict: false });
  const patch = new Patch();
  patch.box({ maxclass: "live.dial", numinlets: 1, numoutlets: 2 });
  patch.box({ maxclass: "toggle", numinlets: 1, numoutlets: 1, parameter_enable: 1 });
  await live.addDevice(patch.bytes());
  assert.deepEqual(
    live.errors.map((error) => error.kind),
    ["parameter", "parameter"],
  );
});

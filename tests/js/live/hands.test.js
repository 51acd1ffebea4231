import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { LiveRefusal } from "../../../js/live/errors.js";
import { Deeds } from "../../../js/live/hands/deeds.js";
import { DEVICE, KNOBS as KNOBS_OF } from "../../../js/live/hands/macros.js";
import { Watch } from "../../../js/live/hands/watch.js";
import { liveMethods } from "../../../js/live/reverse.js";
import { addClip, note, stage } from "./support/stage.js";

const KNOBS = ["Energy", "Tension", "Darkness", "Groove"].map((name) => ({
  name: name.slice(0, 4),
  originalName: name,
}));
const REVERB = [
  { name: "Decay Time", min: 0.2, max: 60, value: 1.2 },
  { name: "Quality", items: ["Eco", "Mid", "High"], value: 1 },
];

/** @param {any} [options] */
function asked(options = {}) {
  const on = stage(options);
  let now = 0;
  const deeds = new Deeds(on.live, () => now);
  const methods = liveMethods(on.live, { deeds, watch: new Watch(on.live, /** @type {any} */ (on.LiveAPI)) });
  return {
    ...on,
    song: /** @type {any} */ (on.set.song),
    tracks: /** @type {any[]} */ (on.set.tracks),
    wait: (/** @type {number} */ ms) => {
      now += ms;
    },
    ask: (/** @type {string} */ name, params = {}) => /** @type {any} */ (methods[name](params)),
  };
}

/** @param {any} set @param {any} track */
const addReverb = (set, track) =>
  set.addDevice(track, { name: "Reverb", className: "Reverb", type: 2, parameters: REVERB });

/** @param {() => unknown} act @param {RegExp} words */
const refuses = (act, words) =>
  assert.throws(act, (/** @type {any} */ error) => error instanceof LiveRefusal && words.test(error.message));

test("tempo and transport are set, told as Live tells them, and put back", () => {
  const { ask, song } = asked({ tempo: 120 });
  assert.deepEqual(ask("live.tempo", { bpm: 174 }), { tempo: 174, automation: "none" });
  const told = ask("live.transport", { loop: true, loop_start: 8, loop_length: 2, metronome: true, action: "play" });
  assert.deepEqual(
    [told.is_playing, told.loop, told.loop_start, told.loop_length, told.metronome],
    [true, true, 8, 2, true],
  );
  assert.equal(ask("live.transport", { action: "stop" }).is_playing, false);
  assert.equal(ask("live.transport", { record: true }).record, true);
  ask("live.transport", { beat: 6, action: "continue" });
  assert.ok(song.current_song_time >= 6 && song.is_playing);
  const back = ask("live.undo");
  assert.equal(back.moved, true);
  assert.match(back.words, /the loop's start, the loop's length, the loop and the metronome/);
  assert.deepEqual([song.loop, song.metronome, song.tempo], [false, false, 174]);
  assert.match(ask("live.undo").words, /the tempo/);
  assert.equal(song.tempo, 120);
  assert.deepEqual(ask("live.undo"), { words: "Nothing to undo", moved: false });
  assert.match(ask("live.restore").words, /Restored the tempo/);
  assert.equal(song.tempo, 174);
});

test("a fader that is moved is one thing to put back; another move later is another", () => {
  const { ask, tracks, wait } = asked();
  const { volume } = tracks[1].mixer_device;
  for (const value of [0.8, 0.7, 0.6]) {
    wait(100);
    ask("live.mixer", { track: 1, volume: value });
  }
  wait(5000);
  ask("live.mixer", { track: 1, volume: 0.2 });
  ask("live.undo");
  assert.ok(Math.abs(volume.value - 0.6) < 1e-6);
  ask("live.undo");
  assert.equal(volume.value, 0.85);
  assert.equal(ask("live.undo").moved, false);
});

test("what the user moved between two moves of ours is not skipped by undo, and never overwritten", () => {
  const { ask, tracks, set } = asked();
  const { volume } = tracks[1].mixer_device;
  ask("live.mixer", { track: 1, volume: 0.8 });
  set.edit(() => volume.move(0.5, "user"));
  ask("live.mixer", { track: 1, volume: 0.7 });
  ask("live.undo");
  assert.equal(volume.value, 0.5);
  refuses(() => ask("live.undo"), /You changed the volume of Bass since/);
  assert.equal(volume.value, 0.5);
});

test("a track's strip is set and told: tracks, returns and the main track", () => {
  const { ask, tracks, song } = asked();
  const told = ask("live.mixer", {
    track: 1,
    pan: -0.5,
    send: 1,
    amount: 0.25,
    mute: true,
    solo: true,
    arm: true,
    name: "Low",
  });
  assert.deepEqual(
    { ...told, volume: undefined },
    {
      kind: "track",
      track: 1,
      name: "Low",
      volume: undefined,
      pan: -0.5,
      sends: [0, 0.25],
      mute: true,
      solo: true,
      arm: true,
    },
  );
  assert.equal(tracks[1].mute, true);
  assert.match(ask("live.undo").words, /the pan of Bass, send 1 of Bass, the mute of Bass/);
  assert.deepEqual([tracks[1].name, tracks[1].mute, tracks[1].arm], ["Bass", false, false]);
  assert.equal(ask("live.mixer", { kind: "return", track: 1, volume: 0.5 }).arm, null);
  assert.equal(song.return_tracks[1].mixer_device.volume.value, 0.5);
  const main = ask("live.mixer", { kind: "main", volume: 0.7 });
  assert.deepEqual([main.volume, main.sends, main.mute, main.solo, main.arm], [0.7, [], null, null, null]);
  refuses(() => ask("live.mixer", { kind: "main", mute: true }), /no mute/);
  refuses(() => ask("live.mixer", { kind: "return", track: 0, arm: true }), /cannot be armed/);
  refuses(() => ask("live.mixer", { track: 0, send: 7, amount: 1 }), /no send 7: it has 2/);
  refuses(() => ask("live.mixer", { track: 0, send: 0 }), /a send and its amount/);
  refuses(() => ask("live.mixer", { track: 9 }), /no track 9/);
  refuses(() => ask("live.mixer", { kind: "return", track: 9 }), /no return track 9/);
});

test("one of several that Live does not take leaves the others as they were", () => {
  const { ask, tracks } = asked();
  refuses(() => ask("live.mixer", { track: 0, pan: 0.5, volume: 7 }), /The volume of Keys takes 0 to 1, not 7/);
  assert.equal(tracks[0].mixer_device.panning.value, 0);
});

test("slots are launched, stopped and told; empty ones are not launched", () => {
  const { ask, set, tracks } = asked();
  addClip(set, 1, 2, 6, [note(60, 0, 1)]);
  const fired = ask("live.slot", { track: 1, slot: 2, action: "fire" });
  assert.deepEqual([fired.clip.length, fired.clip.is_playing, fired.clip.midi], [6, true, true]);
  assert.equal(tracks[1].playing_slot_index, 2);
  assert.equal(ask("live.slot", { track: 1 }).slot, 2);
  ask("live.slot", { track: 1, action: "stop" });
  set.song.stop_playing();
  assert.equal(tracks[1].playing_slot_index < 0, true);
  assert.equal(ask("live.slot", { track: 1, slot: 0 }).clip, null);
  refuses(() => ask("live.slot", { track: 1, slot: 0, action: "fire" }), /Slot 0 of "Bass" is empty/);
  refuses(() => ask("live.slot", { track: 1, action: "fire" }), /which slot/);
  refuses(() => ask("live.slot", { track: 1, slot: 77 }), /no slot 77/);
});

test("scenes are launched and told", () => {
  const { ask, set, tracks } = asked();
  addClip(set, 0, 1, 4);
  addClip(set, 1, 1, 4);
  const fired = ask("live.scene", { scene: 1, action: "fire" });
  assert.deepEqual([fired.empty, fired.is_triggered], [false, true]);
  assert.deepEqual([tracks[0].fired_slot_index, tracks[1].fired_slot_index], [1, 1]);
  refuses(() => ask("live.scene", { scene: 44 }), /no scene 44: there are 3/);
});

test("devices are told in the order of the signal, those in racks behind their rack", () => {
  const { ask, set, tracks } = asked();
  const rack = set.addRack(tracks[2], { kind: "audio_effect", name: "Space" });
  addReverb(set, rack.chains[0]);
  const { devices } = ask("live.devices", { track: 2 });
  assert.deepEqual(
    devices.map((/** @type {any} */ each) => [each.index, each.name, each.depth]),
    [
      [0, "Space", 0],
      [1, "Reverb", 1],
    ],
  );
  const { parameters, complete } = ask("live.parameters", { track: 2, device: "reverb" });
  assert.equal(complete, true);
  assert.deepEqual(
    parameters.map((/** @type {any} */ each) => each.name),
    ["Device On", "Decay Time", "Quality"],
  );
  assert.deepEqual(parameters[2].items, ["Eco", "Mid", "High"]);
});

test("parameters are turned by value or by share, by number or by either name", () => {
  const { ask, set, tracks, device } = asked();
  const reverb = addReverb(set, tracks[2]);
  assert.equal(ask("live.parameter", { track: 2, device: 0, parameter: "decay time", value: 30.1 }).value, 30.1);
  const turned = ask("live.parameter", { track: 2, device: "Reverb", parameter: 2, share: 0.9 });
  assert.deepEqual([turned.value, turned.text, turned.share], [2, "High", 1]);
  device.addParameters([{ name: "Dens", originalName: "Density", max: 100 }]);
  for (const parameter of ["Density", "dens"]) {
    assert.equal(ask("live.parameter", { track: 0, device: 0, parameter, share: 0.5 }).value, 50);
  }
  const at = { track: 2, device: "Reverb", parameter: "Decay Time" };
  refuses(() => ask("live.parameter", { ...at, value: 100 }), /Decay Time of Reverb takes 0.2 to 60, not 100/);
  refuses(() => ask("live.parameter", { ...at, value: 1, share: 1 }), /not both/);
  refuses(
    () => ask("live.parameter", { ...at, parameter: "Decay" }),
    /no "Decay": it has Device On, Decay Time, Quality/,
  );
  refuses(() => ask("live.parameter", { ...at, parameter: 9 }), /no parameter 9: it has 3/);
  refuses(() => ask("live.parameter", { ...at, device: "Delay" }), /no device "Delay": it has Reverb/);
  refuses(() => ask("live.parameter", { ...at, device: 4 }), /no device 4: it has 1/);
  refuses(() => ask("live.parameter", { ...at, track: 1 }), /"Bass" holds no device/);
  assert.ok(Math.abs(reverb.parameter("Decay Time").value - 30.1) < 1e-6);
});

test("what the user automates is left alone, unless it is said that it shall not be", () => {
  const { ask, set, tracks, song } = asked();
  const decay = addReverb(set, tracks[2]).parameter("Decay Time");
  const { volume, track_activator: activator } = tracks[2].mixer_device;
  for (const lane of [decay, volume, activator, song.tempoParameter]) {
    set.automation.draw(lane, [
      [0, lane.value],
      [4, lane.value],
    ]);
  }
  const at = { track: 2, device: 0, parameter: "Decay Time", value: 5 };
  /** @type {[string, any, () => unknown][]} */
  const turns = [
    ["live.parameter", at, () => decay.value],
    ["live.mixer", { track: 2, volume: 0.1 }, () => volume.value],
    ["live.mixer", { track: 2, mute: true }, () => tracks[2].mute],
    ["live.tempo", { bpm: 90 }, () => song.tempo],
  ];
  for (const [name, params, value] of turns) {
    const before = value();
    refuses(() => ask(name, params), /has automation: it was left alone/);
    assert.equal(value(), before);
    ask(name, { ...params, force: true });
    assert.notEqual(value(), before);
  }
  assert.equal(ask("live.parameter", { ...at, value: undefined }).automation, "overridden");
  refuses(() => ask("live.parameter", at), /has automation/);
});

test("a frozen track's devices are not turned", () => {
  const { ask, set, tracks } = asked();
  addReverb(set, tracks[2]);
  tracks[2].is_frozen = true;
  refuses(() => ask("live.parameter", { track: 2, device: 0, parameter: 1, share: 1 }), /frozen/);
});

test("macros are found wherever their device stands, and turned by share", () => {
  const { ask, set, tracks } = asked();
  refuses(() => ask("live.macros"), /No Bandmate Macros in this Set: drop it/);
  const macros = set.addDevice(tracks[1], {
    name: "Bandmate Macros",
    className: "MxDeviceMidiEffect",
    type: 4,
    parameters: KNOBS.map((knob) => ({ ...knob, min: -1, max: 1, value: 0 })),
  });
  assert.deepEqual(ask("live.macros", { energy: 1, groove: 0.25 }), {
    kind: "track",
    track: 1,
    energy: 1,
    tension: 0.5,
    darkness: 0.5,
    groove: 0.25,
  });
  assert.deepEqual([macros.parameter("Energy").value, macros.parameter("Groove").value], [1, -0.5]);
  set.automation.draw(macros.parameter("Energy"), [
    [0, 0],
    [8, 1],
  ]);
  refuses(() => ask("live.macros", { energy: 0 }), /Energy of Bandmate Macros has automation/);
  assert.equal(ask("live.macros", { energy: 0, force: true }).energy, 0);
});

test("the knobs are called as the device's own table says", () => {
  const table = JSON.parse(readFileSync(new URL("../../../presets/devices/macros.json", import.meta.url), "utf8"));
  assert.equal(table.name, DEVICE);
  const names = table.parameters.map((/** @type {any} */ each) => each.long);
  for (const knob of Object.values(KNOBS_OF)) assert.ok(names.includes(knob), knob);
});

test("undo goes back over notes and values in the order they were done", () => {
  const { ask, tracks, song } = asked();
  ask("live.tempo", { bpm: 100 });
  ask("live.write", { notes: [note(60, 0, 1)], length: 4, track: 1, slot: 1 });
  ask("live.tempo", { bpm: 110 });
  ask("live.undo");
  assert.deepEqual([song.tempo, Boolean(tracks[1].clip_slots[1].clip)], [100, true]);
  ask("live.undo");
  assert.equal(tracks[1].clip_slots[1].clip, null);
  ask("live.undo");
  assert.equal(song.tempo, 120);
  for (let i = 0; i < 3; i++) assert.equal(ask("live.restore").moved, true);
  assert.deepEqual([song.tempo, Boolean(tracks[1].clip_slots[1].clip)], [110, true]);
});

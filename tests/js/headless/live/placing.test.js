import assert from "node:assert/strict";
import { test } from "node:test";
import { moveDevice } from "../../../../js/headless/live/model/structure.js";
import { LiveSet } from "../../../../js/headless/live/set.js";
import { open } from "../support/live.js";
import { Patch } from "../support/patch.js";
import { effect } from "../support/sound.js";

const TYPES = { midi: 4, instrument: 1, audio: 2 };
const SET = () => LiveSet.empty({ tracks: [{ kind: "midi", name: "Keys" }, { kind: "audio" }, { kind: "group" }] });

/** @param {any} owner */
const names = (owner) => owner.devices.map((/** @type {any} */ device) => device.name);

/**
 * @param {LiveSet} set
 * @param {any} owner
 * @param {keyof typeof TYPES} kind
 * @param {string} name
 * @param {number} [index]
 */
const add = (set, owner, kind, name, index) =>
  set.addDevice(owner, { name, className: "Some", type: TYPES[kind] }, index);

test("an audio effect has no place on a MIDI track before there is an instrument", () => {
  const set = SET();
  const [keys] = set.tracks;
  assert.throws(() => add(set, keys, "audio", "Reverb"), /"Keys" has no instrument yet/u);
  add(set, keys, "midi", "Arp");
  assert.throws(() => add(set, keys, "audio", "Reverb", 0), /no instrument yet/u);
  assert.deepEqual(names(keys), ["Arp"]);
  add(set, keys, "instrument", "Piano");
  add(set, keys, "audio", "Reverb", 0);
  assert.deepEqual(names(keys), ["Arp", "Piano", "Reverb"], "the nearest place: right behind the instrument");
  assert.throws(() => add(set, keys, "instrument", "Organ"), /has an instrument already/u);
});

test("MIDI effects stand before the instrument, wherever they are dropped", () => {
  const set = SET();
  const [keys] = set.tracks;
  add(set, keys, "instrument", "Piano");
  add(set, keys, "audio", "Reverb");
  add(set, keys, "midi", "Arp");
  add(set, keys, "midi", "Chord", 0);
  add(set, keys, "midi", "Scale", 4);
  assert.deepEqual(names(keys), ["Chord", "Arp", "Scale", "Piano", "Reverb"]);
  const scale = keys.devices[2];
  assert.equal(moveDevice(set.song, scale, keys, 9), 2);
  assert.equal(moveDevice(set.song, scale, keys, 0), 0);
  assert.deepEqual(names(keys), ["Scale", "Chord", "Arp", "Piano", "Reverb"]);
});

test("tracks of sound take audio effects only", () => {
  const set = SET();
  const { song } = set;
  for (const track of [set.tracks[1], set.tracks[2], song.return_tracks[0], song.master_track]) {
    assert.throws(() => add(set, track, "midi", "Arp"), /takes no MIDI effect/u);
    assert.throws(() => add(set, track, "instrument", "Piano"), /takes no instrument/u);
    add(set, track, "audio", "Reverb");
    assert.deepEqual(names(track), ["Reverb"]);
  }
  add(set, set.tracks[0], "instrument", "Piano");
  assert.throws(() => moveDevice(song, set.tracks[0].devices[0], set.tracks[1], 0), /takes no instrument/u);
  assert.deepEqual([names(set.tracks[0]), names(set.tracks[1])], [["Piano"], ["Reverb"]]);
});

test("a rack's chain takes what the rack is", () => {
  const set = SET();
  const [keys, vox] = set.tracks;
  const midi = set.addRack(keys, { kind: "midi_effect" });
  const instrument = set.addRack(keys, { kind: "instrument" });
  const sound = set.addRack(vox, { kind: "audio_effect" });
  assert.throws(() => set.addRack(vox, { kind: "drums" }), /takes no instrument/u);
  assert.throws(() => add(set, midi.chains[0], "audio", "Reverb"), /takes no audio effect/u);
  assert.throws(() => add(set, instrument.chains[0], "audio", "Reverb"), /no instrument yet/u);
  add(set, instrument.chains[0], "instrument", "Piano");
  add(set, instrument.chains[0], "audio", "Reverb");
  add(set, sound.chains[0], "audio", "Delay");
  assert.throws(() => add(set, sound.chains[0], "midi", "Arp"), /takes no MIDI effect/u);
});

test("a Max audio effect is dropped on an audio track, and refused where no sound is", async (t) => {
  const live = await open(t);
  const bytes = effect().bytes();
  await assert.rejects(live.addDevice(bytes, { track: 0 }), /no instrument yet/u);
  assert.deepEqual(live.devices, []);
  const dev = await live.addDevice(bytes, { track: 2 });
  assert.deepEqual([dev.model.class_name, dev.model.device_type], ["MxDeviceAudioEffect", 2]);
  await assert.rejects(live.addDevice(new Patch("mmmm").bytes(), { track: 2 }), /takes no MIDI effect/u);
  const main = await live.addDevice(bytes, { track: live.set.song.master_track });
  assert.equal(main.track, live.set.song.master_track);
});

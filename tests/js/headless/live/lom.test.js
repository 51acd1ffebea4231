import assert from "node:assert/strict";
import { test } from "node:test";
import { readClass } from "../../../../js/headless/live/lom/parse.js";
import { childSpec, classesOf, LOM, propertySpec } from "../../../../js/headless/live/lom.js";
import { LiveSet } from "../../../../js/headless/live/set.js";

/** One object of every class of the table. */
function oneOfEach() {
  const set = LiveSet.empty({ tracks: [{ kind: "midi" }, { kind: "audio" }], version: "12.3.5" });
  const [midi] = set.tracks;
  midi.clip_slots[0].create_clip(4);
  set.song.set_or_delete_cue();
  const device = set.addDevice(midi, { name: "Chords", className: "MxDeviceMidiEffect" });
  const drums = set.addRack(midi, { kind: "drums", chains: ["Kick"] });
  const rack = set.addRack(midi);
  const native = set.addDevice(midi, { name: "Reverb", className: "Reverb" });
  const clip = /** @type {any} */ (midi.clip_slots[0].clip);
  const objects = [set.song, set.song.view, set.app, set.app.view, set.scenes[0], set.song.cue_points[0], midi];
  return [
    ...objects,
    ...[midi.view, midi.clip_slots[0], clip, clip.view, native, native.view, device, rack, rack.chains[0]],
    ...[drums.chains[0], drums.drum_pads[36], native.on, midi.mixer_device],
  ];
}

test("every property, child and function of the table exists in the model", () => {
  const seen = new Set();
  for (const object of oneOfEach()) {
    for (const spec of classesOf(object)) {
      seen.add(spec.name);
      const model = /** @type {any} */ (object);
      for (const { field, name } of spec.properties.values()) {
        assert.notEqual(model[field], undefined, `${spec.name}.${name}`);
      }
      for (const { name, list } of spec.children.values()) {
        assert.notEqual(model[name], undefined, `${spec.name}.${name}`);
        assert.equal(Array.isArray(model[name]), list, `${spec.name}.${name}`);
      }
    }
  }
  assert.deepEqual(
    [...LOM.keys()].filter((name) => !seen.has(name)),
    ["AudioClip"],
  );
});

test("what can be set has the type and range the table says", () => {
  for (const object of oneOfEach()) {
    for (const spec of classesOf(object)) {
      for (const property of spec.properties.values()) {
        const value = /** @type {any} */ (object)[property.field];
        if (property.type === "int" || property.type === "float") assert.equal(typeof value, "number", property.name);
        if (property.type === "bool")
          assert.ok(typeof value === "boolean" || value === 0 || value === 1, property.name);
        if (property.type === "text") assert.equal(typeof value, "string", property.name);
      }
    }
  }
});

test("every child's class is in the table", () => {
  const known = [...LOM.keys(), "ControlSurface"];
  for (const spec of LOM.values()) {
    for (const child of spec.children.values()) assert.ok(known.includes(child.of), `${spec.name}.${child.name}`);
  }
});

test("inheritance: a Max device has a device's parameters and its own banks", () => {
  const set = LiveSet.empty();
  const device = set.addDevice(set.tracks[0], { name: "X", className: "MxDeviceMidiEffect" });
  assert.ok(childSpec(device, "parameters"));
  assert.equal(propertySpec(device, "chains"), null);
});

test("a line nobody can read is an error of the table", () => {
  assert.throws(() => readClass("X", null, "tempo float"), /nobody can read/);
  assert.throws(() => readClass("X", null, "go(where)"), /argument "where"/);
});

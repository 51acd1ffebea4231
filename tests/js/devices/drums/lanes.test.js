/** What is wanted of lanes, as words. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Lanes } from "../../../../js/devices/drums/lanes.js";
import { note } from "../maker/desk.js";

/** @param {string} text */
function read(text) {
  const lanes = new Lanes();
  lanes.read(text);
  return lanes;
}

test("what is written is what is read, however it was typed", () => {
  assert.equal(read("").text, "");
  assert.equal(read("clap mute, hat roll 2, kick lock 36").text, "clap mute, hat roll 2, kick lock 36");
  assert.equal(read(" Open Hat  MUTE ,closed-hat roll").text, "open_hat mute, closed_hat roll 1");
  assert.equal(read("hat density 150, kick density 100").text, "hat density 150");
  assert.equal(read("hat density 999, clap density").text, "hat density 200");
  assert.equal(read("kick mute, kick lock 36").text, "kick mute, kick lock 36");
  assert.equal(read("what is this, lock, kick lock").text, "");
  assert.equal(read("kick lock 999, hat roll 99999").text, "kick lock 127, hat roll 9999");
});

test("presses change one thing at a time, and back", () => {
  const lanes = new Lanes();
  lanes.toggleMute("clap");
  lanes.toggleLock("kick", 36);
  lanes.reroll("hat");
  lanes.reroll("hat");
  assert.equal(lanes.text, "clap mute, kick lock 36, hat roll 2");
  lanes.reroll("kick");
  assert.equal(lanes.of("kick").lock, -1, "a lane cannot stay as it is and be another");
  lanes.toggleMute("clap");
  assert.equal(lanes.text, "kick roll 1, hat roll 2");
});

test("a lane is thinned, and given back as the style has it", () => {
  const lanes = read("hat roll 2");
  lanes.thin("hat", 49.6);
  lanes.thin("kick", 300);
  lanes.toggleMute("kick");
  assert.equal(lanes.text, "hat roll 2, hat density 50, kick mute, kick density 200");
  assert.deepEqual(
    lanes.wishes(() => null),
    { hat: { reroll: 2, density: 0.5 }, kick: { mute: true, reroll: 0, density: 2 } },
  );
  lanes.plain("hat");
  lanes.plain("kick");
  assert.equal(lanes.text, "hat roll 2");
});

test("wishes for the wire: what is locked keeps the notes it has", () => {
  const kick = [note(36, 0, 0.25)];
  const lanes = read("clap mute, kick lock 36, hat roll 3, snare lock 38");
  assert.deepEqual(
    lanes.wishes((pitch) => (pitch === 36 ? kick : null)),
    { clap: { mute: true, reroll: 0 }, kick: { reroll: 0, keep: kick }, hat: { reroll: 3 }, snare: { reroll: 0 } },
  );
  assert.equal(
    new Lanes().wishes(() => null),
    null,
  );
});

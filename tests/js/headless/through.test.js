import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { decodeWav, encodeWav } from "../../../js/headless/max/wav.js";
import { Patch } from "./support/patch.js";
import { effect, noise } from "./support/sound.js";

const SCRIPT = fileURLToPath(new URL("../../../js/headless/through.mjs", import.meta.url));
const [LEFT, RIGHT] = [noise(5000, 1), noise(5000, 2)];
let folder = "";
/** @param {string} name */
const at = (name) => join(folder, name);

before(() => {
  folder = mkdtempSync(join(tmpdir(), "bandmate-through-"));
  writeFileSync(at("in.wav"), encodeWav({ rate: 48000, channels: [LEFT, RIGHT], type: "float32" }));
  writeFileSync(at("mono.wav"), encodeWav({ rate: 48000, channels: [LEFT], type: "int16" }));
  writeFileSync(at("pass.amxd"), effect().bytes());
  const quiet = effect();
  quiet.lines.length = 0;
  const volume = quiet.control("live.dial", "Volume", { type: 0, mmin: 0, mmax: 1, initial: [0.5], initial_enable: 1 });
  const product = quiet.object("*~", 2, 1);
  quiet.cord(quiet.input, 0, product, 0).cord(volume, 0, product, 1).cord(product, 0, quiet.output, 0);
  quiet.cord(quiet.input, 1, quiet.output, 1);
  writeFileSync(at("quiet.amxd"), quiet.bytes());
  writeFileSync(at("midi.amxd"), new Patch("mmmm").bytes());
});
after(() => rmSync(folder, { recursive: true }));

/** @param {...string} args */
function through(...args) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [SCRIPT, ...args], { encoding: "utf8" });
  return { status, told: stdout === "" ? null : JSON.parse(stdout), stderr };
}

test("a device that passes sound on gives the file back bit for bit", () => {
  const { status, told } = through(at("pass.amxd"), at("in.wav"), "--out", at("out.wav"), "--same");
  assert.equal(status, 0);
  assert.deepEqual(told, { frames: 5000, rate: 48000, same: true, first: -1, largest: 0, console: [] });
  assert.deepEqual(decodeWav(readFileSync(at("out.wav"))).channels, [LEFT, RIGHT]);
  assert.equal(through(at("pass.amxd"), at("mono.wav")).told.same, true);
});

test("a device that changes it does not; its knobs are turned; switched off it is passed by", () => {
  const { status, told } = through(at("quiet.amxd"), at("in.wav"), "--same", "--out", at("out.wav"));
  assert.equal(status, 1);
  assert.deepEqual([told.same, told.first], [false, 0]);
  assert.deepEqual(
    decodeWav(readFileSync(at("out.wav"))).channels[0],
    LEFT.map((sample) => sample / 2),
  );
  assert.equal(through(at("quiet.amxd"), at("in.wav"), "--turn", "Volume=1").told.same, true);
  assert.equal(through(at("quiet.amxd"), at("in.wav"), "--off", "--same").status, 0);
});

test("what cannot be played says why", () => {
  for (const [args, words] of /** @type {[string[], RegExp][]} */ ([
    [[at("midi.amxd"), at("in.wav")], /takes no MIDI effect/u],
    [[at("pass.amxd"), at("pass.amxd")], /not a WAV file/u],
    [[at("pass.amxd")], /wants a device and a WAV file/u],
  ])) {
    const { status, stderr } = through(...args);
    assert.equal(status, 2);
    assert.match(stderr, words);
  }
});

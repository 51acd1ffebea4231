/** A small Set without any engine, rendered: what is in the file, and what is the same each time. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { LiveSet } from "../../../../js/headless/index.js";
import { Export, renderSet } from "../../../../js/headless/offline/render.js";
import { atBeat } from "../../../../js/headless/passing.js";
import { open } from "../support/live.js";
import { Patch } from "../support/patch.js";
import { readMidi } from "./midi_reader.js";

const PERCENT = { type: 0, mmin: 0, mmax: 100, unitstyle: 5, initial: [50], initial_enable: 1 };

/**
 * A metro in the time of the song that strikes the pitch a dial says.
 *
 * @param {boolean} [byScript] whether each stroke goes through v8
 */
function player(byScript = false) {
  const patch = new Patch();
  const dial = patch.control("live.dial", "Pitch", PERCENT);
  const metro = patch.object("metro 8n @quantize 8n @active 1", 2, 1);
  const held = patch.object("i 60", 2, 1);
  const note = patch.object("makenote 100 60", 3, 2);
  const out = patch.object("noteout", 3, 0);
  patch.cord(dial, 0, held, 1).cord(held, 0, note, 0).cord(note, 0, out, 0).cord(note, 1, out, 1);
  const script = byScript ? patch.v8("function bang() { outlet(0, 'bang'); }") : null;
  if (script) patch.cord(metro, 0, script, 0).cord(script, 0, held, 0);
  else patch.cord(metro, 0, held, 0);
  return patch.bytes();
}

/**
 * @param {import("node:test").TestContext} t
 * @param {{byScript?: boolean, curve?: number[], options?: Partial<import("../../../../js/headless/offline/render.js").RenderOptions>}} [how]
 */
async function render(t, { byScript = false, curve, options = {} } = {}) {
  const set = LiveSet.empty({ tempo: 120, tracks: [{ kind: "midi", name: "Lead" }] });
  const live = await open(t, { set });
  const dev = await live.addDevice(player(byScript), { track: 0, name: "Player" });
  dev.automate("Pitch", [
    [0, 40, curve],
    [8, 80],
  ]);
  set.automation.draw(set.song.tempoParameter, [
    [0, 120],
    [4, 120],
    [8, 240],
  ]);
  atBeat(live, 4, () => set.edit(() => set.song.assign("signature_numerator", 3)));
  const take = await renderSet(live, { beats: 8, ...options });
  return { take, live, file: readMidi(take.midi()) };
}

test("the file holds what was played: notes on their lines, the ramp, the signatures", async (t) => {
  const { file } = await render(t);
  const [conductor, lead] = file.tracks;
  const on = lead.filter(({ bytes: [status, , velocity] }) => status === 0x90 && velocity > 0);
  assert.deepEqual(
    on.map(({ tick }) => Math.round(tick / 48) / 10),
    Array.from({ length: 16 }, (_, at) => at),
  );
  for (const [at, { bytes }] of on.entries()) {
    // A lane is heard some hundred times a second, so a line may see it a moment before.
    assert.ok(Math.abs(bytes[1] - 40 - 2.5 * at) <= 1, `pitch ${bytes[1]} at line ${at}`);
  }
  const off = lead.filter(({ bytes: [status, , velocity] }) => status === 0x80 || (status === 0x90 && velocity === 0));
  assert.equal(off.length, 16);
  const metas = (/** @type {number} */ kind) => conductor.filter(({ bytes: [, which] }) => which === kind);
  assert.deepEqual(
    metas(0x58).map(({ tick, bytes }) => [Math.round(tick / 96), bytes[2]]),
    [
      [0, 4],
      [40, 3],
    ],
  );
  const tempos = metas(0x51).map(({ tick, bytes }) => [
    tick / 960,
    60_000_000 / (bytes[2] * 65536 + bytes[3] * 256 + bytes[4]),
  ]);
  assert.ok(tempos.length > 60 && tempos.length < 260, `${tempos.length} tempos`);
  for (const [beat, tempo] of tempos) {
    const drawn = beat < 4 ? 120 : 120 + 30 * (beat - 4);
    assert.ok(Math.abs(tempo - drawn) < 2, `${tempo} at beat ${beat}, drawn ${drawn}`);
  }
});

test("a lane that curves is rendered as it curves", async (t) => {
  const { file } = await render(t, { curve: [0, 1 / 3, 0, 2 / 3] });
  const on = file.tracks[1].filter(({ bytes: [status, , velocity] }) => status === 0x90 && velocity > 0);
  for (const [at, { bytes }] of on.entries()) {
    // Where the curve begins it is as steep as can be.
    const [early, wanted] = [-0.02, 0].map((before) => 40 + 40 * Math.cbrt(Math.max(0, at / 2 + before) / 8));
    assert.ok(bytes[1] >= early - 1 && bytes[1] <= wanted + 1, `pitch ${bytes[1]} at line ${at}`);
  }
  assert.equal(on.length, 16);
});

test("it is the same each time, down to the bytes; other lateness, other bytes", async (t) => {
  const bytes = async (/** @type {any} */ how) => (await render(t, how)).take.midi().toString("hex");
  const first = await bytes({});
  assert.equal(await bytes({}), first);
  assert.notEqual(await bytes({ options: { seed: 2 } }), first);
});

test("a device that plays from a script plays late, and the later the faster the export goes", async (t) => {
  const lateness = async (/** @type {number} */ speed) => {
    const { take } = await render(t, { byScript: true, options: { speed } });
    const [{ sent }] = take.parts;
    const struck = sent.filter(({ bytes: [, , velocity] }) => velocity > 0);
    return struck.reduce((sum, { beat }) => sum + Math.min(beat % 0.5, 0.5 - (beat % 0.5)), 0) / struck.length;
  };
  const [kept] = [(await render(t)).take.parts[0].sent.filter(({ bytes }) => bytes[2] > 0)];
  for (const { beat } of kept) assert.ok(Math.abs(beat * 2 - Math.round(beat * 2)) < 0.01, `a note at beat ${beat}`);
  const [slow, quick] = [await lateness(1), await lateness(4)];
  assert.ok(slow > 0.01 && quick > 2 * slow, `late by ${slow} and ${quick} beats`);
});

test("an export needs virtual time and a speed", async (t) => {
  const real = await open(t, { time: "real" });
  assert.throws(() => new Export(real), /virtual time/u);
  const live = await open(t);
  assert.throws(() => new Export(live, { speed: 0 }), /faster than 0/u);
});

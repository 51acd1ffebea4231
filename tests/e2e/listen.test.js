/** What comes out of Chords as MIDI, and what a device does that is switched off. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { sharedEngine } from "./support/engine.js";
import { openGround } from "./support/ground.js";
import { chordsBytes, inspectChords } from "./support/inspect_chords.js";
import { Inspection } from "./support/inspection.js";
import { BUILT, clipIn, music, playFor, ready, says, untilSays, written } from "./support/play.js";
import { inactive } from "./support/table.js";
import { Wire } from "./support/wire.js";

/** @param {import("./support/play.js").HeadlessDevice} device */
const notesOut = (device) => device.midiOut.filter(({ bytes }) => (bytes[0] & 0xf0) === 0x90);

/** Pitches that were begun and not ended. @param {import("./support/play.js").HeadlessDevice} device */
function hanging(device) {
  /** @type {Map<number, number>} */
  const open = new Map();
  for (const { bytes } of notesOut(device)) open.set(bytes[1], (open.get(bytes[1]) ?? 0) + (bytes[2] > 0 ? 1 : -1));
  return [...open].filter(([, count]) => count > 0).map(([pitch]) => pitch);
}

describe("Chords is heard", { concurrency: 1, timeout: 600_000 }, () => {
  const engine = sharedEngine();

  it("Audition plays every note in time, and stops at once: looked over in Max's own time", async () => {
    const ground = await openGround(engine.home);
    try {
      assert.deepEqual(await inspectChords(ground, chordsBytes()), []);
    } finally {
      await ground.close();
    }
  });

  it("Audition in real time: nothing early, all of it, in words", async (test) => {
    const { live, chords } = await playFor(test, { tempo: 960, home: engine.home });
    chords.press("Audition");
    assert.match(says(chords), /Nothing to hear yet: press Generate/);
    chords.turn("Bars", 2);
    await written(chords);
    const beat = 60_000 / 960;
    const zero = live.max.scheduler.now();
    chords.press("Audition");
    assert.match(says(chords), /Playing once: press again to stop/);
    const { notes } = clipIn(live);
    await live.until(() => notesOut(chords).length >= 2 * notes.length, { what: "the whole take" });
    const starts = notesOut(chords).filter(({ bytes }) => bytes[2] > 0);
    const due = notes
      .map((/** @type {any} */ { start_time }) => start_time * beat)
      .sort((/** @type {number} */ a, /** @type {number} */ b) => a - b);
    for (const [at, { time }] of starts.entries()) assert.ok(time - zero >= due[at] - 1, `note ${at} is early`);
    assert.deepEqual(hanging(chords), []);
    await untilSays(chords, "Ready");
  });

  it("switched off while it plays, it is silent: nothing hangs, nothing follows", async () => {
    const { live, close } = await openGround(engine.home);
    try {
      const chords = await live.addDevice(BUILT.chords, { track: 0 });
      const check = new Inspection(live);
      await check.wait(() => says(chords).includes("Ready"), "Chords");
      chords.turn("Rhythm", "Pads");
      chords.press("Generate");
      await check.wait(() => clipIn(live)?.notes.length, "notes");
      chords.press("Audition");
      live.advance(30);
      assert.notDeepEqual(hanging(chords), []);
      chords.setEnabled(false);
      assert.deepEqual(hanging(chords), []);
      const before = chords.midiOut.length;
      live.advance(5000);
      assert.equal(chords.midiOut.length, before);
      assert.deepEqual(live.console, []);
    } finally {
      await close();
    }
  });

  it("a new take ends what still plays", async () => {
    const { live, close } = await openGround(engine.home);
    try {
      const chords = await live.addDevice(BUILT.chords, { track: 0 });
      const check = new Inspection(live);
      await check.wait(() => says(chords).includes("Ready"), "Chords");
      chords.press("Generate");
      await check.wait(() => clipIn(live)?.notes.length, "notes");
      const first = music(clipIn(live));
      chords.press("Audition");
      live.advance(300);
      chords.press("Generate");
      assert.deepEqual(hanging(chords), []);
      await check.wait(() => String(music(clipIn(live))) !== String(first), "the next take");
      const before = chords.midiOut.length;
      live.advance(5000);
      assert.equal(chords.midiOut.length, before);
    } finally {
      await close();
    }
  });

  it("MIDI passes through untouched, also while the engine works", async (test) => {
    const { live, chords } = await playFor(test, { home: engine.home });
    const messages = [
      [0x90, 60, 100],
      [0xb0, 64, 127],
      [0xe0, 0, 72],
      [0xd0, 33],
      [0x95, 0, 1],
      [0x80, 60, 64],
      [0xf8],
    ];
    chords.midiIn(messages);
    chords.press("Generate");
    chords.midiIn(messages);
    await live.until(() => clipIn(live)?.notes.length);
    assert.deepEqual(
      chords.midiOut.map(({ bytes }) => bytes),
      [...messages, ...messages],
    );
  });

  it("off: its controls take no hand, it asks for nothing, and comes back", async (test) => {
    const { live, hub, chords } = await playFor(test, { home: engine.home });
    await written(chords);
    const wire = new Wire(hub);
    chords.setEnabled(false);
    assert.match(says(chords), /Device is off/);
    assert.deepEqual(
      chords.parameterNames.filter((name) => !inactive(chords).includes(name)),
      // Typed words and what the Set keeps out of sight are no controls that a hand takes.
      ["Own Progression", "Recipe"],
    );
    assert.throws(() => chords.press("Generate"), /not active/);
    assert.throws(() => chords.turn("Density", 3), /not active/);
    // Automation moves a parameter of a device that is off, too.
    chords.model.parameters.find(({ name }) => name === "Style")?.move(3, "automation");
    chords.click("picture", 50, 50);
    live.settle();
    assert.deepEqual(wire.requests, []);
    assert.deepEqual(chords.midiOut, []);
    chords.setEnabled(true);
    await ready(chords);
    assert.deepEqual(inactive(chords), []);
    assert.ok(await written(chords));
    assert.equal(wire.last("compose.chords")?.params.style, "techno");
  });
});

/** What a person does with Chords, from the first press on, and what is then in the Set. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { EngineClient } from "./support/client.js";
import { endpointOf, sharedEngine } from "./support/engine.js";
import { afterwards } from "./support/leaving.js";
import { clipIn, LiveSet, music, playFor, says, untilSays, written } from "./support/play.js";
import { Wire } from "./support/wire.js";

const D_MINOR = [2, 4, 5, 7, 9, 10, 0];
const RAISED = [11, 1];
const BEATS = 32;

/** @param {any} clip @returns {number} share of the notes that lie in a scale */
const inScale = (clip, scale = D_MINOR) =>
  clip.notes.filter((/** @type {any} */ { pitch }) => scale.includes(pitch % 12)).length / clip.notes.length;

describe("Chords", { concurrency: 1, timeout: 600_000 }, () => {
  const engine = sharedEngine();

  it("makes something good at the first press, in the Set's key and tempo, with an engine that the Hub starts", async (test) => {
    const { live, hub, chords, home } = await playFor(test, { tempo: 93, scale: { root: 2, name: "Minor" } });
    const wire = new Wire(hub);
    const words = await written(chords);
    const clip = clipIn(live);
    assert.equal(clip.length, BEATS);
    assert.equal(clip.looping, true);
    assert.ok(clip.notes.length >= 20, `${clip.notes.length} notes`);
    assert.ok(
      clip.notes.every((/** @type {any} */ note) => note.start_time >= 0 && note.start_time + note.duration <= BEATS),
    );
    for (let bar = 0; bar < BEATS; bar += 4) {
      const sounds = (/** @type {any} */ note) => note.start_time < bar + 4 && note.start_time + note.duration > bar;
      assert.ok(clip.notes.some(sounds), `bar ${bar / 4 + 1} is empty`);
    }
    // A dorian IV7, a stock chord of house, brings the raised sixth; no take has less than 0.85 in the plain scale.
    assert.ok(inScale(clip) > 0.8, "most of it lies in D minor");
    assert.equal(inScale(clip, [...D_MINOR, ...RAISED]), 1, "all of it in D minor with its raised sixth and seventh");
    assert.match(words, /Wrote \d+ chords, 8 bars, D minor/);
    assert.equal(live.set.song.view.detail_clip, clip, "the clip is shown");
    const request = wire.last("compose.chords");
    assert.equal(request?.params.tempo, 93);
    assert.equal(request?.params.context.track_name, "House chords");
    assert.equal(wire.answerTo(request).result.notes.length, clip.notes.length);
    assert.ok(endpointOf(home)?.pid, "the Hub has started an engine");
    assert.deepEqual(live.console, []);
    // A token is for the socket alone.
    const { token } = JSON.parse(readFileSync(join(home, "endpoint.json"), "utf8"));
    assert.ok(!JSON.stringify([wire.requests, [...wire.answers]]).includes(token));
  });

  it("takes the Set's signature: three bars of 7/8", async (test) => {
    const { live, chords } = await playFor(test, { home: engine.home, signature: [7, 8] });
    chords.turn("Bars", 3);
    assert.match(await written(chords), /3 bars/);
    assert.equal(clipIn(live).length, 10.5);
    assert.ok(clipIn(live).notes.every((/** @type {any} */ { start_time }) => start_time < 10.5));
  });

  it("undoes and restores several presses deep, down to the user's own notes", async (test) => {
    const { live, chords } = await playFor(test, { home: engine.home });
    // Two takes of one progression may be the same but for the hand that plays them.
    chords.turn("Humanise", 60);
    const own = [
      { pitch: 61, start_time: 0.5, duration: 0.25, velocity: 33, probability: 0.5, mute: true },
      { pitch: 70, start_time: 3, duration: 1, velocity: 101, velocity_deviation: 7, release_velocity: 12 },
    ];
    live.set.edit((set) => {
      set.tracks[0].clip_slots[0].create_clip(4);
      const clip = clipIn(live);
      clip.add_new_notes({ notes: own });
      clip.name = "Mine";
      set.song.view.set_highlighted_clip_slot(set.tracks[0].clip_slots[0]);
    });
    const full = () => JSON.stringify([clipIn(live).name, clipIn(live).length, clipIn(live).notes.map(withoutId)]);
    const states = [full()];
    for (let press = 0; press < 4; press++) {
      await written(chords);
      states.push(full());
    }
    assert.equal(new Set(states).size, 5, "each press made another take");
    for (const state of states.slice(0, -1).reverse()) {
      chords.press("Undo");
      assert.equal(full(), state);
      assert.match(says(chords), /Put back \d+ note/);
    }
    chords.press("Undo");
    assert.match(says(chords), /Nothing to undo/);
    for (const state of states.slice(1)) {
      chords.press("Restore");
      assert.equal(full(), state);
    }
    chords.press("Restore");
    assert.match(says(chords), /Nothing to restore/);
    assert.equal(full(), states[4]);
  });

  it("leaves a clip alone that the user has changed since", async (test) => {
    const { live, chords } = await playFor(test, { home: engine.home });
    await written(chords);
    live.set.edit(() => clipIn(live).add_new_notes({ notes: [{ pitch: 30, start_time: 1, duration: 1 }] }));
    const changed = music(clipIn(live));
    chords.press("Undo");
    assert.match(says(chords), /You changed that clip since: Undo left it alone/);
    assert.deepEqual(music(clipIn(live)), changed);
  });

  it("takes own text, and shows what the engine says of a figure it cannot read", async (test) => {
    const { live, hub, chords } = await playFor(test, { home: engine.home });
    const wire = new Wire(hub);
    chords.type("Own Progression", "Dm7 G7 Cmaj7");
    await untilSays(chords, "Own progression: 3 chords");
    await written(chords);
    assert.deepEqual(wire.answerTo(wire.last("compose.chords")).result.resolved.figures, ["Dm7", "G7", "Cmaj7"]);
    const before = music(clipIn(live));
    chords.type("Own Progression", "i VI Xyz");
    const words = await untilSays(chords, "Xyz");
    assert.match(words, /'Xyz' is not allowed\. Write roman figures \(i, VI/);
    chords.press("Generate");
    await live.until(() => wire.answerTo(wire.last("compose.chords"))?.error, { what: "the refusal" });
    await untilSays(chords, "'Xyz' is not allowed");
    assert.deepEqual(music(clipIn(live)), before, "nothing was written");
    chords.type("Own Progression", "");
    await untilSays(chords, "The menu decides again");
    await written(chords);
    assert.equal(wire.last("compose.chords")?.params.progression, "auto");
    assert.deepEqual(live.console, []);
  });

  it("goes on in the key of what already plays", async (test) => {
    const set = LiveSet.empty({
      tempo: 125,
      tracks: [
        { kind: "midi", name: "House chords" },
        { kind: "midi", name: "Bass" },
      ],
    });
    // E minor, plainly: its scale up, then tonic, third and fifth, long.
    const scale = [4, 6, 7, 9, 11, 12, 14].map((step, at) => ({ pitch: 36 + step, start_time: at, duration: 1 }));
    const chord = [40, 43, 47].map((pitch) => ({ pitch, start_time: 8, duration: 8 }));
    const notes = [...scale, ...chord];
    const [slot] = set.tracks[1].clip_slots;
    slot.create_clip(16);
    /** @type {any} */ (slot.clip).add_new_notes({ notes });
    const { chords } = await playFor(test, { set, home: engine.home });
    assert.match(await written(chords), /E minor/);
  });

  it("the golden call: 10B, a minor progression, 8 bars of stabs at 125", async (test) => {
    const { live, hub } = await playFor(test, { home: engine.home });
    const endpoint = endpointOf(engine.home);
    const client = await EngineClient.connect(/** @type {any} */ (endpoint));
    afterwards(test, () => client.close());
    const golden = { key: "10B", progression: "i-VI-III-VII", bars: 8, rhythm: "stabs", tempo: 125 };
    const { result } = await client.call("compose.chords", { ...golden, seed: 7 });
    assert.equal(result.resolved.key, "B minor");
    assert.equal(result.resolved.camelot, "10A");
    assert.equal(result.length, BEATS);
    assert.equal(result.resolved.rhythm, "stabs");
    assert.ok(result.notices.some((/** @type {string} */ notice) => /10B is D major.*B minor \(10A\)/.test(notice)));
    const four = result.chords.slice(0, 4).map((/** @type {any} */ { symbol }) => /^[A-G][#b]?/.exec(symbol)?.[0]);
    assert.deepEqual(four, ["B", "G", "D", "A"]);
    assert.deepEqual((await client.call("compose.chords", { ...golden, seed: 7 })).result.notes, result.notes);
    // And into the Set, through the Hub.
    const wrote = client.call("live.write", { notes: result.notes, length: result.length, track: 0, slot: 2 });
    await live.until(() => clipIn(live, 0, 2)?.notes.length, { what: "the notes in the clip" });
    assert.equal((await wrote).result.written, result.notes.length);
    assert.equal(clipIn(live, 0, 2).notes.length, result.notes.length);
    assert.match(says(hub), /Engine ready/);
  });
});

/** @param {any} note */
const withoutId = ({ note_id: _, ...note }) => note;

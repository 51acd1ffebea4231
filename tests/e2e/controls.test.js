/**
 * More negative controls: what is spoiled in the built bytes other than a cord must be noticed, too: a control that is gone or
 * no parameter any more, code that is broken in one way or another, wrong counts, an unknown object, a change that Live
 * does not allow.
 */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, describe, it } from "node:test";
import { readAmxd } from "../../js/headless/index.js";
import { startEngine } from "./support/engine.js";
import { openGround } from "./support/ground.js";
import { chordsBytes, inspectChords } from "./support/inspect_chords.js";
import { inspectHub } from "./support/inspect_hub.js";
import { BUILT, clipIn, LiveSet, ready, says, stageFor, untilSays, WAKE } from "./support/play.js";

const skip = process.platform === "win32";

/** @typedef {(patcher: any, amxd: any) => void} Mutate */

/** @param {any} patcher @param {(box: any) => boolean} test */
const boxOf = (patcher, test) => patcher.boxes.map((/** @type {any} */ { box }) => box).find(test);

/** @param {any} box */
const longName = (box) => String(box.saved_attribute_attributes?.valueof?.parameter_longname ?? "");

/** @param {string} name @returns {Mutate} takes a box away, with its cords */
const without = (name) => (patcher) => {
  const { id } = boxOf(patcher, (box) => longName(box) === name);
  patcher.boxes = patcher.boxes.filter((/** @type {any} */ { box }) => box.id !== id);
  patcher.lines = patcher.lines.filter(
    (/** @type {any} */ { patchline }) => patchline.source[0] !== id && patchline.destination[0] !== id,
  );
};

/** @param {string} name @returns {Mutate} leaves the box, but declares no parameter */
const undeclared = (name) => (patcher) => {
  const box = boxOf(patcher, (each) => longName(each) === name);
  box.parameter_enable = 0;
  delete box.saved_attribute_attributes.valueof;
};

/** @param {(code: string) => string} change @returns {Mutate} of the script (not of the picture) */
const script = (change) => (patcher) => {
  const box = boxOf(patcher, ({ maxclass, text }) => maxclass === "newobj" && text === "v8");
  const code = box.textfile.text;
  box.textfile.text = change(code);
  assert.notEqual(box.textfile.text, code, "the mutation found nothing to change");
};

/** Every way to break the code, and what must be complained about. @type {Record<string, [Mutate, RegExp]>} */
const BROKEN = {
  "a syntax error": [script((code) => `${code}\n}}`), /^console: v8: .*SyntaxError/],
  "code cut off in the middle": [script((code) => code.slice(0, code.length / 2)), /^console: v8: /],
  "no code": [script(() => ""), /^console: (box-count|unknown-message)/],
  "a function by another name": [
    script((code) => code.replace(/\bgenerate: \(\)/, "generat: ()")),
    /no function generate/,
  ],
  "an error when a knob is turned": [
    script((code) => `${code}\nglobalThis.density = () => { throw new Error("density broke"); };`),
    /density broke/,
  ],
  "a message sent with nothing in it": [
    script((code) => `${code}\nglobalThis.undo = () => outlet(0, undefined);`),
    /^console: bad-argument/,
  ],
  "an outlet that is not there": [
    script((code) => `${code}\nglobalThis.undo = () => outlet(9, "hello");`),
    /^console: outlet-range/,
  ],
  "LiveAPI before live.thisdevice": [
    script((code) => `${code}\nnew LiveAPI(null, "live_set").get("tempo");`),
    /^console: liveapi: .*not initialized/,
  ],
};

/** Puts notes where no MIDI note is. */
const HIGHER = "\nfunction higher(note) { return { ...note, pitch: note.pitch + 100 }; }";

/** @type {typeof BROKEN} */
const PATCH = {
  "too few outlets on the script": [
    (/** @type {any} */ patcher) => {
      boxOf(patcher, ({ text }) => text === "v8").numoutlets = 2;
    },
    /^console: box-count/,
  ],
  "an object that Max does not have": [
    (/** @type {any} */ patcher) => {
      boxOf(patcher, ({ text }) => text === "midiformat").text = "midiformatter";
    },
    /midiformatter/,
  ],
  "a class that Max does not have": [
    (/** @type {any} */ patcher) => {
      boxOf(patcher, ({ maxclass }) => maxclass === "live.dial").maxclass = "live.knob";
    },
    /live\.knob/,
  ],
  "a message that goes to the wrong object": [
    (/** @type {any} */ patcher) => {
      boxOf(patcher, ({ text }) => text === "prepend active").text = "prepend aktive";
    },
    /^console: unknown-message: .*aktive/,
  ],
};

describe("what is spoiled is noticed", { concurrency: 1, skip, timeout: 600_000 }, () => {
  /** @type {Awaited<ReturnType<typeof startEngine>>} */
  let engine;
  /** @type {Awaited<ReturnType<typeof openGround>>} */
  let ground;
  before(async () => {
    engine = await startEngine();
    ground = await openGround(engine.home);
  });
  after(async () => {
    await ground?.close();
    await engine.close();
  });

  for (const [what, spoil] of Object.entries({ "is taken away": without, "declares no parameter": undeclared })) {
    it(`each control of Chords, when it ${what}`, async (test) => {
      const bytes = chordsBytes();
      const names = readAmxd(bytes)
        .patcher.boxes.map((/** @type {any} */ { box }) => longName(box))
        .filter(Boolean);
      assert.equal(names.length, 23);
      for (const name of names) {
        await test.test(name, async () => {
          const complaints = await inspectChords(ground, bytes, spoil(name));
          assert.ok(
            complaints.some((complaint) => complaint.includes(name)),
            `nothing is said of ${name}, but: ${complaints.join("; ")}`,
          );
        });
      }
    });
  }

  for (const [what, [mutate, complaint]] of Object.entries({ ...BROKEN, ...PATCH })) {
    it(`Chords: ${what}`, async () => {
      const complaints = await inspectChords(ground, chordsBytes(), /** @type {Mutate} */ (mutate));
      assert.ok(
        complaints.some((each) => /** @type {RegExp} */ (complaint).test(each)),
        `it says: ${complaints.join("; ")}`,
      );
    });
  }

  it("a tempo that Live does not have: refused, and said", async () => {
    const { live } = ground;
    const code = "globalThis.undo = () => new LiveAPI(null, 'live_set').set('tempo', 5000);";
    const complaints = await inspectChords(
      ground,
      chordsBytes(),
      script((text) => `${text}\n${code}`),
    );
    assert.ok(
      complaints.some((each) => /^console: liveapi: .*tempo.*20.*999/.test(each)),
      complaints.join("; "),
    );
    assert.equal(live.set.tempo, 900);
  });

  it("notes that Live does not have: refused, said in the device, nothing half-written", async (test) => {
    const { live } = await stageFor(test, { home: engine.home, strict: false, set: LiveSet.empty({ tempo: 125 }) });
    await live.addDevice(BUILT.hub, { track: 1 });
    const high = script(
      (code) => code.replace("{ notes: notes.map(asLive) }", "{ notes: notes.map(asLive).map(higher) }") + HIGHER,
    );
    const chords = await live.addDevice(BUILT.chords, { track: 0, mutate: high });
    await ready(chords);
    chords.press("Generate");
    await live.until(() => live.errors.some(({ kind }) => kind === "liveapi"), { what: "Live's refusal" });
    await untilSays(chords, /does not let/);
    assert.equal(clipIn(live), null);
  });

  it("the Hub's packed helper is broken: the Hub says so, and tries again", async (test) => {
    const { live } = await stageFor(test, { home: engine.home, strict: false, set: LiveSet.empty({}) });
    const hub = await live.addDevice(BUILT.hub, {
      track: 0,
      mutate: (_patcher, amxd) => {
        amxd.files[0].bytes = amxd.files[0].bytes.subarray(0, 4000);
      },
    });
    await untilSays(hub, "Node for Max does not start, trying again ...", WAKE);
    const chords = await live.addDevice(BUILT.chords, { track: 0 });
    await untilSays(chords, "Node for Max does not start, trying again ...");
    assert.ok(live.errors.some(({ kind }) => kind === "node"));
  });

  it("the Hub without its helper, or with one that Node may not open, is noticed", async () => {
    const bytes = readFileSync(BUILT.hub);
    assert.notDeepEqual(await inspectHub(engine.home, bytes, (_patcher, amxd) => amxd.files.splice(0)), []);
    const closed = (/** @type {any} */ _patcher, /** @type {any} */ amxd) => {
      amxd.files[0].flag = 0;
    };
    assert.notDeepEqual(await inspectHub(engine.home, bytes, closed), []);
  });

  it("each control of the Hub, when it is taken away", async () => {
    const bytes = readFileSync(BUILT.hub);
    const names = readAmxd(bytes)
      .patcher.boxes.map((/** @type {any} */ { box }) => longName(box))
      .filter(Boolean);
    assert.equal(names.length, 5);
    for (const name of names) {
      const complaints = await inspectHub(engine.home, bytes, without(name));
      assert.ok(
        complaints.some((complaint) => complaint.includes(name)),
        `${name}: ${complaints.join("; ")}`,
      );
    }
  });

  it("bytes that are no device are refused", async () => {
    const bytes = chordsBytes();
    for (const broken of [bytes.subarray(0, 1000), Buffer.from("hello"), Buffer.alloc(0)]) {
      const complaints = await inspectChords(ground, broken);
      assert.match(String(complaints[0]), /AmxdError/);
    }
    assert.deepEqual(await inspectChords(ground, bytes), [], "and the ground is as it was");
    assert.match(says(ground.live.devices[0]), /Engine ready/);
  });
});

/**
 * The MIDI Tools as they are installed, with the real engine: what a producer selects is filled or changed at once; the seed
 * moves by a hand alone; the engine may go and come. Live refuses an answer that is late.
 */
import assert from "node:assert/strict";
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, it } from "node:test";
import { WORDS } from "../../js/headless/panel.js";
import { TOOLS } from "../../js/headless/stage.js";
import { endpointOf, sharedEngine } from "./support/engine.js";
import { KNOWN } from "./support/known_tools.js";
import { afterwards } from "./support/leaving.js";
import { BUILT, LiveSet, music, SOON, says, stageFor, untilSays, WAKE } from "./support/play.js";

const skip = process.platform === "win32";
const NAMES = /** @type {(keyof typeof TOOLS)[]} */ (Object.keys(TOOLS));
const GENERATORS = NAMES.filter((name) => KNOWN[name].notes === undefined);
const TRANSFORMATIONS = NAMES.filter((name) => KNOWN[name].notes !== undefined);
const SCALE = { root: 9, name: "Minor" };
const IN_SCALE = [9, 11, 0, 2, 4, 5, 7];

/**
 * A Live with a Hub that has found the engine, a clip of eight bars in Detail View, and a tool.
 *
 * @param {import("node:test").TestContext} test
 * @param {string | undefined} home of an engine that runs; undefined: the Hub wakes one of its own
 * @param {keyof typeof TOOLS} name
 * @param {{path?: string, mutate?: any, strict?: boolean}} [options]
 */
async function play(test, home, name, { path = TOOLS[name], mutate, strict = true } = {}) {
  const set = LiveSet.empty({
    tempo: 124,
    scale: SCALE,
    tracks: [{ kind: "midi", name: "House" }, { kind: "midi" }],
  });
  const { live, home: folder } = await stageFor(test, { set, strict, ...(home === undefined ? {} : { home }) });
  const hub = await live.addDevice(BUILT.hub, { track: 1 });
  await untilSays(hub, "Engine ready", WAKE);
  const clip = set.edit(() => {
    const slot = /** @type {any} */ (set.tracks[0].clip_slots[0]);
    slot.create_clip(32);
    const { notes } = KNOWN[name];
    if (notes) slot.clip.add_new_notes({ notes });
    set.song.view.set_detail_clip(slot.clip);
    return slot.clip;
  });
  const tool = await live.openTool(path, { mutate });
  return { live, set, hub, clip, tool, home: folder, panel: live.panel };
}

/** It knows what a press brings. @param {import("../../js/headless/tool.js").HeadlessTool} tool */
const known = (tool) => untilSays(tool, tool.kind === "generator" ? /bar|hit|note/ : "Ready", WAKE);

/** The engine has said what was turned. @param {import("../../js/headless/tool.js").HeadlessTool} tool */
const fetched = (tool) =>
  tool.live.until(() => !/Fetching|Listening/.test(says(tool)), { timeout: SOON, what: "the engine's answer" });

/** Presses until the engine has said what it needs; a person presses twice at most. @param {any} on */
async function transformed({ live, tool, clip }) {
  const before = music(clip);
  const pressed = () => {
    tool.apply();
    return String(music(clip)) !== String(before);
  };
  await live.until(pressed, { timeout: SOON, what: "changed notes" });
}

describe("MIDI Tools", { skip, timeout: 600_000 }, () => {
  const engine = sharedEngine();

  for (const name of GENERATORS) {
    it(`${name} fills the selected time, in the scale, and nothing else`, async (test) => {
      const { tool, clip, panel, set } = await play(test, engine.home, name);
      set.edit(() => clip.add_new_notes({ notes: [{ pitch: 100, start_time: 1, duration: 1 }] }));
      await known(tool);
      panel.select(8, 24);
      tool.apply();
      const own = clip.notes.filter((/** @type {any} */ note) => note.pitch !== 100 || note.start_time !== 1);
      assert.equal(own.length, clip.notes.length - 1, "what lay outside is there still");
      assert.ok(own.length >= 4, `${own.length} notes`);
      for (const note of own) {
        assert.ok(note.start_time >= 8 && note.start_time + note.duration <= 24 + 1e-6, `starts at ${note.start_time}`);
        if (tool.parameterNames.includes("Scale")) assert.ok(IN_SCALE.includes(note.pitch % 12), `pitch ${note.pitch}`);
      }
      assert.deepEqual(panel.statusBar, []);
      const step = set.history.count;
      set.history.undo();
      assert.deepEqual([clip.notes.length, set.history.count], [1, step - 1], "one step takes it back");
    });

    it(`${name}: knobs change the take, the seed stays until the dice fall, and both come back`, async (test) => {
      const { tool, clip, panel, live } = await play(test, engine.home, name);
      await known(tool);
      tool.apply();
      const first = music(clip);
      const [knob] = Object.entries(KNOWN[name].choices).find(([long]) => long === "Density") ?? [""];
      const { value: start, max } = tool.parameter(knob);
      const seen = new Set([String(first)]);
      for (const share of [0.25, 0.5, 0.75, 1]) {
        tool.turn(knob, start + share * (max - start));
        await fetched(tool);
        tool.apply();
        seen.add(String(music(clip)));
        assert.equal(tool.parameter("Seed").value, 0);
      }
      assert.ok(seen.size >= 3, `${knob} makes ${seen.size} takes`);
      tool.turn(knob, start);
      tool.apply();
      assert.deepEqual(music(clip), first, "the same knobs and seed, the same take");
      await fetched(tool);
      tool.press("Dice");
      assert.notEqual(tool.parameter("Seed").value, 0);
      const another = () => {
        tool.apply();
        return String(music(clip)) !== String(first);
      };
      await live.until(another, { timeout: SOON, what: "another take" });
      tool.turn("Seed", 0);
      tool.apply();
      assert.deepEqual(music(clip), first);
      assert.deepEqual(panel.statusBar, []);
    });
  }

  for (const name of TRANSFORMATIONS) {
    it(`${name} changes the selected notes and nothing else`, async (test) => {
      const on = await play(test, engine.home, name);
      const { tool, clip, panel } = on;
      await known(tool);
      for (const [long, value] of Object.entries(KNOWN[name].choices)) tool.turn(long, value);
      await fetched(tool);
      panel.select(4, 8);
      const inside = (/** @type {any} */ note) => note.start_time >= 4 && note.start_time < 8;
      const rest = () => JSON.stringify(clip.notes.filter((/** @type {any} */ note) => note.start_time >= 8.5));
      const ids = clip.notes.filter(inside).map((/** @type {any} */ note) => note.note_id);
      const before = rest();
      await transformed(on);
      assert.equal(rest(), before, "what was not selected stays");
      const kept = clip.notes.filter((/** @type {any} */ note) => ids.includes(note.note_id)).length;
      // A variation is made of new notes; all others change the very notes that are there, with all that is drawn into them.
      assert.equal(kept, name === "vary" ? 0 : ids.length);
      assert.deepEqual(panel.statusBar, []);
    });
  }

  it("bass follows the chords in the same scene, bar by bar, wherever the selection begins", async (test) => {
    const { live, set, tool, clip, panel } = await play(test, engine.home, "bass");
    const roots = [9, 5, 0, 7];
    set.edit(() => {
      const slot = /** @type {any} */ (set.tracks[1].clip_slots[0]);
      slot.create_clip(16);
      const triad = (/** @type {number} */ root) => (root === 9 ? [0, 3, 7] : [0, 4, 7]);
      slot.clip.add_new_notes({
        notes: roots.flatMap((root, bar) =>
          triad(root).map((step) => ({ pitch: 60 + root + step, start_time: bar * 4, duration: 4 })),
        ),
      });
      set.song.view.set_detail_clip(slot.clip);
    });
    await new Promise((next) => setTimeout(next, 100));
    set.edit(() => set.song.view.set_detail_clip(clip));
    tool.turn("Style", "Root and fifth");
    const pressed = () => {
      panel.select(8, 16);
      tool.apply();
      return says(tool).includes("Follows");
    };
    await live.until(pressed, { timeout: SOON, what: "a line that follows" });
    await fetched(tool);
    panel.select(8, 16);
    tool.apply();
    // The third and the fourth chord sound there: each bar begins on its root.
    for (const bar of [2, 3]) {
      const [first] = clip.notes.filter((/** @type {any} */ note) => Math.abs(note.start_time - bar * 4) < 0.1);
      assert.equal(first?.pitch % 12, roots[bar], `bar ${bar + 1}`);
    }
  });

  it("an answer that waits for anything is refused by Live, and nothing changes", async (test) => {
    for (const [name, way] of /** @type {const} */ ([
      ["chords", "deferlow"],
      ["fit", "pipe 0"],
    ])) {
      await test.test(`${name} through ${way}`, async (inner) => {
        const on = await play(inner, engine.home, name, { mutate: through(way), strict: false });
        await known(on.tool);
        const before = music(on.clip);
        on.tool.apply();
        const complaints = way === "deferlow" ? 2 : 1;
        const heard = () => on.panel.statusBar.length >= complaints;
        await on.live.until(heard, { timeout: SOON, what: "Live's complaints" });
        assert.deepEqual(music(on.clip), before);
        assert.equal(on.panel.statusBar[0], WORDS.missing);
        if (way === "deferlow") assert.equal(on.panel.statusBar[1], WORDS.late);
      });
    }
  });

  it("a tool that asks the engine only when it is pressed is refused", async (test) => {
    const late = (/** @type {any} */ patcher) => {
      const script = patcher.boxes.find((/** @type {any} */ { box }) => box.text === "v8").box;
      // As if its author had written: ask, and answer when the engine has.
      script.textfile.text += `
;(() => { const now = dictionary;
  dictionary = (name) => { const kept = new Dict(name); new Task(() => now(kept.name)).schedule(20); };
})();`;
    };
    const { live, tool, clip, panel } = await play(test, engine.home, "chords", { mutate: late, strict: false });
    await known(tool);
    tool.apply();
    await live.until(() => panel.statusBar.length === 2, { timeout: SOON, what: "Live's complaints" });
    assert.deepEqual(panel.statusBar, [WORDS.missing, WORDS.late]);
    assert.equal(clip.notes.length, 0);
  });
});

/** Puts an object between a tool's script and live.miditool.out. @param {string} text @returns {(patcher: any) => void} */
const through = (text) => (patcher) => {
  const find = (/** @type {string} */ words) =>
    patcher.boxes.find((/** @type {any} */ { box }) => box.text === words).box.id;
  const inlets = text.startsWith("pipe") ? 2 : 1;
  const box = { id: "obj-900", maxclass: "newobj", text, numinlets: inlets, numoutlets: 1, outlettype: [""] };
  patcher.boxes.push({ box: { ...box, patching_rect: [0, 0, 60, 22] } });
  const out = find("live.miditool.out");
  for (const { patchline } of patcher.lines)
    if (patchline.destination[0] === out) patchline.destination = ["obj-900", 0];
  patcher.lines.push({ patchline: { source: ["obj-900", 0], destination: [out, 0] } });
};

describe("MIDI Tools without an engine", { skip, timeout: 600_000 }, () => {
  it("a generator plays its last phrase again when the engine is killed, says so, and knows new ones when it is back", async (test) => {
    const { live, tool, clip, set, home } = await play(test, undefined, "chords");
    await known(tool);
    tool.apply();
    const first = music(clip);
    process.kill(Number(endpointOf(home)?.pid), "SIGKILL");
    await live.until(() => /ngine|wak/.test(says(tool)), { timeout: WAKE, what: "the tool to miss the engine" });
    set.edit(() => clip.setNotes([]));
    tool.turn("Density", 100);
    tool.apply();
    assert.deepEqual(music(clip), first);
    assert.match(says(tool), /Engine away: your last phrase again/);
    await known(tool);
    tool.apply();
    assert.notDeepEqual(music(clip), first);
  });

  it("closed and opened again with no engine at all, it still has its last phrase", async (test) => {
    const library = mkdtempSync(join(tmpdir(), "bandmate-tools-"));
    afterwards(test, () => rmSync(library, { recursive: true, force: true }));
    const path = join(library, "Bandmate Chords Tool.amxd");
    copyFileSync(TOOLS.chords, path);
    writeFileSync(join(library, "bandmate.json"), JSON.stringify({ endpoint: join(library, "endpoint.json") }));
    const { live, hub, tool, clip, set } = await play(test, undefined, "chords", { path });
    await known(tool);
    tool.apply();
    const notes = music(clip);
    tool.remove();
    hub.remove();
    set.edit(() => clip.setNotes([]));
    const again = await live.openTool(path);
    again.apply();
    assert.deepEqual(music(clip), notes);
    await untilSays(again, "Engine away: your last phrase again");
  });

  it("with no phrase ever made, nothing is written and the tool says so", async (test) => {
    const { live } = await stageFor(test, { set: LiveSet.empty({ tracks: [{ kind: "midi" }] }) });
    const clip = live.set.edit((set) => {
      const slot = /** @type {any} */ (set.tracks[0].clip_slots[0]);
      slot.create_clip(4);
      slot.clip.add_new_notes({ notes: [{ pitch: 60, start_time: 0, duration: 1 }] });
      set.song.view.set_detail_clip(slot.clip);
      return slot.clip;
    });
    const tool = await live.openTool(TOOLS.chords);
    tool.apply();
    assert.equal(clip.notes.length, 1, "what lay there is there still");
    await untilSays(tool, "nothing written");
  });

  it("a transformation leaves the notes as they are, and says so", async (test) => {
    const { live } = await stageFor(test, { set: LiveSet.empty({ tracks: [{ kind: "midi" }] }) });
    const clip = live.set.edit((set) => {
      const slot = /** @type {any} */ (set.tracks[0].clip_slots[0]);
      slot.create_clip(16);
      slot.clip.add_new_notes({ notes: KNOWN.fit.notes });
      set.song.view.set_detail_clip(slot.clip);
      return slot.clip;
    });
    const before = JSON.stringify(clip.notes);
    for (const name of TRANSFORMATIONS) {
      const tool = await live.openTool(TOOLS[name]);
      tool.apply();
      assert.equal(JSON.stringify(clip.notes), before, name);
      await untilSays(tool, "Engine away: your notes are left as they are");
    }
    assert.deepEqual(live.panel.statusBar, []);
  });
});

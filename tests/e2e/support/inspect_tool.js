/**
 * Looks over a MIDI Tool: what it asks beforehand, rounds by the panel's button and by each of its controls, dice and seed,
 * grid and scale. A tool in order gives no complaint; the cords of the patch are cut one after the other to see that each cut
 * gives one.
 */
import { greeted } from "./inspect_link.js";
import { Inspection } from "./inspection.js";
import { says } from "./play.js";

/** @typedef {import("../../../js/headless/tool.js").HeadlessTool} HeadlessTool */
/** @typedef {import("./inspect_chords.js").Ground} Ground */

/**
 * What is known of a tool.
 * @typedef {object} Known
 * @property {string} id of its table
 * @property {string} method it asks for
 * @property {Record<string, number|string>} choices far from where each control begins, so that no answer is at hand
 * @property {(long: string, value: any) => [field: string, value: unknown]} onWire what a control puts there: a value, or a
 *   function that knows it
 * @property {Record<string, number>} [chosen] controls that choose among what is known already: nothing is asked for them
 * @property {any[]} [notes] that the clip holds; a generator's holds none
 */

/** @typedef {Ground & {tool: HeadlessTool, id: string, clip: any, check: Inspection, known: Known}} Case */

const TRACK = 0;
/** Longer than it takes until a changed clip is looked at, ms. */
const MOMENT = 60;
const BARS = 8;
/** Where notes are wanted: not where the loop begins. */
const SELECTED = /** @type {const} */ ([4, 12]);
const SEED = 4321;

/**
 * @param {Ground} ground
 * @param {Known} known
 * @param {Uint8Array} bytes
 * @param {import("../../../js/headless/index.js").AddOptions["mutate"]} [mutate] spoils it first
 * @param {import("./inspection.js").Enough} [enough] to stop at
 * @returns {Promise<string[]>} what is wrong with it
 */
export const inspectTool = (ground, known, bytes, mutate, enough) =>
  inspect(ground, known, bytes, mutate, enough, null);

/**
 * Looks over only what a few controls do, once the tool has come up.
 *
 * @param {Ground} ground
 * @param {Known} known
 * @param {readonly string[]} names of the controls
 * @returns {import("./cords.js").Inspect}
 */
export const inspectControls =
  (ground, known, names) =>
  (...spoilt) => {
    const [bytes, mutate, enough] = spoilt;
    return inspect(ground, known, bytes, mutate, enough, names);
  };

/**
 * @param {Ground} ground
 * @param {Known} known
 * @param {Uint8Array} bytes
 * @param {import("../../../js/headless/index.js").AddOptions["mutate"]} mutate
 * @param {import("./inspection.js").Enough|undefined} enough
 * @param {readonly string[] | null} names null: of all there is
 */
async function inspect({ live, wire }, known, bytes, mutate, enough, names) {
  const check = new Inspection(live, enough);
  const clip = openClip(live.set, known.notes ?? []);
  live.advance(MOMENT);
  try {
    return await check.run(async () => {
      const before = wire.words.length;
      const said = live.panel.statusBar.length;
      const tool = await live.openTool(bytes, { mutate });
      const { device: id = "" } = wire.words.slice(before).find(({ word }) => word === "open") ?? {};
      check.need(id, "start: it asks for no connection");
      /** @type {Case} */
      const all = { live, wire, tool, id, clip, check, known };
      for (const { of, look } of stepsFor(all)) {
        if (names !== null && of !== "" && !names.includes(of)) continue;
        await look();
        // Of a tool that was spoilt the first complaint is enough.
        if (mutate && check.complaints.length > 0) return;
      }
      check.expect(live.panel.statusBar.length === said, `Live: ${live.panel.statusBar.slice(said).join("; ")}`);
    });
  } finally {
    for (const tool of [...live.tools]) tool.remove();
    live.panel.setScale(null);
    live.panel.setGrid({ interval: 0.25, enabled: true });
    live.set.edit(() => clip.parent.delete_clip());
  }
}

/**
 * All that is looked at, in this order.
 *
 * @param {Case} all
 * @returns {{of: string, look: () => void | Promise<void>}[]} `of`: the control it is about; "" for what all others need
 */
function stepsFor(all) {
  const { tool, known } = all;
  const has = (/** @type {string} */ long) => tool.parameterNames.includes(long);
  return [
    { of: "", look: () => comesUp(all) },
    ...Object.entries(known.choices).map(([of, value]) => ({ of, look: () => turns(all, of, value) })),
    { of: PANEL, look: () => rounds(all) },
    ...Object.entries(known.chosen ?? {}).map(([of, value]) => ({ of, look: () => chooses(all, of, value) })),
    ...(has("Take") && tool.box("Take").isButton ? [{ of: "Take", look: () => takes(all) }] : []),
    ...(has("Seed") ? [{ of: "Seed", look: () => typesSeed(all) }] : []),
    ...(has("Dice") ? [{ of: "Dice", look: () => throwsDice(all) }] : []),
    ...(has("Grid")
      ? [{ of: "Grid", look: () => keepsTo(all, "Grid", { grid: { interval: 1 / 3, enabled: true } }) }]
      : []),
    ...(has("Scale") ? [{ of: "Scale", look: () => keepsTo(all, "Scale", { root: 1 }) }] : []),
  ];
}

/** The button of Live's panel, which is no control of the tool. */
export const PANEL = "panel";

/** @param {import("../../../js/headless/index.js").LiveSet} set @param {any[]} notes */
const openClip = (set, notes) =>
  set.edit(() => {
    const slot = /** @type {any} */ (set.tracks[TRACK].clip_slots[0]);
    slot.create_clip(BARS * 4);
    if (notes.length > 0) slot.clip.add_new_notes({ notes });
    set.song.view.set_detail_clip(slot.clip);
    return slot.clip;
  });

/** @param {Case} all @returns {any[]} its questions so far */
const asked = ({ wire, id, known }) =>
  wire.requests.filter((request) => request.device === id && request.method === known.method);

/** All of its questions have been answered, and it has asked what comes of that. @param {Case} all */
async function settled(all) {
  const { live, wire, check } = all;
  live.advance(MOMENT);
  const open = () => asked(all).filter((request) => wire.answerTo(request) === undefined);
  await check.wait(() => open().length === 0, "the engine's answers");
  live.advance(MOMENT);
}

/** From the opening to the first answer. @param {Case} all */
async function comesUp(all) {
  const { wire, id, tool, check } = all;
  await check.wait(() => wire.back.some((each) => each.device === id && each.word === "opened"), "the connection");
  const hello = wire.requests.find((request) => request.device === id && request.method === "session.hello");
  check.need(hello, "answers: it does not hear that its connection is open");
  await check.wait(() => greeted(all), "the engine's hello");
  check.need(asked(all).length > 0, "start: nothing is asked beforehand");
  await settled(all);
  const { error } = wire.answerTo(asked(all)[0]) ?? {};
  check.need(!error, `the engine refuses: ${error?.message}`);
  check.expect(says(tool).trim() !== "", "picture: it shows nothing");
}

/** @param {any} clip */
const music = (clip) =>
  JSON.stringify(clip.notes.map((/** @type {any} */ { pitch, start_time, velocity }) => [pitch, start_time, velocity]));

/** The panel's button, with time selected. @param {Case} all */
async function rounds(all) {
  const { live, tool, clip, check } = all;
  if (tool.kind === "generator") live.set.edit(() => clip.setNotes([]));
  const before = music(clip);
  live.panel.select(...SELECTED);
  tool.apply();
  // Notes that it never met it listens to first.
  if (music(clip) === before) await settled(all);
  if (music(clip) === before) tool.apply();
  check.need(live.panel.statusBar.length === 0 || music(clip) !== before, `Live: ${live.panel.statusBar.at(-1)}`);
  check.need(music(clip) !== before, "answer: nothing changed in the clip");
  const wrong = clip.notes.filter((/** @type {any} */ note) => note.start_time < 0 || note.start_time >= BARS * 4);
  check.expect(wrong.length === 0, "answer: notes outside of the clip");
  if (tool.kind === "generator") {
    const [start, end] = SELECTED;
    const inside = clip.notes.every((/** @type {any} */ note) => note.start_time >= start && note.start_time < end);
    check.expect(inside, "context: the selected time is not kept to");
  }
}

/** Notes went out of live.miditool.in while this was done. @param {HeadlessTool} tool @param {() => void} act */
function roundsIn(tool, act) {
  let count = 0;
  const before = tool.device.trace;
  tool.trace = (box, outlet, message) => {
    before?.(box, outlet, message);
    count += Number(box.name === "live.miditool.in" && outlet === 0);
  };
  act();
  tool.trace = before;
  return count;
}

/** @param {Case} all @param {string} long @param {number | string} value */
async function turns(all, long, value) {
  const { tool, check, known } = all;
  const since = asked(all).length;
  const heard = roundsIn(tool, () => tool.turn(long, value));
  await settled(all);
  const [field, wanted] = known.onWire(long, tool.parameter(long).value);
  const found = asked(all)
    .slice(since)
    .some(({ params }) => (typeof wanted === "function" ? wanted(params[field]) : params[field] === wanted));
  check.expect(found, `${long}: shows ${value}, and nothing is asked for ${field} ${wanted}`);
  check.expect(heard === 1, `${long}: turning it asks Live for ${heard} rounds`);
}

/** @param {Case} all @param {string} long @param {number} value */
async function chooses(all, long, value) {
  const { live, tool, clip, check } = all;
  live.panel.selectNotes(() => true);
  tool.apply();
  await settled(all);
  const before = music(clip);
  const heard = roundsIn(tool, () => tool.turn(long, value));
  check.expect(heard === 1, `${long}: turning it asks Live for ${heard} rounds`);
  check.expect(music(clip) !== before, `${long}: makes no difference`);
}

/** The groove of the clip is taken, and given from then on. @param {Case} all */
async function takes(all) {
  const { wire, id, tool, check } = all;
  const since = wire.requests.length;
  tool.press("Take");
  const found = () =>
    wire.requests.slice(since).find((each) => each.device === id && each.method === "compose.groove_extract");
  if (!check.expect(found(), "Take: no groove is asked for")) return;
  const { result } = await check.wait(() => wire.answerTo(found()), "the groove");
  await settled(all);
  const { text } = tool.parameter("Groove");
  check.expect(text === "Taken", `Groove: shows ${text} after one was taken`);
  const given = asked(all).some(({ params }) => JSON.stringify(params.groove) === JSON.stringify(result.groove));
  check.expect(given, "Take: nothing is asked for with the groove");
}

/** @param {Case} all */
async function typesSeed(all) {
  const { tool, check } = all;
  const since = asked(all).length;
  tool.turn("Seed", SEED);
  await settled(all);
  check.expect(
    asked(all)
      .slice(since)
      .some(({ params }) => params.seed === SEED),
    `Seed: ${SEED} was typed and is not asked for`,
  );
}

/** @param {Case} all */
async function throwsDice(all) {
  const { tool, check } = all;
  const heard = roundsIn(tool, () => tool.press("Dice"));
  const { value } = tool.parameter("Seed");
  check.expect(heard === 1, `Dice: a press asks Live for ${heard} rounds`);
  check.expect(heard !== 1 || value !== SEED, `Seed: shows ${value} after the dice`);
  check.expect(
    heard !== 1 || asked(all).some(({ params }) => params.seed === value),
    `Seed: shows ${value}, for which nothing was asked`,
  );
  await settled(all);
  // The dice fall elsewhere each time; what comes now shall be the same.
  tool.turn("Seed", SEED);
  await settled(all);
}

/**
 * With the toggle on something is kept to, off it is not.
 *
 * @param {Case} all
 * @param {string} long
 * @param {{grid?: any, root?: number}} state
 */
function keepsTo({ live, tool, clip, check }, long, { grid, root }) {
  live.panel.setGrid(grid ?? { interval: 0.25, enabled: true });
  live.panel.setScale(root === undefined ? null : { root, name: "", intervals: [0, 4, 7], on: true });
  live.panel.select(...SELECTED);
  if (tool.parameter(long).value !== 1) tool.press(long);
  tool.apply();
  const kept = music(clip);
  tool.press(long);
  tool.apply();
  check.expect(music(clip) !== kept, `${long}: makes no difference`);
  tool.press(long);
  tool.apply();
  check.expect(music(clip) === kept, `${long}: on again, the notes are others`);
}

/** The cords of a device, how to cut them, and that each is missed. */
import assert from "node:assert/strict";
import { readAmxd } from "../../../js/headless/index.js";

/**
 * `names`: the controls this cord serves, by long name; `into`: the one it ends at, or ""; `played`: it serves what a part plays.
 * @typedef {{index: number, text: string, names: string[], into: string, played: boolean}} Cord
 */

/**
 * Every cord of a device's patch.
 *
 * @param {Uint8Array} bytes
 * @returns {Cord[]}
 */
export function cordsOf(bytes) {
  const { patcher } = readAmxd(Buffer.from(bytes));
  const boxes = new Map(patcher.boxes.map((/** @type {any} */ { box }) => [box.id, box]));
  const lines = patcher.lines.map((/** @type {any} */ { patchline }) => patchline);
  const playing = behindPlay(lines, boxes);
  return lines.map((/** @type {any} */ line, /** @type {number} */ index) => {
    const [from, to] = [boxes.get(line.source[0]), boxes.get(line.destination[0])];
    const text = `${nameOf(from)} [${line.source[1]}] -> ${nameOf(to)} [${line.destination[1]}]`;
    const near = [to, ...above(from, lines, boxes)];
    const played = playing.has(line.source[0]) || isPlay(line, boxes);
    return { index, text, names: near.map(longName).filter((name) => name !== ""), into: longName(to), played };
  });
}

/** Whether a cord serves how controls look, which is seen with the device switched off and on. @param {Cord} cord */
export const showsState = ({ into, text }) => (into === "" ? STATE.test(text) : !text.startsWith("route "));

/** What tells the controls and the script that the device is off. */
const STATE = /^(live\.thisdevice|prepend (enabled|active)) /;

/** Outlet of the script of a part from which what it plays comes. */
const PLAY = 2;

/** @param {any} line @param {Map<string, any>} boxes */
const isPlay = ({ source: [id, outlet] }, boxes) => boxes.get(id).text === "v8" && outlet === PLAY;

/** The boxes that what is played goes through, up to the script again. @param {any[]} lines @param {Map<string, any>} boxes @returns {Set<string>} ids */
function behindPlay(lines, boxes) {
  /** @type {Set<string>} */
  const found = new Set();
  const next = lines.filter((line) => isPlay(line, boxes)).map((line) => line.destination[0]);
  for (const id of next) {
    if (found.has(id) || boxes.get(id).text === "v8") continue;
    found.add(id);
    next.push(...lines.filter(({ source }) => source[0] === id).map(({ destination }) => destination[0]));
  }
  return found;
}

/**
 * A box, and where it only reshapes what a control says, that control.
 *
 * @param {any} box
 * @param {any[]} lines
 * @param {Map<string, any>} boxes
 * @returns {any[]}
 */
function above(box, lines, boxes) {
  if (!isSmall(box)) return [box];
  const sources = lines.filter((line) => line.destination[0] === box.id).map((line) => boxes.get(line.source[0]));
  return [box, ...sources.flatMap((source) => above(source, lines, boxes))];
}

/** @param {any} box */
const nameOf = (box) =>
  box.maxclass === "newobj" || box.maxclass === "message" ? box.text : box.varname || box.maxclass;

/** @param {any} box */
const isSmall = (box) => box.maxclass === "message" || /^(prepend|route text)/.test(String(box.text ?? ""));

/** @param {any} box */
const longName = (box) => String(box.saved_attribute_attributes?.valueof?.parameter_longname ?? "");

/**
 * @param {number} index of the cord
 * @returns {(patcher: any) => void}
 */
export const cutting = (index) => (patcher) => {
  patcher.lines.splice(index, 1);
};

/**
 * Gives what is wrong; may stop as soon as `enough` says so.
 * @typedef {(
 *   bytes: Uint8Array,
 *   mutate?: (patcher: any) => void,
 *   enough?: import("./inspection.js").Enough,
 * ) => Promise<string[]>} Inspect
 */

/**
 * An inspection finds nothing wrong with the device; then, for every cord of it, the same inspection of the same bytes
 * with that one cord cut must find something, and name the control which the cord served.
 *
 * @param {import("node:test").TestContext} test
 * @param {Uint8Array} bytes
 * @param {Inspect} inspect
 * @param {(cord: Cord) => Inspect | undefined} [glance] a part of the inspection that is likely to miss this cord, sooner; it
 *   finds nothing wrong with the device either, and where it misses nothing all is looked over
 */
export async function everyCordIsMissed(test, bytes, inspect, glance = () => undefined) {
  const cords = cordsOf(bytes);
  for (const look of new Set([inspect, ...cords.map((cord) => glance(cord) ?? inspect)])) {
    assert.deepEqual(await look(bytes), [], "the device as it was built");
  }
  for (const cord of cords) {
    await test.test(cord.text, async () => {
      const unsaid = (/** @type {string[]} */ complaints) =>
        cord.names.filter((name) => !complaints.some((complaint) => complaint.startsWith(`${name}:`)));
      const missed = (/** @type {string[]} */ complaints) => complaints.length > 0 && unsaid(complaints).length === 0;
      const look = (/** @type {Inspect} */ inspection) => inspection(bytes, cutting(cord.index), missed);
      const soon = glance(cord);
      const first = soon ? await look(soon) : [];
      const complaints = missed(first) ? first : await look(inspect);
      assert.notEqual(complaints.length, 0, "nobody misses this cord");
      assert.deepEqual(unsaid(complaints), [], `what is said: ${complaints.join("; ")}`);
    });
  }
  assert.deepEqual(await inspect(bytes), [], "the device as it was built, once more");
}

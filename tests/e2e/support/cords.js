/** The cords of a device, how to cut them, and that each is missed. */
import assert from "node:assert/strict";
import { readAmxd } from "../../../js/headless/index.js";

/** @typedef {{index: number, text: string, names: string[], played: boolean}} Cord */

/**
 * Every cord of a device's patch.
 *
 * @param {Uint8Array} bytes
 * @returns {Cord[]} `names`: the controls this cord serves, by long name; `played`: it serves what a part plays
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
    return { index, text, names: near.map(longName).filter((name) => name !== ""), played };
  });
}

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
 * @param {Inspect} [brief] finds out as much about what is played, sooner
 */
export async function everyCordIsMissed(test, bytes, inspect, brief = inspect) {
  assert.deepEqual(await inspect(bytes), [], "the device as it was built");
  for (const { index, text, names, played } of cordsOf(bytes)) {
    await test.test(text, async () => {
      const unsaid = (/** @type {string[]} */ complaints) =>
        names.filter((name) => !complaints.some((complaint) => complaint.startsWith(`${name}:`)));
      const look = played ? brief : inspect;
      const complaints = await look(bytes, cutting(index), (soFar) => unsaid(soFar).length === 0);
      assert.notEqual(complaints.length, 0, "nobody misses this cord");
      assert.deepEqual(unsaid(complaints), [], `what is said: ${complaints.join("; ")}`);
    });
  }
  assert.deepEqual(await inspect(bytes), [], "the device as it was built, once more");
}

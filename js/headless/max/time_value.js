/**
 * Max's time values: a number is milliseconds, `16n` a note value, `20 ticks` a count of ticks. Note values and ticks are
 * tempo-relative: they pass with the transport, 480 ticks to a quarter note.
 */

import { atomText, isNumber, num } from "./atoms.js";

/** @typedef {import("./atoms.js").Atom} Atom */
/** A stretch of time, in one of two measures. @typedef {{ms: number} | {ticks: number}} Stretch */

/** Ticks of a quarter note. */
export const TICKS = 480;

const NOTE_VALUE = /^(1|2|4|8|16|32|64|128)n([dt]?)$/u;
const LENGTHENED = /** @type {Record<string, number>} */ ({ "": 1, d: 1.5, t: 2 / 3 });

/**
 * @param {readonly Atom[]} atoms such as [125], ["16n"], [20, "ticks"]
 * @returns {Stretch | null} null: not one of the forms this Max knows
 */
export function timeValue(atoms) {
  const [first, unit] = atoms;
  if (isNumber(first)) {
    if (unit === undefined || unit === "ms") return { ms: num(first) };
    return unit === "ticks" ? { ticks: num(first) } : null;
  }
  const found = typeof first === "string" && atoms.length === 1 ? NOTE_VALUE.exec(first) : null;
  return found ? { ticks: ((4 * TICKS) / Number(found[1])) * LENGTHENED[found[2]] } : null;
}

/** @param {readonly Atom[]} atoms */
export const timeText = (atoms) => atoms.map(atomText).join(" ");

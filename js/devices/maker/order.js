/** What a press of a device that makes takes hands on: what it asks for, what the answer is, what goes into the clip. */
import { beatsPerBar } from "../../live/song.js";
import { sentences } from "../shared/sentences.js";

/** @typedef {import("../../live/notes.js").Note} Note */
/** @typedef {import("../../live/target.js").Target} Target */
/** @typedef {import("../../live/deposit.js").Deposited} Deposited */
/** @typedef {import("../../rpc/link.js").LinkState} LinkState */
/** @typedef {import("./take.js").Memo} Memo */

/**
 * What the Set tells for one press, and what is to be asked with it.
 * @typedef {object} Prepared
 * @property {(seed: number) => Record<string, any>} ask params of the request
 * @property {(reply: any) => Fitted} [fit] what goes into the clip, where that is more than the answer's notes
 * @property {string[]} [why] what was found in the Set and followed, in words
 * @property {() => Record<string, number>[]} [around] notes that sound beside the take, from its start; looked for only where they matter
 */

/** What the engine was asked for. @typedef {Pick<import("../../rpc/client.js").Request, "done"|"cancel">} Asked */

/**
 * What goes into the clip.
 * @typedef {object} Fitted
 * @property {Note[]} notes from 0
 * @property {number} length beats
 * @property {number} kept how many of the notes were there before
 * @property {number} offset beats at which the answer begins
 */

/**
 * What an answer is, in words and for the picture.
 * @typedef {object} Told
 * @property {string} name for a clip that is made
 * @property {string} label over the picture
 * @property {{start: number, duration: number, symbol: string}[]} chords
 * @property {(done: Deposited, target: Target, barLength: number, kept: number) => string} words
 * @property {string} why what the engine decided by itself; "" when nothing
 * @property {unknown} [more] what else the device wants back together with this take
 */

/** A press in the making: all that is known when the answer comes. @typedef {{target: Target, prepared: Prepared, params: Record<string, any>}} Order */

/**
 * @typedef {object} Parts
 * @property {import("../../live/live.js").Live} live
 * @property {import("../../rpc/clock.js").Clock} clock
 * @property {() => number} random 0 to below 1
 * @property {import("./face.js").Face} face
 * @property {(onState: (state: LinkState) => void) => import("../../rpc/link.js").Link} connect makes the link to the
 *   engine; called once, at the start
 */

/** @param {Record<string, any>} params @returns {number} beats of a bar */
export const barOf = (params) => beatsPerBar(params.signature_numerator, params.signature_denominator);

/** @param {Prepared} prepared @param {any} reply @returns {Fitted} */
export const fitOf = (prepared, reply) =>
  prepared.fit?.(reply) ?? { notes: reply.notes, length: reply.length, kept: 0, offset: 0 };

/** @param {Told} told @param {number} length beats of one lap @param {number} offset beats @returns {Memo} */
export const memoOf = ({ chords, label, more }, length, offset) => ({
  chords: chords.map(({ start, duration, symbol }) => ({ start: start + offset, duration, symbol })),
  length,
  label,
  more,
});

/** @param {any} reply @returns {{words: string, recipe: string}|null} why it was offered; null: it was asked for as it is */
export const offeredIn = (reply) => ("offered" in reply ? reply.offered : null);

/** @param {Prepared} prepared @param {Told} told @param {any} reply @returns {string} what was followed, what was decided, why this take */
export const whyOf = ({ why = [] }, told, reply) => sentences([...why, told.why, offeredIn(reply)?.words]);

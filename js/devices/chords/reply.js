/** What compose.chords answers, as far as the device uses it. */

/** @typedef {import("../../live/notes.js").Note} Note */

/** @typedef {{start: number, duration: number, figure: string, symbol: string, pitches: number[]}} ChordSpan */

/**
 * @typedef {object} Reply
 * @property {string} take
 * @property {number} seed
 * @property {Note[]} notes
 * @property {number} length beats
 * @property {ChordSpan[]} chords
 * @property {{key: string, style: string, figures: string[], bars: number, signature_numerator: number, signature_denominator: number}} resolved
 * @property {string[]} notices
 */

export {};

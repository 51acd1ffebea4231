/** What Arrange says, and the song as its picture shows it. */
import { barsWords } from "../maker/words.js";
import { sentences } from "../shared/sentences.js";
import { piecesWords } from "./songs.js";

/** @typedef {import("./lay.js").Reply} Reply */
/** @typedef {import("./songs.js").Song} Song */
/** @typedef {import("./loop.js").Loop} Loop */
/** @typedef {import("../../ui/energy.js").SongView} SongView */
/** @typedef {import("../../ui/energy.js").SongSection} SongSection */

/**
 * A form of compose.arrange_options.
 * @typedef {object} FormOption
 * @property {string} id
 * @property {string} name
 * @property {number} bars
 * @property {string[]} sections
 * @property {number[]} lengths bars
 * @property {number[]} energy
 */

/** @param {number} beats @param {number} tempo @returns {string} "4:00 min" */
export function clockWords(beats, tempo) {
  const seconds = Math.round((beats * 60) / tempo);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")} min`;
}

/** @param {Reply} reply @param {number} tempo @returns {string} "Club, 120 bars, 4:00 min" */
export const titleOf = ({ form_name: form, bars, length }, tempo) =>
  `${form}, ${barsWords(bars)}, ${clockWords(length, tempo)}`;

/** @param {Song} song @param {number} tempo @param {number} bar beats */
export function madeWords(song, tempo, bar) {
  const { loop, reply, at, laid } = song;
  const alone = loop.parts.length === 1 ? `Only ${loop.parts[0].name} plays: add clips to the loop for more` : "";
  const where = at < 0 ? "below" : `from bar ${Math.round(at / bar) + 1} on`;
  const made = `Made ${piecesWords(song, laid.pieces.length)} ${where}: ${titleOf(reply, tempo)}`;
  return sentences([made, alone, ...loop.left, ...laid.left]);
}

/** What only helps who wonders. @param {Loop} loop @param {Reply} reply */
export function whyWords({ parts }, { notices }) {
  const sounds = parts.filter(({ sound }) => sound).map(({ name }) => name);
  const moving = parts.filter(({ envelopes }) => envelopes).map(({ name }) => name);
  return sentences([
    ...notices,
    sounds.length > 0 ? `${sounds.join(", ")}: recordings play as they are, or rest` : "",
    moving.length > 0 ? `${moving.join(", ")}: clip automation is copied once, as long as the loop` : "",
  ]);
}

/**
 * @param {Loop} loop
 * @param {Reply} reply
 * @param {number} tempo
 * @param {{made: boolean, here: number}} state
 * @returns {SongView}
 */
export const songView = ({ parts }, reply, tempo, { made, here }) => ({
  title: made ? titleOf(reply, tempo) : `Plan: ${titleOf(reply, tempo)}`,
  made,
  here,
  sections: reply.sections.map(({ name, bars, energy: [from, to] }) => ({ name, bars, from, to })),
  lanes: parts.map(({ name, colour }, part) => ({
    name,
    colour,
    plays: reply.sections.map(({ plays }) => plays.includes(part)),
  })),
});

/** A form while there is no loop to lay out in it. @param {FormOption} form @param {number} scale percent @returns {SongView} */
export const formView = ({ name, sections, lengths, energy }, scale) => ({
  title: `${name}: select a scene with a loop`,
  made: false,
  here: -1,
  sections: sections.map((section, i) => ({
    name: section,
    bars: (lengths[i] * scale) / 100,
    from: energy[i],
    to: energy[i],
  })),
  lanes: [],
});

/** The sentences Companion says of what it heard. */
import { fromCamelot, nameOf } from "../shared/keys.js";
import { bare, sentences } from "../shared/sentences.js";
import { tempoWords } from "./card.js";

/** @typedef {import("../shared/analysis.js").Analysis} Analysis */
/** @typedef {import("../shared/analysis.js").KeyDetail} KeyDetail */
/** @typedef {import("../../ui/clipcard.js").Card} Card */

/** Shares of such answers that are right from which they need no "perhaps" and no "likely". */
const LIKELY = 0.5;
const SURE = 0.75;

/** @param {Card} card @returns {string} "A minor (8A)", "perhaps A minor (8A)" */
function keyWords({ key, camelot, sure }) {
  const named = `${key} (${camelot})`;
  return sure >= SURE ? named : sure >= LIKELY ? `likely ${named}` : `perhaps ${named}`;
}

/** @param {KeyDetail|null|undefined} detail @returns {string} why there is none */
const noKey = (detail) => bare(detail?.words || "No key in it");

/** @param {Card} card @param {KeyDetail} detail @returns {string} "Heard A minor (8A)" */
export const midiWords = (card, detail) => (card.key === "" ? noKey(detail) : `Heard ${keyWords(card)}`);

/** @param {Card} card @param {Analysis} analysis @returns {string} "Heard 174 BPM, A minor (8A)" */
export function audioWords(card, { bpm, key_detail: detail }) {
  const facts = [];
  if (bpm != null) facts.push(tempoWords(bpm));
  if (card.key !== "") facts.push(keyWords(card));
  return facts.length > 0 ? `Heard ${facts.join(", ")}` : noKey(detail);
}

/** @param {Analysis} analysis @returns {string} */
export const noKeyToFit = ({ key_detail: detail }) => `${noKey(detail)}. Nothing to transpose`;

/** @param {string|undefined} told what the engine tells of a key @returns {string} what of it the card does not show */
const beyond = (told = "") => told.replace(/^[^.(]*\([^)]*\)\.\s*/, "");

/** @param {Card} card @param {KeyDetail} detail @returns {string} what helps who wonders */
export const midiWhy = (card, detail) => (card.key === "" ? "" : sentences([beyond(detail.words)]));

/**
 * @param {Card} card
 * @param {Analysis} analysis
 * @param {number} shift semitones between the recording's key and the one it sounds in
 * @returns {string} what helps who wonders
 */
export function audioWhy(card, { key, rhythm, key_detail: detail }, shift) {
  const home = fromCamelot(key ?? "");
  const tempo = rhythm?.tempo.words ?? "";
  return sentences([
    home !== null && shift !== 0
      ? `The file is in ${nameOf(home)}: transposed ${shift > 0 ? "+" : "−"}${Math.abs(shift)} it sounds in ${card.key}`
      : "",
    home !== null ? beyond(detail?.words) : "",
    /^(Probably )?[\d.]+ BPM\.?$/.test(tempo) ? "" : tempo,
  ]);
}

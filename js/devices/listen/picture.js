/** What the panel of Listen shows, as it travels from the device's script to its picture: one Dict. */
import { keyOf } from "../shared/analysis.js";
import { nameOf } from "../shared/keys.js";
import { plainBpm } from "./words.js";

/** @typedef {import("../shared/analysis.js").Analysis} Analysis */
/** @typedef {import("../../ui/heard.js").Figures} Figures */

/** The panel is some 150 pixels wide: more bars than that are drawn as one. */
const MOST_BARS = 96;

/** @param {Analysis} analysis @returns {Figures} */
export function figuresOf(analysis) {
  const { rhythm, key_detail: detail, loudness, energy_detail: energy, forensics } = analysis;
  const key = keyOf(analysis);
  const bars = energy?.per_bar ?? [];
  return {
    bpm: plainBpm(analysis.bpm),
    bpmSure: analysis.bpm == null ? 0 : (rhythm?.tempo.confidence ?? 0),
    otherBpm: plainBpm(rhythm?.tempo.candidates.find(({ bpm }) => bpm !== analysis.bpm)?.bpm),
    key: key === null ? "" : nameOf(key),
    camelot: analysis.key ?? "",
    keySure: key === null ? 0 : (detail?.confidence ?? 0),
    otherKey: detail?.second?.key ?? "",
    otherCamelot: detail?.second?.camelot ?? "",
    lufs: analysis.loudness_db ?? null,
    peak: loudness?.true_peak_db ?? null,
    energy: analysis.energy ?? null,
    bars: thinned(bars),
    finds: forensics?.findings.length ?? 0,
    corrected: analysis.corrected,
  };
}

/** @param {number[]} bars energy of each @returns {number[]} the mean of neighbours where there are too many */
function thinned(bars) {
  const group = Math.ceil(bars.length / MOST_BARS) || 1;
  return Array.from({ length: Math.ceil(bars.length / group) }, (_, i) => {
    const some = bars.slice(i * group, (i + 1) * group);
    return some.reduce((sum, energy) => sum + energy, 0) / some.length;
  });
}

/** What the engine is told of notes that lie in a clip: where their bars are, tempo, signature, scale. */

/** @typedef {import("../../live/notes.js").Note} Note */

/**
 * @param {import("./tool.js").Asking} asking
 * @param {readonly Note[]} notes at least one
 * @returns {Record<string, unknown>} whole bars of the clip around the notes, and what the Set says
 */
export function aboutClip({ place }, notes) {
  const { tempo, numerator, denominator, start } = place.here;
  const bar = place.barLength;
  const first = Math.min(...notes.map((note) => note.start_time));
  const last = Math.max(...notes.map((note) => note.start_time + note.duration));
  const begin = start + Math.floor((first - start) / bar + 1e-6) * bar;
  const bars = Math.max(1, Math.ceil((last - begin) / bar - 1e-6));
  return {
    start: begin,
    length: bars * bar,
    tempo,
    signature_numerator: numerator,
    signature_denominator: denominator,
    context: place.context(),
  };
}

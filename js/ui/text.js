/** Text in a small picture: Live's face, cut or broken to fit. */

export const FACE = "Ableton Sans Medium";

/** The part of MGraphics that text needs. @typedef {Pick<MGraphics, "select_font_face"|"set_font_size"|"text_measure"|"move_to"|"show_text"|"set_source_rgba">} TextContext */

/** @param {TextContext} g @param {number} size pixels */
export function useFace(g, size) {
  g.select_font_face(FACE);
  g.set_font_size(size);
}

/** @param {TextContext} g @param {string} text @returns {number} pixels */
export const widthOf = (g, text) => g.text_measure(text)[0];

/**
 * @param {TextContext} g with face and size set
 * @param {string} text
 * @param {number} room pixels
 * @returns {string} the text, or as much of its start as fits before an ellipsis; "" where not even one letter fits
 */
export function ellipsised(g, text, room) {
  if (widthOf(g, text) <= room) return text;
  const letters = Array.from(text);
  let fits = 0;
  let fails = letters.length;
  while (fails - fits > 1) {
    const middle = (fits + fails) >> 1;
    if (widthOf(g, `${start(letters, middle)}…`) <= room) fits = middle;
    else fails = middle;
  }
  return fits === 0 ? "" : `${start(letters, fits)}…`;
}

/** @param {string[]} letters @param {number} count @returns {string} without a blank or comma hanging at its end */
const start = (letters, count) =>
  letters
    .slice(0, count)
    .join("")
    .replace(/[\s,.;:·]+$/, "");

/**
 * @param {TextContext} g with face and size set
 * @param {string} text
 * @param {number|((line: number) => number)} room pixels; of each line, from 0, where they differ
 * @param {number} most lines; the last one is cut
 * @returns {string[]}
 */
export function wrapped(g, text, room, most) {
  const roomOf = typeof room === "number" ? () => room : room;
  /** @type {string[]} */
  const lines = [];
  let line = "";
  for (const word of text.split(/\s+/).filter(Boolean)) {
    let blank = " ";
    for (const part of parts(g, word, roomOf(lines.length))) {
      const longer = line === "" ? part : line + blank + part;
      if (line !== "" && widthOf(g, longer) > roomOf(lines.length)) {
        lines.push(line);
        line = part;
      } else {
        line = longer;
      }
      blank = "";
    }
  }
  if (line !== "") lines.push(line);
  const fits = (/** @type {string} */ each, /** @type {number} */ i) => ellipsised(g, each, roomOf(i));
  if (lines.length <= most) return lines.map(fits);
  return [...lines.slice(0, most - 1), lines.slice(most - 1).join(" ")].map(fits);
}

/** A path may break behind each of its slashes. @param {TextContext} g @param {string} word @param {number} room @returns {string[]} */
const parts = (g, word, room) => (widthOf(g, word) <= room ? [word] : word.split(/(?<=[/\\])/));

/**
 * @param {TextContext} g with face and size set
 * @param {string} text
 * @param {number} x
 * @param {number} baseline
 * @param {readonly number[]} colour
 */
export function write(g, text, x, baseline, colour) {
  g.set_source_rgba([...colour]);
  g.move_to(Math.round(x), Math.round(baseline));
  g.show_text(text);
}

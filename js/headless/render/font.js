/**
 * Inter as a stand-in for Ableton Sans: its files, and the widths of its letters read from them.
 *
 * Ableton Sans cannot be given out. Inter runs wider, so text asked for in Ableton Sans is set a little
 * smaller, both when it is measured and when it is drawn: what fits in the picture fits in Live.
 */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const FILES = /** @type {Record<number, string>} */ ({
  400: "400Regular/Inter_400Regular.ttf",
  500: "500Medium/Inter_500Medium.ttf",
  600: "600SemiBold/Inter_600SemiBold.ttf",
  700: "700Bold/Inter_700Bold.ttf",
});

/** How much smaller Inter is set to run as wide as Ableton Sans [measured by eye on Live's own labels]. */
const NARROWER = 0.94;

const require = createRequire(import.meta.url);

/** Paths of the font files, for the PNG renderer. */
export const fontFiles = () => Object.values(FILES).map((file) => require.resolve(`@expo-google-fonts/inter/${file}`));

/** A face: weight of Inter, and the share of the asked size it is set in. @typedef {{weight: number, scale: number}} Face */

/**
 * The face for a font name of Max.
 *
 * @param {string} [name] "Ableton Sans Medium", "Arial Bold" ...
 * @param {string} [weight] "bold" as mgraphics gives it
 * @returns {Face}
 */
export function faceOf(name = "Ableton Sans Medium", weight = "normal") {
  const bold = /bold/i.test(name) || weight === "bold";
  if (/ableton sans/i.test(name)) {
    return { weight: bold ? 700 : /medium|$^/i.test(name) ? 500 : 400, scale: NARROWER };
  }
  return { weight: bold ? 700 : 400, scale: 1 };
}

/**
 * What is needed of a TrueType file.
 *
 * @typedef {{unitsPerEm: number, ascent: number, descent: number, lineGap: number,
 *   width: (codePoint: number) => number}} Metrics
 */

/** @type {Map<number, Metrics>} */
const loaded = new Map();

/**
 * Metrics of one weight.
 *
 * @param {number} weight 400, 500, 600, 700
 * @returns {Metrics}
 */
export function metricsOf(weight) {
  let metrics = loaded.get(weight);
  if (!metrics) {
    const file = FILES[weight];
    if (!file) throw new Error(`There is no font of weight ${weight}.`);
    metrics = readMetrics(readFileSync(require.resolve(`@expo-google-fonts/inter/${file}`)));
    loaded.set(weight, metrics);
  }
  return metrics;
}

/**
 * Width of a text in pixels, letters side by side without kerning (it is drawn so, too).
 *
 * @param {string} text
 * @param {number} size pixels, as asked for
 * @param {Face} [face]
 */
export function textWidth(text, size, face = faceOf()) {
  const { unitsPerEm, width } = metricsOf(face.weight);
  let sum = 0;
  for (const letter of text) sum += width(letter.codePointAt(0) ?? 0);
  return (sum * size * face.scale) / unitsPerEm;
}

/**
 * A text cut with an ellipsis so that it fits.
 *
 * @param {string} text
 * @param {number} size pixels
 * @param {number} room pixels
 * @param {Face} [face]
 */
export function fitted(text, size, room, face = faceOf()) {
  if (textWidth(text, size, face) <= room) return text;
  const letters = Array.from(text);
  while (letters.length > 0 && textWidth(`${letters.join("")}…`, size, face) > room) letters.pop();
  return letters.length > 0 ? `${letters.join("").trimEnd()}…` : "";
}

/**
 * Read head, hhea, hmtx and cmap of a TrueType file.
 *
 * @param {Buffer} font
 * @returns {Metrics}
 * @throws {Error} when a table is missing
 */
export function readMetrics(font) {
  const tables = new Map();
  for (let at = 12; at < 12 + 16 * font.readUInt16BE(4); at += 16) {
    tables.set(font.toString("latin1", at, at + 4), font.readUInt32BE(at + 8));
  }
  const table = (/** @type {string} */ name) => {
    const at = tables.get(name);
    if (at === undefined) throw new Error(`The font has no table "${name}".`);
    return at;
  };
  const [head, hhea, hmtx] = [table("head"), table("hhea"), table("hmtx")];
  const count = font.readUInt16BE(hhea + 34);
  const advances = Array.from({ length: count }, (_, glyph) => font.readUInt16BE(hmtx + 4 * glyph));
  const glyphs = readCmap(font, table("cmap"));
  return {
    unitsPerEm: font.readUInt16BE(head + 18),
    ascent: font.readInt16BE(hhea + 4),
    descent: -font.readInt16BE(hhea + 6),
    lineGap: font.readInt16BE(hhea + 8),
    width: (codePoint) => advances[Math.min(glyphs(codePoint), count - 1)],
  };
}

/**
 * The function from code point to glyph; 0 for a letter the font lacks.
 *
 * @param {Buffer} font
 * @param {number} cmap offset of the table
 * @returns {(codePoint: number) => number}
 */
function readCmap(font, cmap) {
  for (let at = cmap + 4; at < cmap + 4 + 8 * font.readUInt16BE(cmap + 2); at += 8) {
    const start = cmap + font.readUInt32BE(at + 4);
    if (font.readUInt16BE(start) === 4) return segments(font, start);
  }
  throw new Error("The font has no character table of format 4.");
}

/** @param {Buffer} font @param {number} start of a format 4 table */
function segments(font, start) {
  const twice = font.readUInt16BE(start + 6);
  const [ends, starts] = [start + 14, start + 16 + twice];
  return (/** @type {number} */ codePoint) => {
    for (let at = 0; at < twice; at += 2) {
      if (codePoint > font.readUInt16BE(ends + at)) continue;
      const first = font.readUInt16BE(starts + at);
      if (codePoint < first) return 0;
      const delta = font.readUInt16BE(starts + twice + at);
      const rangeAt = starts + 2 * twice + at;
      const range = font.readUInt16BE(rangeAt);
      if (range === 0) return (codePoint + delta) & 0xffff;
      const glyph = font.readUInt16BE(rangeAt + range + 2 * (codePoint - first));
      return glyph === 0 ? 0 : (glyph + delta) & 0xffff;
    }
    return 0;
  };
}

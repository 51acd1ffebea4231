/** Sentences for the foot line, from parts that come from Live, from the engine and from here. */

/** @param {string} text @returns {string} without what ends a sentence */
export const bare = (text) => text.replace(/[.\s]+$/, "");

/** @param {readonly unknown[]} parts what is no text, or empty, is left out @returns {string} "One. Two" */
export const sentences = (parts) =>
  parts
    .filter((part) => typeof part === "string" && part !== "")
    .map((part) => bare(String(part)))
    .join(". ");

/** @param {number} count @param {string} one @returns {string} "1 note", "2 notes" */
export const counted = (count, one) => `${count} ${one}${count === 1 ? "" : "s"}`;

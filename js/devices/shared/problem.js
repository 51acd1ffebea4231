/** What went wrong, in the words of who refused: Live's, the engine's, or our own. */
import { LiveRefusal } from "../../live/errors.js";

/**
 * @param {unknown} problem whatever was thrown
 * @returns {string}
 */
export function problemWords(problem) {
  if (problem instanceof LiveRefusal) return problem.message;
  const { message, hint } = /** @type {{message?: unknown, hint?: unknown}} */ (problem ?? {});
  const sentences = [message, hint].filter((part) => typeof part === "string" && part !== "").map(String);
  if (sentences.length === 2 && sentences[0].includes(sentences[1])) sentences.pop();
  return sentences.map((sentence) => sentence.replace(/[.\s]+$/, "")).join(". ") || "That did not work: try again";
}

/** What went wrong, in the words of who refused: Live's, the engine's, or our own. */
import { LiveRefusal } from "../../live/errors.js";
import { sentences } from "./sentences.js";

/**
 * @param {unknown} problem whatever was thrown
 * @returns {string}
 */
export function problemWords(problem) {
  if (problem instanceof LiveRefusal) return problem.message;
  const { message, hint } = /** @type {{message?: unknown, hint?: unknown}} */ (problem ?? {});
  const told = typeof message === "string" && typeof hint === "string" && message.includes(hint);
  return sentences(told ? [message] : [message, hint]) || "That did not work: try again";
}

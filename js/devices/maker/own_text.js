/** Reads the user's own progression as soon as it is typed, so that a slip shows before the press. */
import { problemWords } from "../shared/problem.js";

/**
 * @param {import("../../rpc/client.js").Client} client
 * @param {import("./parameters.js").Parameters} parameters
 * @param {(words: string) => void} say
 */
export function checkOwnText(client, parameters, say) {
  const text = parameters.ownText;
  if (text === "") {
    say("The menu decides again");
    return;
  }
  /** What was typed meanwhile has its own answer. @param {string} words */
  const answer = (words) => {
    if (text === parameters.ownText) say(words);
  };
  client.call("theory.progression", { progression: text }, { idempotent: true }).then(
    ({ chords }) => answer(`Own progression: ${chords.length} chord${chords.length === 1 ? "" : "s"}`),
    (problem) => answer(problemWords(problem)),
  );
}

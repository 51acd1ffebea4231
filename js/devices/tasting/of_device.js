/** Tasting as a device has it: with its face, its way to the engine, and its words. */
import { PATIENCE_MS } from "../shared/standing.js";
import { openSession } from "./session.js";
import { Tasting } from "./tasting.js";

/**
 * What is handed in from Max.
 * @typedef {object} Tasted
 * @property {import("./session.js").Session} session
 * @property {() => void} rated says to all that the engine has heard what the user thinks of a take
 */

/**
 * @param {object} parts
 * @param {import("../../live/live.js").Live} parts.live
 * @param {import("../../rpc/clock.js").Clock} parts.clock
 * @param {() => number} parts.random
 * @param {{stars: (stars: number) => void}} parts.face
 * @param {Tasted} parts.tasted
 * @param {() => void} [parts.pointed] told when the user points somewhere else
 * @param {import("../shared/standing.js").Standing} standing
 * @param {import("./tasting.js").Parts["means"]} [means]
 */
export const tastingOf = ({ live, clock, random, face, tasted, pointed }, standing, means = "written") =>
  new Tasting({
    live,
    clock,
    random,
    means,
    pointed,
    session: tasted.session,
    shown: (stars) => face.stars(stars),
    say: (words) => standing.say(words),
    told: tasted.rated,
    // What was sent and not answered is told anew by the room itself, with how long ago it was.
    ask: (method, params) => standing.client.request(method, params, { timeout: PATIENCE_MS }),
  });

/**
 * What all devices share of it in Max.
 *
 * @param {typeof Dict} DictClass
 * @param {import("../shared/exploring.js").Exploring} exploring by which Taste hears of news
 * @returns {{tasted: Tasted, free: () => void}} `free` leaves it to the others
 */
export function openTasted(DictClass, exploring) {
  const { session, free } = openSession(DictClass);
  return { tasted: { session, rated: () => exploring.rated() }, free };
}

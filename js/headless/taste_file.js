/** A taste profile as a file, of somebody who likes some things and does not like others: for plays and for pictures. */

const NANOSECONDS = 1_000_000_000;
const BEGIN = 1_780_000_000;
const STYLES = ["deep_house", "boom_bap", "liquid", "funk"];

/** @param {number} seed @returns {() => number} 0 to below 1, the same for the same seed */
function drawn(seed) {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/**
 * What `taste.export` would write of somebody who likes sparse and tight basses, the slower the more.
 *
 * @param {string} name of the profile
 * @param {number} count of rated takes
 * @param {number} [seed]
 * @returns {string} JSON
 */
export function tasteFile(name, count, seed = 7) {
  const random = drawn(seed);
  const uid = String(seed).padStart(16, "0");
  const made = BEGIN * NANOSECONDS;
  const all = Array.from({ length: count }, (_, at) => {
    const [density, complexity, humanise, movement] = Array.from({ length: 4 }, () => Math.round(random() * 100));
    const tempo = 80 + Math.round(random() * 90);
    const style = STYLES[Math.floor(random() * STYLES.length)];
    const slow = tempo < 110 ? 1.6 : 0.5;
    const liked = 3.3 - (slow * (density - 50)) / 32 - (humanise - 50) / 50 + (random() - 0.5);
    return {
      stars: Math.min(5, Math.max(1, Math.round(liked))),
      id: `${uid}${at}`,
      resolved: { style, density, complexity, humanise, movement },
      context: { genre: style, tempo, role: "bass", hour: 21, mode: "minor" },
      when: made + at * 60 * NANOSECONDS,
    };
  });
  const takes = all.map(({ id, resolved, context, when }) => ({
    id,
    method: "compose.bass",
    role: "bass",
    resolved,
    context,
    made: when,
  }));
  const rewards = all.map(({ id, stars, when }) => ({
    id: `r${id}`,
    take: id,
    kind: "stars",
    amount: stars,
    rater: uid,
    told: when,
  }));
  return JSON.stringify({ bandmate: "taste", format: 1, name, kind: "artist", uid, made, takes, rewards });
}

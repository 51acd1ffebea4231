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

/** @param {number} value @returns {number} it, squared */
const squared = (value) => value * value;

/**
 * What `taste.export` would write of somebody who likes sparse and tight basses, the slower the more, and to whom Energy is
 * more of density than usual and nothing of loudness.
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
    const energy = Math.round(random() * 200 - 100) / 100;
    const density = Math.min(100, Math.max(0, Math.round(50 + 30 * energy + random() * 90 - 45)));
    const velocity = Math.round(random() * 60 - 34);
    const [complexity, humanise, movement] = Array.from({ length: 3 }, () => Math.round(random() * 100));
    const tempo = 80 + Math.round(random() * 90);
    const style = STYLES[Math.floor(random() * STYLES.length)];
    const slow = tempo < 110 ? 1.6 : 0.5;
    const far = 5 * squared(density / 100 - 0.5 - 0.6 * energy) + 6 * squared(velocity / 66);
    const liked = 4.4 - far - (slow * (density - 50)) / 32 - (humanise - 50) / 40 + (random() - 0.5);
    return {
      stars: Math.min(5, Math.max(1, Math.round(liked))),
      id: `${uid}${at}`,
      recipe: { steer: { energy } },
      resolved: { style, density, complexity, humanise, movement, steered: { density, velocity } },
      context: { genre: style, tempo, role: "bass", hour: 21, mode: "minor" },
      when: made + at * 60 * NANOSECONDS,
    };
  });
  const takes = all.map(({ id, recipe, resolved, context, when }) => ({
    id,
    method: "compose.bass",
    role: "bass",
    recipe,
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

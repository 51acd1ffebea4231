/** What a device is offered: a seed that means a recipe too, the best of several takes, and the runner-up that Next writes. */
import { asked } from "./inspect_link.js";

/** @typedef {Pick<import("./inspect_chords.js").Case, "live"|"device"|"check"|"wire"|"id">} Case */

const SEED = 77;

/** A recipe of each role on the shelf. @type {Record<string, string>} */
const RECIPES = {
  arp: "arp.trance_gate",
  bass: "bass.disco_octaves",
  chords: "chords.pop_four_chords",
  drums: "drums.house_straight",
  melody: "melody.pop_singable",
};

/** What the Set kept of the take whose seed it shows. @param {string} role @returns {Record<string, string[]>} none where nothing is offered */
export const storedRecipe = (role) => (role in RECIPES ? { Recipe: ["is", String(SEED), RECIPES[role]] } : {});

/** Before the first press: the seed is typed that the Set's recipe belongs to. @param {Case} all @param {string} role */
export function typesSeed({ device }, role) {
  if (role in RECIPES) device.turn("Seed", SEED);
}

/** @param {Case} all @param {string} role @param {any} params of the first press */
export function recalls({ check }, role, params) {
  const wanted = RECIPES[role];
  if (wanted === undefined) return;
  check.expect(params.seed === SEED, `Seed: ${SEED} was typed, the engine is asked for ${params.seed}`);
  check.expect(params.recipe === wanted, `Recipe: the Set kept "${wanted}", asked for "${params.recipe}"`);
}

/**
 * Of a press that was free to choose.
 *
 * @param {Case} all
 * @param {string} role
 * @param {{asked: any, result: any}} press
 */
export function isOffered({ device, check }, role, { asked: params, result }) {
  if (!(role in RECIPES)) return;
  check.expect(params.offer?.explore === 0.25, `Generate: asks for ${JSON.stringify(params.offer)}`);
  const shown = device.parameter("Seed").value;
  check.expect(shown === result.seed, `Seed: the take has ${result.seed}, ${shown} is shown`);
  const { recipe } = result.offered;
  const wanted = recipe === "" ? "none" : `is,${result.seed},${recipe}`;
  const kept = String(device.state().Recipe);
  check.expect(kept === wanted, `Recipe: "${recipe}" was used, the Set would keep "${kept}"`);
}

/** A busy engine may have had time for one take only; what it draws aside is there at the next press, if it was given time. */
const PRESSES = 8;
const FIRST_PAUSE = 50;

/**
 * Presses again until there is a runner-up.
 *
 * @param {any} first answer of the press before
 * @param {() => Promise<any>} press gives the next answer
 * @returns {Promise<any>} the last answer
 */
export async function untilRunnerUp(first, press) {
  let answer = first;
  for (let more = 0; more < PRESSES && answer.others.length === 0; more += 1) {
    await new Promise((done) => setTimeout(done, FIRST_PAUSE * 2 ** more));
    answer = await press();
  }
  return answer;
}

/**
 * The runner-up takes the place of the take, and nothing is asked for it.
 *
 * @param {Case} all
 * @param {string} role
 * @param {string} method
 * @param {any} first answer of the press before
 * @param {() => Promise<{result: any}>} press presses Generate
 */
export async function goesOn(all, role, method, first, press) {
  const { live, device, check, wire } = all;
  if (!(role in RECIPES)) return;
  const result = await untilRunnerUp(first, async () => (await press()).result);
  check.need(result.others.length > 0, "Generate: brings no runner-up");
  const since = wire.requests.length;
  device.press("Next");
  const wanted = pitchesOf(result.others[0].notes);
  const found = pitchesOf(live.set.tracks[0].clip_slots[0].clip?.notes ?? []);
  check.expect(found === wanted, "Next: does not write the runner-up");
  check.expect(!asked(all, since, method), "Next: asks the engine");
}

/** @param {any[]} notes */
const pitchesOf = (notes) => String(notes.map(({ pitch }) => pitch).sort());

/** Styles of the user's own: two of each role to choose from, and what a part's menu, memory and amount make of them. */
import { EngineClient } from "./client.js";
import { endpointOf } from "./engine.js";
import { inactive } from "./table.js";

/** @typedef {import("./inspect_part.js").Case} Case */

const BARS = { bass: 36, melody: 62 };

/** Two bars of eighths that go up and down. @param {string} role @param {number} every which eighths are played */
export function lesson(role, every = 1) {
  const pitches =
    role === "drums" ? [36, 42, 38, 42] : [0, 3, 7, 12].map((step) => step + BARS[/** @type {"bass"} */ (role)]);
  const notes = Array.from({ length: 16 }, (_, at) => ({
    pitch: pitches[at % 4],
    start_time: at / 2,
    duration: 0.4,
    velocity: 90,
  })).filter((_, at) => at % every === 0);
  return { name: `${role} clip`, notes, length: 8 };
}

/** @param {string} role @returns {[chosen: string, other: string]} names of what is learnt, the second stands above the first */
export const stylesOf = (role) => [`Night ${role}`, `Day ${role}`];

/** Lets the engine of a home learn them. @param {string} home */
export async function learnStyles(home) {
  const client = await EngineClient.connect(/** @type {any} */ (endpointOf(home)));
  for (const role of ["bass", "melody", "drums"]) {
    for (const name of stylesOf(role)) {
      const { error } = await client.call("compose.learn", { name, role, lessons: [lesson(role)] });
      if (error) throw new Error(error.message);
    }
  }
  client.socket.close();
}

/** What the Set kept of the choice. @param {string} role */
export const storedStyle = (role) => ({ "Own Name": ["is", stylesOf(role)[0]] });

/** The engine has told what there is. @param {Case} all */
export function menuComesUp({ device, check, part }) {
  const [chosen, other] = stylesOf(part.id);
  const { items = [], text } = device.parameter("Own Style");
  check.expect(items.includes(other), `Own Style: does not offer "${other}" but ${items.slice(0, 4)}`);
  check.expect(text === chosen, `Own Style: the Set kept "${chosen}", it shows "${text}"`);
}

/**
 * Asked for as the Set kept it, as a hand chooses it, and not at all.
 *
 * @param {Case} all
 * @param {any} first params of the first press
 * @param {(all: Case, button: string) => Promise<{asked: any}>} pressed
 */
export async function choosesStyles(all, first, pressed) {
  const { device, check, part } = all;
  const [chosen, other] = stylesOf(part.id);
  check.expect(first.own === chosen, `Own Name: the Set kept "${chosen}", asked for "${first.own}"`);
  // By its row: that its name stands there is looked at elsewhere.
  device.turn("Own Style", 1);
  const { asked } = await pressed(all, "Generate");
  check.expect(asked.own === other, `Own Style: "${other}" is chosen, asked for "${asked.own}"`);
  const kept = String(device.state()["Own Name"]);
  check.expect(kept === `is,${other}`, `Own Name: "${other}" is chosen, the Set would keep "${kept}"`);
  device.turn("Own Style", 0);
  check.expect(inactive(device).includes("Own Amount"), "Own Amount: looks active while no style is chosen");
  const emptied = String(device.state()["Own Name"]);
  check.expect(emptied === "none", `Own Name: none is chosen, the Set would keep "${emptied}"`);
  device.turn("Own Style", 1);
  check.expect(!inactive(device).includes("Own Amount"), "Own Amount: looks inactive while a style is chosen");
}

/**
 * Ties a part to Max. Only an entry script calls this.
 *
 * Messages in: start, enabled <0|1>, one selector per control of the device's table, own_text <words>, the buttons'
 * selectors, picture_press, and from the Hub opened, frame, dict, closed, hub. Messages out: see face.js.
 */
import { play } from "./entry.js";

/**
 * @template {import("./entry.js").Made & {preview: () => void}} T
 * @param {string} name of the device, for the engine's log
 * @param {readonly string[]} values selectors of the controls that hold a value
 * @param {(parts: import("./maker.js").Parts) => T} make
 * @param {(device: T) => Record<string, (...values: any[]) => void>} [messages] the device's own
 * @param {string} [action] what the main button says
 */
export function playPart(name, values, make, messages = () => ({}), action = "Generate") {
  play(name, values, make, (device) => ({ preview: () => device.preview(), ...messages(device) }), action);
}

/** What a device hears that is offered takes. @param {{next: () => void, recipeKept: (words: unknown[]) => void}} device */
export const offerMessages = (device) => ({
  next: () => device.next(),
  recipe: (/** @type {unknown[]} */ ...words) => device.recipeKept(words),
});

/** What a part hears that knows styles of the user's own. @param {{ownName: (words: unknown[]) => void}} device */
export const ownMessages = (device) => ({
  own_name: (/** @type {unknown[]} */ ...words) => device.ownName(words),
});

/** Keeps the Progression menu at the style that is chosen, or that Auto comes to. */
import { menuItems } from "./options.js";

/** @typedef {import("../../rpc/client.js").Client} Client */

/** Turning the style through several entries asks once. */
const SETTLE_MS = 40;

export class Menu {
  #clock;
  #face;
  #asked = "";
  /** @type {object|null} */ #timer = null;

  /** @param {import("../../rpc/clock.js").Clock} clock @param {import("../maker/face.js").Face} face */
  constructor(clock, face) {
    this.#clock = clock;
    this.#face = face;
  }

  /** After this an answer that is still under way is dropped, and the next refresh asks anew. */
  forget() {
    this.#clock.cancel(this.#timer);
    this.#timer = null;
    this.#asked = "";
  }

  /**
   * @param {Client} client
   * @param {string} style
   * @param {{trackName: string, tempo: number}} hints
   */
  refresh(client, style, { trackName, tempo }) {
    const question = JSON.stringify([style, style === "auto" ? [trackName, tempo] : null]);
    if (question === this.#asked) return;
    this.#asked = question;
    this.#clock.cancel(this.#timer);
    this.#timer = this.#clock.after(SETTLE_MS, () => {
      const params = { style, tempo, context: { track_name: trackName.slice(0, 400) } };
      client.call("compose.chords_options", params, { idempotent: true }).then(
        (answer) => {
          if (question === this.#asked) this.#face.items("progressions", menuItems(answer));
        },
        () => {
          // The menu keeps what it shows; the next change of style asks again.
          if (question === this.#asked) this.#asked = "";
        },
      );
    });
  }
}

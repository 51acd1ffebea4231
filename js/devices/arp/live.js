/** Arp, played live: keeps the player's tables as the knobs say. */
import { SONG } from "../../live/paths.js";
import { readSong } from "../../live/song.js";
import { styleHints } from "../maker/surroundings.js";
import { problemWords } from "../shared/problem.js";
import { Feeder, plain } from "./tables.js";

/** Turns of a knob within this time are asked for together. */
const TOGETHER_MS = 25;

/** Selectors that say something about what is played live. */
const HEARD = new Set([
  ...["style", "figure", "rate", "octaves", "gate", "rhythm", "density", "variation", "ratchets"],
  ...["swing", "swing_grid", "humanise", "seed", "live", "macros"],
]);

export class LivePlaying {
  #device;
  #feeder;
  /** @type {object|null} */ #soon = null;
  #asking = false;
  #stale = false;
  /** whether the engine has told what is played */ #known = false;
  /** how what is played was steered last */ #steer = "{}";

  /**
   * @param {import("./device.js").ArpDevice} device
   * @param {(...values: (string | number)[]) => void} tell the player
   */
  constructor(device, tell) {
    this.#device = device;
    this.#feeder = new Feeder(tell);
  }

  get #on() {
    return this.#device.parameters.choice("live") === "on";
  }

  /** Live is there. */
  start() {
    const { live } = this.#device.parts;
    for (const property of ["signature_numerator", "signature_denominator"])
      live.watch(SONG, property, () => this.ask());
    live.watch(SONG, "is_playing", () => {
      if (this.#on && !readSong(live).playing) this.#feeder.hush();
    });
    this.#alone();
  }

  /** A control has another value. @param {string} selector */
  turned(selector) {
    if (selector === "hold" && this.#on) this.#device.standing.say(this.#holdWords);
    if (!HEARD.has(selector)) return;
    if (selector === "live" && !this.#on) this.#device.standing.say("");
    this.#alone();
    this.ask();
  }

  /** Macros stand elsewhere: tables are asked for anew only where that means something to this device. */
  steered() {
    const now = JSON.stringify(this.#device.steered.wire());
    if (now === this.#steer) return;
    this.#steer = now;
    this.ask();
  }

  /** Without the engine the last tables go on; before the first of them a plain pattern does. */
  #alone() {
    const { parameters, standing } = this.#device;
    if (!this.#on) return standing.alone("");
    if (!this.#known) this.#feeder.feed(plain(parameters.choice("rate"), this.#octaves));
    standing.alone(this.#known ? "Live plays on as it was" : "Live plays a plain pattern");
  }

  get #holdWords() {
    const holds = this.#device.parameters.choice("hold") === "on";
    return holds ? "Hold: the chord goes on until you strike another" : "Live plays what you hold";
  }

  get #octaves() {
    const choice = this.#device.parameters.choice("octaves");
    return choice === "auto" ? 1 : Number(choice);
  }

  /** Something about what is played may be new. */
  ask() {
    const { parts, standing } = this.#device;
    if (!this.#on || !standing.ready || this.#soon !== null) return;
    this.#soon = parts.clock.after(TOGETHER_MS, () => {
      this.#soon = null;
      this.#askNow();
    });
  }

  #askNow() {
    const { standing } = this.#device;
    if (!this.#on || !standing.ready) return;
    this.#stale = this.#asking;
    if (this.#asking) return;
    this.#asking = true;
    standing.attempt(() => {
      const request = standing.ask("compose.arp_live", this.#params());
      request.done.then(
        (tables) => this.#answered(() => this.#told(tables)),
        (problem) => this.#answered(() => standing.say(problemWords(problem))),
      );
    });
  }

  /** @param {() => void} act */
  #answered(act) {
    this.#asking = false;
    this.#device.standing.attempt(act);
    if (this.#stale) this.#askNow();
  }

  /** @param {any} tables */
  #told(tables) {
    const { standing } = this.#device;
    this.#known = true;
    this.#feeder.feed(tables);
    this.#alone();
    const { figure, rate, octaves } = tables.resolved;
    if (!standing.pressed) standing.say(`Live: ${figure.replace("_", "-")}, ${rate}, ${octaves} oct. Hold some keys`);
  }

  #params() {
    const { parameters, parts } = this.#device;
    const { trackName, tempo } = styleHints(parts.live);
    const { signatureNumerator, signatureDenominator } = readSong(parts.live);
    this.#steer = JSON.stringify(this.#device.steered.wire());
    return {
      ...this.#device.played(),
      tempo,
      signature_numerator: signatureNumerator,
      signature_denominator: signatureDenominator,
      context: { track_name: trackName },
      seed: parameters.number("seed"),
    };
  }
}

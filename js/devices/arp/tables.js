/**
 * What the script tells the objects that play an arpeggio live, see m4l_devices/devices/arp_player.py. Only what is new is
 * told, so that a turn of a knob costs Max little.
 */

/** @typedef {[delay: number, duration: number, velocity: number]} Strike times in beats */

/**
 * What compose.arp_live answers, as far as devices use it.
 * @typedef {object} Tables
 * @property {number} ticks of a step
 * @property {{moves: boolean, strikes: Strike[]}[]} steps
 * @property {boolean} by_height
 * @property {number[][][]} rounds for 1, 2, 3 ... tones at hand
 * @property {number[]} cycles
 * @property {[number, number]} accents
 * @property {{octaves: number}} resolved
 */

/** Ticks of a beat. */
const TICKS = 480;
/** Ticks between two looks of the player at the song. */
const GRID = 10;
/** Places from one row of rounds to the next. */
const ROW = 1024;
/** A velocity that no accent makes a sound. */
const SILENT = [0, 0, -1000];
/** Tones at hand that a plain pattern knows. */
const MOST_TONES = 24;

const LENGTHENED = /** @type {Record<string, number>} */ ({ "": 1, T: 2 / 3, D: 1.5 });

/** @param {string} rate such as "1/8T" @returns {number} ticks; those of a sixteenth for any other word */
export function ticksOf(rate) {
  const found = /^1\/(\d+)([TD]?)$/.exec(rate);
  return found === null ? TICKS / 4 : Math.round(((4 * TICKS) / Number(found[1])) * LENGTHENED[found[2]]);
}

/**
 * Up, step by step: what is played until the engine has told something better.
 *
 * @param {string} rate
 * @param {number} octaves
 * @returns {Tables}
 */
export function plain(rate, octaves) {
  const ticks = ticksOf(rate);
  const counts = Array.from({ length: MOST_TONES }, (_, at) => at + 1);
  return {
    ticks,
    steps: [{ moves: true, strikes: [[0, (0.8 * ticks) / TICKS, 96]] }],
    by_height: true,
    rounds: counts.map((count) => Array.from({ length: count }, (_, place) => [place])),
    cycles: counts,
    accents: [0, 0],
    resolved: { octaves },
  };
}

/** @param {Strike[]} strikes @returns {number[]} */
const inTicks = (strikes) =>
  strikes.flatMap(([delay, duration, velocity]) => [delay * TICKS, duration * TICKS, Math.round(velocity)]);

/** @param {Tables} tables @returns {(string | number)[][]} all there is to tell, one message each */
export function messagesOf({ ticks, steps, by_height: byHeight, rounds, cycles, accents, resolved }) {
  const tones = rounds.flatMap((round, at) =>
    round.map((places, place) => {
      const accent = Math.round(accents[place % cycles[at] === 0 ? 0 : 1]);
      return ["tones", (at + 1) * ROW + place, accent, ...places];
    }),
  );
  return [
    ...steps.map(({ moves, strikes }, place) => [
      "step",
      place,
      Number(moves),
      ...(strikes.length > 0 ? inTicks(strikes) : SILENT),
    ]),
    ...tones,
    ...rounds.map((round, at) => ["size", at + 1, round.length]),
    ["octaves", resolved.octaves],
    ["order", byHeight ? 1 : 2],
    ["form", ticks / GRID, steps.length, ticks],
  ];
}

/** What names a message that replaces another. @param {(string | number)[]} message */
const nameOf = ([word, place]) =>
  ["step", "tones", "size"].includes(String(word)) ? `${word} ${place}` : String(word);

export class Feeder {
  #tell;
  /** what was told last, by name @type {Map<string, string>} */ #told = new Map();

  /** @param {(...values: (string | number)[]) => void} tell */
  constructor(tell) {
    this.#tell = tell;
  }

  /** @param {Tables} tables */
  feed(tables) {
    let news = false;
    for (const message of messagesOf(tables)) {
      const [name, text] = [nameOf(message), message.join(" ")];
      if (this.#told.get(name) === text) continue;
      this.#told.set(name, text);
      this.#tell(...message);
      news = true;
    }
    if (news) this.#tell("refresh");
  }

  /** What sounds ends. */
  hush() {
    this.#tell("stop");
  }
}

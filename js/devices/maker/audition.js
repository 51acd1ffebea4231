/** Lets a take be heard through the track at once, without Live's transport: notes go to Max with their delays. */

/** @typedef {import("../../live/notes.js").Note} Note */
/** @typedef {import("../../rpc/clock.js").Clock} Clock */

/** How often the playhead of the picture moves. */
const FRAME_MS = 50;

/** Shorter notes would be clicks. */
const SHORTEST_MS = 10;

/**
 * @param {readonly Note[]} notes times in beats from 0
 * @param {number} tempo beats a minute
 * @returns {[pitch: number, velocity: number, durationMs: number, delayMs: number][]} in order of time
 */
export function schedule(notes, tempo) {
  const beat = 60000 / tempo;
  return notes
    .filter((note) => !note.mute)
    .map((note) => {
      const velocity = Math.max(1, Math.min(127, Math.round(note.velocity)));
      const length = Math.max(SHORTEST_MS, Math.round(note.duration * beat));
      return /** @type {[number, number, number, number]} */ ([
        note.pitch,
        velocity,
        length,
        Math.max(0, Math.round(note.start_time * beat)),
      ]);
    })
    .sort((a, b) => a[3] - b[3] || a[0] - b[0]);
}

export class Audition {
  #clock;
  #play;
  #playhead;
  #ended;
  #since = 0;
  /** @type {object|null} */ #frame = null;

  /**
   * @param {object} options
   * @param {Clock} options.clock
   * @param {(...values: (string|number)[]) => void} options.play one note, or "stop"
   * @param {(beats: number) => void} options.playhead
   * @param {() => void} options.ended when the last note has sounded
   */
  constructor({ clock, play, playhead, ended }) {
    this.#clock = clock;
    this.#play = play;
    this.#playhead = playhead;
    this.#ended = ended;
  }

  get playing() {
    return this.#frame !== null;
  }

  /** @param {readonly Note[]} notes from 0 @param {number} length beats @param {number} tempo */
  start(notes, length, tempo) {
    this.stop();
    for (const note of schedule(notes, tempo)) this.#play(...note);
    this.#since = this.#clock.now();
    this.#move(length, tempo);
  }

  /** @param {number} length @param {number} tempo */
  #move(length, tempo) {
    const beats = ((this.#clock.now() - this.#since) / 60000) * tempo;
    if (beats >= length) {
      this.#frame = null;
      this.#playhead(-1);
      this.#ended();
      return;
    }
    this.#playhead(beats);
    this.#frame = this.#clock.after(FRAME_MS, () => this.#move(length, tempo));
  }

  /** Silence, at once. */
  stop() {
    if (this.#frame === null) return;
    this.#clock.cancel(this.#frame);
    this.#frame = null;
    this.#play("stop");
    this.#playhead(-1);
  }
}

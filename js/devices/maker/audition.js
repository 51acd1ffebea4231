/**
 * Lets a take be heard through the track without writing it. While the song stands it plays at once; while it runs it
 * begins on a line of the song, so that it can be heard with what plays.
 *
 * This script runs on the thread that draws, which may be late. So it only fills a table with the notes and their delays;
 * that the first of them begins, on the line, and when each follows is the affair of Max's own objects.
 */

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
  #running;
  #playhead;
  #began;
  #ended;
  #since = 0;
  #length = 0;
  #tempo = 120;
  /** @type {object|null} */ #frame = null;
  #waiting = false;

  /**
   * @param {object} options
   * @param {Clock} options.clock
   * @param {(...values: (string|number)[]) => void} options.play to the patch: "clear", a note behind its number, "count"
   *   and how many there are, then "begin" or "line" and ticks; "stop"
   * @param {() => boolean} options.running whether the song runs
   * @param {(beats: number) => void} options.playhead
   * @param {() => void} options.began after it waited for a line
   * @param {() => void} options.ended when the last note has sounded
   */
  constructor({ clock, play, running, playhead, began, ended }) {
    this.#clock = clock;
    this.#play = play;
    this.#running = running;
    this.#playhead = playhead;
    this.#began = began;
    this.#ended = ended;
  }

  /** Also while it waits. */
  get playing() {
    return this.#frame !== null;
  }

  /** Whether it waits for the line of the song on which it begins. */
  get waiting() {
    return this.#waiting;
  }

  /**
   * @param {readonly Note[]} notes from 0
   * @param {number} length beats
   * @param {number} tempo
   * @param {number} line ticks from one line of the song to the next, where it may begin
   */
  start(notes, length, tempo, line) {
    this.stop();
    this.#length = length;
    this.#tempo = tempo;
    const scheduled = schedule(notes, tempo);
    this.#play("clear");
    for (const [i, note] of scheduled.entries()) this.#play(i + 1, ...note);
    this.#play("count", scheduled.length);
    this.#waiting = this.#running();
    if (this.#waiting) {
      this.#play("line", line);
      this.#wait();
    } else this.#begin();
  }

  /** The patch has come to the line. */
  begun() {
    if (!this.#waiting) return;
    this.#waiting = false;
    this.#clock.cancel(this.#frame);
    this.#since = this.#clock.now();
    this.#move();
    this.#began();
  }

  #begin() {
    this.#play("begin");
    this.#since = this.#clock.now();
    this.#move();
  }

  /** A song that stops never comes to its next line. */
  #wait() {
    if (this.#running()) {
      this.#frame = this.#clock.after(FRAME_MS, () => this.#wait());
      return;
    }
    this.#waiting = false;
    this.#play("stop");
    this.#begin();
    this.#began();
  }

  #move() {
    const beats = ((this.#clock.now() - this.#since) / 60000) * this.#tempo;
    if (beats >= this.#length) {
      this.#frame = null;
      this.#playhead(-1);
      this.#ended();
      return;
    }
    this.#playhead(beats);
    this.#frame = this.#clock.after(FRAME_MS, () => this.#move());
  }

  /** Silence, at once. */
  stop() {
    if (this.#frame === null) return;
    this.#clock.cancel(this.#frame);
    this.#frame = null;
    this.#waiting = false;
    this.#play("stop");
    this.#playhead(-1);
  }
}

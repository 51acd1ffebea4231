/**
 * Max's two queues over real or virtual time.
 *
 * High priority: clocks (delay, metro, pipe, MIDI, automation), which run in the scheduler thread. Low
 * priority: the main thread's queue (v8 code, deferlow, UI). A clock that is due runs before anything that
 * waits in the low queue. In real time the queues are served from Node's event loop; in virtual time only
 * `advance` moves the clock, so a test is the same every time.
 *
 * `jitter` makes events late as a loaded computer would: each event gets a seeded lateness in milliseconds,
 * order kept within the queue.
 *
 * @typedef {{seed?: number, high?: [number, number], low?: [number, number]}} Jitter
 * @typedef {{cancel: () => void, readonly due: number, readonly active: boolean}} Clock
 */

/**
 * How late Max's low-priority queue is in a Set that is worked in: it shares the main thread with all drawing. What v8
 * sends is as late, so a device that plays from it cannot keep time. The scheduler's own thread is not late by more than a
 * signal vector. Both are rough figures of a busy computer, not of a bad one [inferred].
 * @type {Jitter}
 */
export const BUSY = { seed: 1, high: [0, 0.7], low: [2, 35] };

/** Rounds one `settle` may take before it is called endless. */
const MAX_ROUNDS = 10_000;

/**
 * A small seeded generator (mulberry32), uniform in 0..1.
 * @param {number} seed
 * @returns {() => number}
 */
export function seeded(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

export class Scheduler {
  /** @type {{due: number, order: number, run: () => void}[]} sorted by due, then order */
  #clocks = [];
  /** @type {{due: number, run: () => void}[]} */
  #low = [];
  #order = 0;
  #time = 0;
  #start = performance.now();
  #lastLow = 0;
  /** @type {NodeJS.Timeout | null} */
  #timer = null;
  /** @type {NodeJS.Immediate | null} */
  #immediate = null;
  #closed = false;
  #pumping = false;
  /** @type {Set<() => void>} */
  #afterPump = new Set();
  #random;
  #jitter;

  /** Which of Max's threads the code now running belongs to. @type {"main" | "scheduler"} */
  thread = "main";

  /**
   * @param {{time?: "real" | "virtual", jitter?: Jitter, onError: (error: unknown) => void}} options
   */
  constructor(options) {
    this.virtual = options.time === "virtual";
    this.onError = options.onError;
    this.#jitter = options.jitter ?? {};
    this.#random = seeded(this.#jitter.seed ?? 1);
  }

  /** From now on the queues are as late as this. @param {Jitter} jitter */
  set jitter(jitter) {
    this.#jitter = jitter;
    this.#random = seeded(jitter.seed ?? 1);
  }

  /** Milliseconds since the scheduler began. */
  now() {
    return this.virtual ? this.#time : performance.now() - this.#start;
  }

  /** @param {[number, number] | undefined} range */
  #lateness(range) {
    return range ? range[0] + this.#random() * (range[1] - range[0]) : 0;
  }

  /**
   * Runs `run` in the scheduler thread after a time.
   * @param {number} ms from now, 0 or more
   * @param {() => void} run
   * @returns {Clock}
   */
  at(ms, run) {
    const due = this.now() + Math.max(0, ms) + this.#lateness(this.#jitter.high);
    const entry = { due, order: this.#order, run };
    this.#order += 1;
    let index = this.#clocks.length;
    while (index > 0 && this.#clocks[index - 1].due > due) index -= 1;
    this.#clocks.splice(index, 0, entry);
    this.#arm();
    const clocks = this.#clocks;
    return {
      due,
      get active() {
        return clocks.includes(entry);
      },
      cancel() {
        const found = clocks.indexOf(entry);
        if (found >= 0) clocks.splice(found, 1);
      },
    };
  }

  /**
   * Puts `run` at the tail of the low-priority queue.
   * @param {() => void} run
   */
  defer(run) {
    const due = Math.max(this.#lastLow, this.now() + this.#lateness(this.#jitter.low));
    this.#lastLow = due;
    this.#low.push({ due, run });
    this.#arm();
  }

  /**
   * Runs something at once in the scheduler thread (MIDI input, automation).
   * @param {() => void} run
   */
  high(run) {
    this.#guard("scheduler", run);
  }

  /**
   * Runs something at once in the main thread (a mouse click).
   * @param {() => void} run
   */
  main(run) {
    this.#guard("main", run);
  }

  /**
   * @param {"main" | "scheduler"} thread
   * @param {() => void} run
   */
  #guard(thread, run) {
    const before = this.thread;
    this.thread = thread;
    try {
      run();
    } catch (error) {
      this.onError(error);
    } finally {
      this.thread = before;
    }
  }

  /** True when nothing is due now. */
  get idle() {
    const now = this.now();
    return !(this.#clocks[0]?.due <= now) && !(this.#low[0]?.due <= now);
  }

  /** When the next event is due (ms on this clock), or null. */
  get next() {
    const times = [this.#clocks[0]?.due, this.#low[0]?.due].filter((due) => due !== undefined);
    return times.length ? Math.min(...times) : null;
  }

  /** Serves what is due now, once: clocks first, then what stands in the low queue. */
  pump() {
    if (this.#pumping || this.#closed) return;
    this.#pumping = true;
    try {
      const now = this.now();
      while (this.#clocks[0]?.due <= now) this.#guard("scheduler", this.#take(this.#clocks));
      const waiting = this.#low.length;
      for (let i = 0; i < waiting && this.#low[0]?.due <= now; i += 1) this.#guard("main", this.#take(this.#low));
    } finally {
      this.#pumping = false;
    }
    for (const hear of [...this.#afterPump]) hear();
    this.#arm();
  }

  /** @param {{run: () => void}[]} queue */
  #take(queue) {
    return /** @type {{run: () => void}} */ (queue.shift()).run;
  }

  /**
   * Serves everything due now, including what that brings.
   * @returns {boolean} false when there is no end to it
   */
  settle() {
    if (this.#pumping) return true;
    for (let round = 0; !this.idle; round += 1) {
      if (round === MAX_ROUNDS) {
        this.onError(new Error("Max never comes to rest: something schedules itself with no delay"));
        return false;
      }
      this.pump();
    }
    return true;
  }

  /**
   * Virtual time only: lets time pass, event by event, unless Max never comes to rest.
   * @param {number} ms
   */
  advance(ms) {
    if (!this.virtual) throw new Error("advance needs virtual time: open with time: 'virtual'");
    const target = this.#time + ms;
    if (!this.settle()) return;
    for (let next = this.next; next !== null && next <= target; next = this.next) {
      this.#time = Math.max(this.#time, next);
      if (!this.settle()) return;
    }
    this.#time = target;
  }

  /**
   * Calls back after every pump.
   * @param {() => void} hear
   * @returns {() => void} stops it
   */
  afterPump(hear) {
    this.#afterPump.add(hear);
    return () => this.#afterPump.delete(hear);
  }

  /** Real time: asks Node's loop to come back when the next event is due. */
  #arm() {
    if (this.virtual || this.#closed || this.#pumping) return;
    const next = this.next;
    if (next === null) return;
    const wait = next - this.now();
    if (wait <= 0) {
      if (this.#immediate) return;
      this.#immediate = setImmediate(() => {
        this.#immediate = null;
        this.pump();
      });
      return;
    }
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#timer = null;
      this.pump();
    }, wait);
    // A forgotten metro must not keep a finished test's process alive; `until` holds its own timer.
    this.#timer.unref();
  }

  /** Forgets everything that waits. */
  close() {
    this.#closed = true;
    this.#clocks.length = 0;
    this.#low.length = 0;
    if (this.#timer) clearTimeout(this.#timer);
    if (this.#immediate) clearImmediate(this.#immediate);
  }
}

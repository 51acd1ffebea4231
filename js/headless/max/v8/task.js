/** v8's Task: a function later, or again and again, in the low-priority queue. */

/** @typedef {import("./dict.js").Script} Script */

/**
 * The Task class of one script.
 * @param {Script} script
 */
export function makeTask(script) {
  const { scheduler } = script.max;

  class Task {
    /** ms between runs of `repeat` */
    interval = 500;
    running = false;
    iterations = 0;
    /** @type {import("../scheduler.js").Clock | null} */
    #clock = null;
    #round = 0;
    #end = () => this.cancel();

    /**
     * @param {(...args: any[]) => void} fn
     * @param {any} [object] `this` of the function
     * @param {...any} args
     */
    constructor(fn, object, ...args) {
      if (typeof fn !== "function") script.box.report("bad-argument", "Task needs a function");
      this.function = fn;
      this.object = object;
      this.arguments = args;
    }

    execute() {
      this.iterations += 1;
      this.function.apply(this.object ?? script.box.global, this.arguments);
    }

    /** @param {number} [ms] */
    schedule(ms = 0) {
      this.#start(Number(ms) || 0, 1);
    }

    /**
     * @param {number} [count] below 1 or left out: until cancelled
     * @param {number} [initial] ms before the first run
     */
    repeat(count = -1, initial = 0) {
      this.#start(Number(initial) || 0, count > 0 ? count : Number.POSITIVE_INFINITY);
    }

    /** @param {number} ms @param {number} count */
    #start(ms, count) {
      this.cancel();
      this.running = true;
      this.iterations = 0;
      script.freeing.add(this.#end);
      const round = this.#round;
      const run = () => {
        if (round !== this.#round) return;
        if (this.iterations + 1 < count) this.#clock = scheduler.at(Math.max(1, this.interval), tick);
        else this.#over();
        script.enter(() => this.execute());
      };
      // The clock fires in the scheduler thread; the code itself waits in the low-priority queue.
      const tick = () => scheduler.defer(run);
      this.#clock = scheduler.at(ms, tick);
    }

    cancel() {
      this.#round += 1;
      this.#clock?.cancel();
      this.#over();
    }

    #over() {
      this.#clock = null;
      this.running = false;
      script.freeing.delete(this.#end);
    }

    freepeer() {
      this.cancel();
    }
  }
  return Task;
}

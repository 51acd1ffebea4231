/** A clock that tests move by hand, with the interface of js/rpc/clock.js. */
export class ManualClock {
  #time = 0;
  /** @type {Set<{ at: number, fn: () => void }>} */
  #pending = new Set();

  now = () => this.#time;

  after = (ms, fn) => {
    const handle = { at: this.#time + Math.max(0, ms), fn };
    this.#pending.add(handle);
    return handle;
  };

  cancel = (handle) => {
    this.#pending.delete(handle);
  };

  stop = () => this.#pending.clear();

  get pending() {
    return this.#pending.size;
  }

  /** Moves time on, firing what is due in its order; what that starts may fire, too. */
  move(ms) {
    const end = this.#time + ms;
    for (;;) {
      const due = [...this.#pending].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
      if (!due) break;
      this.#pending.delete(due);
      this.#time = Math.max(this.#time, due.at);
      due.fn();
    }
    this.#time = end;
  }

  /** As when Live holds all Tasks for a while: what became due fires late, all at once, the newest first. */
  stall(ms) {
    this.#time += ms;
    const due = [...this.#pending].filter(({ at }) => at <= this.#time).reverse();
    for (const handle of due) if (this.#pending.delete(handle)) handle.fn();
  }
}

/** Lets promises that are settled already run their handlers. */
export async function settled() {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
}

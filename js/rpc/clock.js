/**
 * Timers behind one small interface, since the same client runs where only Max's Task exists and where only
 * setTimeout does, and since tests want to move time by hand.
 *
 * @typedef {object} Clock
 * @property {() => number} now                                    milliseconds; only differences mean something
 * @property {(ms: number, fn: () => void) => object} after        runs fn once, later; gives a handle
 * @property {(handle: object | null | undefined) => void} cancel  forgets a handle; also fine when it has fired
 * @property {() => void} stop                                     forgets all handles, for when the owner goes
 */

/**
 * The clock of Node, with timers that do not keep the process alive.
 *
 * @returns {Clock}
 */
export function nodeClock() {
  /** @type {Set<NodeJS.Timeout>} */
  const pending = new Set();
  return {
    now: () => performance.now(),
    after(ms, fn) {
      const handle = setTimeout(() => {
        pending.delete(handle);
        fn();
      }, ms);
      handle.unref();
      pending.add(handle);
      return handle;
    },
    cancel(handle) {
      if (!handle) return;
      const timeout = /** @type {NodeJS.Timeout} */ (handle);
      clearTimeout(timeout);
      pending.delete(timeout);
    },
    stop() {
      for (const handle of pending) clearTimeout(handle);
      pending.clear();
    },
  };
}

/**
 * The clock of Max's v8, made of Tasks. Each pending Task is held here: one that nobody holds may be collected
 * before it fires, and one that nobody cancels fires into a deleted device. One that has fired is freed with the next
 * call, since a Hub's beat makes one each second for as long as Live runs.
 *
 * @param {typeof Task} TaskClass
 * @returns {Clock}
 */
export function maxClock(TaskClass) {
  /** @type {Set<Task>} */
  const pending = new Set();
  /** @type {Task[]} */
  const spent = [];
  /** @param {Task} task */
  const forget = (task) => {
    if (!pending.delete(task)) return;
    task.cancel();
    task.freepeer();
  };
  return {
    now: () => Date.now(),
    after(ms, fn) {
      for (const old of spent.splice(0)) old.freepeer();
      const task = new TaskClass(() => {
        pending.delete(task);
        try {
          fn();
        } finally {
          // Not freed here: a Task must not lose its peer while it runs.
          spent.push(task);
        }
      });
      pending.add(task);
      task.schedule(Math.max(0, ms));
      return task;
    },
    cancel(handle) {
      if (handle) forget(/** @type {Task} */ (handle));
    },
    stop() {
      for (const task of [...pending]) forget(task);
    },
  };
}

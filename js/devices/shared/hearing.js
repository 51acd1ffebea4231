/** Asks the engine to hear something: known at once, or a job (jobs.js). */
import { Jobs } from "./jobs.js";

/** Said while a press waits for it. */
export const LISTENING = "Listening ...";

export class Hearing extends Jobs {
  constructor() {
    super("The engine went away while it listened");
  }

  /** @override @param {any} answer of hear.* that is no job */
  known({ analysis, result }) {
    return analysis ?? result;
  }

  /**
   * Hears a stretch of a file for a press: how far it is goes into the foot line, and Cancel ends it.
   *
   * @param {import("./standing.js").Standing} standing
   * @param {import("./standing.js").Press} press
   * @param {Record<string, unknown>} params of hear.analyze
   * @param {(analysis: import("./analysis.js").Analysis) => void} act
   * @returns {Promise<void>} when it is over, however it ended
   */
  analyze(standing, press, params, act) {
    const { done, cancel } = this.ask("hear.analyze", params, ({ done: heard, total }) => {
      if (total > 0) standing.progress(press, `${LISTENING} ${Math.round((100 * heard) / total)} %`);
    });
    press.cancel = cancel;
    return standing.settle(press, done, act);
  }
}

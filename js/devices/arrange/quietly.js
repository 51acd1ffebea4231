/** What the engine is asked for without a press: the forms there are, and plans, of which only the newest counts. */

/** @typedef {import("../shared/standing.js").Standing} Standing */

export class Quietly {
  #standing;
  /** plans asked for so far */ #plans = 0;
  /** @type {import("./words.js").FormOption[]} */ #forms = [];

  /** @param {Standing} standing */
  constructor(standing) {
    this.#standing = standing;
  }

  /** @param {() => void} then */
  learnForms(then) {
    this.#standing.client.call("compose.arrange_options", {}, { idempotent: true }).then(
      ({ forms }) => {
        this.#forms = forms;
        then();
      },
      // The engine is asked again when it comes back.
      () => {},
    );
  }

  /** @param {string} id @returns {import("./words.js").FormOption|undefined} */
  form(id) {
    return this.#forms.find((each) => each.id === id);
  }

  /** @param {Record<string, unknown>} params of compose.arrange @param {(reply: import("./lay.js").Reply) => void} then */
  plan(params, then) {
    this.drop();
    if (!this.#standing.ready) return;
    const number = this.#plans;
    this.#standing.client.call("compose.arrange", { ...params, plan: true }, { idempotent: true }).then(
      (reply) => {
        if (number === this.#plans && this.#standing.mayAct) then(reply);
      },
      // A plan nobody has asked for is not worth a word: a press says what is wrong.
      () => {},
    );
  }

  /** Something else is shown: no plan that is under way matters any more. */
  drop() {
    this.#plans += 1;
  }
}

/**
 * The styles learnt from the user's own music, as a part's Own menu offers them. What is chosen is a style and not a row:
 * its name is kept in the Set beside the menu, so that it is found again wherever it stands by then; and where it is not,
 * as on another computer, the menu and the foot line say so, and the part is composed without it.
 */

/** @typedef {import("../../rpc/client.js").Client} Client */
/** @typedef {import("./order.js").Asked} Asked */
/** @typedef {{name: string, role: string}} Told what compose.own_styles tells of a style, as far as devices use it */

/** Selectors of the menu and of the amount; and what the patch knows the memory and the amount's look by. */
const MENU = "own";
const AMOUNT = "own_amount";
const MEMORY = "own_name";
const LOOK = "own_able";

/** What stands before the name in the memory, so that no name is taken for a message to it; and what says there is none. */
const IS = "is";
const NONE = "none";

export class OwnStyle {
  #face;
  #parameters;
  #role;
  #say;
  /** the first entry of the menu, which is none */ #nothing;
  /** styles that the menu can show */ #most;
  /** what was learnt, by name; null: not told yet @type {Told[]|null} */ #styles = null;
  /** names in the menu's rows below the first @type {string[]} */ #rows = [];
  #chosen = "";
  #shown = false;
  /** whether the engine would tell if it had other styles than those told */ #fresh = false;
  /** the chosen style whose absence was said */ #missed = "";

  /**
   * @param {import("./face.js").Face} face
   * @param {import("./parameters.js").Parameters} parameters
   * @param {string} role as the engine calls it: "bass", "melody" or "drums"
   * @param {(words: string) => void} say
   */
  constructor(face, parameters, role, say) {
    this.#face = face;
    this.#parameters = parameters;
    this.#role = role;
    this.#say = say;
    const [nothing, ...rows] = parameters.items(MENU);
    this.#nothing = nothing;
    this.#most = rows.length;
  }

  /** What the Set kept. @param {readonly unknown[]} words of the memory */
  kept([word, ...rest]) {
    this.#chosen = word === IS ? rest.join(" ") : "";
    if (this.#shown) this.#show();
  }

  /** Live is there. @param {Client} client */
  start(client) {
    client.on("compose.own_changed", () => {
      this.#fresh = false;
      this.refresh(client);
    });
    this.#shown = true;
    this.#show();
  }

  /** The device's own switch gave every control its look. @param {boolean} on */
  enabled(on) {
    if (on && this.#shown) this.#look();
    if (!on) this.away();
  }

  /** The engine has gone, and what it learns meanwhile is not heard. */
  away() {
    this.#fresh = false;
  }

  /** Asks for the styles, unless those told are all there are. @param {Client} client that is ready */
  refresh(client) {
    if (this.#fresh) return;
    this.#fresh = true;
    client.call("compose.own_styles", {}, { idempotent: true }).then(
      ({ styles }) => {
        this.#styles = styles.map((/** @type {Told} */ { name, role }) => ({ name, role }));
        this.#show();
        this.#miss();
      },
      () => this.away(), // the menu keeps what it shows; the next take asks again
    );
  }

  /** Another row is chosen: by the hand, or by Live that puts back a row before the memory has said whose it was. */
  turned() {
    if (!this.#shown) return;
    const row = this.#parameters.number(MENU);
    this.#chosen = row === 0 ? "" : (this.#rows[row - 1] ?? "");
    this.#keep();
    this.#show();
  }

  /** @returns {Record<string, unknown>} what a request says of it */
  wire() {
    const gone = this.#styles !== null && !this.#has(this.#chosen);
    return { own: this.#chosen === "" || gone ? null : this.#chosen, own_amount: this.#parameters.number(AMOUNT) };
  }

  /**
   * Asks for a part, and where the engine does not have the style, once more without it.
   *
   * @param {(params: Record<string, any>) => Asked} ask
   * @param {Record<string, any>} params
   * @returns {Asked}
   */
  ask(ask, params) {
    let asked = ask(params);
    if (params.own === null) return asked;
    let cancelled = false;
    const done = asked.done.catch((problem) => {
      if (cancelled || problem?.data?.field !== MENU) throw problem;
      asked = ask({ ...params, own: null });
      return asked.done;
    });
    const cancel = () => {
      cancelled = true;
      asked.cancel();
    };
    return { done, cancel };
  }

  /** @param {{own: string|null, own_amount: number}} resolved of an answer @returns {string} "Night bass"; "" for none of it */
  playedIn({ own, own_amount: amount }) {
    return own !== null && amount > 0 ? own : "";
  }

  /** @param {{own: string|null}} resolved of an answer @returns {string} what it lacks, in words; "" for nothing */
  missingIn({ own }) {
    return this.#chosen === "" || own !== null ? "" : this.#absent();
  }

  #absent() {
    const elsewhere = this.#styles?.find(({ name }) => name === this.#chosen)?.role;
    return `Your style "${this.#chosen}" ${elsewhere ? `plays ${elsewhere}` : "is not on this computer"}`;
  }

  /** Says once of each choice that it is not there. */
  #miss() {
    const gone = this.#chosen !== "" && !this.#has(this.#chosen);
    if (gone && this.#missed !== this.#chosen) this.#say(this.#absent());
    this.#missed = gone ? this.#chosen : "";
  }

  /** @param {string} name */
  #has(name) {
    return this.#styles?.some((style) => style.name === name && style.role === this.#role) ?? false;
  }

  #keep() {
    this.#face.keep(MEMORY, this.#chosen === "" ? [NONE] : [IS, this.#chosen]);
  }

  #show() {
    const known = (this.#styles ?? []).filter(({ role }) => role === this.#role).map(({ name }) => name);
    const others = known.filter((name) => name !== this.#chosen).slice(0, this.#most - 1);
    // In the engine's order; the chosen one is always among them.
    this.#rows = known.filter((name) => name === this.#chosen || others.includes(name));
    if (this.#chosen !== "" && !this.#rows.includes(this.#chosen)) this.#rows.push(this.#chosen);
    const texts = this.#rows.map((name) => (this.#styles === null || this.#has(name) ? name : `${name} (not here)`));
    this.#face.items(MENU, filled(this.#nothing, texts, this.#most));
    const row = this.#rows.indexOf(this.#chosen) + 1;
    if (row !== this.#parameters.number(MENU)) {
      this.#parameters.set(MENU, row);
      this.#face.choose(MENU, row);
    }
    this.#look();
  }

  #look() {
    this.#face.able(LOOK, this.#chosen !== "");
  }
}

/** @param {string} first @param {readonly string[]} texts @param {number} most @returns {string[]} as many always, no two alike */
function filled(first, texts, most) {
  const seen = new Set([first]);
  const rows = Array.from({ length: most }, (_, row) => {
    const text = texts[row] ?? `(no style ${row + 1})`;
    const unlike = seen.has(text) ? `${text} (${row + 1})` : text;
    seen.add(unlike);
    return unlike;
  });
  return [first, ...rows];
}

/**
 * Which Hub leads, when a user has dropped several. They share the global Dict `bandmate.hub`:
 *
 *   owner  id of the Hub that leads, "" when it has just left
 *   beat   a number the leader moves on once a second
 *
 * A passive Hub looks four times a second. It takes over at once when the owner has left, and after ten looks that found
 * nothing moved when the owner fell silent. Looks are counted rather than time taken, because Live may hold all Tasks
 * for seconds (while it loads a Set): then nobody's time runs, and nobody is deposed for it. All Hubs run on one thread,
 * so reading and writing the Dict cannot be interrupted.
 */

/** @typedef {import("../rpc/clock.js").Clock} Clock */

export const ELECTION_DICT = "bandmate.hub";

const BEAT = 1000;
const LOOK = 250;
const SILENT_LOOKS = 10;
const BEAT_WRAP = 1_000_000;

export class Election {
  /** @type {"out" | "passive" | "leader"} */
  #role = "out";
  /** @type {object | null} */
  #timer = null;
  /** what the last look found */
  #seen = "";
  #silentLooks = 0;
  #id;
  #dict;
  #clock;
  #onLead;
  #onFollow;

  /**
   * @param {object} options
   * @param {string} options.id   of this Hub
   * @param {Dict} options.dict   the shared one
   * @param {Clock} options.clock
   * @param {() => void} options.onLead
   * @param {() => void} options.onFollow  another one leads; also told once at the beginning
   */
  constructor({ id, dict, clock, onLead, onFollow }) {
    this.#id = id;
    this.#dict = dict;
    this.#clock = clock;
    this.#onLead = onLead;
    this.#onFollow = onFollow;
  }

  get leads() {
    return this.#role === "leader";
  }

  /** Takes part from now on. */
  join() {
    if (this.#role !== "out") return;
    this.#seen = "";
    this.#silentLooks = 0;
    if (this.#owner() === "") {
      this.#lead();
      return;
    }
    this.#role = "passive";
    this.#onFollow();
    this.#later(LOOK);
  }

  /** The owner says that it left: no need to wait for the next look. */
  released() {
    if (this.#role === "passive" && this.#owner() === "") this.#lead();
  }

  /**
   * Takes no part any more.
   *
   * @returns {boolean} whether this Hub was the leader; then the others should be told
   */
  leave() {
    this.#clock.cancel(this.#timer);
    const led = this.#role === "leader" && this.#owner() === this.#id;
    this.#role = "out";
    if (led) this.#dict.set("owner", "");
    return led;
  }

  #owner() {
    const owner = this.#dict.get("owner");
    return owner === null || owner === undefined ? "" : String(owner);
  }

  #lead() {
    this.#role = "leader";
    this.#beat();
    this.#later(BEAT);
    this.#onLead();
  }

  #beat() {
    this.#dict.set("owner", this.#id);
    this.#dict.set("beat", (Number(this.#dict.get("beat") ?? 0) + 1) % BEAT_WRAP || 1);
  }

  /** @param {number} ms */
  #later(ms) {
    this.#clock.cancel(this.#timer);
    this.#timer = this.#clock.after(ms, () => this.#tick());
  }

  #tick() {
    if (this.#role === "leader") this.#tickAsLeader();
    else if (this.#role === "passive") this.#look();
  }

  #tickAsLeader() {
    const owner = this.#owner();
    if (owner !== this.#id && owner !== "") {
      // Taken for dead, perhaps rightly. Whoever leads now goes on; two would be worse.
      this.#role = "passive";
      this.#silentLooks = 0;
      this.#onFollow();
      this.#later(LOOK);
      return;
    }
    this.#beat();
    this.#later(BEAT);
  }

  #look() {
    const owner = this.#owner();
    const found = `${owner} ${this.#dict.get("beat")}`;
    this.#silentLooks = found === this.#seen ? this.#silentLooks + 1 : 0;
    this.#seen = found;
    if (owner === "" || this.#silentLooks >= SILENT_LOOKS) this.#lead();
    else this.#later(LOOK);
  }
}

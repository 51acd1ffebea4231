/** One Companion in a Set works, the one that was there first; when it goes or is switched off, another takes its seat. */
import { Election } from "../../hub/election.js";

export class Seat {
  #election;
  #onChange;
  #on = true;
  #open = false;

  /**
   * @param {object} options
   * @param {string} options.id unique in Max
   * @param {Dict} options.dict shared by all Companions
   * @param {import("../../rpc/clock.js").Clock} options.clock
   * @param {(works: boolean, taken: boolean) => void} options.onChange whether this one works now; if not, whether
   *   that is because another does
   */
  constructor({ id, dict, clock, onChange }) {
    this.#onChange = onChange;
    this.#election = new Election({
      id,
      dict,
      clock,
      onLead: () => onChange(true, false),
      onFollow: () => onChange(false, true),
    });
  }

  /** Live is there. */
  open() {
    this.#open = true;
    if (this.#on) this.#election.join();
  }

  /** @param {boolean} on the device's own switch */
  enable(on) {
    if (on === this.#on) return;
    this.#on = on;
    if (!on) {
      this.#election.leave();
      this.#onChange(false, false);
    } else if (this.#open) this.#election.join();
  }

  /** The device is being deleted. */
  leave() {
    this.#election.leave();
  }
}

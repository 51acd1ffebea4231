/** Bass: a part that follows chords and locks to the kick of the drums beside it. */
import { kickBeside } from "../../live/drums.js";
import { Parameters } from "../maker/parameters.js";
import { Part } from "../maker/part.js";
import { TABLE } from "./parameters.js";

export class BassDevice extends Part {
  /** @param {import("../maker/maker.js").Parts} parts */
  constructor(parts) {
    super(parts, new Parameters(TABLE), {
      method: "compose.bass",
      name: "Bass",
      own: "bass",
      numbers: ["movement", "syncopation", "ghosts", "slide", "lock"],
      choices: ["swing_grid"],
    });
  }

  /**
   * @override
   * @param {import("../../live/target.js").Target} target
   * @param {number} span
   * @returns {import("../maker/part.js").More}
   */
  more(target, span) {
    if (this.parameters.number("lock") === 0) return {};
    const kick = kickBeside(this.parts.live, target, span);
    if (kick === null) return {};
    return { params: { kick: kick.onsets }, why: [`Locks to the kick on "${kick.trackName}"`] };
  }
}

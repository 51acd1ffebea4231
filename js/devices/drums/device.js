/** Drums: a maker whose takes are grids, and whose lanes can be muted, locked and rolled anew one by one. */
import { heard, readRegion } from "../../live/clip.js";
import { padsOf } from "../../live/drums.js";
import { notesBetween, sameNotes } from "../../live/notes.js";
import { gridToJson } from "../../ui/grid_dict.js";
import { Maker } from "../maker/maker.js";
import { OwnStyle } from "../maker/own_style.js";
import { Parameters } from "../maker/parameters.js";
import { aboutTheSet, gatherTime } from "../maker/surroundings.js";
import { barsWords, keptWords, placeWords, styleWords } from "../maker/words.js";
import { counted, sentences } from "../shared/sentences.js";
import { drumClipAtHand } from "./at_hand.js";
import { Kit } from "./kit.js";
import { Lanes } from "./lanes.js";
import { TABLE } from "./parameters.js";
import { Rendering } from "./rendering.js";
import { gridOf, learnt } from "./rows.js";

/** @typedef {import("../../live/notes.js").Note} Note */
/** @typedef {import("../../live/target.js").Target} Target */
/** @typedef {import("../maker/take.js").Take} Take */
/** @typedef {import("./rows.js").LaneRow} LaneRow */
/** @typedef {import("./rows.js").More} More */

/**
 * What compose.drums answers, as far as the device uses it.
 * @typedef {object} Reply
 * @property {Note[]} notes
 * @property {number} length beats
 * @property {LaneRow[]} lanes
 * @property {string} take
 * @property {number} seed
 * @property {{style: string, style_name: string, own: string|null, own_amount: number}} resolved
 * @property {string[]} notices
 */

const NUMBERS = ["bars", "complexity", "variation", "fills", "ghosts", "humanise", "swing"];
const CHOICES = ["style", "build", "swing_grid"];

export class DrumsDevice extends Maker {
  #lanes = new Lanes();
  /** every lane that was ever seen, so that a muted one keeps its name @type {Map<string, LaneRow>} */ #known =
    new Map();
  #own;
  #kit;
  #rendering;

  /** @param {import("../maker/maker.js").Parts} parts */
  constructor(parts) {
    super(parts, new Parameters(TABLE), "compose.drums", true);
    this.#own = new OwnStyle(parts.face, this.parameters, "drums", (words) => this.standing.say(words));
    this.#kit = new Kit(this.parameters, parts.face);
    this.#rendering = new Rendering(parts, this.standing, this.journal, (clip) => this.tasting.exported(clip));
  }

  /** @override */
  start() {
    if (this.standing.started) return;
    super.start();
    this.#own.start(this.standing.client);
  }

  /** @override @param {boolean} on */
  enable(on) {
    super.enable(on);
    this.#own.enabled(on);
  }

  /** @override */
  refresh() {
    if (this.standing.ready) this.#own.refresh(this.standing.client);
  }

  /** @override @param {string} selector */
  turned(selector) {
    if (selector === "own") this.#own.turned();
    if (selector === "kit") this.#kit.turned(this.standing.mayAct);
  }

  /** @override */
  away() {
    this.#own.away();
    this.#rendering.lost();
  }

  /** The name of the user's own style that the Set kept. @param {readonly unknown[]} words */
  ownName(words) {
    this.#own.kept(words);
  }

  /** @override @param {string} method @param {Record<string, any>} params */
  ask(method, params) {
    return this.#own.ask((each) => super.ask(method, each), params);
  }

  /** @override @param {Target} target @returns {import("../maker/maker.js").Prepared} */
  prepare(target) {
    const { live } = this.parts;
    const pads = padsOf(live, target.track);
    const lanes = this.#lanes.wishes((pitch) => this.#notesOn(target, pitch));
    const request = {
      ...aboutTheSet(gatherTime(live, target), target),
      ...this.parameters.wire(NUMBERS, CHOICES),
      phrase: Number(this.parameters.choice("phrase")),
      density: this.parameters.number("density") / 100,
      ...this.#own.wire(),
      ...(lanes === null ? {} : { lanes }),
      ...(pads.length === 0 ? {} : { kit: pads.map(({ note, name }) => ({ pitch: note, name })) }),
    };
    return { ask: (seed) => ({ ...request, seed }) };
  }

  /** What lies on a pitch: in the clip that is written to, else in what is shown. @param {Target} target @param {number} pitch */
  #notesOn({ clip }, pitch) {
    const { live } = this.parts;
    if (clip === 0) return this.take.memo === null ? null : this.take.notes.filter((note) => note.pitch === pitch);
    const { start, span } = heard(readRegion(live, clip));
    return notesBetween(live, clip, start, span)
      .filter((note) => note.pitch === pitch)
      .map((note) => ({ ...note, start_time: note.start_time - start }));
  }

  /** @override @param {Reply} reply @returns {import("../maker/order.js").Told} */
  tell(reply) {
    const style = styleWords(reply.resolved.style_name, this.#own.playedIn(reply.resolved));
    const lacks = this.#own.missingIn(reply.resolved);
    this.#known = learnt(this.#known, reply.lanes);
    return {
      name: `Drums ${style}`.slice(0, 80),
      label: style,
      chords: [],
      words: (done, target, barLength) => {
        const facts = [`Wrote ${counted(done.found.length, "hit")}`, barsWords(done.span / barLength), style];
        return sentences([`${facts.join(", ")}${placeWords(target)}${keptWords(done)}`, lacks]);
      },
      why: sentences(reply.notices),
      more: {
        lanes: reply.lanes.map(({ role, name, pitch }) => ({ role, name, pitch })),
        take: reply.take,
        seed: reply.seed,
        style: reply.resolved.style,
      },
    };
  }

  /** @override @param {Take} take */
  show(take) {
    const grid = gridOf(take, this.#lanes, this.#known);
    this.parts.face.picture("grid", gridToJson(grid));
  }

  /** Makes sound of the drum clip at hand, or cancels that. */
  render() {
    this.standing.press(() => {
      const drums = drumClipAtHand(this.parts.live, this.written);
      this.#rendering.start(drums, this.#kit.params, this.#about(drums));
    });
  }

  /** What is known of a clip: all where our take still lies in it. @param {import("./at_hand.js").DrumClip} drums */
  #about({ clip, notes }) {
    const { memo, notes: mine } = this.take;
    if (clip === this.written && memo !== null) {
      const { take, style, seed } = /** @type {More} */ (memo.more);
      return { take: sameNotes(notes, mine) ? take : "", style, seed };
    }
    const style = this.parameters.choice("style");
    return { take: "", style: style === "auto" ? "" : style, seed: 0 };
  }

  /** Max's dialog has a folder. @param {string} path */
  folder(path) {
    this.#kit.take(path);
    this.standing.say(`Render plays the samples in "${this.#kit.name}"`);
  }

  /** The folder that the Set kept. @param {readonly unknown[]} words */
  folderKept(words) {
    this.#kit.kept(words);
  }

  /** @param {string} text of the Lanes field */
  lanesText(text) {
    if (text === this.#lanes.text) return;
    this.#lanes.read(text);
    this.show(this.take);
    this.ahead?.changed();
  }

  /** A press on a lane's name. @param {string} role */
  mute(role) {
    this.#change(() => {
      this.#lanes.toggleMute(role);
      return `${this.#nameOf(role)} ${this.#lanes.of(role).mute ? "muted" : "plays again"}`;
    });
  }

  /** A drag on a lane's name. @param {string} role @param {number} percent of what the style and Density give */
  thin(role, percent) {
    this.#change(() => {
      this.#lanes.thin(role, percent);
      return `${this.#nameOf(role)}: ${this.#lanes.of(role).density} % of its hits`;
    });
  }

  /** A double-click on a lane's name: as the style has it. @param {string} role */
  plain(role) {
    this.#change(() => {
      this.#lanes.plain(role);
      return `${this.#nameOf(role)} as the style has it`;
    });
  }

  /** Its notes stay as they are from now on, or not. @param {string} role */
  lock(role) {
    const row = this.#known.get(role);
    if (row === undefined) return;
    this.#change(() => {
      this.#lanes.toggleLock(role, row.pitch);
      return `${row.name} ${this.#lanes.of(role).lock >= 0 ? "stays as it is" : "is free again"}`;
    }, false);
  }

  /** Draws the lane anew and leaves the others. @param {string} role */
  reroll(role) {
    this.#change(() => {
      this.#lanes.reroll(role);
      return `${this.#nameOf(role)}: the next take has another one`;
    });
  }

  /** @param {string} role */
  #nameOf(role) {
    return this.#known.get(role)?.name ?? role;
  }

  /** @param {() => string} act changes a lane, and gives words for it @param {boolean} [sounding] whether the take sounds otherwise now */
  #change(act, sounding = true) {
    if (!this.standing.mayAct) return;
    const words = act();
    this.parts.face.text("lanes", this.#lanes.text);
    this.show(this.take);
    this.ahead?.changed();
    if (!sounding || !this.again()) this.standing.say(words);
  }
}

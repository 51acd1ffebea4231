/**
 * Which take lies in which clip, what the user says of it in stars, and what he does with it: undoes, rerolls, edits, deletes,
 * copies, loops, exports it, or keeps it until the Set is opened again. All of it is told to the engine, each once; what
 * cannot be told while the engine is away is told when it is back. Knows neither Max's globals nor the wire.
 *
 * A take is known by its notes, never by who wrote them: what this device, or another one of Bandmate, writes is the take
 * that it is, and only notes that are none of these were changed by hand.
 */
import { SONG, SONG_VIEW } from "../../live/paths.js";
import { Clips } from "./clips.js";
import { findTake } from "./finding.js";
import { Letters } from "./letters.js";
import { notesAt } from "./notes.js";
import { Opening } from "./opening.js";
import { clipPointedAt, orElse, readOrNull } from "./places.js";
import { Ratings } from "./ratings.js";
import { editLetter, rewardId, rewardLetter } from "./rewards.js";
import { knownAs, Shelf } from "./shelf.js";

/** @typedef {import("../../live/notes.js").Note} Note */
/** @typedef {import("./finding.js").Found} Found */
/** @typedef {import("./lying.js").Lying} Lying */
/** @typedef {import("./rewards.js").Kind} Kind */
/** @typedef {import("./shelf.js").Known} Known */

/**
 * @typedef {import("./ratings.js").Voice & More} Parts
 *
 * @typedef {object} More
 * @property {import("../../live/live.js").Live} live
 * @property {import("./letters.js").Ask} ask
 * @property {import("./session.js").Session} session
 * @property {"written"|"pointed"|"heard"} means the clip of the last write, or else the one pointed at; always the one pointed
 *   at, for a device that writes none; or none, only what is heard
 * @property {() => number} [today] ms of the Unix clock
 * @property {() => void} [pointed] told when the user points somewhere else
 */

/**
 * A take that was written into a clip.
 * @typedef {object} Wrote
 * @property {string|undefined} take "" or none: what lies there now is no take
 * @property {number} clip
 * @property {Note[]} notes as Live holds them, from the clip's zero
 * @property {number} start beats from there to where the take begins
 * @property {number} span beats
 * @property {readonly Note[]|null} [before] what lay there, from the clip's zero; null: not known
 */

/** Who walks through clips with the arrow keys is not asked after at each. */
const POINT_MS = 200;

/** What is not so when the take is there again. @type {readonly Kind[]} */
const TAKEN_BACK = ["undone", "rerolled"];

export class Tasting {
  #parts;
  #letters;
  #ratings;
  #shelf = new Shelf();
  #clips;
  #opening;
  /** the clip of the last write; 0: none */
  #written = 0;
  /** a take that is heard and lies in no clip yet @type {Known|null} */ #heard = null;
  #on = false;
  #watches = false;
  /** @type {object|null} */ #pointing = null;
  /** which of several looks is the last */
  #looks = 0;

  /** @param {Parts} parts */
  constructor(parts) {
    this.#parts = parts;
    this.#letters = new Letters(parts.clock, parts.ask);
    this.#ratings = new Ratings(parts, this.#letters);
    this.#clips = new Clips(parts, this.#shelf, {
      reward: (...told) => this.#tell(...told),
      edited: (lying, read, now) => this.#edited(lying, read, now),
      holds: (clip, known) => {
        if (clip === this.#written) parts.shown(known?.stars ?? -1);
      },
      moved: (from, to) => {
        if (from === this.#written) this.#written = to;
      },
    });
    this.#opening = new Opening(parts, {
      known: (read) => this.#shelf.match(read),
      found: (found) => this.#place(found),
      kept: (clip, known) => this.#kept(clip, known),
    });
  }

  /** The engine has come. */
  start() {
    this.#on = true;
    this.#watch();
    this.#letters.start();
    const { means } = this.#parts;
    if (this.#heard === null && means !== "heard") this.#show(this.#meant);
    if (means === "written") this.#opening.start();
  }

  /** The engine has gone. */
  away() {
    this.#letters.away();
    this.#opening.stop();
  }

  /** The device is switched off or deleted: nothing is watched any more. */
  stop() {
    this.#on = false;
    this.#looks += 1;
    this.#parts.clock.cancel(this.#pointing);
    this.#clips.free();
    this.#opening.stop();
    this.#letters.stop();
    this.#parts.shown(-1);
  }

  /**
   * What is shown is a take that lies in no clip, or in many: a rating is of that one.
   *
   * @param {string|undefined} take
   * @param {number} [stars] that it has, where nothing was said of it here
   */
  heard(take, stars = 0) {
    this.#looks += 1;
    this.#heard = take ? (this.#shelf.of(take) ?? knownAs(take, { made: this.#parts.clock.now(), stars })) : null;
    if (this.#heard !== null) {
      this.#shelf.put(this.#heard);
      for (const kind of TAKEN_BACK) this.#letters.takeBack(rewardId(kind, this.#heard));
    }
    this.#parts.shown(this.#heard?.stars ?? -1);
  }

  /** What was done with one that was heard. @param {"undone"|"rerolled"} kind @param {string} take */
  did(kind, take) {
    const known = this.#shelf.of(take);
    if (known !== null) this.#tell(kind, known, this.#clips.age(known));
  }

  /** A take lies in a clip now. @param {Wrote} wrote */
  wrote({ take, clip, notes, start, span, before = null }) {
    this.#looks += 1;
    this.#written = clip;
    if (!take) {
      this.#heard = null;
      this.#clips.leave(this.#clips.of(clip));
      this.#parts.shown(-1);
      return;
    }
    this.#parts.session.made(take);
    const cut = (/** @type {readonly Note[]} */ all) => notesAt({ all, start, end: start }, start, span);
    const made = this.#parts.clock.now();
    const was = before && cut(before);
    const known = knownAs(take, {
      notes: cut(notes),
      start,
      span,
      made,
      stars: this.#shelf.of(take)?.stars ?? 0,
      before: was,
    });
    this.#heard = null;
    this.#settleIn(clip, known);
  }

  /** Another take has come into the clip that was written last. @param {"rerolled"|"changed"} how "changed": other things were asked for, which says nothing */
  left(how) {
    const lying = this.#clips.of(this.#written);
    if (how === "rerolled" && lying !== undefined) this.#tell(how, lying.known, this.#clips.age(lying.known));
  }

  /** What was written was taken back. @param {number} clip that holds what was there before; 0: it is gone itself */
  undone(clip) {
    const lying = clip === 0 ? this.#clips.gone : this.#clips.of(clip);
    if (lying !== undefined) this.#tell("undone", lying.known, this.#clips.age(lying.known));
    this.#clips.leave(lying);
    this.restored(clip);
  }

  /** What had been taken back is there again. @param {number} clip */
  restored(clip) {
    this.#heard = null;
    this.#written = clip;
    this.#show(clip);
  }

  /** A button of this device has changed notes of a clip: no hand has. @param {number} clip */
  retouched(clip) {
    const read = readOrNull(this.#parts.live, clip);
    if (read !== null) this.#parts.session.retouched(read);
  }

  /** It was exported or rendered. @param {number} [clip] */
  exported(clip = this.#meant) {
    const known = this.#knownIn(clip);
    if (known !== null) this.#tell("exported", known);
  }

  /** @param {number} stars 1 to 5; 0 takes it back */
  rate(stars) {
    if (this.#heard !== null) return this.#ratings.rate(this.#heard, stars);
    const clip = this.#meant;
    this.#clips.of(clip)?.settle();
    const read = readOrNull(this.#parts.live, clip);
    if (read === null || read.all.length === 0) return this.#ratings.none();
    const known = this.#knownIn(clip);
    if (known !== null) this.#ratings.rate(known, stars);
    else this.#ratings.rateUnknown(read, (found) => this.#place(found), stars);
  }

  /** @param {number} clip @returns {Promise<Known|null>} the take in it; rejects where only the engine could tell and does not */
  async look(clip) {
    const read = readOrNull(this.#parts.live, clip);
    const known = read && this.#shelf.match(read);
    if (read === null || known !== null) return known;
    const found = await findTake(this.#parts.ask, read);
    return found && this.#place(found);
  }

  /** The clip a rating is of. */
  get #meant() {
    const { live, means } = this.#parts;
    if (means === "heard") return 0;
    const here = means === "written" && this.#written !== 0 && orElse(() => live.exists(this.#written), false);
    return here ? this.#written : clipPointedAt(live);
  }

  /** @param {number} clip @returns {Known|null} */
  #knownIn(clip) {
    const lying = this.#clips.of(clip);
    if (lying !== undefined) return lying.known;
    const read = readOrNull(this.#parts.live, clip);
    return read && this.#shelf.match(read);
  }

  #watch() {
    const { live, means } = this.#parts;
    if (this.#watches || means === "heard") return;
    this.#watches = true;
    for (const pointer of ["detail_clip", "selected_scene"]) live.watch(SONG_VIEW, pointer, () => this.#pointSoon());
    if (means === "written") live.watch(SONG, "is_playing", () => this.#later(0, () => this.#clips.song()));
  }

  #pointSoon() {
    this.#parts.clock.cancel(this.#pointing);
    this.#pointing = this.#later(POINT_MS, () => {
      this.#clips.pointed(clipPointedAt(this.#parts.live));
      const follows = this.#written === 0 || this.#meant !== this.#written;
      if (follows && this.#heard === null) this.#show(this.#meant);
      this.#parts.pointed?.();
    });
  }

  /** Nothing is asked of Live while it tells. @param {number} ms @param {() => void} act */
  #later(ms, act) {
    return this.#parts.clock.after(ms, () => this.#on && act());
  }

  /** Shows the stars of what a clip holds, and watches it where this device writes. @param {number} clip */
  #show(clip) {
    const look = ++this.#looks;
    const read = readOrNull(this.#parts.live, clip);
    const known = read && this.#shelf.match(read);
    if (known) return this.#settleIn(clip, known);
    this.#clips.leave(this.#clips.of(clip));
    this.#parts.shown(-1);
    if (read === null || read.all.length === 0 || !this.#letters.open) return;
    findTake(this.#parts.ask, read).then(
      (found) => {
        if (found === null || look !== this.#looks) return;
        this.#settleIn(clip, this.#place(found));
      },
      () => {}, // what the engine does not tell now is asked again when it is back
    );
  }

  /** @param {number} clip @param {Known} known */
  #settleIn(clip, known) {
    this.#shelf.put(known);
    this.#letters.takeBack(rewardId("deleted", known));
    this.#parts.shown(known.stars);
    if (clip !== this.#written) return;
    for (const kind of TAKEN_BACK) this.#letters.takeBack(rewardId(kind, known));
    this.#clips.lie(clip, known);
  }

  /** @param {Lying} lying @param {import("./notes.js").Read} read @param {Note[]} now */
  #edited(lying, read, now) {
    const { known } = lying;
    known.edited = now;
    if (this.#parts.session.wrote(read)) return;
    const other = (/** @type {Found} */ found) => {
      known.edited = null;
      if (lying.here) this.#clips.holds(lying.clip, this.#place(found));
    };
    this.#letters.add({
      ...editLetter(known, read, now, other),
      told: (version) => {
        if (version) this.#parts.session.made(version);
        this.#parts.told();
      },
    });
  }

  /** A take lies on the device's own track: it was kept, unless it was made since. @param {number} clip @param {Known} known */
  #kept(clip, known) {
    if (!this.#parts.session.knows(known.origin)) this.#tell("kept", known);
    if (this.#clips.room && this.#clips.of(clip) === undefined) this.#clips.lie(clip, known);
  }

  /** @param {Found} found @returns {Known} */
  #place(found) {
    const before = this.#shelf.of(found.take);
    if (before !== null) return before;
    const { clock, today = () => Date.now() } = this.#parts;
    const { take, notes, start, span, stars } = found;
    const made = clock.now() - Math.max(0, today() - Date.parse(found.made));
    const known = knownAs(take, { notes, start, span, stars, made });
    this.#shelf.put(known);
    return known;
  }

  /** @param {Kind} kind @param {Known} known @param {number|null} [amount] @param {string} [more] */
  #tell(kind, known, amount = null, more = "") {
    const { told } = this.#parts;
    this.#letters.add({ ...rewardLetter(kind, known, amount, more), told: () => told(), refused: () => told() });
  }
}

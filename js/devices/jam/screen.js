/** What Jam shows: the bar that plays and the one to come, where the play head is, and how it stands with it in words. */
import { gridToJson } from "../../ui/grid_dict.js";
import { rollToJson } from "../../ui/roll_dict.js";
import { problemWords } from "../shared/problem.js";
import { bare, sentences } from "../shared/sentences.js";
import { lanesOf } from "./drum_names.js";
import { flowOf, TICKS } from "./score.js";

/** @typedef {import("./score.js").Piece} Piece */

const SHOWN = 2;
const ROLES = /** @type {Record<string, string>} */ ({
  ...{ bass: "Bass", melody: "Melody", arp: "Arp", chords: "Chords", drums: "Drums" },
});

export class Screen {
  #face;
  #standing;
  #book;
  #role = "bass";
  /** what was found in the Set and is followed, in words @type {string[]} */ #found = [];
  /** what the engine decided, in words @type {string[]} */ #notices = [];
  #style = "";
  #key = "";
  /** what the pads of the track's rack are called, by pitch @type {ReadonlyMap<number, string>} */ #pads = new Map();
  #refused = "";
  /** what is followed, and why not, in words */ #followed = { words: "", problem: "" };
  /** what is drawn */ #drawn = "";
  #words = "";
  #why = "";
  #playhead = -1;

  /**
   * @param {import("../maker/face.js").Face} face
   * @param {import("../shared/standing.js").Standing} standing
   * @param {import("./book.js").Book} book
   */
  constructor(face, standing, book) {
    this.#face = face;
    this.#standing = standing;
    this.#book = book;
  }

  /** What it is: "Bass Deep House, D minor". */
  get label() {
    return [[ROLES[this.#role], this.#style].filter(Boolean).join(" "), this.#key].filter(Boolean).join(", ");
  }

  /**
   * What surrounds the part is known.
   *
   * @param {string} role
   * @param {string[]} why what was found in the Set and is followed, in words
   * @param {ReadonlyMap<number, string>} pads names by pitch
   */
  surrounded(role, why, pads) {
    this.#pads = pads;
    if (role !== this.#role) this.#style = "";
    this.#role = role;
    this.#found = why;
    this.#refused = "";
  }

  /** The engine has come or gone: what was said is not said any more. */
  forget() {
    this.#words = "";
  }

  /** @param {string} words what moves the part, "" for nothing @param {string} problem why nothing does */
  follows(words, problem) {
    this.#followed = { words, problem };
  }

  /** An answer has come. @param {any} reply */
  told(reply) {
    this.#refused = reply.problem === undefined ? "" : problemWords(reply.problem);
    if (reply.problem !== undefined) return;
    this.#style = String(reply.style_name);
    this.#key = String(reply.key);
    this.#notices = reply.notices;
  }

  /** @param {{bar: number, inside: number, playing: boolean, metre: import("./metre.js").Metre}} now */
  draw({ bar, inside, playing, metre }) {
    const pieces = Array.from({ length: SHOWN }, (_, at) => this.#book.played(bar + at)).filter(
      (each) => each !== null,
    );
    this.#drawPieces(bar, pieces, metre);
    const beat = playing && pieces.length > 0 ? Math.round((inside / TICKS) * 100) / 100 : -1;
    if (beat !== this.#playhead) this.#face.playhead(beat);
    this.#playhead = beat;
    this.#say(playing, pieces[0]?.mark === "" && pieces[0].number === bar);
  }

  /** @param {number} bar @param {Piece[]} pieces @param {import("./metre.js").Metre} metre */
  #drawPieces(bar, pieces, metre) {
    const origin = pieces[0]?.origin ?? 0;
    const beats = metre.length / TICKS;
    const chords = pieces.flatMap((piece) =>
      piece.chords.map((chord) => ({ ...chord, start: chord.start + (piece.origin - origin) / TICKS })),
    );
    const notes = flowOf(pieces).map(({ pitch, velocity, on, off }) => ({
      ...{ pitch, velocity, start: (on - origin) / TICKS, duration: (off - on) / TICKS },
    }));
    const shared = { length: SHOWN * beats, beatsPerBar: beats, label: `Bar ${bar + 1}` };
    const shown = notes.filter(({ start }) => start < shared.length);
    const grid = this.#role === "drums";
    const json = grid
      ? gridToJson({ ...shared, notes: shown, lanes: lanesOf(shown, this.#pads) })
      : rollToJson({ ...shared, label: `${shared.label} · ${this.label}`, notes: shown, chords });
    if (json === this.#drawn) return;
    this.#drawn = json;
    this.#playhead = -1;
    this.#face.picture(grid ? "grid" : "roll", json);
  }

  /** @param {boolean} playing @param {boolean} repeats whether the bar that plays stands in for another one */
  #say(playing, repeats) {
    this.#standing.alone(playing && this.#book.good !== null ? "It repeats the last good bar" : "");
    const words = this.#now(playing, repeats);
    // While the engine is away, how it comes back is told, with what goes on meanwhile behind it.
    const why = sentences([...this.#found, this.#followed.words, ...this.#notices]);
    if (!this.#standing.ready || (words === this.#words && why === this.#why)) return;
    this.#words = words;
    this.#why = why;
    this.#standing.say(words, why);
  }

  /** @param {boolean} playing @param {boolean} repeats */
  #now(playing, repeats) {
    if (this.#refused !== "") return bare(this.#refused);
    if (this.#style === "") return "";
    if (repeats) return "The engine is late: the last good bar again";
    if (this.#followed.problem !== "") return this.#followed.problem;
    return playing ? `Plays ${this.label}` : `Ready: start the song for ${this.label}`;
  }
}

/**
 * The bars that are known, and the player's tables filled with them. A bar stays known after it has been played: who comes
 * there again, round a loop or by a jump, hears it at once.
 *
 * What plays now is only written where the play head does not come within a moment.
 */
import { endedAt, entriesOf, flowOf, ROW, repeated, rowsOf, SIXTEENTH, spliced } from "./score.js";

/** @typedef {import("./score.js").Piece} Piece */

/**
 * Where the play head is.
 * @typedef {object} Head
 * @property {number} now tick
 * @property {number} from tick from which on may be written
 */

/** Bars that are remembered. */
const MOST = 512;

export class Book {
  #feeder;
  /** by number @type {Map<number, Piece>} */ #pieces = new Map();
  /** the bar that plays, as it is played this time @type {Piece|null} */ #playing = null;
  /** the last bar that was played as it was composed @type {Piece|null} */ #good = null;

  /** @param {import("./feeder.js").Feeder} feeder */
  constructor(feeder) {
    this.#feeder = feeder;
  }

  /** @param {number} number @returns {Piece|null} */
  of(number) {
    return this.#pieces.get(number) ?? null;
  }

  /** @param {number} number @returns {Piece|null} as it is played this time */
  played(number) {
    return this.#playing?.number === number ? this.#playing : this.of(number);
  }

  get good() {
    return this.#good;
  }

  /** The song has come to a bar. @param {number} number @param {Head|null} head null: the song stands */
  come(number, head) {
    const last = this.#playing;
    // What was put into it already, sooner than anybody looked where the song is, stays so.
    if (last?.number === number) return;
    this.#playing = this.of(number);
    if (this.#playing !== null && this.#playing.mark !== "") this.#good = this.#playing;
    const whole = last === null ? null : this.of(last.number);
    // What was only so for once, as something changed inside of it, is as composed when one comes there again.
    if (last !== null && whole !== null && whole !== last) this.#feed(whole, whole.origin, whole.end, head);
  }

  /** @param {Piece} piece @param {Head|null} head null: the song stands */
  put(piece, head) {
    const { number, origin, end } = piece;
    const inside = head !== null && origin < head.from && end > head.now;
    if (inside) this.come(number, head);
    const before = this.played(number);
    this.#remember(piece);
    if (!inside) return this.#feed(piece, origin, this.#reach(piece), head);
    // Of a bar in which macros have moved all is the same up to there, but for hands that are a little early; what is
    // another bar altogether begins on a sixteenth.
    const same = before !== null && before.mark !== "" && piece.mark !== "";
    const from = same ? head.from : Math.ceil(head.from / SIXTEENTH) * SIXTEENTH;
    if (from < end) {
      const now = spliced(before, piece, from);
      this.#playing = now;
      this.#feed(now, from, this.#reach(now), null);
    }
    // The beginning is for the next time.
    if (origin < head.now) this.#feed(piece, origin, Math.floor(head.now / ROW) * ROW, null);
    if (piece.mark !== "") this.#good = piece;
  }

  /** A bar that is not known is the last good one once more. @param {number} number @param {number} origin @param {number} length @param {Head|null} head */
  repeat(number, origin, length, head) {
    if (this.#good !== null) this.put(repeated(this.#good, number, origin, length), head);
  }

  /** All but what plays now is not what is wanted any more. @param {Head|null} head */
  forget(head) {
    const now = head === null ? null : this.#playing;
    this.#pieces.clear();
    if (now === null) {
      this.#playing = null;
      this.#good = null;
      return this.#feeder.forget();
    }
    this.#pieces.set(now.number, { ...now, mark: "" });
  }

  /** @param {Piece} piece */
  #remember(piece) {
    this.#pieces.delete(piece.number);
    this.#pieces.set(piece.number, piece);
    if (this.#pieces.size <= MOST) return;
    const [oldest] = this.#pieces.values();
    this.#pieces.delete(oldest.number);
    this.#feeder.feed(new Map(), new Map(), oldest.origin, oldest.end);
  }

  /** @param {Piece} piece @returns {number} tick up to which the tables hang on it */
  #reach(piece) {
    const next = this.#behind(piece);
    return (
      next?.end ??
      Math.max(piece.end, ...piece.notes.map(({ off }) => off + 1), ...piece.held.map(({ off }) => off + 1))
    );
  }

  /** @param {Piece} piece @returns {Piece|null} */
  #behind(piece) {
    const next = this.played(piece.number + 1);
    return next?.origin === piece.end ? next : null;
  }

  /** @param {Piece} piece as it is to be heard @param {number} from tick @param {number} to tick @param {Head|null} head */
  #feed(piece, from, to, head) {
    const before = this.played(piece.number - 1);
    const next = this.#behind(piece);
    const after = next === null ? null : this.#behind(next);
    const pieces = [before?.end === piece.origin ? before : null, piece, next, after].filter((each) => each !== null);
    const flow = flowOf(pieces);
    /** @param {number} first @param {number} end */
    const bring = (first, end) => {
      if (first >= end) return;
      const ended = endedAt(flow, first, (pitch, place) => this.#feeder.ends(pitch, place));
      this.#feeder.feed(rowsOf(ended, first, end), entriesOf(flow, pieces, first, end), first, end);
    };
    // How the bar before ends hangs on how this one begins.
    const lead = from === piece.origin && before?.end === from ? from - ROW : from;
    const begin = head === null || lead >= head.from || from <= head.now ? lead : from;
    if (head === null || to <= head.now || begin >= head.from) return bring(begin, to);
    bring(begin, Math.floor(head.now / ROW) * ROW);
    bring(head.from, to);
  }
}

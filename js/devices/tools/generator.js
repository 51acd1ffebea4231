/**
 * A generator: plays the phrase that its controls and seed mean, fitted to the selected time, to Live's grid and to its scale.
 *
 * The engine is away: the last phrase is played again, and that is said; it is kept on disk, so it is there also when the tool
 * was closed meanwhile. There is none: no answer is given, since an empty one would take away what lies in the selected time.
 */
import { counted } from "../shared/sentences.js";
import { fit } from "./phrase.js";
import { tonesOf } from "./scale.js";
import { Tool } from "./tool.js";

/** @typedef {import("./phrase.js").Phrase} Phrase */
/** @typedef {import("./tool.js").Asking} Asking */
/** @typedef {import("./round.js").Context} Context */

/**
 * What makes one generator different from another.
 * @typedef {object} GeneratorKind
 * @property {string} method of the engine
 * @property {boolean} pitched false: its pitches mean drums, and no scale moves them
 * @property {number} coarsest beats of the coarsest grid its part can be played on
 * @property {"selection"|"bar"} anchor whether the phrase begins where the selection does, or with the bar around that
 * @property {(live: import("../../live/live.js").Live, controls: import("../shared/controls.js").Controls, barLength: number) =>
 *   import("./place.js").Beside} [beside] reads what its part follows
 * @property {string} promise what a press brings, for the empty picture
 * @property {(asking: Asking) => Record<string, unknown>} request what its controls mean to the engine
 */

/** What is read of every answer. @typedef {{notes: any[], length: number, chords?: any[], summary: string, resolved?: {key?: string}}} Reply */

const LATER = "press Generate again";

/** @extends {Tool<Reply>} */
export class Generator extends Tool {
  #kind;
  #keep;
  /** @type {Phrase|null} */ #last = null;
  /** the answer that #last was made of @type {Reply|undefined} */ #taken;

  /**
   * @param {import("./tool.js").Parts} parts
   * @param {GeneratorKind} kind
   * @param {import("./keep.js").Keep} keep
   */
  constructor(parts, kind, keep) {
    super(parts, { withNotes: false, beside: kind.beside });
    this.#kind = kind;
    this.#keep = keep;
  }

  /** @override */
  begun() {
    this.parts.face.invite("Press Generate", this.#kind.promise);
    const kept = this.#keep.read();
    this.#last = Array.isArray(kept?.notes) && kept.length > 0 ? kept : null;
    if (this.#last !== null) this.#show(this.#last);
  }

  /** @override */
  remove() {
    this.#keep.flush();
    super.remove();
  }

  /** @override @param {Asking} asking */
  questions(asking) {
    const { place, seed } = asking;
    const { tempo, numerator, denominator } = place.here;
    const params = {
      tempo,
      signature_numerator: numerator,
      signature_denominator: denominator,
      seed,
      context: place.context(),
      ...place.beside.params,
      ...this.#kind.request(asking),
    };
    return [{ key: JSON.stringify(params), method: this.#kind.method, params }];
  }

  /** What the engine said of the controls as they are now; undefined while it has not. */
  get #reply() {
    const [{ key }] = this.questions(this.now);
    return this.answers.get(key);
  }

  /** @override */
  arrived() {
    this.#take();
    if (this.#last !== null) this.standing.say(this.#last.words);
  }

  /** @override */
  changed() {
    this.#take();
  }

  /** Where the engine has said what the controls mean, that is the phrase. */
  #take() {
    const reply = this.standing.ready ? this.#reply : undefined;
    if (reply === undefined || reply === this.#taken) return;
    this.#taken = reply;
    this.#last = this.#phraseOf(reply);
    this.#keep.write(this.#last);
    this.#show(this.#last);
  }

  /** @override @param {import("./round.js").ToolNote[]} _given @param {Context} context */
  played(_given, context) {
    this.#take();
    const phrase = this.#last;
    if (phrase === null) {
      this.standing.say(
        this.standing.ready ? `Fetching the first phrase: ${LATER}` : "Engine away and no phrase yet: nothing written",
      );
      return;
    }
    const notes = fit(phrase, context, {
      snap: this.controls.choice("grid") === "on",
      inScale: this.#kind.pitched && this.controls.choice("scale") === "on",
      coarsest: this.#kind.coarsest,
      from: this.#from(context.start, phrase.barLength),
    });
    this.parts.face.answer(notes);
    // What lies beside the clip may have been edited since; the next press knows.
    if (this.#kind.beside !== undefined) this.place.again();
    this.standing.say(this.#words(phrase, notes.length, context.end - context.start), this.place.beside.words);
  }

  /** @param {number} start beats of the selected time @param {number} bar beats @returns {number} where the phrase begins */
  #from(start, bar) {
    if (this.place.beside.follows) return this.place.here.start;
    if (this.#kind.anchor === "selection") return start;
    const { start: clip } = this.place.here;
    return clip + Math.floor((start - clip) / bar + 1e-6) * bar;
  }

  /** @param {Phrase} phrase @param {number} count @param {number} span beats @returns {string} */
  #words(phrase, count, span) {
    if (!this.standing.ready) return "Engine away: your last phrase again";
    if (this.#reply === undefined) return `Fetching what you turned: ${LATER}`;
    const bars = Math.round((span / phrase.barLength) * 100) / 100;
    return [`${counted(count, "note")} over ${counted(bars, "bar")}`, ...(phrase.key ? [phrase.key] : [])].join(", ");
  }

  /** @param {Reply} reply @returns {Phrase} */
  #phraseOf({ notes, length, chords = [], summary, resolved }) {
    return {
      notes,
      length,
      barLength: this.place.barLength,
      chords: chords.map(({ start, duration, symbol }) => ({ start, duration, symbol })),
      words: summary,
      key: this.#kind.pitched ? (resolved?.key ?? "") : "",
      tones: this.#kind.pitched ? tonesOf(resolved?.key ?? "") : null,
    };
  }

  /** @param {Phrase} phrase */
  #show({ notes, length, barLength, chords, words }) {
    const seen = notes.map(({ pitch, start_time: start, duration, velocity }) => ({
      pitch,
      start: Math.max(0, start),
      duration,
      velocity,
    }));
    this.parts.face.roll({ length, beatsPerBar: barLength, label: words, notes: seen, chords });
  }
}

/**
 * Listen: what happens when a button is pressed. Knows neither Max's globals nor the wire; both are handed in, so that
 * all of it runs in a test.
 *
 * A press of Listen goes: the clip pointed at, or the last bars on tape written to a file -> hear.analyze -> picture and
 * words. While it runs, the same button cancels. What was heard stays at hand for the other buttons.
 */
import { LiveRefusal } from "../../live/errors.js";
import { SONG } from "../../live/paths.js";
import { readSong } from "../../live/song.js";
import { timeMap } from "../../live/warp.js";
import { keyOf } from "../shared/analysis.js";
import { Controls } from "../shared/controls.js";
import { Hearing, LISTENING } from "../shared/hearing.js";
import { parallel, relative } from "../shared/keys.js";
import { Standing } from "../shared/standing.js";
import { setScale, setTempo, tagColour, tagName } from "./actions.js";
import { Deck } from "./deck.js";
import { Locators, marksOf, placed } from "./locators.js";
import { TABLE } from "./parameters.js";
import { Past } from "./past.js";
import { figuresOf } from "./picture.js";
import { findPlace } from "./place.js";
import { stretch, TAPE_SECONDS, Tape } from "./tape.js";
import { heardWords, locatorsWords, plainBpm, tapeWords, whyWords } from "./words.js";

/** @typedef {import("../shared/analysis.js").Analysis} Analysis */
/** @typedef {import("./place.js").Place} Place */
/** @typedef {import("../shared/standing.js").Press} Press */

/** @typedef {{analysis: Analysis, place: Place|null, what: string}} Found place null: from the tape */

/** What is asked for: all that the picture and the buttons need. */
const PARTS = ["rhythm", "key", "loudness", "energy", "sections", "forensics", "quality"];

/**
 * @typedef {object} Parts
 * @property {string} id unique in Max
 * @property {import("../../live/live.js").Live} live
 * @property {import("../../rpc/clock.js").Clock} clock
 * @property {import("./face.js").Face} face
 * @property {import("./meter.js").Meter} meter
 * @property {(onState: (state: import("../../rpc/link.js").LinkState) => void) => import("../../rpc/link.js").Link} connect
 */

export class ListenDevice {
  #parts;
  #controls = new Controls(TABLE);
  #hearing = new Hearing();
  #past;
  #locators;
  #standing;
  #tape;
  #deck;
  #playing = false;
  /** @type {Found|null} */ #found = null;

  /** @param {Parts} parts */
  constructor(parts) {
    this.#parts = parts;
    this.#locators = new Locators(parts.live, parts.clock);
    this.#past = new Past(parts.live, this.#locators);
    this.#tape = new Tape(parts.clock);
    this.#deck = new Deck(parts.clock, (...values) => parts.face.tape(...values));
    this.#standing = new Standing({
      clock: parts.clock,
      shown: parts.face,
      connect: parts.connect,
      onAway: () => this.#hearing.lost(),
    });
  }

  /** live.thisdevice has spoken: Live is there. */
  start() {
    if (this.#standing.started) return;
    const { live, face, id } = this.#parts;
    live.start();
    // Names of its own for each device: the spectrum finds the sound by them.
    const scope = `bandmate.scope.${id}`;
    this.#deck.lay(`bandmate.tape.${id}`, scope, TAPE_SECONDS);
    face.spectrum("scope", scope);
    this.#standing.start();
    this.#hearing.listen(this.#standing.client);
    live.watch(SONG, "is_playing", (on) => {
      this.#playing = Number(on) !== 0;
      this.#roll();
    });
    this.#roll();
  }

  /** @param {boolean} on the device's own switch */
  enable(on) {
    this.#standing.enable(on, () => this.#deck.stop());
    this.#roll();
  }

  /** The device is being deleted. */
  remove() {
    this.#standing.halt();
    this.#deck.stop();
    this.#parts.meter.remove();
    this.#parts.clock.stop();
    this.#parts.live.stop();
  }

  /** The tape runs while Live plays, the spectrum and the meter always; none while the device is off. */
  #roll() {
    const on = this.#standing.mayAct;
    this.#parts.meter.run(on);
    this.#parts.face.spectrum("active", on ? 1 : 0);
    this.#deck.scope(on);
    this.#deck.record(on && this.#playing);
    this.#tape.run(on && this.#playing);
  }

  /** A message of the Hub. @param {string} selector @param {(string|number)[]} values */
  receive(selector, values) {
    this.#standing.receive(selector, values);
  }

  /** @param {string} selector @param {number} value */
  parameter(selector, value) {
    this.#controls.set(selector, value);
  }

  /** From the patch: where the tape is. @param {number} at 0-1 */
  position(at) {
    this.#deck.position(at);
  }

  /** From the patch: the file is written. */
  written() {
    this.#deck.written();
  }

  /** Listen, or Cancel while it runs. */
  listen() {
    this.#standing.press(() => {
      const range = this.#controls.choice("range");
      if (range === "clip") this.#hearClip();
      else this.#hearTape(Number(range));
    });
  }

  #hearClip() {
    const { live } = this.#parts;
    const place = findPlace(live);
    const press = this.#standing.begin(LISTENING, () => {});
    this.#analyze(press, { path: place.path, start: place.start, end: place.end }, (analysis) =>
      this.#show({ analysis, place, what: place.name }),
    );
  }

  /** @param {number} wanted bars */
  #hearTape(wanted) {
    const { live } = this.#parts;
    const song = readSong(live);
    const had = this.#tape.last(wanted, song);
    if (had === null) throw new LiveRefusal("Nothing has played through here yet: start Live, then press");
    const request = this.#standing.ask("hear.capture", { seconds: 2 * TAPE_SECONDS });
    const press = this.#standing.begin(LISTENING, request.cancel);
    request.done
      .then(async ({ path }) => {
        press.cancel = () => this.#deck.stop();
        try {
          const position = await this.#deck.write(path);
          await this.#analyze(press, { path, ...stretch(position, had.seconds) }, (analysis) =>
            this.#show({ analysis, place: null, what: tapeWords(had.bars) }),
          );
        } finally {
          this.#standing.client.call("hear.release", { path }).catch(() => {}); // the engine clears it away by itself
        }
      })
      .catch((problem) => this.#standing.fail(press, problem));
  }

  /**
   * @param {Press} press
   * @param {{path: string, start?: number, end?: number}} range
   * @param {(analysis: Analysis) => void} act
   * @returns {Promise<void>} when it is over, however it ended
   */
  #analyze(press, range, act) {
    const { tempo } = readSong(this.#parts.live);
    return this.#hearing.analyze(this.#standing, press, { ...range, parts: PARTS, tempo }, act);
  }

  /** @param {Found} found @param {string} [words] */
  #show(found, words = heardWords(found.analysis, found.what)) {
    this.#found = found;
    this.#parts.face.heard(figuresOf(found.analysis));
    this.#standing.say(words, whyWords(found.analysis));
  }

  /** The user hears another octave of the tempo. @param {number} factor */
  scaleTempo(factor) {
    this.#withFound(({ analysis, place, what }) => {
      if (analysis.bpm == null) throw new LiveRefusal("No tempo was heard: nothing to set right");
      const bpm = Math.round(analysis.bpm * factor * 100) / 100;
      if (bpm < 20 || bpm > 999) throw new LiveRefusal("Live plays from 20 to 999 BPM: left as it is");
      const words = `${plainBpm(bpm)} BPM from now on`;
      if (place !== null) this.#correct(place, { bpm }, words);
      else this.#show({ analysis: { ...analysis, bpm, corrected: true }, place, what }, words);
    });
  }

  /** The user hears the key's relative or parallel. @param {"relative"|"parallel"} which */
  otherKey(which) {
    this.#withFound(({ analysis, place }) => {
      const key = keyOf(analysis);
      if (key === null) throw new LiveRefusal("No key was heard: nothing to set right");
      const name = which === "relative" ? relative(key) : parallel(key);
      if (place === null) throw new LiveRefusal(`Perhaps ${name}: only a clip's key can be set right`);
      this.#correct(place, { key: name }, `${name} from now on`);
    });
  }

  /** What was heard stands again. */
  forget() {
    this.#withFound(({ analysis, place }) => {
      if (place === null || !analysis.corrected)
        throw new LiveRefusal("You set nothing right here: it stands as heard");
      this.#tell("hear.forget", { path: place.path }, place, "As heard again");
    });
  }

  /** @param {Place} place @param {{bpm?: number, key?: string}} right @param {string} words */
  #correct(place, right, words) {
    this.#tell("hear.correct", { path: place.path, ...right }, place, words);
  }

  /** Tells the engine something about a file, and shows what it knows of it then. @param {string} method @param {Record<string, unknown>} params @param {Place} place @param {string} words */
  #tell(method, params, place, words) {
    if (this.#standing.pressed) this.#standing.drop();
    const request = this.#standing.ask(method, params);
    const press = this.#standing.begin("Noting it ...", request.cancel);
    request.done.then(
      () => {
        const { path, start, end, name } = place;
        return this.#analyze(press, { path, start, end }, (analysis) =>
          this.#show({ analysis, place, what: name }, words),
        );
      },
      (problem) => this.#standing.fail(press, problem),
    );
  }

  setTempo() {
    this.#withFound(({ analysis }) => this.#standing.say(setTempo(this.#parts.live, this.#past, analysis)));
  }

  setScale() {
    this.#withFound(({ analysis }) => this.#standing.say(setScale(this.#past, analysis)));
  }

  tagName() {
    this.#withClip((analysis, place) => tagName(this.#parts.live, this.#past, analysis, place));
  }

  tagColour() {
    this.#withClip((analysis, { clip }) => tagColour(this.#parts.live, this.#past, analysis, clip));
  }

  setLocators() {
    this.#withClip((analysis, place) => {
      const { live } = this.#parts;
      const what = /** @type {"sections"|"faults"} */ (this.#controls.choice("mark"));
      const found = marksOf(analysis, what, this.#controls.number("sensitivity") / 100);
      const marks = placed(live, place, found, timeMap(live, place.clip).toBeats);
      if (marks.length === 0) {
        return what === "sections" ? "No sections to mark in it" : "No faults to mark in it";
      }
      this.#move("Setting locators ...", async (wanted) => {
        const made = await this.#locators.set(marks, wanted);
        this.#past.addLocators(made);
        const there = marks.length - made.length;
        if (made.length === 0) return "The locators are there already";
        return `Set ${locatorsWords(made.length)}${there > 0 && wanted() ? `, ${there} ${there === 1 ? "was" : "were"} there already` : ""}`;
      });
      return "";
    });
  }

  undo() {
    this.#travel(() => this.#past.undo());
  }

  restore() {
    this.#travel(() => this.#past.restore());
  }

  /** @param {() => string|Promise<string>} act */
  #travel(act) {
    this.#standing.press(() => {
      const done = act();
      if (typeof done === "string") this.#standing.say(done);
      else this.#move("Moving locators ...", () => done);
    });
  }

  /**
   * Something that Live needs a moment for.
   *
   * @param {string} words
   * @param {(wanted: () => boolean) => Promise<string>} act gives what was done, in words
   */
  #move(words, act) {
    let wanted = true;
    const press = this.#standing.begin(words, () => {
      wanted = false;
    });
    this.#standing.settle(
      press,
      act(() => wanted),
      (done) => this.#standing.say(done),
    );
  }

  /** @param {(found: Found) => void} act */
  #withFound(act) {
    if (!this.#standing.mayAct) return;
    this.#standing.attempt(() => {
      if (this.#found === null) throw new LiveRefusal("Nothing heard yet: press Listen");
      act(this.#found);
    });
  }

  /** @param {(analysis: Analysis, place: Place) => string} act gives what was done, in words; "" while it is being done */
  #withClip(act) {
    this.#withFound(({ analysis, place }) => {
      if (place === null) throw new LiveRefusal("That was a recording: choose a clip and press Listen");
      if (!this.#parts.live.exists(place.clip)) throw new LiveRefusal("That clip is gone: press Listen again");
      const done = act(analysis, place);
      if (done !== "") this.#standing.say(done);
    });
  }
}

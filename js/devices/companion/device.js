/**
 * Companion: what happens when a button is pressed. Knows neither Max's globals nor the wire; both are handed in, so that
 * all of it runs in a test.
 *
 * Analyze goes: the clip pointed at -> hear.clip_key or hear.analyze -> card and words. Fit to key goes: the clip and the
 * key that is wanted -> compose.fit or compose.fit_audio -> into the clip, with the way back remembered. While a press
 * runs, its button cancels. Of several Companions in a Set one works; the others rest and say so.
 */
import { Changes } from "../../live/changes.js";
import { trackOfClip } from "../../live/clip.js";
import { LiveRefusal } from "../../live/errors.js";
import { repitch } from "../../live/repitch.js";
import { readSong } from "../../live/song.js";
import { refuseFrozen } from "../../live/track.js";
import { keyOf } from "../listen/heard.js";
import { Hearing } from "../shared/hearing.js";
import { problemWords } from "../shared/problem.js";
import { Standing } from "../shared/standing.js";
import { companionControls } from "./parameters.js";
import { besides, pitchOf, refuseUnpitched } from "./pitch.js";
import { Seat } from "./seat.js";
import { Shown } from "./shown.js";
import { everyNote, pointedAt, readAudio, readMidi } from "./subject.js";
import { wantedKey } from "./target.js";
import { audioWhy, audioWords, midiWords, noKeyToFit, sentences } from "./words.js";

/** @typedef {import("../listen/heard.js").Analysis} Analysis */
/** @typedef {import("../listen/heard.js").KeyDetail} KeyDetail */
/** @typedef {import("../shared/standing.js").Press} Press */
/** @typedef {import("./subject.js").Pointed} Pointed */
/** @typedef {import("./subject.js").AudioSubject} AudioSubject */
/** @typedef {import("../../live/notes.js").Note} Note */

export const RESTS = "Another Companion is in this Set: this one rests";

/** The engine answers in milliseconds; a machine that swaps may need long. */
const PATIENCE_MS = 20_000;

/** Beats of the shortest clip there is to the engine. */
const SHORTEST = 0.0625;

/** What is asked of a recording: all that the card shows. */
const PARTS = ["rhythm", "key", "loudness", "energy"];

/**
 * @typedef {object} Parts
 * @property {string} id unique in Max
 * @property {Dict} seat shared by all Companions of a Set
 * @property {import("../../live/live.js").Live} live
 * @property {import("../../rpc/clock.js").Clock} clock
 * @property {import("./face.js").Face} face
 * @property {(onState: (state: import("../../rpc/link.js").LinkState) => void) => import("../../rpc/link.js").Link} connect
 */

export class CompanionDevice {
  #parts;
  #controls = companionControls();
  #hearing = new Hearing();
  #changes;
  #shown;
  #standing;
  #seat;
  /** @type {Press|null} what was pressed last */ #running = null;

  /** @param {Parts} parts */
  constructor(parts) {
    this.#parts = parts;
    this.#changes = new Changes(parts.live);
    this.#shown = new Shown(parts.live, parts.face, this.#hearing);
    this.#standing = new Standing({
      clock: parts.clock,
      shown: parts.face,
      connect: parts.connect,
      onAway: () => this.#hearing.lost(),
    });
    this.#seat = new Seat({
      id: parts.id,
      dict: parts.seat,
      clock: parts.clock,
      onChange: (works, taken) => {
        parts.face.rest(taken ? RESTS : "");
        this.#standing.enable(works, () => {});
      },
    });
  }

  /** live.thisdevice has spoken: Live is there. */
  start() {
    if (this.#standing.started) return;
    this.#parts.live.start();
    this.#seat.open();
    this.#standing.start();
    this.#hearing.listen(this.#standing.client);
  }

  /** @param {boolean} on the device's own switch */
  enable(on) {
    this.#seat.enable(on);
  }

  /** The device is being deleted. */
  remove() {
    this.#seat.leave();
    this.#standing.halt();
    this.#parts.clock.stop();
    this.#parts.live.stop();
  }

  /** A message of the Hub. @param {string} selector @param {(string|number)[]} values */
  receive(selector, values) {
    this.#standing.receive(selector, values);
  }

  /** @param {string} selector @param {number} value */
  parameter(selector, value) {
    this.#controls.set(selector, value);
  }

  /** Analyze, or Cancel while something runs. */
  analyze() {
    this.#press("analyze", (pointed) => (pointed.midi ? this.#hearMidi(pointed) : this.#hearAudio(pointed)));
  }

  /** Fit to key, or Cancel while something runs. */
  fit() {
    this.#press("fit", (pointed) => (pointed.midi ? this.#fitMidi(pointed) : this.#fitAudio(pointed)));
  }

  undo() {
    this.#travel(() => this.#changes.undo());
  }

  restore() {
    this.#travel(() => this.#changes.restore());
  }

  /** @param {import("./face.js").Button} button @param {(pointed: Pointed) => void} act */
  #press(button, act) {
    this.#free(() => {
      this.#parts.face.press(button);
      act(pointedAt(this.#parts.live));
    });
  }

  /** @param {() => string} move */
  #travel(move) {
    this.#free(() => {
      this.#standing.say(move());
      this.#shown.again();
    });
  }

  /** Any button cancels what runs. @param {() => void} act */
  #free(act) {
    if (this.#standing.pressed) this.#standing.cancel();
    else if (this.#standing.mayAct) this.#standing.attempt(act);
  }

  /** @param {Pointed} pointed */
  #hearMidi(pointed) {
    const subject = readMidi(this.#parts.live, pointed);
    const { notes, drums } = subject;
    const listening = this.#hearing.ask("hear.clip_key", { notes, drums }, () => {});
    this.#await(listening, "Listening ...", (/** @type {KeyDetail} */ key) => {
      const card = this.#shown.midi(pointed, subject, key);
      this.#standing.say(midiWords(card, key), sentences([key.words]));
    });
  }

  /** @param {Pointed} pointed */
  #hearAudio(pointed) {
    const sound = readAudio(this.#parts.live, pointed);
    this.#await(this.#listenTo(sound), "Listening ...", (analysis) => {
      const { card, shift } = this.#shown.audio({ pointed, sound, analysis });
      this.#standing.say(audioWords(card, analysis), audioWhy(card, analysis, shift));
    });
  }

  /** @param {AudioSubject} sound */
  #listenTo({ path, start, end }) {
    const { tempo } = readSong(this.#parts.live);
    return this.#hearing.ask("hear.analyze", { path, start, end, parts: PARTS, tempo }, ({ done, total }) => {
      const words = `Listening ... ${Math.round((100 * done) / total)} %`;
      if (total > 0 && this.#running !== null) this.#standing.progress(this.#running, words);
    });
  }

  /** @param {Pointed} pointed */
  #fitMidi(pointed) {
    const { live } = this.#parts;
    refuseFrozen(live, trackOfClip(live, pointed.clip));
    const notes = everyNote(live, pointed);
    const { drums, start, length } = readMidi(live, pointed);
    const wanted = wantedKey(live, this.#controls, pointed.clip);
    const params = { notes, drums, start, length: Math.max(length, SHORTEST), ...wanted };
    this.#await(this.#ask("compose.fit", params), "Fitting ...", (reply) => {
      const words = `the notes of ${pointed.name}`;
      if (reply.moved > 0) this.#changes.record([repitch(live, pointed.clip, notes, reply.notes, words)]);
      this.#standing.say(reply.words, sentences(reply.notices));
      this.#shown.again(pointed);
    });
  }

  /** @param {Pointed} pointed */
  #fitAudio(pointed) {
    const { live } = this.#parts;
    refuseUnpitched(live, pointed.clip);
    const sound = readAudio(live, pointed);
    this.#await(this.#listenTo(sound), "Listening ...", (analysis) => this.#transpose({ pointed, sound, analysis }));
  }

  /** @param {import("./shown.js").Recording} recording */
  #transpose(recording) {
    const { live } = this.#parts;
    const { pointed, analysis } = recording;
    const { card } = this.#shown.audio(recording);
    if (keyOf(analysis) === null) throw new LiveRefusal(noKeyToFit(analysis));
    const { coarse, fine } = pitchOf(live, pointed.clip);
    const params = {
      clip_key: analysis.key,
      confidence: card.sure,
      tuning_cents: analysis.key_detail?.tuning_cents ?? null,
      coarse,
      fine,
      ...wantedKey(live, this.#controls, pointed.clip),
    };
    this.#await(this.#ask("compose.fit_audio", params), "Fitting ...", (reply) => {
      refuseUnpitched(live, pointed.clip);
      if (pitchOf(live, pointed.clip).coarse !== coarse) {
        throw new LiveRefusal("You changed that clip meanwhile: press again");
      }
      const words = `the pitch of ${pointed.name}`;
      this.#changes.make([{ ref: pointed.clip, property: "pitch_coarse", value: reply.coarse, words }]);
      const more = reply.transposed === 0 ? [] : besides(live, pointed.clip);
      this.#standing.say(reply.words, sentences([...reply.notices, ...more]));
      this.#shown.again();
    });
  }

  /** @param {string} method @param {Record<string, unknown>} params */
  #ask(method, params) {
    return this.#standing.client.request(method, params, { timeout: PATIENCE_MS, idempotent: true });
  }

  /**
   * @template T
   * @param {{done: Promise<T>, cancel: () => void}} asked
   * @param {string} words what is being done
   * @param {(answer: T) => void} act
   */
  #await({ done, cancel }, words, act) {
    const press = this.#standing.begin(words, cancel);
    this.#running = press;
    done.then(
      (answer) => this.#standing.finish(press, () => act(answer)),
      (problem) => this.#standing.finish(press, () => this.#standing.say(problemWords(problem))),
    );
  }
}

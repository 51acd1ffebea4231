/**
 * Companion: what happens when a button is pressed. Knows neither Max's globals nor the wire; both are handed in, so that
 * all of it runs in a test.
 *
 * Analyze goes: the clip pointed at -> hear.clip_key or hear.analyze -> card and words. Fit to key goes: the clip and the
 * key that is wanted -> compose.fit or compose.fit_audio -> into the clip, with the way back remembered. Learn goes: the
 * clip's notes -> compose.learn -> words; see learning.js. While a press
 * runs, its button cancels. Of several Companions in a Set one works; the others rest and say so.
 */
import { readSound } from "../../live/audio_clip.js";
import { Changes } from "../../live/changes.js";
import { trackOfClip } from "../../live/clip.js";
import { LiveRefusal } from "../../live/errors.js";
import { SONG_VIEW } from "../../live/paths.js";
import { repitch } from "../../live/repitch.js";
import { readSong } from "../../live/song.js";
import { refuseFrozen } from "../../live/track.js";
import { Controls } from "../shared/controls.js";
import { Hearing, LISTENING } from "../shared/hearing.js";
import { sentences } from "../shared/sentences.js";
import { Standing } from "../shared/standing.js";
import { tastingOf } from "../tasting/of_device.js";
import { Learning } from "./learning.js";
import { TABLE } from "./parameters.js";
import { besides, pitchOf, refuseUnpitched } from "./pitch.js";
import { Seat } from "./seat.js";
import { Shown } from "./shown.js";
import { everyNote, pointedAt, readMidi } from "./subject.js";
import { wantedKey } from "./target.js";
import { audioWhy, audioWords, midiWhy, midiWords, noKeyToFit } from "./words.js";

/** @typedef {import("../shared/analysis.js").Analysis} Analysis */
/** @typedef {import("./face.js").Button} Button */
/** @typedef {import("./subject.js").Pointed} Pointed */

export const RESTS = "Another Companion is in this Set: this one rests";

/** Beats of the shortest clip there is to the engine. */
const SHORTEST = 0.0625;

/** What is asked of a recording: all that the card shows. */
const PARTS = ["rhythm", "key", "loudness", "energy"];

/** What tells that the user points elsewhere (the highlighted slot itself cannot be watched, but it lies where these cross). */
const POINTERS = ["detail_clip", "selected_track", "selected_scene"];

/**
 * @typedef {object} Parts
 * @property {string} id unique in Max
 * @property {Dict} seat shared by all Companions of a Set
 * @property {import("../../live/live.js").Live} live
 * @property {import("../../rpc/clock.js").Clock} clock
 * @property {() => number} random 0 to below 1
 * @property {import("./face.js").Face} face
 * @property {import("../tasting/of_device.js").Tasted} tasted
 * @property {(onState: (state: import("../../rpc/link.js").LinkState) => void) => import("../../rpc/link.js").Link} connect
 */

export class CompanionDevice {
  #parts;
  #controls = new Controls(TABLE);
  #hearing = new Hearing();
  #changes;
  #learning;
  #shown;
  #standing;
  #tasting;
  #seat;
  /** what a style that learns is to be called; "" for the clip's name */ #as = "";
  /** whether another one works */ #rests = false;
  /** @type {Button|""} the button whose press began last */ #button = "";

  /** @param {Parts} parts */
  constructor(parts) {
    this.#parts = parts;
    this.#changes = new Changes(parts.live);
    this.#shown = new Shown(parts.live, parts.face, this.#hearing);
    this.#standing = new Standing({
      clock: parts.clock,
      shown: parts.face,
      connect: parts.connect,
      onReady: () => this.#tasting.start(),
      onAway: () => {
        this.#hearing.lost();
        this.#tasting.away();
      },
    });
    this.#tasting = tastingOf(parts, this.#standing, "pointed");
    this.#learning = new Learning(parts.live, this.#standing);
    this.#seat = new Seat({
      id: parts.id,
      dict: parts.seat,
      clock: parts.clock,
      onChange: (works, taken) => {
        this.#rests = taken;
        if (works || taken) parts.face.active(works);
        if (!works) this.#tasting.stop();
        this.#standing.enable(works, () => {}, taken ? RESTS : undefined);
        this.#look();
      },
    });
  }

  /** live.thisdevice has spoken: Live is there. */
  start() {
    if (this.#standing.started) return;
    const { live } = this.#parts;
    live.start();
    this.#seat.open();
    this.#standing.start();
    this.#hearing.listen(this.#standing.client);
    for (const pointer of POINTERS) live.watch(SONG_VIEW, pointer, () => this.#look());
    this.#look();
  }

  /** @param {boolean} on the device's own switch */
  enable(on) {
    this.#seat.enable(on);
    // The patch has just made the controls active.
    if (on && this.#rests) this.#parts.face.active(false);
  }

  /** The device is being deleted. */
  remove() {
    this.#seat.leave();
    this.#tasting.stop();
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

  /** Analyze, or Cancel while it runs. */
  analyze() {
    this.#press("analyze", (pointed) => (pointed.midi ? this.#hearMidi(pointed) : this.#hearAudio(pointed)));
  }

  /** Fit to key, or Cancel while it runs. */
  fit() {
    this.#press("fit", (pointed) => (pointed.midi ? this.#fitMidi(pointed) : this.#fitAudio(pointed)));
  }

  /** Learn, or Cancel while it runs. */
  learn() {
    this.#press("learn", (pointed) => this.#learning.learn(pointed, this.#as));
  }

  /** @param {string} text that was typed: what a style that learns is to be called */
  learnAs(text) {
    this.#as = text.replace(/\s+/g, " ").trim();
  }

  /** A press on the stars of the picture. @param {number} stars 1 to 5; 0 takes it back */
  rate(stars) {
    if (this.#standing.mayAct) this.#tasting.rate(stars);
  }

  undo() {
    this.#travel(() => this.#learning.undo(() => this.#moved(this.#changes.undo())));
  }

  restore() {
    this.#travel(() => this.#learning.restore(() => this.#moved(this.#changes.restore())));
  }

  /** The user points elsewhere, or may have. What was said was said of another clip. */
  #look() {
    if (!this.#standing.mayAct) this.#shown.hide();
    else if (this.#shown.look() && !this.#standing.pressed) this.#standing.say("");
  }

  /** The button of what runs cancels it; another one ends it and counts. @param {Button} button @param {(pointed: Pointed) => void} act */
  #press(button, act) {
    if (this.#standing.pressed && this.#button === button) return this.#standing.cancel();
    if (!this.#standing.mayAct) return;
    this.#standing.drop();
    this.#button = button;
    this.#parts.face.press(button);
    this.#shown.look();
    this.#standing.attempt(() => act(pointedAt(this.#parts.live)));
  }

  /** @param {() => void} move */
  #travel(move) {
    this.#standing.press(() => {
      // What takes long of it is asked of the engine, as a lesson is.
      this.#parts.face.press("learn");
      this.#button = "learn";
      move();
    });
  }

  /** @param {string} words of what was put back or done again in the Set */
  #moved(words) {
    this.#standing.say(words);
    this.#shown.again();
  }

  /** @param {Pointed} pointed */
  #hearMidi(pointed) {
    const subject = readMidi(this.#parts.live, pointed);
    const { notes, drums } = subject;
    const { done, cancel } = this.#hearing.ask("hear.clip_key", { notes, drums }, () => {});
    this.#standing.settle(this.#standing.begin(LISTENING, cancel), done, (key) => {
      const card = this.#shown.midi(pointed, subject, key);
      this.#say(pointed, midiWords(card, key), [midiWhy(card, key)]);
    });
  }

  /** @param {Pointed} pointed */
  #hearAudio(pointed) {
    this.#listenTo(pointed, (analysis, { card, shift }) => {
      this.#say(pointed, audioWords(card, analysis), [audioWhy(card, analysis, shift)]);
    });
  }

  /** @param {Pointed} pointed an audio clip @param {(analysis: Analysis, shown: ReturnType<Shown["audio"]>) => void} act */
  #listenTo(pointed, act) {
    const { live } = this.#parts;
    const sound = readSound(live, pointed.clip);
    const { path, start, end } = sound;
    const params = { path, start, end, parts: PARTS, tempo: readSong(live).tempo };
    const press = this.#standing.begin(LISTENING, () => {});
    this.#hearing.analyze(this.#standing, press, params, (analysis) =>
      act(analysis, this.#shown.audio(pointed, sound, analysis)),
    );
  }

  /** @param {Pointed} pointed */
  #fitMidi(pointed) {
    const { live } = this.#parts;
    refuseFrozen(live, trackOfClip(live, pointed.clip));
    const notes = everyNote(live, pointed);
    const { drums, start, length } = readMidi(live, pointed);
    const wanted = wantedKey(live, this.#controls, pointed.clip);
    this.#askToFit("compose.fit", { notes, drums, start, length: Math.max(length, SHORTEST), ...wanted }, (reply) => {
      const words = `the notes of ${pointed.name}`;
      if (reply.moved > 0) {
        this.#changes.record([repitch(live, pointed.clip, notes, reply.notes, words)]);
        this.#tasting.retouched(pointed.clip);
        this.#learning.changed();
      }
      this.#say(pointed, reply.words, reply.notices);
      this.#shown.moved(pointed);
    });
  }

  /** @param {Pointed} pointed */
  #fitAudio(pointed) {
    refuseUnpitched(this.#parts.live, pointed.clip);
    this.#listenTo(pointed, (analysis, { card }) => {
      if (analysis.key == null) throw new LiveRefusal(noKeyToFit(analysis));
      this.#transpose(pointed, analysis, card.sure);
    });
  }

  /** @param {Pointed} pointed @param {Analysis} analysis of one that has a key @param {number} confidence */
  #transpose(pointed, { key, key_detail: detail }, confidence) {
    const { live } = this.#parts;
    const { clip, name } = pointed;
    const { coarse, fine } = pitchOf(live, clip);
    const wanted = wantedKey(live, this.#controls, clip);
    const params = { clip_key: key, confidence, tuning_cents: detail?.tuning_cents ?? null, coarse, fine, ...wanted };
    this.#askToFit("compose.fit_audio", params, (reply) => {
      refuseUnpitched(live, clip);
      if (pitchOf(live, clip).coarse !== coarse) throw new LiveRefusal("You changed that clip meanwhile: press again");
      const words = `the pitch of ${name}`;
      const made = this.#changes.make([{ ref: clip, property: "pitch_coarse", value: reply.coarse, words }]);
      if (made.length > 0) this.#learning.changed();
      this.#say(pointed, sentences([reply.words, ...(made.length > 0 ? besides(live, clip) : [])]), reply.notices);
      this.#shown.look();
    });
  }

  /** @param {string} method @param {Record<string, unknown>} params @param {(reply: any) => void} act */
  #askToFit(method, params, act) {
    const { done, cancel } = this.#standing.ask(method, params);
    this.#standing.settle(this.#standing.begin("Fitting ...", cancel), done, act);
  }

  /** What was found or done; of a clip that is not pointed at any more, with its name. @param {Pointed} pointed @param {string} words @param {readonly string[]} why */
  #say(pointed, words, why) {
    this.#standing.say(this.#shown.isHere(pointed) ? words : `${pointed.name}: ${words}`, sentences(why));
  }
}

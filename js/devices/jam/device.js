/**
 * Jam: plays along bar by bar, steered by nine macros that may move while it plays. Knows neither Max's globals nor the wire;
 * both are handed in.
 */
import { homeTrack } from "../../live/device.js";
import { Journal } from "../../live/journal.js";
import { SONG } from "../../live/paths.js";
import { isPlaying, trackIds } from "../../live/song.js";
import { OWN_ENTRIES } from "../maker/harmony.js";
import { checkOwnText } from "../maker/own_text.js";
import { SeedKeeper } from "../maker/seed.js";
import { TrackMenu } from "../maker/track_menu.js";
import { KNOBS } from "../shared/board.js";
import { Standing } from "../shared/standing.js";
import { Steered } from "../shared/steered.js";
import { lookAround } from "./around.js";
import { Book } from "./book.js";
import { Conductor } from "./conductor.js";
import { Feeder } from "./feeder.js";
import { Follow } from "./follow.js";
import { Freezer } from "./freezer.js";
import { LATER, Lanes } from "./lanes.js";
import { Led } from "./led.js";
import { loopNow, tickNow } from "./metre.js";
import { turnOf, turnsOf } from "./need.js";
import { Parameters } from "./parameters.js";
import { ROW, TICKS } from "./score.js";
import { Screen } from "./screen.js";
import { Styles } from "./styles.js";
import { Tape } from "./tape.js";

/** Bars after which what surrounds the part is looked for again. */
const PHRASE = 4;

/** @typedef {Pick<import("../maker/maker.js").Parts, "live"|"clock"|"random"|"face"|"connect"|"board">} Parts */

/** @typedef {Parts & Pick<ConstructorParameters<typeof Follow>[0], "id"|"sounding"|"following"> & {tasted: import("../tasting/of_device.js").Tasted}} JamParts */

export class JamDevice {
  #parts;
  #parameters = new Parameters();
  #journal;
  #seeds;
  #menu;
  #follow;
  #steered;
  #standing;
  #freezer;
  #lanes = new Lanes();
  #led;
  #tape = new Tape();
  #styles = new Styles();
  #book;
  #conductor;
  #screen;
  /** @type {import("./conductor.js").Asked|null} */ #asked = null;
  /** the style that the engine chose, and from what; "" for none yet */
  #chosen = { from: "", style: "" };
  /** when it looks at its macros, as the player knows it */ #turn = "";
  /** number of the phrase for which was looked around */ #phrase = -1;

  /** @param {JamParts} parts */
  constructor(parts) {
    this.#parts = parts;
    const { live, clock, face, random, connect } = parts;
    this.#journal = new Journal(live);
    this.#seeds = new SeedKeeper(random);
    this.#led = new Led(live);
    this.#menu = new TrackMenu(live, face, this.#parameters, "harmony", OWN_ENTRIES);
    const { id, sounding, following } = parts;
    this.#follow = new Follow({
      ...{ id, live, clock, face, sounding, following, parameters: this.#parameters },
      changed: () => this.#screen.follows(this.#follow.words, this.#follow.problem),
    });
    const amount = () => this.#parameters.number("macros");
    this.#steered = new Steered({ id, kind: "Jam", board: parts.board, live, amount });
    const [onReady, onAway] = [() => this.#came(), () => this.#freezer.away()];
    this.#standing = new Standing({ clock, shown: face, connect, onReady, onAway });
    this.#book = new Book(new Feeder((...values) => face.play(...values)));
    this.#screen = new Screen(face, this.#standing, this.#book);
    this.#conductor = new Conductor({
      ...{ live, clock, standing: this.#standing, book: this.#book, lanes: this.#lanes },
      about: () => this.#asked,
      shown: (now) => this.#looked(now),
      told: (reply) => this.#told(reply),
    });
    this.#freezer = new Freezer(parts, {
      ...{ journal: this.#journal, standing: this.#standing, tape: this.#tape, lanes: this.#lanes },
      ...{ conductor: this.#conductor, label: () => this.#screen.label, about: () => this.#asked },
    });
  }

  /** live.thisdevice has spoken: Live is there. */
  start() {
    if (this.#standing.started) return;
    const { live, clock, face } = this.#parts;
    live.start();
    this.#standing.start();
    face.play("sample");
    this.#standing.attempt(() => {
      this.#menu.refresh();
      this.#follow.start();
      this.#steered.start();
      // Nothing of the Set may be changed while Live tells something.
      live.watch(SONG, "tracks", () => clock.after(0, () => this.#tracks()));
      this.#conductor.start();
    });
  }

  #tracks() {
    if (!this.#standing.mayAct) return;
    this.#standing.attempt(() => {
      if (!this.#menu.refresh()) this.#standing.say("The track it followed is gone: Auto again");
      if (!this.#follow.refresh()) this.#standing.say("The track it followed is gone: Follow is off");
      this.#around();
    });
  }

  /** @param {boolean} on the device's own switch */
  enable(on) {
    this.#standing.enable(on, () => {
      this.#conductor.stop();
      this.#freezer.stop();
    });
    this.#steered.enable(on);
    if (on && this.#standing.started) this.#conductor.entered();
  }

  /** The device is being deleted. */
  remove() {
    this.#conductor.stop();
    this.#follow.stop();
    this.#steered.stop();
    this.#freezer.stop();
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
    const before = this.#parameters.number(selector);
    this.#parameters.set(selector, value);
    const now = this.#parameters.number(selector);
    if (selector === "seed") this.#seeds.set(now, this.#standing.started);
    if (now === before || selector === "seed_lock") return;
    if (selector === "follow" || selector === "follow_amount") {
      if (this.#standing.started) this.#standing.attempt(() => this.#followed());
      return;
    }
    if (selector === "macros") {
      this.#steered.tell();
      return this.steered();
    }
    if (selector === "harmony") this.#menu.turned();
    if (this.#standing.mayAct) this.#standing.attempt(() => this.#around());
  }

  /** Another track is followed, or otherwise. */
  #followed() {
    this.#follow.turned();
    this.#sample();
  }

  /** The Macros of the Set stand elsewhere, or are something else to this device. */
  steered() {
    if (this.#standing.mayAct) this.#sample();
  }

  /** The player looks at the macros; while the song runs it does so anyway. */
  #sample() {
    if (!this.#conductor.playing) this.#parts.face.play("sample");
  }

  /** What the knobs of the Set are to this device, percent. @returns {number[]} */
  get #set() {
    const { stands } = this.#steered;
    return KNOBS.map((knob) => (stands === null ? 0 : stands[knob] * 100));
  }

  /** @param {string} text of the user's own progression */
  ownText(text) {
    const before = this.#parameters.ownText;
    this.#parameters.ownText = text;
    if (this.#parameters.ownText === before || !this.#standing.mayAct) return;
    this.#standing.attempt(() => this.#around());
    if (!this.#standing.ready) return;
    checkOwnText(this.#standing.client, this.#parameters, (words) => this.#standing.say(words));
  }

  /** The player has looked at the macros. @param {number[]} values tick, tempo, the nine of them */
  lanes([tick, tempo, ...macros]) {
    // A song that has only just started is not yet known to run: where the macros stand is told soon enough.
    const stands = tick < 0 && this.#lanes.known;
    if (stands && isPlaying(this.#parts.live)) return;
    const all = [...this.#follow.steer(macros), ...this.#set];
    this.#standing.attempt(() => this.#lanes.look(tick, tempo, all, stands ? this.#led.now() : []));
    this.#conductor.look();
  }

  /** The player begins at a place. @param {number} tick */
  entered(tick) {
    this.#lanes.entered(tick);
    this.#tape.entered(tick, loopNow(this.#parts.live));
    this.#conductor.entered();
  }

  /** @param {number} pitch @param {number} velocity 0: it ends @param {number} tick */
  struck(pitch, velocity, tick) {
    this.#tape.struck(pitch, velocity, tick);
  }

  /** Everything that sounded has ended. @param {number} place in rows */
  hushed(place) {
    this.#tape.hushed(place * ROW);
  }

  /** Another part with the same settings. */
  dice() {
    if (!this.#standing.mayAct) return;
    if (this.#parameters.choice("seed_lock") === "on") return this.#standing.say("The seed is locked");
    const seed = this.#seeds.draw();
    this.#parameters.set("seed", seed);
    this.#parts.face.seed(seed);
    this.#standing.attempt(() => this.#around());
  }

  /** The clips it leaves behind. */
  get clips() {
    return this.#freezer;
  }

  /** The engine is there. */
  #came() {
    this.#screen.forget();
    this.#standing.attempt(() => this.#around());
    this.#conductor.look();
    this.#freezer.came();
  }

  /** What is asked for is put together anew. */
  #around() {
    const { live } = this.#parts;
    if (!this.#standing.started) return;
    const role = this.#parameters.choice("role");
    if (this.#standing.ready) {
      this.#styles.learn(
        role,
        (method, params) => this.#standing.ask(method, params),
        () => this.#standing.attempt(() => this.#around()),
      );
    }
    if (!this.#styles.knows(role)) return;
    this.#takeTurn();
    const beat = tickNow(live) / TICKS;
    const { params, why, pads } = lookAround(live, this.#journal, this.#parameters, this.#menu.track, beat);
    const wanted = this.#styles.wire(role, this.#parameters.choice("style"));
    const from = JSON.stringify([role, wanted, params.context?.track_name]);
    if (this.#chosen.from !== from) this.#chosen = { from, style: "" };
    const all = { ...params, role, style: this.#chosen.style || wanted, seed: this.#seeds.seed };
    const mark = JSON.stringify({ ...all, style: wanted });
    if (mark === this.#asked?.mark) return;
    this.#asked = { mark, params: all };
    this.#screen.surrounded(role, why, pads);
    this.#conductor.renew();
  }

  /** Parts on other tracks look at their macros, and ask, at other times. */
  #takeTurn() {
    const { live, face } = this.#parts;
    const { share, between } = turnOf(trackIds(live).indexOf(homeTrack(live)) + 1);
    const later = Math.round(share * turnsOf(live.number(SONG, "tempo")));
    const turn = `${share} ${between} ${later}`;
    if (turn === this.#turn) return;
    this.#turn = turn;
    this.#conductor.share = share;
    this.#lanes.between = between;
    face.play("phase", between ? LATER / 2 / ROW : 0);
    face.play("turn", later);
  }

  /** @param {{bar: number, inside: number, playing: boolean, metre: import("./metre.js").Metre}} now */
  #looked(now) {
    const phrase = now.playing ? Math.floor(now.bar / PHRASE) : -1;
    if (phrase !== this.#phrase) {
      this.#phrase = phrase;
      if (now.playing) this.#parts.clock.after(0, () => this.#tracks());
    }
    this.#screen.draw(now);
  }

  /** @param {any} reply */
  #told(reply) {
    this.#screen.told(reply);
    this.#freezer.told(reply);
    // From now on the style that was chosen is sent: a tempo that moves would bring another one.
    if (!reply.style || this.#chosen.style !== "" || this.#asked?.params.style !== "auto") return;
    this.#chosen = { ...this.#chosen, style: reply.style };
    this.#asked = { ...this.#asked, params: { ...this.#asked.params, style: reply.style } };
  }
}

/**
 * Arrange: from the loop in one scene to a song, as scenes below it or on the timeline. Knows neither Max's globals nor the wire; both
 * are handed in, so that all of it runs in a test.
 *
 * A press goes: the clips of the scene at hand (loop) -> compose.arrange -> scenes (lay) or arrangement (timeline), remembered
 * for Undo (songs). Before a press the picture shows the plan, which the engine is asked for whenever a knob or the selected scene moves.
 */
import { LiveRefusal } from "../../live/errors.js";
import { SONG, SONG_VIEW } from "../../live/paths.js";
import { rowOf, selectedScene, selectScene } from "../../live/scene.js";
import { readSong } from "../../live/song.js";
import { EMPTY_SONG } from "../../ui/energy.js";
import { songToJson } from "../../ui/energy_dict.js";
import { Parameters } from "../maker/parameters.js";
import { SeedKeeper } from "../maker/seed.js";
import { aboutTheSet, styleHints } from "../maker/surroundings.js";
import { Standing } from "../shared/standing.js";
import { tastingOf } from "../tasting/of_device.js";
import { Curve } from "./curve.js";
import { readLoop } from "./loop.js";
import { TABLE } from "./parameters.js";
import { Quietly } from "./quietly.js";
import { Recognised } from "./recognised.js";
import { Songs } from "./songs.js";
import { barOf, playheadBar } from "./timeline.js";
import { formView, madeWords, songView, whyWords } from "./words.js";

/** @typedef {import("./loop.js").Loop} Loop */
/** @typedef {import("./songs.js").Song} Song */

const METHOD = "compose.arrange";

/** Turning a knob, or walking through scenes, asks for one plan. */
const SETTLE_MS = 120;

export class ArrangeDevice {
  #parts;
  #parameters = new Parameters(TABLE);
  #curve = new Curve();
  #seeds;
  #songs;
  #standing;
  #quietly;
  #recognised;
  #tasting;
  /** the song whose scenes are shown @type {Song|null} */ #shown = null;
  /** what the picture shows */ #picture = "";
  /** names of the sections that it shows @type {string[]} */ #sections = [];
  /** whether a hand has asked for something else since it selected a scene */ #turned = false;
  /** @type {object|null} */ #timer = null;

  /** @param {import("../maker/order.js").Parts & {tasted: import("../tasting/of_device.js").Tasted}} parts */
  constructor(parts) {
    this.#parts = parts;
    this.#seeds = new SeedKeeper(parts.random);
    this.#songs = new Songs(parts.live);
    this.#standing = new Standing({
      clock: parts.clock,
      shown: parts.face,
      connect: parts.connect,
      onReady: () => {
        this.#tasting.start();
        this.#recognised.forget();
        this.#quietly.learnForms(() => this.#lookSoon());
        this.#lookSoon();
      },
      onAway: () => this.#tasting.away(),
    });
    // A song is one take, in as many clips as it has: it is rated while it is shown.
    this.#tasting = tastingOf(parts, this.#standing, "heard");
    this.#quietly = new Quietly(this.#standing);
    this.#recognised = new Recognised(parts.live, this.#standing, () => this.#hear(null));
  }

  /** live.thisdevice has spoken: Live is there. */
  start() {
    if (this.#standing.started) return;
    const { live } = this.#parts;
    live.start();
    this.#standing.start();
    live.watch(SONG_VIEW, "selected_scene", () => {
      this.#turned = false;
      this.#recognised.drop();
      this.#lookSoon();
    });
    this.#lookSoon();
  }

  /** @param {boolean} on the device's own switch */
  enable(on) {
    if (!on) this.#tasting.stop();
    this.#standing.enable(on, () => {});
    if (on) this.#lookSoon();
  }

  /** The device is being deleted. */
  remove() {
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
    const before = this.#parameters.number(selector);
    this.#parameters.set(selector, value);
    const now = this.#parameters.number(selector);
    if (selector === "seed") this.#seeds.set(now, this.#standing.started);
    else if (now !== before && selector !== "seed_lock") this.#turn();
  }

  /** Generate, or Cancel while it runs. */
  generate() {
    this.#standing.press(() => this.#arrange(this.#parameters.choice("seed_lock") === "on"));
  }

  /** A new seed and a song from it, also when the seed is locked. */
  dice() {
    if (!this.#standing.mayAct) return;
    if (this.#standing.pressed) this.#standing.drop();
    this.#seeds.draw();
    this.#standing.attempt(() => this.#arrange(true));
  }

  /** A press on the stars of the picture. @param {number} stars 1 to 5; 0 takes it back */
  rate(stars) {
    if (this.#standing.mayAct) this.#tasting.rate(stars);
  }

  undo() {
    this.#standing.press(() => {
      const { live } = this.#parts;
      const mine = this.#songs.of(selectedScene(live))?.song;
      const { last } = this.#songs;
      const home = mine !== undefined && mine === last ? mine.loop.scene : 0;
      const words = this.#songs.undo();
      if (last !== null && words.startsWith("Took")) this.#tasting.did("undone", last.reply.take);
      // Where Live selects another scene in the place of one that went, that is none the hand has chosen.
      if (home !== 0 && rowOf(live, home) >= 0) selectScene(live, home);
      this.#standing.say(words);
      this.#look();
    });
  }

  restore() {
    this.#standing.press(() => {
      const { words, song } = this.#songs.restore();
      this.#standing.say(words);
      if (song !== null) this.#show(song, -1);
    });
  }

  /** A section of the picture was pressed. @param {number} number from 0 */
  section(number) {
    if (!this.#standing.mayAct) return;
    this.#standing.attempt(() => {
      const { live } = this.#parts;
      const made = this.#shown?.laid.pieces[number];
      if (made === undefined) throw new LiveRefusal("That is the plan: press Generate to lay it out");
      if (!made.here()) throw new LiveRefusal(`${made.name} is gone`);
      if (made.scene !== 0) selectScene(live, made.scene);
      else if (live.flag(SONG, "is_playing")) throw new LiveRefusal("Stop Live first: this moves its playhead");
      else live.set(SONG, "current_song_time", made.at);
      this.#standing.say(made.name);
    });
  }

  /** What the Energy field says. @param {string} text */
  energy(text) {
    if (text === this.#curve.text) return;
    this.#curve.read(text);
    this.#turn();
  }

  /** A section of the picture was dragged up or down. @param {number} number from 0 @param {number} percent */
  sectionEnergy(number, percent) {
    this.#bend(number, (name) => this.#curve.set(name, percent));
  }

  /** A section of the picture is to be as the form has it. @param {number} number from 0 */
  sectionPlain(number) {
    this.#bend(number, (name) => this.#curve.clear(name));
  }

  /** @param {number} number of the section @param {(name: string) => void} act */
  #bend(number, act) {
    const name = this.#sections[number];
    if (name === undefined || !this.#standing.mayAct) return;
    act(name);
    this.#parts.face.text("energy", this.#curve.text);
    this.#turn();
  }

  #turn() {
    this.#turned = true;
    this.#recognised.drop();
    this.#lookSoon();
  }

  /** @param {boolean} locked whether the seed that is shown is the one */
  #arrange(locked) {
    const { live, face } = this.#parts;
    const loop = readLoop(live, this.#source());
    const seed = this.#seeds.take(locked);
    const wish = this.#wish();
    const at = this.#parameters.choice("to") === "scenes" ? -1 : playheadBar(live);
    face.seed(seed);
    const request = this.#standing.ask(METHOD, this.#params(loop, seed));
    const press = this.#standing.begin("Arranging ...", request.cancel);
    request.done.catch(() => this.#seeds.giveBack());
    this.#standing.settle(press, request.done, (reply) => {
      const former = this.#songs.from(loop.scene, wish);
      const song = this.#songs.make(loop, reply, wish, at);
      if (former !== null) this.#tasting.did("rerolled", former.reply.take);
      this.#show(song, -1);
      this.#standing.say(madeWords(song, readSong(live).tempo, barOf(live)), whyWords(loop, reply));
    });
  }

  /** @returns {number} the scene of the loop: the selected one, or where that belongs to a song, the one it was made from */
  #source() {
    const selected = selectedScene(this.#parts.live);
    const home = this.#songs.of(selected)?.song.loop.scene;
    if (home === undefined) return selected;
    if (rowOf(this.#parts.live, home) < 0) {
      throw new LiveRefusal("The loop of this song is gone: select another scene");
    }
    return home;
  }

  /** What the knobs ask for. */
  #knobs() {
    return {
      ...this.#parameters.wire(["contrast", "variation"], ["form"]),
      scale: Number(this.#parameters.choice("scale")),
      ...this.#curve.wish,
    };
  }

  #wish() {
    return JSON.stringify(this.#knobs());
  }

  /** @param {Loop} loop @param {number} seed @returns {Record<string, unknown>} */
  #params({ parts, signature }, seed) {
    const { live } = this.#parts;
    const { trackName } = styleHints(live);
    const surroundings = { song: readSong(live), trackName, pitchClasses: null, previous: null };
    const about = aboutTheSet(surroundings, { signature, span: 0 });
    return { ...about, ...this.#knobs(), seed, parts: parts.map(({ wire }) => wire) };
  }

  /** The Set may not be read while Live tells something, and a hand that moves on is not waited for. */
  #lookSoon() {
    const { clock } = this.#parts;
    clock.cancel(this.#timer);
    this.#timer = clock.after(SETTLE_MS, () => this.#look());
  }

  /** Shows what belongs to the scene that is selected. */
  #look() {
    if (!this.#standing.mayAct || this.#standing.pressed) return;
    this.#standing.attempt(() => {
      const { live } = this.#parts;
      const selected = selectedScene(live);
      const mine = this.#songs.of(selected);
      // A song that was made before the Set was opened is rated by its scenes, while nothing else is asked for.
      if (this.#turned || this.#songs.know(selected)) this.#recognised.drop();
      else this.#recognised.look(selected);
      // Whoever walks through a song sees it; whoever turns a knob sees what a press would make now.
      if (mine !== null && !this.#turned) return this.#show(mine.song, mine.section);
      try {
        const scene = this.#source();
        const made = this.#songs.from(scene, this.#wish());
        if (made === null) this.#plan(readLoop(live, scene));
        else this.#show(made, mine?.song === made ? mine.section : -1);
      } catch (problem) {
        if (!(problem instanceof LiveRefusal)) throw problem;
        this.#showForm();
      }
    });
  }

  /** @param {Loop} loop */
  #plan(loop) {
    this.#quietly.plan(this.#params(loop, this.#seeds.seed), (reply) => {
      const { tempo } = readSong(this.#parts.live);
      this.#draw(null, songView(loop, reply, tempo, { made: false, here: -1 }));
    });
  }

  #showForm() {
    this.#quietly.drop();
    const form = this.#quietly.form(this.#parameters.choice("form"));
    this.#draw(null, form ? formView(form, Number(this.#parameters.choice("scale"))) : EMPTY_SONG);
  }

  /** @param {Song} song @param {number} here the section that is selected; -1 for none */
  #show(song, here) {
    this.#quietly.drop();
    this.#recognised.drop();
    const { tempo } = readSong(this.#parts.live);
    this.#draw(song, songView(song.loop, song.reply, tempo, { made: true, here }));
  }

  /** What a rating is of. @param {Song|null} song null: the one that the selected scene is known to belong to */
  #hear(song) {
    const known = song === null ? this.#recognised.song : null;
    this.#tasting.heard(song?.reply.take ?? known?.take, known?.stars);
  }

  /** @param {Song|null} song null: its scenes are not in the Set @param {import("../../ui/energy.js").SongView} view */
  #draw(song, view) {
    this.#shown = song;
    this.#hear(song);
    this.#sections = view.sections.map(({ name }) => name);
    const json = songToJson(view);
    if (json === this.#picture) return;
    this.#picture = json;
    this.#parts.face.picture("song", json);
  }
}

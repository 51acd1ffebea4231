/**
 * Taste: how far an offer may go from what is liked, whose taste is in use, and what was learnt of it. Knows none of Max's
 * globals; they are handed in, so that all of it runs in a test. Of several Taste devices the one farthest left in the Set
 * says how far; profiles and the picture are the same in all of them.
 */
import { SONG } from "../../live/paths.js";
import { Controls } from "../shared/controls.js";
import { EXPLORED } from "../shared/exploring.js";
import { sentences } from "../shared/sentences.js";
import { Standing } from "../shared/standing.js";
import { systemPath } from "../shared/system_path.js";
import { ask } from "./asking.js";
import { Button } from "./button.js";
import { ACTIONS, FORGET, KINDS, quoted, snapshotRow, USE, useDeed } from "./deeds.js";
import { Explore } from "./explore.js";
import { Menu } from "./menu.js";
import { TABLE } from "./parameters.js";
import { SetProfile } from "./set_profile.js";
import { Shown } from "./shown.js";
import { learningWords } from "./words.js";

/** @typedef {import("./deeds.js").Deed} Deed */
/** @typedef {import("./menu.js").Row} Row */

const WHO = "Of several Taste devices the one farthest left in the Set says how far Explore goes";

const CHANGING = "Changing the profile ...";
const LACKING = "Import its file, or go on with the profile in use";

/** Of the menu of parts. */
const ANY = "any";

/** @type {readonly Row[]} */
const NOTHING = [];

/**
 * @typedef {object} Parts
 * @property {string} id unique in Max
 * @property {import("../shared/exploring.js").Exploring} exploring
 * @property {import("../../live/live.js").Live} live
 * @property {import("../../rpc/clock.js").Clock} clock
 * @property {import("./face.js").Face} face
 * @property {(onState: (state: import("../../rpc/link.js").LinkState) => void) => import("../../rpc/link.js").Link} connect
 */

export class TasteDevice {
  #parts;
  #controls = new Controls(TABLE);
  #profile;
  #target;
  #explore;
  #set;
  #shown;
  #standing;
  #on = true;
  #button;
  #name = "";
  /** whether what came of a press is being said, until something else is known */ #told = false;

  /** @param {Parts} parts */
  constructor(parts) {
    this.#parts = parts;
    const { face, clock } = parts;
    this.#profile = new Menu(face, this.#controls, "profile");
    this.#target = new Menu(face, this.#controls, "target");
    this.#explore = new Explore(parts);
    this.#set = new SetProfile(face);
    this.#button = new Button(
      clock,
      face,
      () => this.#action.button,
      () => this.#idle(),
    );
    this.#shown = new Shown(
      clock,
      () => (this.#controls.choice("part") === ANY ? "" : this.#controls.choice("part")),
      () => this.#learnt(),
    );
    this.#standing = new Standing({
      clock,
      shown: {
        status: (state, words, why) => {
          // Green: what is rated is learnt, and Explore counts.
          const whole = this.#shown.trouble === "" && !this.#explore.rests;
          face.status(state === "ready" && !whole ? "away" : state, words, why);
        },
        busy: (busy) => this.#button.busy(busy),
      },
      connect: parts.connect,
      onReady: () => this.#shown.come(this.#standing.client),
      onAway: () => {
        this.#button.disarm();
        this.#shown.away();
      },
    });
  }

  /** live.thisdevice has spoken: Live is there. */
  start() {
    if (this.#standing.started) return;
    const { live } = this.#parts;
    live.start();
    live.watch(SONG, "tracks", () => this.#look());
    this.#standing.start();
    this.#targets();
    this.#look();
  }

  /** @param {boolean} on the device's own switch */
  enable(on) {
    this.#on = on;
    this.#button.disarm();
    this.#standing.enable(on, () => this.#shown.away());
    if (!this.#standing.started) return;
    this.#tell();
    if (!on) return;
    this.#who();
    // The patch has just given all controls this look.
    this.#looks();
  }

  /** The device is being deleted. */
  remove() {
    this.#on = false;
    this.#explore.leave();
    this.#shown.away();
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
    if (selector === "explore") return this.#tell();
    if (!this.#standing.started) return;
    this.#button.disarm();
    if (selector === "profile") this.#choose();
    if (selector === "part") this.#shown.news();
    if (selector === "action") this.#targets();
  }

  /** @param {string} text that was typed: what a profile or a snapshot is to be called */
  name(text) {
    this.#name = text.replace(/\s+/g, " ").trim();
    this.#button.disarm();
  }

  /** The profile that the Set kept. @param {readonly unknown[]} words */
  setProfile(words) {
    this.#set.kept(words);
  }

  /** Something was told to all Taste devices. @param {string} news */
  news(news) {
    if (!this.#standing.started) return;
    if (news === EXPLORED) this.#who();
    else this.#shown.news();
  }

  /** The button: does what is chosen beside it, or Cancel while it runs. */
  act() {
    this.#standing.press(() => {
      const { warning, file, deed } = this.#action;
      const { face } = this.#parts;
      if (file !== undefined) return file === "open" ? face.openFile() : face.saveFile();
      // What is missing is said before anybody is asked whether he is sure.
      const wanted = deed(this.#known, "");
      if (warning !== undefined && !this.#button.second()) return this.#say(warning(this.#known));
      this.#do(wanted, this.#action.doing);
    });
  }

  /** Max's window has a file. @param {"import"|"export"} action @param {string} path as Max tells it */
  file(action, path) {
    if (this.#standing.pressed || !this.#standing.mayAct) return;
    const { deed, doing } = ACTIONS[action];
    this.#standing.attempt(() => this.#do(deed(this.#known, systemPath(path)), doing));
  }

  get #action() {
    return ACTIONS[this.#controls.choice("action")];
  }

  /** @returns {import("./deeds.js").Known} */
  get #known() {
    return { name: this.#name, target: this.#target.chosen, mine: this.#shown.mine };
  }

  /** Another profile is chosen. */
  #choose() {
    const row = this.#profile.chosen;
    const mine = this.#shown.mine?.id ?? "";
    if (row?.key === mine) return;
    if (row === null || !this.#standing.mayAct) return this.#profile.choose(mine);
    this.#standing.drop();
    this.#do(useDeed(row), CHANGING);
  }

  /** @param {Deed} deed @param {string} doing */
  #do(deed, doing) {
    const { done, cancel } = ask(this.#standing.client, deed, (method, reply) => {
      if (method === USE) this.#set.keep(reply);
      if (method === FORGET) this.#set.keep(null);
    });
    const press = this.#standing.begin(doing, cancel);
    // Whatever comes of it is said until something else is known.
    this.#told = true;
    this.#standing
      .settle(press, done, ([words, why]) => {
        if ("name" in deed.params) this.#typed();
        this.#say(words, why);
      })
      // Whatever came of it, also of what was cancelled too late, is seen in all Taste devices.
      .then(() => this.#on && this.#parts.exploring.rated());
  }

  /** The name has been used. */
  #typed() {
    if (this.#name === "") return;
    this.#name = "";
    this.#parts.face.text("name", "");
  }

  /** What was learnt is known anew. */
  #learnt() {
    const { face } = this.#parts;
    const { profiles, mine, learnt } = this.#shown;
    const rows = profiles.map(({ id, name }) => ({ key: id, text: name }));
    this.#profile.fill(rows, mine?.id ?? "", "No profile");
    this.#targets();
    face.learnt(learnt);
    if (this.#told) this.#standing.show();
    else this.#idle();
    this.#told = false;
    if (!this.#explore.rests && this.#shown.trouble === "") this.#goOn();
  }

  /** The Set was opened: it goes on with the profile that was chosen in it. */
  #goOn() {
    const { profiles, mine } = this.#shown;
    const wanted = this.#set.take();
    if (wanted === null || wanted.id === mine?.id) return;
    const row = profiles.find(({ id }) => id === wanted.id);
    if (row === undefined)
      return this.#say(`This Set's profile ${quoted(wanted.name)} is not on this computer`, LACKING);
    if (!this.#standing.pressed) this.#do(useDeed({ key: row.id, text: row.name }), CHANGING);
  }

  /** What the action can be done with. */
  #targets() {
    const { snapshots, others } = this.#shown;
    const rows = {
      nothing: NOTHING,
      kinds: KINDS,
      snapshots: snapshots.map(snapshotRow),
      others: others.map(({ id, name }) => ({ key: id, text: name })),
    }[this.#action.targets];
    this.#target.fill(rows, this.#target.chosen?.key ?? "", "None");
    this.#looks();
    this.#button.show();
  }

  #looks() {
    const { face } = this.#parts;
    if (!this.#on) return;
    face.able("target_able", this.#target.chosen !== null);
    face.able("explore_able", !this.#explore.rests);
  }

  /** Tracks may stand elsewhere, or be called otherwise. */
  #look() {
    this.#explore.look();
    this.#tell();
    this.#who();
  }

  #tell() {
    if (this.#on) this.#explore.tell(this.#controls.number("explore"));
    else this.#explore.leave();
  }

  /** Whose Explore counts may be another one's now. */
  #who() {
    if (!this.#on || !this.#explore.changed()) return;
    this.#looks();
    this.#idle();
  }

  /** What came of a press; it stays until something else is known. @param {string} words @param {string} [why] */
  #say(words, why = "") {
    this.#told = true;
    this.#standing.say(words, why);
  }

  /** What is said while nothing has happened. */
  #idle() {
    const { trouble, known, takes, rated } = this.#shown;
    this.#told = false;
    if (trouble !== "") return this.#standing.say(sentences(["Nothing is learnt now", trouble]));
    const learning = known ? learningWords(takes, rated) : "";
    if (!this.#explore.rests) return this.#standing.say(learning);
    this.#standing.say(`Explore rests: the Taste on ${this.#explore.track} counts`, sentences([WHO, learning]));
  }
}

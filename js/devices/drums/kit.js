/**
 * What Render plays the drums with: a built-in kit, or the user's own samples from a folder, whose path is kept in the Set
 * beside the menu. The last entry of the menu is no kit: it opens Max's dialog for a folder.
 */
import { LiveRefusal } from "../../live/errors.js";
import { folderName, systemPath } from "../shared/system_path.js";

const SAMPLES = "samples";
const CHOOSE = "choose";

/** What the patch knows the path by, and what stands before it there, so that no path is taken for a message to it. */
const MEMORY = "sample_folder";
const IS = "is";

export class Kit {
  #parameters;
  #face;
  #folder = "";
  #index;

  /** @param {import("../maker/parameters.js").Parameters} parameters @param {import("../maker/face.js").Face} face */
  constructor(parameters, face) {
    this.#parameters = parameters;
    this.#face = face;
    this.#index = parameters.number("kit");
  }

  /** What the folder is called. */
  get name() {
    return folderName(this.#folder);
  }

  /** The menu was moved. @param {boolean} byHand false while Live puts back what the Set stored */
  turned(byHand) {
    if (this.#parameters.choice("kit") !== CHOOSE) {
      this.#index = this.#parameters.number("kit");
      return;
    }
    this.#choose(this.#index);
    if (byHand) this.#face.openFolder();
  }

  /** A folder was picked. @param {string} path as Max says it */
  take(path) {
    this.#folder = systemPath(path);
    this.#face.keep(MEMORY, [IS, this.#folder]);
    this.#choose(this.#parameters.ids("kit").indexOf(SAMPLES));
  }

  /** What the Set kept. @param {readonly unknown[]} words of the memory */
  kept([word, ...rest]) {
    if (word === IS) this.#folder = rest.join(" ");
  }

  /** What goes onto the wire. @returns {{sound: string, samples?: string}} @throws {LiveRefusal} without a folder */
  get params() {
    const kit = this.#parameters.choice("kit");
    if (kit !== SAMPLES) return { sound: kit };
    if (this.#folder === "") throw new LiveRefusal("No folder of samples yet: choose Folder ... under Kit");
    return { sound: "auto", samples: this.#folder };
  }

  /** @param {number} index */
  #choose(index) {
    this.#index = index;
    this.#parameters.set("kit", index);
    this.#face.choose("kit", index);
  }
}

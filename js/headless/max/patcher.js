/**
 * A patcher: makes a box for every entry of the JSON and ties the cords.
 *
 * Several cords from one outlet fire right to left by the position of the boxes they go to, bottom first
 * where two stand in one column; this is the order Max documents. The saved `order` only decides where both
 * positions are equal. A cord to an inlet or outlet that does not exist is dropped, as Max does, and reported.
 */

import { parseText } from "./atoms.js";
import { FACTS, realName } from "./facts.js";
import { misplaced } from "./facts_tool.js";
import { OBJECTS } from "./objects/index.js";

/**
 * @typedef {import("./atoms.js").Atom} Atom
 * @typedef {import("./box.js").Box} Box
 * @typedef {import("./device.js").Device} Device
 * @typedef {{index: number, source: string, outlet: number, destination: string, inlet: number,
 *   from: string, to: string, live: boolean}} Cord
 */

/**
 * The object name, arguments and attributes of a box.
 * @param {any} json
 * @param {(text: string) => string} local replaces `---`
 * @returns {{name: string, args: Atom[], attributes: Record<string, Atom[]>}}
 */
export function readBox(json, local) {
  /** @type {Record<string, Atom[]>} */
  const attributes = {};
  if (json.maxclass !== "newobj") return { name: realName(json.maxclass), args: [], attributes };
  const words = parseText(String(json.text ?? "")).map((atom) => (typeof atom === "string" ? local(atom) : atom));
  const [first = "", ...rest] = words;
  // A box that only says a number is an int or float object with that start value.
  if (typeof first !== "string") return { name: "int", args: [first], attributes };
  const args = [];
  let current = null;
  for (const word of rest) {
    if (typeof word === "string" && word.startsWith("@") && word.length > 1) {
      current = word.slice(1);
      attributes[current] = [];
    } else if (current) attributes[current].push(word);
    else args.push(word);
  }
  return { name: realName(first), args, attributes };
}

export class Patcher {
  /** @type {Map<string, Box>} */
  boxes = new Map();
  /** @type {Cord[]} */
  cords = [];
  /** Found out once: no box comes or goes after the patch is made. @type {Box[] | null} */
  #all = null;

  /**
   * @param {Device} device
   * @param {any} json
   * @param {{parent?: Patcher | null, path?: string}} [place] `path` is the id prefix ("obj-3::") of a subpatcher
   */
  constructor(device, json, place = {}) {
    this.device = device;
    this.json = json;
    /** @type {Patcher | null} */
    this.parent = place.parent ?? null;
    this.path = place.path ?? "";
    for (const entry of json.boxes ?? []) this.#make(entry.box);
    (json.lines ?? []).forEach((/** @type {any} */ entry, /** @type {number} */ index) => {
      this.#readCord(entry.patchline, index);
    });
    this.connect();
  }

  /** @param {any} json */
  #make(json) {
    const { max } = this.device;
    if (!json?.id || this.boxes.has(json.id)) {
      max.report("patcher", `box without an id of its own: ${JSON.stringify(json?.id)}`);
      return;
    }
    const { name, args, attributes } = readBox(json, (text) => this.device.local(text));
    const facts = Object.hasOwn(FACTS, name) ? FACTS[name] : null;
    const Class = OBJECTS[name];
    if (!facts || !Class) {
      max.report("unknown-object", `${json.maxclass === "newobj" ? json.text : json.maxclass}: No such object`);
      return;
    }
    const wrong = misplaced(name, this.device.amxd.kind);
    if (wrong) {
      max.report("misplaced", `${json.text ?? json.maxclass}: ${wrong}`);
      return;
    }
    if (json.maxclass === "newobj" && facts.ui && json.maxclass !== name && name !== "message") {
      // Max turns a typed UI name into the UI object; a builder never writes this form.
      max.report("patcher", `${json.text}: UI object written as newobj`);
    }
    const box = new Class({ patcher: this, json, name, args, attributes });
    this.boxes.set(json.id, box);
    box.create();
  }

  /**
   * @param {any} line
   * @param {number} index
   */
  #readCord(line, index) {
    const [source, outlet] = line.source;
    const [destination, inlet] = line.destination;
    const name = (/** @type {string} */ id) => this.boxes.get(id)?.label ?? `${id} (missing)`;
    this.cords.push({
      index,
      source,
      outlet,
      destination,
      inlet,
      from: name(source),
      to: name(destination),
      live: !line.disabled,
    });
  }

  /** Ties all cords; called again after one was cut. */
  connect() {
    for (const box of this.boxes.values()) box.targets = Array.from({ length: box.numoutlets }, () => []);
    /** @type {Map<Box, {cord: Cord, box: Box, order: number}[][]>} */
    const fans = new Map();
    for (const cord of this.cords) {
      if (!cord.live) continue;
      const source = this.boxes.get(cord.source);
      const target = this.boxes.get(cord.destination);
      const problem = this.#problem(cord, source, target);
      if (problem || !source || !target) {
        cord.live = false;
        this.device.max.report("cord", `cord from "${cord.from}" to "${cord.to}" dropped: ${problem}`);
        continue;
      }
      const fan = fans.get(source) ?? [];
      fans.set(source, fan);
      fan[cord.outlet] ??= [];
      const order = this.json.lines[cord.index].patchline.order ?? 0;
      fan[cord.outlet].push({ cord, box: target, order });
    }
    for (const [source, fan] of fans) {
      fan.forEach((cords, outlet) => {
        cords.sort(
          (a, b) =>
            b.box.rect[0] - a.box.rect[0] ||
            b.box.rect[1] - a.box.rect[1] ||
            b.cord.inlet - a.cord.inlet ||
            a.order - b.order,
        );
        source.targets[outlet] = cords.map(({ cord, box }) => ({ box, inlet: cord.inlet }));
      });
    }
  }

  /**
   * Why a cord cannot be, or "".
   * @param {Cord} cord
   * @param {Box | undefined} source
   * @param {Box | undefined} target
   */
  #problem(cord, source, target) {
    if (!source) return `no box ${cord.source}`;
    if (!target) return `no box ${cord.destination}`;
    // An outlet that the saved count does not show is not there yet when Max ties the cords.
    const outlets = Math.min(source.numoutlets, Number(source.json.numoutlets ?? 0));
    const inlets = Math.min(target.numinlets, Number(target.json.numinlets ?? 0));
    if (cord.outlet >= outlets) return `outlet ${cord.outlet} of ${outlets}`;
    if (cord.inlet >= inlets) return `inlet ${cord.inlet} of ${inlets}`;
    if (cord.outlet < source.signals.out && !target.takesSignal(cord.inlet)) {
      return `inlet ${cord.inlet} takes no signal`;
    }
    return "";
  }

  /** All boxes, those of subpatchers first (Max initialises them first). @returns {Box[]} */
  all() {
    this.#all ??= [...this.boxes.values()].flatMap((box) => {
      const inside = /** @type {any} */ (box).subpatcher;
      return inside ? [...inside.all(), box] : [box];
    });
    return this.#all;
  }

  /**
   * A box by its scripting name, in this patcher only.
   * @param {string} varname
   * @returns {Box | null}
   */
  named(varname) {
    return [...this.boxes.values()].find((box) => box.varname === varname) ?? null;
  }
}

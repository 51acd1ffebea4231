/** Makes small devices for tests: boxes and cords in a few words, bytes of an .amxd at the end. */

import { writeAmxd } from "../../../../js/headless/max/amxd.js";
import { FACTS } from "../../../../js/headless/max/facts.js";

const TYPES = { mmmm: 1835887981, aaaa: 1633771873, iiii: 1768515945, natt: 1851880564, nagg: 1851877223 };

export class Patch {
  /** @param {keyof typeof TYPES} [kind] */
  constructor(kind = "mmmm") {
    this.kind = kind;
    /** @type {any[]} */
    this.boxes = [];
    /** @type {any[]} */
    this.lines = [];
    /** @type {import("../../../../js/headless/max/amxd.js").FrozenFile[]} */
    this.files = [];
  }

  /**
   * @param {Record<string, any>} json
   * @returns {string} the box's id
   */
  box(json) {
    const id = json.id ?? `obj-${this.boxes.length + 1}`;
    const x = 20 + 100 * this.boxes.length;
    const outlettype = json.outlettype ?? Array.from({ length: json.numoutlets ?? 0 }, () => "");
    const box = { id, patching_rect: [x, 20, 60, 20], ...json, outlettype };
    if (outlettype.length === 0) delete box.outlettype;
    this.boxes.push({ box });
    return id;
  }

  /**
   * A typed object.
   * @param {string} text
   * @param {number} numinlets
   * @param {number} numoutlets
   * @param {Record<string, any>} [more]
   */
  object(text, numinlets, numoutlets, more = {}) {
    const signals = FACTS[text.split(" ")[0]]?.signals?.out ?? 0;
    const outlettype = Array.from({ length: numoutlets }, (_, outlet) => (outlet < signals ? "signal" : ""));
    return this.box({ maxclass: "newobj", text, numinlets, numoutlets, outlettype, ...more });
  }

  /** @param {string} text */
  message(text) {
    return this.box({ maxclass: "message", text, numinlets: 2, numoutlets: 1, varname: text });
  }

  /**
   * v8 with its code inside.
   * @param {string} code
   * @param {{inlets?: number, outlets?: number, varname?: string, ui?: boolean, rect?: number[]}} [shape]
   */
  v8(code, { inlets = 1, outlets = 1, varname = "code", ui = false, rect = [0, 0, 100, 50] } = {}) {
    return this.box({
      maxclass: ui ? "v8ui" : "newobj",
      ...(ui ? { presentation: 1, presentation_rect: rect } : { text: "v8" }),
      varname,
      numinlets: inlets,
      numoutlets: outlets,
      filename: "none",
      textfile: { text: code, filename: "none", flags: 0, embed: 1, autowatch: 1 },
    });
  }

  /**
   * A live.* control on the device's face.
   * @param {string} maxclass
   * @param {string} longName
   * @param {Record<string, any>} valueof without the parameter_ prefix
   * @param {Record<string, any>} [more]
   */
  control(maxclass, longName, valueof, more = {}) {
    const outlets = { "live.menu": 3, "live.tab": 3, "live.toggle": 1, "live.button": 1, textedit: 4 }[maxclass] ?? 2;
    const named = Object.fromEntries(Object.entries(valueof).map(([key, value]) => [`parameter_${key}`, value]));
    return this.box({
      maxclass,
      numinlets: 1,
      numoutlets: outlets,
      varname: longName,
      parameter_enable: 1,
      presentation: 1,
      presentation_rect: [4 + 50 * this.boxes.length, 4, 44, 48],
      saved_attribute_attributes: {
        valueof: { parameter_longname: longName, parameter_shortname: longName, parameter_linknames: 1, ...named },
      },
      ...more,
    });
  }

  /**
   * @param {string} from
   * @param {number} outlet
   * @param {string} to
   * @param {number} inlet
   */
  cord(from, outlet, to, inlet) {
    this.lines.push({ patchline: { source: [from, outlet], destination: [to, inlet] } });
    return this;
  }

  /**
   * Packs a file: the device is written frozen.
   * @param {string} name
   * @param {string} text
   * @param {number} [flag]
   */
  pack(name, text, flag = 0) {
    this.files.push({ type: "TEXT", name, flag, mdat: 3786912000, bytes: Buffer.from(text) });
    return this;
  }

  get patcher() {
    return {
      fileversion: 1,
      rect: [0, 0, 800, 600],
      openrect: [0, 0, 400, 169],
      openinpresentation: 1,
      boxes: this.boxes,
      lines: this.lines,
      project: { version: 1, amxdtype: TYPES[this.kind] },
    };
  }

  /** @returns {Buffer} */
  bytes() {
    const frozen = this.files.length > 0;
    const main = { type: "JSON", name: "Test.amxd", flag: 17, mdat: 3786912000, bytes: Buffer.alloc(0) };
    return writeAmxd({
      kind: this.kind,
      meta: frozen ? 7 : 1,
      frozen,
      name: "Test.amxd",
      patcher: this.patcher,
      jsonText: '{"patcher":{}}',
      jsonTail: "\n\0",
      main: frozen ? main : null,
      files: this.files,
    });
  }
}

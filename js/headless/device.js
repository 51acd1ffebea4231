/** One device of the headless Live, as a person sees and handles it. */

import { drawAutomation, wantedValue } from "./hand.js";
import { blobText } from "./max/params.js";
import { MaxError } from "./max/world.js";
import { themeTable } from "./render/themes.js";
import { playSound, processSound } from "./sound.js";

/**
 * @typedef {import("./index.js").HeadlessLive} HeadlessLive
 * @typedef {import("./max/device.js").Device} Device
 * @typedef {import("./max/box.js").Box} Box
 *
 * @typedef {{name: string, shortName: string, value: any, min: number, max: number, items: string[],
 *   text: string, visibility: string, initial: any, annotation: string}} ParameterView
 */

export class HeadlessDevice {
  /** State at the moment the Set lost the device, for its return by undo. @type {Record<string, any>} */
  lastState = {};

  /**
   * @param {HeadlessLive} live
   * @param {Device} device the patch
   * @param {import("./live/model/device.js").Device} model the device in the Set
   */
  constructor(live, device, model) {
    this.live = live;
    this.device = device;
    this.model = model;
  }

  get name() {
    return this.device.name;
  }

  /** Remarks of the loader that are no errors. */
  get notes() {
    return this.device.notes;
  }

  /** MIDI the device sent: `time` ms, `beat` of the song, `bytes` a whole message. */
  get midiOut() {
    return this.device.midiOut;
  }

  /** @param {((box: Box, outlet: number, msg: import("./max/atoms.js").Message) => void) | null} hear */
  set trace(hear) {
    this.device.trace = hear;
  }

  /** Track of the device in the Set. */
  get track() {
    return this.model.track;
  }

  /**
   * The box of a parameter's long name or of a scripting name.
   * @param {string} name
   * @returns {any}
   */
  box(name) {
    const entry = this.device.parameters.find(({ info }) => info.longName === name);
    if (entry) return entry.box;
    const box = this.device.patcher.all().find((each) => each.varname === name);
    if (!box) throw new Error(`"${this.name}" has no parameter or box named "${name}"`);
    return box;
  }

  /** Long names of all parameters. */
  get parameterNames() {
    return this.device.parameters.map(({ info }) => info.longName);
  }

  /**
   * A parameter as it is now.
   * @param {string} longName
   * @returns {ParameterView}
   */
  parameter(longName) {
    const { info, parameter, blob } = this.device.parameter(longName);
    return {
      name: info.longName,
      shortName: info.shortName,
      value: parameter ? parameter.value : blobText(blob?.value ?? []),
      min: parameter?.min ?? 0,
      max: parameter?.max ?? 0,
      items: [...(parameter?.items ?? [])],
      text: parameter ? parameter.display_value : blobText(blob?.value ?? []),
      visibility: info.visibility,
      initial: info.initial,
      annotation: info.info,
    };
  }

  /**
   * Turns a control with the mouse.
   * @param {string} longName
   * @param {number | string} value native units, or the text of a menu's item
   */
  turn(longName, value) {
    this.live.act(() => {
      const { box } = this.device.parameter(longName);
      if (typeof box.turn !== "function") throw new MaxError("ui", `"${longName}" cannot be turned`);
      box.turn(wantedValue(this.device, longName, value));
    });
  }

  /**
   * Draws automation of a parameter: in the arrangement, or in a session clip of the device's track. Ramps are linear, or
   * curved by the x and y of two control points from 0 to 1 (live/model/curve.js); two points of one time are a step (`steps`
   * makes lanes of nothing else), no points take the automation away.
   * @param {string} longName
   * @param {ReadonlyArray<readonly [beat: number, value: number | string, curve?: readonly number[]]>} points native units, or
   *   texts of items
   * @param {{clip?: import("./live/model/clip.js").Clip}} [options]
   */
  automate(longName, points, { clip } = {}) {
    this.live.act(() => drawAutomation(this, longName, points, clip ?? null));
  }

  /**
   * Presses a button or toggle, mouse down and up.
   * @param {string} name long name, or scripting name of a message box or button
   */
  press(name) {
    this.live.act(() => {
      const box = this.box(name);
      if (typeof box.press === "function") box.press();
      else if (typeof box.click === "function" && box.click.length === 0)
        this.live.max.scheduler.main(() => box.click());
      else throw new MaxError("ui", `"${name}" cannot be pressed`);
    });
  }

  /**
   * Types into a text field and presses Return.
   * @param {string} name
   * @param {string} text
   */
  type(name, text) {
    this.live.act(() => {
      const box = this.box(name);
      if (typeof box.type !== "function") throw new MaxError("ui", `"${name}" takes no text`);
      box.type(text);
    });
  }

  /**
   * Clicks into a picture (v8ui), maybe dragging.
   * @param {string} varname
   * @param {number} x pixels from the picture's left edge
   * @param {number} y pixels from its top
   * @param {[number, number][]} [way]
   */
  click(varname, x, y, way) {
    this.live.act(() => {
      const box = this.box(varname);
      if (!("surface" in box)) throw new MaxError("ui", `"${varname}" is no picture`);
      box.click(x, y, way);
    });
  }

  /**
   * Double-clicks into a picture (v8ui).
   * @param {string} varname
   * @param {number} x pixels from the picture's left edge
   * @param {number} y pixels from its top
   */
  doubleClick(varname, x, y) {
    this.live.act(() => {
      const box = this.box(varname);
      if (!("surface" in box)) throw new MaxError("ui", `"${varname}" is no picture`);
      box.doubleClick(x, y);
    });
  }

  /** Everything a person can read on the device now, from the top left on. @returns {string[]} */
  texts() {
    const shown = this.device.patcher.all().filter((box) => box.viewRect);
    const place = (/** @type {Box} */ box) => /** @type {number[]} */ (box.viewRect);
    shown.sort((a, b) => place(a)[1] - place(b)[1] || place(a)[0] - place(b)[0]);
    return shown.flatMap((box) => box.texts()).filter((text) => text !== "");
  }

  /**
   * MIDI arrives at the device.
   * @param {number[] | number[][]} bytes one message, or several
   */
  midiIn(bytes) {
    this.live.act(() => {
      const messages = /** @type {number[][]} */ (Array.isArray(bytes[0]) ? bytes : [bytes]);
      for (const message of messages) this.device.midiArrives(message);
    });
  }

  /**
   * Sound goes through the device; Max's clock stands still meanwhile.
   * @param {Float32Array} left any length
   * @param {Float32Array} right
   * @returns {[Float32Array, Float32Array]}
   */
  process(left, right) {
    return processSound(this, left, right);
  }

  /**
   * Sound goes through the device while time passes with it (in virtual time; else as fast as it goes).
   * @param {Float32Array} left
   * @param {Float32Array} right
   * @param {import("./sound.js").PlayOptions} [options]
   */
  play(left, right, options) {
    return playSound(this, left, right, options);
  }

  /**
   * Switches the device on or off, as in its title bar.
   * @param {boolean} on
   */
  setEnabled(on) {
    this.live.act(() => this.model.on.move(on ? 1 : 0, "user"));
  }

  /** The person deletes the device. */
  remove() {
    this.live.act(() => {
      const owner = /** @type {any} */ (this.model.parent);
      this.live.set.edit(() => owner.delete_device(owner.devices.indexOf(this.model)));
      this.device.remove();
    });
  }

  /**
   * The person copies the device behind itself, on the same track.
   * @returns {Promise<HeadlessDevice>}
   */
  duplicate() {
    const owner = /** @type {any} */ (this.model.parent);
    return this.live.addDevice(this.device.bytes, {
      track: owner,
      index: owner.devices.indexOf(this.model) + 1,
      stored: this.device.state(),
      enabled: this.device.enabled,
      name: this.name,
      path: this.device.path,
    });
  }

  /** What the Set would save of the device: values by long name. */
  state() {
    return this.device.state();
  }

  /** All cords with the texts of their boxes. */
  cords() {
    return this.device.cords();
  }

  /**
   * Cuts one cord of the running device.
   * @param {number} index as `cords()` numbers those of the main patcher
   */
  cut(index) {
    this.device.cut(index);
  }

  /** What a renderer needs of each box now, by box id. @returns {Record<string, any>} */
  view() {
    return Object.fromEntries(
      [...this.device.patcher.boxes.values()].map((box) => [box.id, boxView(/** @type {any} */ (box))]),
    );
  }

  /**
   * A picture of the device's face.
   * @param {{theme?: string}} [options] mid_light (default), dark or light
   * @returns {Promise<string>} SVG
   */
  async renderSVG({ theme } = {}) {
    const { renderPresentation } = await import("./render/presentation.js");
    const { max } = this.live;
    const { patcher } = this.device.amxd;
    const before = max.themeColors;
    if (theme) max.themeColors = themeTable(theme);
    try {
      return renderPresentation(
        patcher.boxes.map((/** @type {any} */ entry) => entry.box),
        {
          width: Number(patcher.openrect?.[2] ?? 0),
          height: Number(patcher.openrect?.[3] ?? 169),
          theme,
          state: this.#repainted(),
          name: this.name,
          enabled: this.device.enabled,
        },
      );
    } finally {
      max.themeColors = before;
      if (theme) this.#repainted();
    }
  }

  /** The boxes' state with all pictures drawn anew: theme colours are asked for in each paint. */
  #repainted() {
    for (const box of this.device.patcher.all()) /** @type {any} */ (box).redraw?.();
    return this.view();
  }

  /**
   * @param {{theme?: string}} [options]
   * @returns {Promise<Buffer>} PNG, two pixels for each of Live's
   */
  async renderPNG(options = {}) {
    const { svgToPng } = await import("./render/png.js");
    return svgToPng(await this.renderSVG(options));
  }
}

/** @param {any} box */
function boxView(box) {
  box.paint?.();
  return {
    visible: Boolean(box.viewRect),
    texts: box.freed ? [] : box.texts(),
    attributes: box.attributes,
    active: box.number("active", 1) !== 0,
    value: box.value,
    raw: box.raw,
    text: box.shown ?? box.words ?? box.content,
    items: box.parameter?.items ?? null,
    min: box.parameter?.min,
    max: box.parameter?.max,
    info: box.info ?? null,
    calls: box.surface?.calls() ?? null,
  };
}

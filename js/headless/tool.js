/** One MIDI Tool that is open in Clip View, as a person sees and handles it. */
import { HeadlessDevice } from "./device.js";
import { createLiveAPI } from "./live/liveapi.js";
import { LiveObject } from "./live/model/object.js";
import { DeviceParameter } from "./live/model/parameter.js";
import { Device } from "./max/device.js";
import { TOOL_KINDS } from "./max/facts_tool.js";
import { MidiToolIn } from "./max/objects/miditool.js";
import { MaxError } from "./max/world.js";

/** @typedef {import("./index.js").HeadlessLive} HeadlessLive */
/** @typedef {import("./max/params.js").ParameterInfo} ParameterInfo */

/** Where a tool's parameters hang: beside the Set, where no path and no id of the Live Object Model leads. */
class Bench extends LiveObject {
  /** @override */
  static type = "Bench";
}

/**
 * Live's side of a tool. Its parameters are in no list: they cannot be automated, mapped or reached by LiveAPI, are on no
 * page of Push, and turning one is no undo step; what it does to the notes is.
 */
export class ToolHost {
  /** @type {HeadlessTool | null} */
  tool = null;

  /**
   * @param {HeadlessLive} live
   * @param {string} name
   */
  constructor(live, name) {
    this.live = live;
    this.name = name;
  }

  /**
   * @param {{info: ParameterInfo, spec: any}[]} wanted
   * @param {{name: string, parameters: string[]}[]} banks
   */
  addParameters(wanted, banks) {
    const { set, max } = this.live;
    for (const bank of banks) max.report("parameter", `${this.name}: page "${bank.name}": a MIDI Tool is not on Push`);
    const bench = new Bench(set, set.song);
    return wanted.map(({ spec }) => new DeviceParameter(set, bench, { ...spec, visibility: "hidden" }));
  }

  /** @param {{schedule: (run: () => void) => void, post: (text: string) => void}} script */
  makeLiveAPI({ schedule, post }) {
    // "this_device" leads nowhere: the tool is no device of the Set.
    return createLiveAPI(this.live.set, { thisDevice: null, schedule, post: (text) => post(text) });
  }

  /** live.miditool.in was banged. */
  round() {
    if (this.tool) this.live.panel.banged(this.tool);
  }

  /** @param {unknown} dictionary */
  answer(dictionary) {
    this.live.panel.answer(dictionary);
  }
}

export class HeadlessTool extends HeadlessDevice {
  /**
   * @param {HeadlessLive} live
   * @param {Device} device the patch
   */
  constructor(live, device) {
    super(live, device, /** @type {any} */ (null));
    const inputs = device.patcher.all().filter((box) => box instanceof MidiToolIn);
    if (inputs.length !== 1) {
      live.max.report("misplaced", `${device.name}: a MIDI Tool needs one live.miditool.in, not ${inputs.length}`);
    }
    this.input = /** @type {MidiToolIn} */ (inputs[0]);
  }

  /** @returns {"generator" | "transformation"} */
  get kind() {
    return TOOL_KINDS[/** @type {keyof typeof TOOL_KINDS} */ (this.device.amxd.kind)];
  }

  /** A tool stands on no track. @override */
  get track() {
    return /** @type {any} */ (null);
  }

  /** The panel's own button, Generate or Transform. */
  apply() {
    this.live.act(() => this.live.max.scheduler.main(() => this.live.panel.apply(this)));
  }

  /** @override */
  setEnabled() {
    throw new MaxError("ui", `"${this.name}" is a MIDI Tool: it has no switch`);
  }

  /** @override @returns {Promise<never>} */
  async duplicate() {
    throw new MaxError("ui", `"${this.name}" is a MIDI Tool: there is only one of it`);
  }

  /** The person opens another tool in its place. @override */
  remove() {
    this.live.act(() => this.live.closeTool(this));
  }
}

/**
 * @param {HeadlessLive} live
 * @param {Uint8Array} bytes of a MIDI Tool
 * @param {{path: string, name: string, stored?: Record<string, any>, trace?: Device["trace"],
 *   amxd?: import("./max/amxd.js").Amxd}} options
 * @returns {HeadlessTool}
 */
export function loadTool(live, bytes, { trace = null, ...options }) {
  const host = new ToolHost(live, options.name);
  const device = new Device(live.max, bytes, { ...options, host });
  const tool = new HeadlessTool(live, device);
  host.tool = tool;
  live.tools.push(tool);
  device.trace = trace;
  device.load();
  return tool;
}

/** Automation of a Set file: envelopes of tracks and clips, by the ids their targets carry. */
import { pointsOf } from "../model/automation.js";
import { toNumber } from "./xml.js";

/** @typedef {import("./xml.js").Node} Node */
/** @typedef {import("./devices.js").Targets} Targets */
/** @typedef {import("./tracks.js").Pair} Pair */

/** Live writes the value before the first point at this time. */
const BEFORE_ALL = -1000000;

/** Control points of the segment that begins at a point, as a file names them. */
const CONTROLS = ["CurveControl1X", "CurveControl1Y", "CurveControl2X", "CurveControl2Y"];

/**
 * Points of an envelope. Only floating values curve; control points outside of their square are brought to its edge, and
 * where one is no number the line is straight.
 *
 * @param {Node | null} events
 * @param {import("../set.js").LiveSet} set whose notices say what could not be read
 * @returns {Array<[time: number, value: number, curve?: number[]]>}
 */
function points(events, set) {
  let odd = 0;
  const found = (events?.children ?? []).flatMap(({ name, attributes }) => {
    const time = toNumber(attributes.Time, Number.NaN);
    const value =
      attributes.Value === "true" ? 1 : attributes.Value === "false" ? 0 : toNumber(attributes.Value, Number.NaN);
    if (Number.isNaN(time) || Number.isNaN(value)) return [];
    /** @type {[number, number, number[]?]} */
    const point = [time, value];
    if (name === "FloatEvent" && CONTROLS.some((control) => control in attributes)) {
      const curve = CONTROLS.map((control) => Math.min(1, Math.max(0, toNumber(attributes[control], Number.NaN))));
      if (curve.some(Number.isNaN)) odd += 1;
      else point.push(curve);
    }
    return [point];
  });
  if (odd > 0) set.notices.push(`${odd} curves of automation could not be read and are straight lines.`);
  return found;
}

/**
 * Draw the envelopes of a track. One point alone before the song is no automation, only the resting value.
 * Live 10 and up keep envelopes beside the devices; Live 9 inside each parameter.
 *
 * @param {Pair} pair
 * @param {Targets} targets
 */
export function readAutomation({ node, track }, targets) {
  const { automation } = track.set;
  const draw = (/** @type {string | undefined} */ id, /** @type {Node | null} */ events) => {
    const parameter = targets.get(id ?? "");
    if (!parameter) return;
    const drawn = fitting(parameter, points(events, track.set));
    if (drawn.some(([time]) => time > BEFORE_ALL)) automation.draw(parameter, drawn);
  };
  for (const envelope of node.list("AutomationEnvelopes/Envelopes")) {
    draw(envelope.at("EnvelopeTarget/PointeeId")?.attributes.Value, envelope.at("Automation/Events"));
  }
  walk(node, (each) => {
    const events = each.at("ArrangerAutomation/Events");
    if (events) draw(each.at("AutomationTarget")?.attributes.Id, events);
  });
}

/**
 * Envelopes of clips: kept by parameter where it is known, by the target's number where it is not.
 *
 * @param {Node} clipNode
 * @param {import("../model/clip.js").Clip} clip
 * @param {Targets} targets
 */
export function readClipEnvelopes(clipNode, clip, targets) {
  for (const envelope of clipNode.list("Envelopes/Envelopes")) {
    const id = envelope.text("EnvelopeTarget/PointeeId");
    const target = targets.get(id);
    const drawn = points(envelope.at("Automation/Events"), clip.set);
    clip.envelopes.set(target ?? `target ${id}`, pointsOf(target ? fitting(target, drawn) : drawn));
  }
}

/**
 * What goes from item to item does so in steps, whatever the file says.
 *
 * @param {import("../model/parameter.js").DeviceParameter} parameter
 * @param {ReturnType<typeof points>} drawn
 */
function fitting(parameter, drawn) {
  return parameter.items === null
    ? drawn
    : drawn.map(([time, value]) => /** @type {[number, number]} */ ([time, value]));
}

/** @param {Node} node @param {(node: Node) => void} visit */
function walk(node, visit) {
  for (const child of node.children) {
    visit(child);
    walk(child, visit);
  }
}

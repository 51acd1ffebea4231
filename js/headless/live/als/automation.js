/** Automation of a Set file: envelopes of tracks and clips, by the ids their targets carry. */
import { toNumber } from "./xml.js";

/** @typedef {import("./xml.js").Node} Node */
/** @typedef {import("./devices.js").Targets} Targets */
/** @typedef {import("./tracks.js").Pair} Pair */

/** Live writes the value before the first point at this time. */
const BEFORE_ALL = -1000000;

/**
 * Points of an envelope.
 *
 * @param {Node | null} events
 * @returns {Array<[time: number, value: number]>}
 */
function points(events) {
  return (events?.children ?? []).flatMap(({ attributes }) => {
    const time = toNumber(attributes.Time, Number.NaN);
    const value =
      attributes.Value === "true" ? 1 : attributes.Value === "false" ? 0 : toNumber(attributes.Value, Number.NaN);
    return Number.isNaN(time) || Number.isNaN(value) ? [] : [/** @type {[number, number]} */ ([time, value])];
  });
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
    const drawn = points(events);
    if (parameter && drawn.some(([time]) => time > BEFORE_ALL)) automation.draw(parameter, drawn);
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
    const drawn = points(envelope.at("Automation/Events"));
    clip.envelopes.set(
      targets.get(id) ?? `target ${id}`,
      drawn.map(([time, value]) => ({ time, value })),
    );
  }
}

/** @param {Node} node @param {(node: Node) => void} visit */
function walk(node, visit) {
  for (const child of node.children) {
    visit(child);
    walk(child, visit);
  }
}

/**
 * Automation: envelopes of the arrangement and of session clips, which move parameters as the song runs.
 *
 * As in Live a hand that turns an automated control overrides its automation until it is re-enabled; a session clip with
 * an envelope goes before the arrangement's lane while it plays, and launching it enables its envelopes again. That lanes
 * without an envelope in the playing clip go on is inferred. While the song stands nothing moves.
 */
import { along, curveFrom } from "./curve.js";
import { DeviceParameter } from "./parameter.js";

/** @typedef {import("./clip.js").Clip} Clip */
/** @typedef {import("./curve.js").Curve} Curve */
/** @typedef {{time: number, value: number, curve?: Curve}} Point `curve`: to the next point; a straight line without one */
/** @typedef {ReadonlyArray<readonly [time: number, value: number, curve?: readonly number[]]>} Drawn beats, native values, curves */

/**
 * Value of an envelope at a time: on a line or a curve between points, a step where two share a time, the outer values beyond
 * its ends.
 *
 * @param {readonly Point[]} points ascending by time, at least one
 * @param {number} time beats
 * @returns {number}
 */
export function valueAt(points, time) {
  let [from, next] = [0, points.length];
  while (from < next) {
    const middle = (from + next) >> 1;
    if (points[middle].time > time) next = middle;
    else from = middle + 1;
  }
  if (next === 0) return points[0].value;
  const before = points[next - 1];
  if (next === points.length) return before.value;
  const after = points[next];
  const [way, length] = [after.value - before.value, after.time - before.time];
  if (before.curve) return before.value + way * along(before.curve, (time - before.time) / length);
  return before.value + (way * (time - before.time)) / length;
}

/**
 * Points of an envelope that holds each value until the next one.
 *
 * @param {Drawn} points
 * @returns {Array<[time: number, value: number]>}
 */
export function steps(points) {
  return points.flatMap(([time, value], at) => {
    /** @type {[number, number]} */
    const here = [time, value];
    return at === 0 ? [here] : [[time, points[at - 1][1]], here];
  });
}

/**
 * @param {Drawn} points
 * @returns {Point[]} by time; those of one time stay in their order
 * @throws {Error} a curve is none
 */
export const pointsOf = (points) =>
  points
    .map(([time, value, drawn]) => {
      const curve = drawn === undefined ? null : curveFrom(drawn);
      return curve === null ? { time, value } : { time, value, curve };
    })
    .sort((a, b) => a.time - b.time);

/** @param {DeviceParameter} parameter @param {Drawn} points */
function refuseUnlessAutomated(parameter, points) {
  if (parameter.visibility !== "automated") {
    throw new Error(`"${parameter.name}" cannot be automated: it is ${parameter.visibility}.`);
  }
  if (parameter.items !== null && points.some(([, , curve]) => curve !== undefined)) {
    throw new Error(`"${parameter.name}" goes from item to item: its automation has no curves.`);
  }
}

export class Automation {
  /** @param {import("../set.js").LiveSet} set */
  constructor(set) {
    this.set = set;
    /** @type {Set<DeviceParameter>} */
    this.lanes = new Set();
  }

  /**
   * Give a parameter an envelope in the arrangement; an empty list takes it away.
   *
   * @param {DeviceParameter} parameter
   * @param {Drawn} points
   */
  draw(parameter, points) {
    refuseUnlessAutomated(parameter, points);
    parameter.envelope = points.length > 0 ? pointsOf(points) : null;
    parameter.overridden = false;
    if (points.length > 0) this.lanes.add(parameter);
    else this.lanes.delete(parameter);
  }

  /**
   * Give a parameter an envelope in a session clip, in beats of the clip; an empty list takes it away.
   *
   * @param {Clip} clip
   * @param {DeviceParameter} parameter
   * @param {Drawn} points
   */
  drawInClip(clip, parameter, points) {
    refuseUnlessAutomated(parameter, points);
    if (!clip.is_session_clip) throw new Error("In the arrangement automation belongs to the track, not to its clips.");
    if (trackOf(parameter) !== clip.track) throw new Error(`"${parameter.name}" is not on the track of the clip.`);
    const envelopes = new Map(clip.envelopes);
    if (points.length > 0) envelopes.set(parameter, pointsOf(points));
    else envelopes.delete(parameter);
    clip.envelopes = envelopes;
    parameter.overridden = false;
  }

  /** Whether a parameter has automation anywhere. @param {DeviceParameter} parameter */
  has(parameter) {
    if (parameter.envelope) return true;
    return trackOf(parameter)?.clip_slots.some(({ clip }) => clip?.envelopes.has(parameter)) ?? false;
  }

  /** @returns {DeviceParameter[]} all that have automation and live */
  get all() {
    const inClips = this.set.song.tracks.flatMap((track) =>
      track.clip_slots.flatMap(({ clip }) => [...(clip?.envelopes.keys() ?? [])]),
    );
    return [...new Set([...this.lanes, ...inClips])].flatMap((each) =>
      each instanceof DeviceParameter && each.alive ? each : [],
    );
  }

  get overridden() {
    return this.all.some((parameter) => parameter.automation_state === 2);
  }

  reEnable() {
    for (const parameter of this.all) parameter.re_enable_automation();
  }

  /** A session clip begins to play. @param {Clip} clip */
  launched(clip) {
    for (const parameter of clip.envelopes.keys())
      if (parameter instanceof DeviceParameter) parameter.overridden = false;
  }

  /** Move every automated parameter to its value at the play head; observers hear of it with the Set's next `touch`. */
  apply() {
    const { set } = this;
    const { transport } = set.song;
    if (!transport.playing) return;
    /** @type {Set<DeviceParameter>} */
    const led = new Set();
    for (const { clip } of set.launcher.now.values()) {
      if (clip.envelopes.size === 0) continue;
      const place = set.launcher.position(clip);
      for (const [parameter, points] of clip.envelopes) {
        if (!(parameter instanceof DeviceParameter)) continue;
        led.add(parameter);
        follow(parameter, points, place);
      }
    }
    const time = transport.position;
    for (const parameter of this.lanes) {
      if (!led.has(parameter)) follow(parameter, /** @type {Point[]} */ (parameter.envelope), time);
    }
  }
}

/** @param {DeviceParameter} parameter @param {Point[]} points @param {number} time */
function follow(parameter, points, time) {
  if (!parameter.overridden) parameter.move(valueAt(points, time), "automation");
}

/** @param {DeviceParameter} parameter @returns {import("./track.js").Track | null} */
function trackOf(parameter) {
  /** @type {any} */
  let above = parameter.parent;
  while (above && above.type !== "Track") above = above.parent;
  return above;
}

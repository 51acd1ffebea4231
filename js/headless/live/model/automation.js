/** Arrangement automation: envelopes that move parameters as the song runs. */

/** @typedef {import("./parameter.js").DeviceParameter} DeviceParameter */
/** @typedef {{time: number, value: number}} Point */

/**
 * Value of an envelope at a time: linear between points, the last value after the end.
 *
 * @param {readonly Point[]} points ascending by time, at least one
 * @param {number} time beats
 * @returns {number}
 */
export function valueAt(points, time) {
  const next = points.findIndex((point) => point.time > time);
  if (next === 0) return points[0].value;
  if (next < 0) return points[points.length - 1].value;
  const [from, to] = [points[next - 1], points[next]];
  return from.value + ((to.value - from.value) * (time - from.time)) / (to.time - from.time);
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
   * @param {ReadonlyArray<[time: number, value: number]>} points beats and native values
   */
  draw(parameter, points) {
    if (parameter.visibility !== "automated") {
      throw new Error(`"${parameter.name}" cannot be automated: it is ${parameter.visibility}.`);
    }
    const sorted = points.map(([time, value]) => ({ time, value })).sort((a, b) => a.time - b.time);
    parameter.envelope = sorted.length > 0 ? sorted : null;
    parameter.automation_state = sorted.length > 0 ? 1 : 0;
    if (sorted.length > 0) this.lanes.add(parameter);
    else this.lanes.delete(parameter);
  }

  get overridden() {
    return [...this.lanes].some((parameter) => parameter.alive && parameter.automation_state === 2);
  }

  reEnable() {
    for (const parameter of this.lanes) parameter.re_enable_automation();
  }

  /** Move every automated parameter to its value at the play head; nothing moves while the song stands. */
  apply() {
    const { transport } = this.set.song;
    if (!transport.playing) return;
    const time = transport.position;
    for (const parameter of this.lanes) {
      if (parameter.automation_state !== 1 || !parameter.alive) continue;
      parameter.move(valueAt(/** @type {Point[]} */ (parameter.envelope), time), "automation");
    }
  }
}

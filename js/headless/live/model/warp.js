/**
 * Warp markers of an audio clip: pairs of a place in the file (`sample_time`, seconds) and a beat (`beat_time`).
 *
 * The last marker of the list is not shown in Live: it lies 1/32 beat behind the last one that is, and only says how
 * fast the file runs behind that [LOM page; file format]. Between two markers time runs evenly; before the first and
 * behind the last it runs on as next to them.
 */
import { LiveRefusal } from "../errors.js";

/** @typedef {{beat_time: number, sample_time: number}} WarpMarker */

/** How far behind the last marker the hidden one lies, beats. */
const SHADOW = 1 / 32;
/** Slowest and fastest a segment may run, beats a minute. */
const TEMPO = [5, 999];
const SAME = 1e-6;

/**
 * Markers with their hidden last one.
 *
 * @param {readonly WarpMarker[]} shown in order, at least one
 * @param {number} tempo of what comes behind the last, BPM
 * @returns {WarpMarker[]}
 */
export function withShadow(shown, tempo) {
  const last = shown[shown.length - 1];
  const shadow = { beat_time: last.beat_time + SHADOW, sample_time: last.sample_time + (SHADOW * 60) / tempo };
  return [...shown, shadow];
}

/**
 * One marker at the file's beginning: the whole file runs at one tempo.
 *
 * @param {number} tempo BPM
 */
export const straight = (tempo) => withShadow([{ beat_time: 0, sample_time: 0 }], tempo);

/** BPM behind the last marker. @param {readonly WarpMarker[]} markers */
const lastTempo = (markers) => tempoBetween(markers[markers.length - 2], markers[markers.length - 1]);

/** @param {WarpMarker} a @param {WarpMarker} b */
function tempoBetween(a, b) {
  return ((b.beat_time - a.beat_time) * 60) / (b.sample_time - a.sample_time);
}

/**
 * @param {readonly WarpMarker[]} markers with the hidden one
 * @param {keyof WarpMarker} from
 * @param {keyof WarpMarker} to
 * @param {number} value
 */
function across(markers, from, to, value) {
  const next = markers.findIndex((marker) => marker[from] > value);
  const right = Math.max(1, next < 0 ? markers.length - 1 : next);
  const [a, b] = [markers[right - 1], markers[right]];
  return a[to] + ((value - a[from]) / (b[from] - a[from])) * (b[to] - a[to]);
}

/** @param {readonly WarpMarker[]} markers @param {number} beat @returns {number} seconds of the file */
export const secondsAt = (markers, beat) => across(markers, "beat_time", "sample_time", beat);

/** @param {readonly WarpMarker[]} markers @param {number} second of the file @returns {number} beat */
export const beatAt = (markers, second) => across(markers, "sample_time", "beat_time", second);

/**
 * @param {readonly WarpMarker[]} markers
 * @param {number} beat
 * @returns {number} its place among the shown ones, -1 for none
 */
const placeOf = (markers, beat) => markers.slice(0, -1).findIndex((marker) => Math.abs(marker.beat_time - beat) < SAME);

/**
 * @param {WarpMarker[]} shown
 * @param {number} tempo behind the last
 * @param {string} call
 */
function checked(shown, tempo, call) {
  for (let at = 1; at < shown.length; at += 1) {
    const [a, b] = [shown[at - 1], shown[at]];
    if (!(b.beat_time > a.beat_time && b.sample_time > a.sample_time)) {
      throw new LiveRefusal(`${call}: a warp marker must stay between its neighbours.`);
    }
    const between = tempoBetween(a, b);
    if (between < TEMPO[0] - SAME || between > TEMPO[1] + SAME) {
      throw new LiveRefusal(`${call}: a segment of ${between.toFixed(2)} BPM; allowed: ${TEMPO[0]} to ${TEMPO[1]}.`);
    }
  }
  return withShadow(shown, tempo);
}

/**
 * @param {readonly WarpMarker[]} markers
 * @param {Record<string, unknown>} asked `beat_time`, and `sample_time` or nothing: what plays there now
 * @param {number} duration of the file, seconds
 */
export function addMarker(markers, asked, duration) {
  const beat = asked.beat_time;
  const second = asked.sample_time ?? (typeof beat === "number" ? secondsAt(markers, beat) : undefined);
  if (typeof beat !== "number" || typeof second !== "number") {
    throw new LiveRefusal("add_warp_marker: wants a dictionary with beat_time and, if you like, sample_time.");
  }
  if (second < 0 || second > duration) {
    throw new LiveRefusal(`add_warp_marker: sample_time ${second} is outside the sample; allowed: 0 to ${duration}.`);
  }
  if (placeOf(markers, beat) >= 0) throw new LiveRefusal(`add_warp_marker: there is a marker at beat ${beat}.`);
  const shown = [...markers.slice(0, -1), { beat_time: beat, sample_time: second }];
  shown.sort((a, b) => a.beat_time - b.beat_time);
  return checked(shown, lastTempo(markers), "add_warp_marker");
}

/**
 * @param {readonly WarpMarker[]} markers
 * @param {number} beat where the marker is
 * @param {number} distance beats, back when negative
 */
export function moveMarker(markers, beat, distance) {
  const at = found(markers, beat, "move_warp_marker");
  const shown = markers
    .slice(0, -1)
    .map((marker, index) => (index === at ? { ...marker, beat_time: marker.beat_time + distance } : marker));
  return checked(shown, lastTempo(markers), "move_warp_marker");
}

/** @param {readonly WarpMarker[]} markers @param {number} beat where the marker is */
export function removeMarker(markers, beat) {
  const at = found(markers, beat, "remove_warp_marker");
  if (markers.length === 2) throw new LiveRefusal("remove_warp_marker: the last warp marker stays.");
  return checked(
    markers.slice(0, -1).filter((_marker, index) => index !== at),
    lastTempo(markers),
    "remove_warp_marker",
  );
}

/** @param {readonly WarpMarker[]} markers @param {number} beat @param {string} call */
function found(markers, beat, call) {
  const at = placeOf(markers, beat);
  if (at < 0) throw new LiveRefusal(`${call}: there is no warp marker at beat ${beat}.`);
  return at;
}

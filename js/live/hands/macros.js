/** The four knobs of the Set's Bandmate Macros, wherever that device stands. */
import { LiveRefusal } from "../errors.js";
import { SONG } from "../paths.js";
import { trackIds } from "../song.js";
import { refuseFrozenTurn, tellParameter, turned } from "./parameters.js";
import { devicesOn, parameterAt, pathOf, trackAt } from "./places.js";

/** @typedef {import("../live.js").Live} Live */
/** @typedef {import("./deeds.js").Deeds} Deeds */
/** @typedef {import("./places.js").Standing} Standing */

/** Long names of its parameters, by the names they have outside; a test holds them against the device. */
export const KNOBS = Object.freeze({ energy: "Energy", tension: "Tension", darkness: "Darkness", groove: "Groove" });

export const DEVICE = "Bandmate Macros";

/** @typedef {keyof typeof KNOBS} Knob */

/**
 * @param {Live} live
 * @returns {{track: number, kind: "track"|"return"|"main", device: Standing}} the first one from the left
 * @throws {LiveRefusal} when there is none in the Set
 */
export function findMacros(live) {
  const places = [
    ...trackIds(live).map((_id, track) => ({ kind: /** @type {const} */ ("track"), track })),
    ...live.children(SONG, "return_tracks").map((_id, track) => ({ kind: /** @type {const} */ ("return"), track })),
    { kind: /** @type {const} */ ("main"), track: 0 },
  ];
  for (const place of places) {
    const found = devicesOn(live, pathOf(place)).find(({ id }) => live.text(id, "name") === DEVICE);
    if (found) return { ...place, device: found };
  }
  throw new LiveRefusal(`No ${DEVICE} in this Set: drop it on any MIDI track`);
}

/** @param {Live} live @param {Standing} device @param {Knob} knob */
export const knobOf = (live, device, knob) => parameterAt(live, device, KNOBS[knob]);

/** @param {Live} live */
export function tellMacros(live) {
  const { kind, track, device } = findMacros(live);
  const share = (/** @type {Knob} */ knob) => tellParameter(live, knobOf(live, device, knob)).share;
  return {
    kind,
    track,
    energy: share("energy"),
    tension: share("tension"),
    darkness: share("darkness"),
    groove: share("groove"),
  };
}

/**
 * live.macros: told, after those given were turned.
 *
 * @param {Live} live
 * @param {Deeds} deeds
 * @param {{energy?: number, tension?: number, darkness?: number, groove?: number, force?: boolean}} params shares 0..1 of
 *   each knob's way
 */
export function macros(live, deeds, { energy, tension, darkness, groove, force }) {
  const { kind, track, device } = findMacros(live);
  const given = Object.entries({ energy, tension, darkness, groove }).flatMap(([knob, share]) =>
    share === undefined ? [] : [{ knob: /** @type {Knob} */ (knob), share }],
  );
  if (given.length > 0) {
    refuseFrozenTurn(live, trackAt(live, { kind, track }), kind);
    deeds.make(
      given.map(({ knob, share }) =>
        turned(live, knobOf(live, device, knob).id, { share, force }, `${KNOBS[knob]} of ${DEVICE}`),
      ),
    );
  }
  return tellMacros(live);
}

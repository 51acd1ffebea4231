/** A track's strip: volume, pan, sends, mute, solo, arm and name, told and set from outside. */
import { LiveRefusal } from "../errors.js";
import { trackName } from "../track.js";
import { turned } from "./parameters.js";
import { trackAt } from "./places.js";

/** @typedef {import("../live.js").Live} Live */
/** @typedef {import("../changes.js").Wish} Wish */
/** @typedef {import("./deeds.js").Deeds} Deeds */

/**
 * @typedef {object} MixerParams
 * @property {"track"|"return"|"main"} [kind]
 * @property {number} [track]
 * @property {number} [volume] 0..1 as Live's fader; 0.85 is 0 dB
 * @property {number} [pan] -1..1
 * @property {number} [send] number of a send from 0
 * @property {number} [amount] 0..1 of that send
 * @property {boolean} [mute]
 * @property {boolean} [solo]
 * @property {boolean} [arm]
 * @property {string} [name]
 * @property {boolean} [force]
 */

/**
 * @param {Live} live
 * @param {number} track id
 * @param {{kind: string, track: number}} place as it was asked for
 */
export function tellMixer(live, track, { kind, track: number }) {
  const mixer = live.child(track, "mixer_device");
  const value = (/** @type {string} */ child) => live.number(live.child(mixer, child), "value");
  const main = kind === "main";
  return {
    kind,
    track: number,
    name: trackName(live, track),
    volume: value("volume"),
    pan: value("panning"),
    sends: main ? [] : live.children(mixer, "sends").map((send) => live.number(send, "value")),
    mute: main ? null : live.flag(track, "mute"),
    solo: main ? null : live.flag(track, "solo"),
    arm: canArm(live, track, kind) ? live.flag(track, "arm") : null,
  };
}

/**
 * live.mixer: told, after what was given was set.
 *
 * @param {Live} live
 * @param {Deeds} deeds
 * @param {MixerParams} params
 */
export function mixer(live, deeds, params) {
  const { kind = "track", track = 0 } = params;
  const at = trackAt(live, { kind, track });
  const wishes = [...faderWishes(live, at, params), ...switchWishes(live, at, kind, params)];
  if (wishes.length > 0) deeds.make(wishes);
  return tellMixer(live, at, { kind, track });
}

/** @param {Live} live @param {number} track @param {MixerParams} params @returns {Wish[]} */
function faderWishes(live, track, { volume, pan, send, amount, force }) {
  const strip = live.child(track, "mixer_device");
  const name = trackName(live, track);
  const wishes = [];
  if (volume !== undefined) {
    wishes.push(turned(live, live.child(strip, "volume"), { value: volume, force }, `the volume of ${name}`));
  }
  if (pan !== undefined)
    wishes.push(turned(live, live.child(strip, "panning"), { value: pan, force }, `the pan of ${name}`));
  if ((send === undefined) !== (amount === undefined)) throw new LiveRefusal("Give a send and its amount, or neither");
  if (send !== undefined) {
    const to = live.children(strip, "sends");
    if (to[send] === undefined)
      throw new LiveRefusal(`"${name}" has no send ${send}: it has ${to.length}, the first one is 0`);
    wishes.push(turned(live, to[send], { value: amount, force }, `send ${send} of ${name}`));
  }
  return wishes;
}

/** @param {Live} live @param {number} track @param {string} kind @param {MixerParams} params @returns {Wish[]} */
function switchWishes(live, track, kind, { mute, solo, arm, name, force }) {
  const called = trackName(live, track);
  if (kind === "main" && (mute !== undefined || solo !== undefined))
    throw new LiveRefusal(`"${called}" has no mute and no solo`);
  if (arm !== undefined && !canArm(live, track, kind)) throw new LiveRefusal(`"${called}" cannot be armed`);
  // Mute is the track's activator turned round: an automated one is a lane like any other.
  if (mute !== undefined) {
    turned(
      live,
      live.child(live.child(track, "mixer_device"), "track_activator"),
      { share: 0, force },
      `the mute of ${called}`,
    );
  }
  const given = [
    { property: "mute", value: mute, words: `the mute of ${called}` },
    { property: "solo", value: solo, words: `the solo of ${called}` },
    { property: "arm", value: arm, words: `the arm of ${called}` },
  ].flatMap(({ property, value, words }) =>
    value === undefined ? [] : [{ ref: track, property, value: /** @type {number|string} */ (Number(value)), words }],
  );
  return name === undefined
    ? given
    : [...given, { ref: track, property: "name", value: name, words: `the name of ${called}` }];
}

/** @param {Live} live @param {number} track @param {string} kind */
const canArm = (live, track, kind) => kind === "track" && live.flag(track, "can_be_armed");

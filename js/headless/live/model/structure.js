/** Making, deleting, copying and moving tracks, scenes and devices: the Song's functions on its structure. */
import { LiveRefusal } from "../errors.js";
import { ClipSlot } from "./clip_slot.js";
import { copyClip, copyDevice } from "./copy.js";
import { inserted, without } from "./object.js";
import { placeFor } from "./placing.js";
import { RackDevice } from "./rack.js";
import { Scene } from "./scene.js";
import { Track } from "./track.js";

/** @typedef {import("./song.js").Song} Song */
/** @typedef {import("./device.js").Device} Device */
/** @typedef {import("./rack.js").Chain} Chain */

/**
 * @param {number} index
 * @param {number} length
 * @param {string} call
 */
function refuseOutside(index, length, call) {
  if (index < -1 || index > length) throw new LiveRefusal(`${call}: index ${index}; allowed: -1 to ${length}.`);
}

/**
 * Make a track.
 *
 * @param {Song} song
 * @param {import("./track.js").TrackSpec} spec
 * @param {number} [index] -1: at the end
 */
export function createTrack(song, spec, index = -1) {
  refuseOutside(index, song.tracks.length, `create_${spec.kind}_track`);
  const track = new Track(song.set, song, spec);
  if (spec.kind === "return") {
    song.assign("return_tracks", [...song.return_tracks, track]);
    for (const each of [...song.tracks, ...song.return_tracks]) {
      while (each.mixer_device.sends.length < song.return_tracks.length) {
        each.mixer_device.addSend(each.mixer_device.sends.length);
      }
    }
  } else {
    song.assign("tracks", inserted(song.tracks, index, track));
  }
  return track;
}

/**
 * Delete a track, and with a group its members; the last track stays.
 *
 * @param {Song} song
 * @param {number} index
 */
export function deleteTrack(song, index) {
  const track = song.tracks[index];
  if (!track) throw new LiveRefusal(`delete_track: there is no track ${index}.`);
  const gone = song.tracks.filter((each) => isInside(each, track));
  if (gone.length === song.tracks.length) throw new LiveRefusal("delete_track: the last track cannot be deleted.");
  for (const slot of gone.flatMap((each) => each.clip_slots)) if (slot.clip) song.set.launcher.forget(slot.clip);
  song.assign(
    "tracks",
    song.tracks.filter((each) => !gone.includes(each)),
  );
}

/** @param {Track} track @param {Track} group */
function isInside(track, group) {
  /** @type {Track | null} */
  let above = track;
  while (above) {
    if (above === group) return true;
    above = above.group_track;
  }
  return false;
}

/** @param {Song} song @param {number} index */
export function deleteReturnTrack(song, index) {
  const track = song.return_tracks[index];
  if (!track) throw new LiveRefusal(`delete_return_track: there is no return track ${index}.`);
  song.assign("return_tracks", without(song.return_tracks, track));
  for (const each of [...song.tracks, ...song.return_tracks]) {
    const { mixer_device } = each;
    mixer_device.assign(
      "sends",
      mixer_device.sends.filter((_send, at) => at !== index),
    );
  }
}

/** @param {Song} song @param {number} index -1: at the end */
export function createScene(song, index = -1) {
  refuseOutside(index, song.scenes.length, "create_scene");
  if (song.scenes.length >= song.set.mostScenes) {
    throw new LiveRefusal(`create_scene: this edition of Live takes ${song.set.mostScenes} scenes.`);
  }
  const scene = new Scene(song.set, song);
  song.assign("scenes", inserted(song.scenes, index, scene));
  for (const track of song.tracks) {
    track.assign("clip_slots", inserted(track.clip_slots, index, new ClipSlot(song.set, track)));
  }
  return scene;
}

/** @param {Song} song @param {number} index */
export function deleteScene(song, index) {
  const scene = song.scenes[index];
  if (!scene) throw new LiveRefusal(`delete_scene: there is no scene ${index}.`);
  if (song.scenes.length === 1) throw new LiveRefusal("delete_scene: the last scene cannot be deleted.");
  song.assign("scenes", without(song.scenes, scene));
  for (const track of song.tracks) {
    const slot = track.clip_slots[index];
    if (slot.clip) song.set.launcher.forget(slot.clip);
    track.assign("clip_slots", without(track.clip_slots, slot));
  }
}

/** @param {Song} song @param {number} index */
export function duplicateScene(song, index) {
  const scene = song.scenes[index];
  if (!scene) throw new LiveRefusal(`duplicate_scene: there is no scene ${index}.`);
  const copy = createScene(song, index + 1);
  copy.name = scene.name;
  copy.color_index = scene.color_index;
  for (const track of song.tracks) {
    const [from, to] = [track.clip_slots[index], track.clip_slots[index + 1]];
    if (from.clip) to.assign("clip", copyClip(from.clip, to));
  }
  return copy;
}

/**
 * Copy a track with its clips and devices; the copy stands right behind.
 *
 * @param {Song} song
 * @param {number} index
 */
export function duplicateTrack(song, index) {
  const track = song.tracks[index];
  if (!track) throw new LiveRefusal(`duplicate_track: there is no track ${index}.`);
  if (track.kind === "group") throw new LiveRefusal("duplicate_track: group tracks are copied by hand only.");
  const spec = {
    kind: track.kind,
    name: track.given_name,
    colorIndex: track.color_index,
    group: track.group_track,
  };
  const copy = createTrack(song, spec, index + 1);
  track.clip_slots.forEach((slot, at) => {
    if (slot.clip) copy.clip_slots[at].clip = copyClip(slot.clip, copy.clip_slots[at]);
  });
  copy.arrangement_clips = track.arrangement_clips.map((clip) => {
    const twin = copyClip(clip, copy, clip.start_time);
    twin.place = clip.place;
    return twin;
  });
  copy.devices = track.devices.map((device) => copyDevice(device, copy));
  copy.is_frozen = track.is_frozen;
  return copy;
}

/**
 * Move a device to a track or chain.
 *
 * @param {Song} _song
 * @param {Device} device
 * @param {Track | Chain} target
 * @param {number} position place among the target's devices, counted before the move
 * @returns {number} the place it got
 */
export function moveDevice(_song, device, target, position) {
  /** @type {{devices: Device[], assign: (key: "devices", value: Device[]) => void}} */
  const from = /** @type {any} */ (device.parent);
  /** @type {typeof from} */
  const to = /** @type {any} */ (target);
  /** @type {import("./object.js").LiveObject | null} */
  let above = target;
  while (above) {
    if (above === device) throw new LiveRefusal("move_device: a rack cannot be moved into itself.");
    above = above.parent;
  }
  const others = without(target.devices, device);
  const at = placeFor(target, others, device.device_type, Math.max(0, position));
  from.assign("devices", without(from.devices, device));
  device.assign("parent", target);
  to.assign("devices", inserted(to.devices, at, device));
  return at;
}

/**
 * All devices of a track or chain, racks' contents included, outside first.
 *
 * @param {Track | Chain} owner
 * @returns {Device[]}
 */
export function allDevices(owner) {
  return owner.devices.flatMap((device) =>
    device instanceof RackDevice ? [device, ...device.chains.flatMap(allDevices)] : [device],
  );
}

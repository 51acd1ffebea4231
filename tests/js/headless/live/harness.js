/** What the tests of the headless Live share: a Set, one device, its LiveAPI, and a clock that is held. */
import { createLiveAPI } from "../../../../js/headless/live/liveapi.js";
import { LiveSet } from "../../../../js/headless/live/set.js";

/**
 * @param {any} [options] of LiveSet.empty, and `env` for LiveAPI
 */
export function bench({ env = {}, ...options } = {}) {
  const clock = { ms: 0, now: () => clock.ms };
  const set = LiveSet.empty({ clock, ...options });
  const spec = {
    name: "Chords",
    className: "MxDeviceMidiEffect",
    type: 4,
    parameters: [
      { name: "Density", originalName: "Density", min: 0, max: 100, value: 50 },
      { name: "Style", originalName: "Style", items: ["Auto", "House", "Techno"] },
      { name: "Seed", originalName: "Seed", max: 9999, quantized: true, visibility: "hidden" },
    ],
  };
  const device = set.addDevice(set.tracks[0], /** @type {any} */ (spec));
  /** @type {string[]} */
  const posted = [];
  /** @type {Array<() => void>} */
  const queue = [];
  const LiveAPI = createLiveAPI(set, {
    thisDevice: device,
    strict: true,
    post: (text) => posted.push(text),
    schedule: (run) => queue.push(run),
    ...env,
  });
  return {
    set,
    clock,
    device,
    LiveAPI,
    posted,
    api: (/** @type {string} */ path) => new LiveAPI(null, path),
    /** Deliver what waits on the low-priority queue. */
    deliver: () => {
      for (let run = queue.shift(); run; run = queue.shift()) run();
    },
    /** Let beats pass. @param {number} beats */
    play: (beats) => {
      clock.ms += (beats * 60000) / set.tempo;
      set.tick();
    },
    /** A MIDI clip of four beats in the first slot. */
    clip: () => {
      const slot = new LiveAPI(null, "live_set tracks 0 clip_slots 0");
      slot.call("create_clip", 4);
      return new LiveAPI(null, "live_set tracks 0 clip_slots 0 clip");
    },
  };
}

/** @param {any} api @returns {any[]} all notes of a clip */
export function notesOf(api) {
  return JSON.parse(api.call("get_notes_extended", 0, 128, -1000, 100000)).notes;
}

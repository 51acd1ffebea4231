/** A device for one part of a band on a headless Set, with an engine that answers when the test says so. */
import { rollFromDict } from "../../../../js/ui/roll_dict.js";
import { addClip, note } from "../../live/support/stage.js";
import { settled } from "../../rpc/support/clock.js";
import { makerDesk } from "../support/desk.js";

export { addClip, note, settled };

/** Keys is the device's own track. */
export const TRACKS = [
  { kind: "midi", name: "Keys" },
  { kind: "midi", name: "Pads" },
  { kind: "midi", name: "Lead" },
  { kind: "midi", name: "Drums" },
  { kind: "audio", name: "Vox" },
];

/** What compose.* answers for a part: a note a bar, one chord. */
export function reply(changes = {}) {
  return {
    take: "t1",
    seed: 1,
    length: 32,
    notes: Array.from({ length: 8 }, (_, bar) => ({ pitch: 38 + bar, start_time: bar * 4, duration: 2, velocity: 90 })),
    chords: [{ start: 0, duration: 32, figure: "i", symbol: "Dm", pitches: [] }],
    lanes: [],
    resolved: { key: "D minor", style: "house", style_name: "House", own: null, own_amount: 50 },
    summary: "",
    notices: ["Style: House, from the track's name."],
    ...changes,
  };
}

/** Three chords a bar long, in the session. @param {any} set @param {number} track @param {number} slot @param {number} [root] */
export const addChords = (set, track, slot, root = 60) =>
  addClip(
    set,
    track,
    slot,
    8,
    [0, 4].flatMap((at) => [0, 3, 7].map((step) => note(root + step + at, at, 4))),
  );

/**
 * @param {new (parts: import("../../../../js/devices/maker/maker.js").Parts) => any} Device
 * @param {string} method
 * @param {any} [options] of the Set
 */
export function desk(Device, method, options = {}) {
  const on = makerDesk(Device, { tracks: TRACKS, scenes: 4, ...options });
  const { clock, engine, sent } = on;
  return {
    ...on,
    /** @param {string} [light] @param {string} [words] */
    become(light = "ready", words = "Ready") {
      engine.become(light, words);
      clock.move(40);
    },
    asked: () => engine.of(method),
    params: () => engine.of(method).at(-1)?.params,
    /** @param {any} [changes] of the answer, whose seed is the one that was asked for, else one of the engine's own */
    answer: (changes) => {
      const asked = engine.of(method);
      const seed = asked.at(-1)?.params.seed ?? 1000 + asked.length;
      return asked.at(-1)?.answer({ ...reply(changes), seed });
    },
    picture: () => rollFromDict({ get: (key) => JSON.parse(on.json() || "{}")[key] }),
    played: () => sent.filter(([index]) => index === 2).map((each) => each.slice(1)),
    /** @param {string} menu */
    items: (menu) => sent.findLast(([index, word, what]) => index === 1 && word === menu && what !== "set")?.slice(3),
    clip: (track = 0, slot = 0) => on.set.tracks[track].clip_slots[slot].clip,
  };
}

/** @param {Parameters<typeof desk>} given a desk whose device is started and whose engine is there */
export function ready(...given) {
  const on = desk(...given);
  on.device.start();
  on.become();
  return on;
}

/** A loop on five tracks and the song that Arrange makes of it, for its picture. */
import { LiveSet } from "./live/set.js";
import { BUILT, openStage, words } from "./stage.js";

/** @typedef {{pitch: number, start_time: number, duration: number, velocity: number}} Note */

const BEATS = 16;

/** @param {number} pitch @param {number} start_time @param {number} duration @returns {Note} */
const note = (pitch, start_time, duration, velocity = 100) => ({ pitch, start_time, duration, velocity });

/** @param {number} count @param {(i: number) => Note} make */
const row = (count, make) => Array.from({ length: count }, (_, i) => make(i));

/** Name of the track and of its clip, colour in Live's palette, notes. @type {[string, string, number, Note[]][]} */
const LOOP = [
  [
    "Drums",
    "House",
    14,
    [
      ...row(BEATS, (beat) => note(36, beat, 0.2, 112)),
      ...row(BEATS, (beat) => note(42, beat + 0.5, 0.2, 90)),
      ...row(BEATS / 2, (i) => note(39, 2 * i + 1, 0.2)),
    ],
  ],
  ["Perc", "Shaker", 15, row(4 * BEATS, (i) => note(70, i / 4, 0.1, 60 + 10 * (i % 4)))],
  ["Bass", "Sub", 22, row(2 * BEATS, (i) => note(i % 8 === 6 ? 41 : 38, i / 2, 0.3))],
  [
    "Chords",
    "Pads",
    24,
    [62, 69, 72, 77].flatMap((pitch) => row(4, (bar) => note(pitch - (bar % 2), 4 * bar, 3.5, 80))),
  ],
  ["Lead", "Hook", 26, row(12, (i) => note(74 + ((5 * i) % 7), 1.25 * i, 0.5))],
];

/** A Set with the loop in its first scene. */
function loopSet() {
  const tracks = LOOP.map(([name]) => ({ kind: /** @type {const} */ ("midi"), name }));
  const set = LiveSet.empty({ tempo: 122, scenes: 2, tracks });
  set.edit(() => {
    for (const [track, [, name, colour, notes]] of LOOP.entries()) {
      set.tracks[track].color_index = colour;
      const slot = /** @type {any} */ (set.tracks[track].clip_slots[0]);
      slot.create_clip(BEATS);
      slot.clip.name = name;
      slot.clip.add_new_notes({ notes });
    }
    set.song.view.set_selected_scene(set.scenes[0]);
  });
  return set;
}

/** @param {number} seed @param {(device: import("./device.js").HeadlessDevice, name: string) => Promise<void>} draw */
export async function arrangePicture(seed, draw) {
  const { live, close } = await openStage({ set: loopSet() });
  try {
    await live.addDevice(BUILT.hub, { track: 0 });
    const device = await live.addDevice(BUILT.arrange, { track: 0 });
    await live.until(() => words(device).includes("Ready"), { timeout: 30_000, what: "Arrange to be ready" });
    device.turn("Seed", seed);
    device.press("Generate");
    await live.until(() => words(device).includes("Made"), { what: "a song" });
    await draw(device, "arrange");
  } finally {
    await close();
  }
}

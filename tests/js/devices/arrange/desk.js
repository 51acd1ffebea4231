/** Arrange on a headless Set with a loop in its second scene, with an engine that answers when the test says so. */
import { ArrangeDevice } from "../../../../js/devices/arrange/device.js";
import { songFromDict } from "../../../../js/ui/energy_dict.js";
import { addClip, note } from "../../live/support/stage.js";
import { makerDesk } from "../support/desk.js";

export { addClip, note };

export const TRACKS = [
  { kind: "midi", name: "Beat" },
  { kind: "midi", name: "Sub" },
  { kind: "midi", name: "Pads" },
  { kind: "audio", name: "Vox" },
];

/** Longer than the device waits before it looks. */
const LOOK_MS = 200;

export const FORMS = [
  { id: "club", name: "Club", bars: 24, sections: ["In", "Drop"], lengths: [8, 16], energy: [0.3, 1] },
  { id: "song", name: "Song", bars: 20, sections: ["Verse", "Chorus"], lengths: [16, 4], energy: [0.5, 1] },
];

/** What compose.arrange answers: the first part alone, all, the last alone. @param {any} params @param {any} [changes] */
export function reply({ parts, plan }, changes = {}) {
  const all = parts.map((/** @type {any} */ _, /** @type {number} */ i) => i);
  const who = [all.slice(0, 1), all, all.slice(-1)];
  const bars = [2, 4, 1];
  const sections = ["In", "Drop", "Out"].map((name, i) => ({
    name,
    kind: "verse",
    start: [0, 8, 24][i],
    bars: bars[i],
    energy: [0.25 * (i + 1), 0.5],
    plays: who[i],
    clips: who[i]
      .filter((part) => !plan && !parts[part].sound)
      .map((part) => ({
        part,
        notes: [note(40 + part, 0, 1), note(40 + part, bars[i] * 4 - 1, 1)],
        length: bars[i] * 4,
        words: "",
      })),
  }));
  return { form: "club", form_name: "Club", bars: 7, length: 28, sections, notices: ["Form: Club."], ...changes };
}

/** @param {any} [options] of the Set */
export function desk(options = {}) {
  const on = makerDesk(ArrangeDevice, { tracks: TRACKS, scenes: 3, ...options });
  const { clock, engine } = on;
  const whole = () => engine.of("compose.arrange").filter(({ params }) => !params.plan);
  const plans = () => engine.of("compose.arrange").filter(({ params }) => params.plan);
  /** Live tells observers a moment later, and the device looks a moment after that. */
  const look = async () => {
    await new Promise((told) => setImmediate(told));
    clock.move(LOOK_MS);
  };
  return {
    ...on,
    look,
    whole,
    plans,
    /** @param {string} [light] @param {string} [words] */
    become(light = "ready", words = "Ready") {
      engine.become(light, words);
      return look();
    },
    params: () => whole().at(-1)?.params,
    /** @param {any} [changes] of the answer */
    answer: (changes) => {
      const asked = /** @type {any} */ (whole().at(-1));
      return asked.answer(reply(asked.params, changes));
    },
    picture: () => songFromDict({ get: (key) => JSON.parse(on.json() || "{}")[key] }),
    /** @param {number} row */
    select: (row) => {
      on.set.edit(() => on.set.song.view.set_selected_scene(on.set.scenes[row]));
      return look();
    },
    scenes: () => on.set.scenes.map((/** @type {any} */ { name }) => name),
    clip: (track = 0, slot = 0) => on.set.tracks[track].clip_slots[slot].clip,
    /** What every track holds, by rows: names of clips. */
    grid: () =>
      on.set.scenes.map((/** @type {any} */ _, /** @type {number} */ row) =>
        on.set.tracks.map((/** @type {any} */ track) => track.clip_slots[row].clip?.name ?? "").join("|"),
      ),
  };
}

/** A desk whose device is started, whose engine is there, and a loop of three clips in the selected second scene. @param {any} [options] */
export async function ready(options = {}) {
  const on = desk(options);
  on.set.edit(() => on.set.song.view.set_selected_scene(on.set.scenes[1]));
  const clips = [0, 1, 2].map((track) => addClip(on.set, track, 1, 4, [note(36 + 12 * track, 0, 1), note(38, 2, 1)]));
  on.set.edit(() => {
    clips.forEach((clip, i) => {
      clip.name = ["Four", "Low", ""][i];
      clip.color_index = 3 + i;
    });
  });
  on.device.start();
  await on.become();
  await on.engine.of("compose.arrange_options")[0]?.answer({ forms: FORMS });
  await on.look();
  return { ...on, clips };
}

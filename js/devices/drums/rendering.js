/**
 * Render: a drum clip becomes a WAV file in the user's music folder, by a job of the engine, and the file an audio clip on
 * a track for it. Undo takes the clip away; the file stays, since other Sets may play it by then.
 */
import { refuseOldLive } from "../../live/audio_place.js";
import { AudioTake } from "../../live/audio_take.js";
import { LiveRefusal } from "../../live/errors.js";
import { readSong } from "../../live/song.js";
import { barsWords } from "../maker/words.js";
import { Jobs } from "../shared/jobs.js";
import { bare, sentences } from "../shared/sentences.js";
import { folderName } from "../shared/system_path.js";

/** @typedef {import("./at_hand.js").DrumClip} DrumClip */

/**
 * What compose.render ends in, as far as the device uses it.
 * @typedef {object} Made
 * @property {string} path
 * @property {string[]} notices
 */

/** Names of clips that reach the engine. */
const LONGEST_NAME = 200;
const RENDERING = "Rendering ...";

/**
 * A whole path says less in a foot line than what is wrong with it.
 *
 * @param {any} problem
 * @param {string|undefined} samples the folder
 */
const inWords = (problem, samples) =>
  problem?.data?.field === "samples" && samples !== undefined
    ? new LiveRefusal(`Samples in "${folderName(samples)}": ${bare(problem.hint)}`)
    : problem;

export class Rendering {
  #live;
  #clock;
  #standing;
  #journal;
  #rendered;
  #jobs = new Jobs("The engine went away while it rendered");

  /**
   * @param {{live: import("../../live/live.js").Live, clock: import("../../rpc/clock.js").Clock}} parts
   * @param {import("../shared/standing.js").Standing} standing
   * @param {import("../../live/journal.js").Journal} journal
   * @param {(clip: number) => void} rendered told which clip became sound
   */
  constructor({ live, clock }, standing, journal, rendered) {
    this.#live = live;
    this.#clock = clock;
    this.#standing = standing;
    this.#journal = journal;
    this.#rendered = rendered;
  }

  /** The connection is gone, and the job with it. */
  lost() {
    this.#jobs.lost();
  }

  /**
   * @param {DrumClip} drums
   * @param {{sound: string, samples?: string}} kit
   * @param {{take: string, style: string, seed: number}} about what the clip is, "" where nobody knows; the seed says
   *   which of several samples are struck
   * @throws {LiveRefusal} when it could not be put into this Live
   */
  start(drums, kit, { take, style, seed }) {
    refuseOldLive(this.#live);
    this.#jobs.listen(this.#standing.client);
    const { notes, length, name, pads } = drums;
    const params = {
      notes,
      length,
      tempo: readSong(this.#live).tempo,
      role: "drums",
      style,
      seed,
      name: `${name || "Drums"} ${take}`.trim().slice(0, LONGEST_NAME),
      ...kit,
      ...(pads.length === 0 ? {} : { kit: pads.map(({ note, name: pad }) => ({ pitch: note, name: pad })) }),
    };
    const press = this.#standing.begin(RENDERING, () => {}, "render");
    const { done, cancel } = this.#jobs.ask("compose.render", params, ({ done: steps, total }) => {
      if (total > 0) this.#standing.progress(press, `${RENDERING} ${Math.round((100 * steps) / total)} %`);
    });
    press.cancel = cancel;
    const worded = done.catch((problem) => {
      throw inWords(problem, kit.samples);
    });
    this.#standing.settle(press, worded, (made) => {
      this.#rendered(drums.clip);
      this.#put(drums, made);
    });
  }

  /** @param {DrumClip} drums @param {Made} made */
  #put({ track, length, barLength }, { path, notices }) {
    try {
      const take = new AudioTake(this.#live, this.#clock, { path, beats: length }, track);
      this.#journal.recordMade(take);
      const { trackName = "", slotNumber = 0, made = false } = take.place ?? {};
      const where = made ? `onto a new track, "${trackName}"` : `to slot ${slotNumber} of "${trackName}"`;
      this.#standing.say(`Rendered ${barsWords(length / barLength)} ${where}`, sentences([...notices, path]));
    } catch (problem) {
      if (!(problem instanceof LiveRefusal)) throw problem;
      // The file is there: whoever wants it can drag it.
      this.#standing.say(`${problem.message}. The file is in Bandmate's renders`, path);
    }
  }
}

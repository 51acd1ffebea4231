/** What a clip teaches: its notes, what they play, and what the style is called that learns them. */
import { clipSignature, trackOfClip } from "../../live/clip.js";
import { padsOf } from "../../live/drums.js";
import { LiveRefusal } from "../../live/errors.js";
import { readSong } from "../../live/song.js";
import { trackName } from "../../live/track.js";
import { readMidi } from "./subject.js";

/** @typedef {import("../../live/live.js").Live} Live */
/** @typedef {import("./subject.js").Pointed} Pointed */
/** @typedef {"drums"|"bass"|"melody"} Role */

/**
 * What compose.learn is asked.
 * @typedef {object} Lesson
 * @property {string} name
 * @property {Role} role
 * @property {Record<string, unknown>[]} lessons
 */

/** The engine learns from no fewer. */
const FEWEST = 4;
/** The wire takes no longer names; a menu shows less. */
const LONGEST_NAME = 60;
/** The engine takes no shorter clip, beats. */
const SHORTEST = 0.0625;

const BASS = /\b(bass(es|line)?|sub|808s?|303|reese)\b/i;
const MELODY = /\b(lead|melod(y|ies|ic)|vox|vocals?|voice|hook|topline|solo|theme|pluck)\b/i;
/** A line whose middle note lies below this is a bass: the E above the cello's open strings. */
const BASS_BELOW = 52;

/**
 * @param {Live} live
 * @param {Pointed} pointed
 * @param {string} as the name that was typed; "" for the clip's own, or its track's
 * @returns {Lesson}
 * @throws {LiveRefusal} with words when there is nothing to learn
 */
export function lessonOf(live, pointed, as) {
  if (!pointed.midi) throw new LiveRefusal("That is audio: select a clip with notes to learn from");
  const { notes, drums, start, length } = readMidi(live, pointed);
  const heard = notes.filter(({ mute, velocity }) => !mute && velocity >= 1);
  if (heard.length === 0) throw new LiveRefusal("That clip is empty: select one with notes to learn from");
  if (heard.length < FEWEST) {
    throw new LiveRefusal(`Only ${heard.length} sounding in that clip: a style needs ${FEWEST} notes or more`);
  }
  const track = trackOfClip(live, pointed.clip);
  const [numerator, denominator] = clipSignature(live, pointed.clip);
  const pads = drums ? padsOf(live, track) : [];
  return {
    name: (as || pointed.name).slice(0, LONGEST_NAME).trim(),
    role: drums ? "drums" : roleOf(`${pointed.name} ${trackName(live, track)}`, heard),
    lessons: [
      {
        name: pointed.name.slice(0, LONGEST_NAME),
        notes: heard.map(({ pitch, start_time, duration, velocity }) => ({
          pitch,
          start_time: Math.max(0, start_time - start),
          duration,
          velocity,
        })),
        length: Math.max(length, SHORTEST),
        tempo: readSong(live).tempo,
        signature_numerator: numerator,
        signature_denominator: denominator,
        ...(pads.length === 0 ? {} : { kit: pads.map(({ note, name }) => ({ pitch: note, name })) }),
      },
    ],
  };
}

/** @param {string} names of the clip and its track @param {readonly {pitch: number}[]} notes at least one @returns {Role} */
function roleOf(names, notes) {
  const [bass, melody] = [BASS.test(names), MELODY.test(names)];
  if (bass !== melody) return bass ? "bass" : "melody";
  const pitches = notes.map(({ pitch }) => pitch).sort((a, b) => a - b);
  return pitches[Math.floor(pitches.length / 2)] < BASS_BELOW ? "bass" : "melody";
}

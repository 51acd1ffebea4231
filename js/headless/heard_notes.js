/** Notes as they were heard, put together from the MIDI a device sent. */

/**
 * @typedef {object} HeardNote
 * @property {number} pitch
 * @property {number} velocity
 * @property {number} channel 1..16
 * @property {number} on ms
 * @property {number} off ms; Infinity where it never ended
 * @property {number} beat of the song at which it began
 * @property {number} run beats the song had run then, jumps not counted
 */

/**
 * @param {readonly {time: number, beat: number, run: number, bytes: number[]}[]} sent in order
 * @returns {HeardNote[]} in the order they began
 */
export function heardNotes(sent) {
  /** @type {HeardNote[]} */
  const notes = [];
  /** What sounds, by channel and pitch, the oldest first. @type {Map<number, HeardNote[]>} */
  const sounding = new Map();
  for (const { time, beat, run, bytes } of sent) {
    const [status, pitch, velocity] = bytes;
    const channel = (status & 0x0f) + 1;
    const kind = status & 0xf0;
    const key = channel * 128 + pitch;
    if (kind === 0x90 && velocity > 0) {
      const note = { pitch, velocity, channel, on: time, off: Infinity, beat, run };
      notes.push(note);
      sounding.set(key, [...(sounding.get(key) ?? []), note]);
    } else if (kind === 0x80 || kind === 0x90) {
      const ended = sounding.get(key)?.shift();
      if (ended) ended.off = time;
    }
  }
  return notes;
}

/** Notes that were struck and never ended. @param {readonly HeardNote[]} notes */
export const hanging = (notes) => notes.filter(({ off }) => off === Infinity);

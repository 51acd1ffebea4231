/** Notes as they were heard, put together from the MIDI a device sent. */

/**
 * @typedef {object} HeardNote
 * @property {number} pitch
 * @property {number} velocity
 * @property {number} channel 1..16
 * @property {number} on ms
 * @property {number} off ms; Infinity where it never ended
 * @property {number} beat of the song at which it began
 */

/**
 * @param {readonly {time: number, beat: number, bytes: number[]}[]} sent in order
 * @returns {HeardNote[]} in the order they began
 */
export function heardNotes(sent) {
  /** @type {HeardNote[]} */
  const notes = [];
  for (const { time, beat, bytes } of sent) {
    const [status, pitch, velocity] = bytes;
    const channel = (status & 0x0f) + 1;
    const kind = status & 0xf0;
    if (kind === 0x90 && velocity > 0) notes.push({ pitch, velocity, channel, on: time, off: Infinity, beat });
    else if (kind === 0x80 || kind === 0x90) {
      const sounding = notes.find((note) => note.pitch === pitch && note.channel === channel && note.off === Infinity);
      if (sounding) sounding.off = time;
    }
  }
  return notes;
}

/** Notes that were struck and never ended. @param {readonly HeardNote[]} notes */
export const hanging = (notes) => notes.filter(({ off }) => off === Infinity);

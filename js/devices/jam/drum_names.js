/** What the lanes of a drum grid are called: as the pads of the track's own rack are, else as General MIDI has them. */

/** @type {Readonly<Record<number, string>>} */
const GENERAL_MIDI = {
  ...{
    35: "Kick",
    36: "Kick",
    37: "Rim",
    38: "Snare",
    39: "Clap",
    40: "Snare",
    41: "Low tom",
    42: "Hat",
    43: "Low tom",
  },
  ...{ 44: "Low hat", 45: "Low tom", 46: "Open hat", 47: "Mid tom", 48: "Mid tom", 49: "Crash", 50: "High tom" },
  ...{ 51: "Ride", 54: "Tamb", 56: "Cowbell", 63: "Conga hi", 64: "Conga lo", 69: "Cabasa", 70: "Shaker", 75: "Clave" },
  ...{ 76: "Perc", 82: "Shaker" },
};
const NOTES = ["C", "C#", "D", "D#", "E", "F", "F#", "G", "G#", "A", "A#", "B"];

/**
 * @param {readonly {pitch: number}[]} notes
 * @param {ReadonlyMap<number, string>} pads by pitch; empty where the track has no rack
 * @returns {import("../../ui/drumgrid.js").GridLane[]} from the bottom up
 */
export function lanesOf(notes, pads) {
  const pitches = [...new Set(notes.map(({ pitch }) => pitch))].sort((a, b) => a - b);
  return pitches.map((pitch) => {
    const known = pads.size > 0 ? pads.get(pitch) : GENERAL_MIDI[pitch];
    const name = known ?? `${NOTES[pitch % 12]}${Math.floor(pitch / 12) - 2}`;
    return { role: "", name, pitch, muted: false, locked: false, density: 100 };
  });
}

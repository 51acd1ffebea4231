/** The rows of the grid: the lanes of a take, with those that are silent because they were muted. */

/** @typedef {import("../maker/take.js").Take} Take */
/** @typedef {import("../../ui/drumgrid.js").Grid} Grid */

/** @typedef {{role: string, name: string, pitch: number}} LaneRow */

/** What Drums keeps beside the notes of a take. @typedef {{lanes: LaneRow[], take: string, seed: number, style: string}} More */

const NOTE_NAMES = ["C", "C#", "D", "D#", "E", "F", "F#", "G", "G#", "A", "A#", "B"];

/**
 * @param {Take} take
 * @param {import("./lanes.js").Lanes} lanes
 * @param {ReadonlyMap<string, LaneRow>} known lanes that were seen before, by role
 * @returns {Grid}
 */
export function gridOf(take, lanes, known) {
  const { notes, length, barLength, memo } = take;
  const rows = memo === null ? foreignRows(take) : takeRows(/** @type {More} */ (memo.more).lanes, lanes, known);
  return {
    length,
    beatsPerBar: barLength,
    label: memo?.label ?? "",
    notes: notes
      .filter((note) => !note.mute)
      .map((note) => ({ pitch: note.pitch, start: Math.max(0, note.start_time), velocity: note.velocity })),
    lanes: rows.map((row) => {
      const { mute, lock, density } = lanes.of(row.role);
      return { ...row, muted: row.role !== "" && mute, locked: row.role !== "" && lock >= 0, density };
    }),
  };
}

/** @param {readonly LaneRow[]} played @param {import("./lanes.js").Lanes} lanes @param {ReadonlyMap<string, LaneRow>} known */
function takeRows(played, lanes, known) {
  const silent = lanes.roles.filter((role) => lanes.of(role).mute && !played.some((row) => row.role === role));
  const missing = silent.map((role) => known.get(role) ?? { role, name: role.replace(/_/g, " "), pitch: -1 });
  // A lane that falls silent stays where the hand found it.
  const order = [...known.keys()];
  /** @param {LaneRow} row */
  const place = ({ role }) => (order.includes(role) ? order.indexOf(role) : order.length);
  return [...played, ...missing].sort((a, b) => place(a) - place(b));
}

/**
 * @param {ReadonlyMap<string, LaneRow>} known
 * @param {readonly LaneRow[]} played lanes of a take, from the bottom up
 * @returns {Map<string, LaneRow>} both, where each new lane stands behind the one it follows in the take
 */
export function learnt(known, played) {
  const rows = [...known.values()].filter((row) => !played.some(({ role }) => role === row.role));
  const order = [...known.keys()];
  for (const [i, { role }] of played.entries()) {
    if (!order.includes(role)) order.splice(i === 0 ? 0 : order.indexOf(played[i - 1].role) + 1, 0, role);
  }
  const all = [...rows, ...played].sort((a, b) => order.indexOf(a.role) - order.indexOf(b.role));
  return new Map(all.map((row) => [row.role, row]));
}

/** Somebody else's notes have no roles: their pitches are told, from low to high. @param {Take} take @returns {LaneRow[]} */
const foreignRows = ({ notes }) =>
  [...new Set(notes.map(({ pitch }) => pitch))]
    .sort((a, b) => a - b)
    .map((pitch) => ({ role: "", name: `${NOTE_NAMES[pitch % 12]}${Math.floor(pitch / 12) - 2}`, pitch }));

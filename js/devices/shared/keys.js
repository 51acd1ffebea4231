/** The 24 keys as the devices name and move them; the spelling is the engine's. Camelot stands for a key on the wire. */

/** @typedef {{tonic: number, minor: boolean}} KeyPlace tonic 0-11, C is 0 */

/** Names of keys as the engine spells them, by tonic. */
const MAJORS = ["C", "Db", "D", "Eb", "E", "F", "F#", "G", "Ab", "A", "Bb", "B"];
const MINORS = ["C", "C#", "D", "Eb", "E", "F", "F#", "G", "G#", "A", "Bb", "B"];

const HOURS = 12;
/** A semitone up is seven fifths on. */
const FIFTHS_IN_A_SEMITONE = 7;

/** @param {number} tonic @param {boolean} minor @returns {string} */
const keyName = (tonic, minor) => `${(minor ? MINORS : MAJORS)[((tonic % 12) + 12) % 12]} ${minor ? "minor" : "major"}`;

/** @param {string} camelot @returns {{hour: number, side: string}|null} */
function read(camelot) {
  const [, hour, side] = /^(1[0-2]|[1-9])([AB])$/.exec(camelot) ?? [];
  return hour === undefined ? null : { hour: Number(hour), side };
}

/** @param {string} camelot "8A" @returns {KeyPlace|null} */
export function fromCamelot(camelot) {
  const place = read(camelot);
  if (place === null) return null;
  // 8B is C major and 8A its relative, A minor; each hour is a fifth.
  const fifths = place.hour - 8;
  const minor = place.side === "A";
  return { tonic: (((fifths * 7 + (minor ? 9 : 0)) % 12) + 12) % 12, minor };
}

/** @param {KeyPlace} key @returns {string} the key with the same notes */
export const relative = ({ tonic, minor }) => keyName(minor ? tonic + 3 : tonic + 9, !minor);

/** @param {KeyPlace} key @returns {string} the key on the same tonic */
export const parallel = ({ tonic, minor }) => keyName(tonic, !minor);

/** @param {KeyPlace} key @returns {string} "A minor" */
export const nameOf = ({ tonic, minor }) => keyName(tonic, minor);

/** @param {string} camelot @param {number} semitones whole @returns {string} the key that many semitones up */
export function movedCamelot(camelot, semitones) {
  const place = read(camelot);
  if (place === null) return camelot;
  const hour = (place.hour - 1 + semitones * FIFTHS_IN_A_SEMITONE) % HOURS;
  return `${((hour + HOURS) % HOURS) + 1}${place.side}`;
}

/**
 * Writes a Standard MIDI File (format 1, RP-001): a track of tempos and signatures, then one for each part. The same
 * events give the same bytes, in whatever order of equal times they come.
 *
 * @typedef {{beat: number, bytes: readonly number[]}} PartEvent quarter notes from the start, a whole message
 * @typedef {{name: string, events: readonly PartEvent[]}} Part
 * @typedef {object} Music
 * @property {number} beats length in quarter notes
 * @property {readonly Part[]} parts
 * @property {readonly {beat: number, tempo: number}[]} tempos in order; each holds until the next, beats a minute
 * @property {readonly {beat: number, signature: readonly [number, number]}[]} signatures in order
 */

/** Ticks of a quarter note: as many as Live draws. */
export const DIVISION = 960;
const MOST_MICROSECONDS = 0xffffff;

/** @param {number} beat */
const tickOf = (beat) => Math.max(0, Math.round(beat * DIVISION));

/**
 * A number as MIDI files write it: seven bits a byte, the highest first.
 *
 * @param {number} value 0 to 0x0fffffff
 * @returns {number[]}
 */
function variable(value) {
  const bytes = [value & 0x7f];
  for (let rest = value >>> 7; rest > 0; rest >>>= 7) bytes.unshift((rest & 0x7f) | 0x80);
  return bytes;
}

/** @param {number} kind @param {readonly number[]} data */
const meta = (kind, data) => [0xff, kind, ...variable(data.length), ...data];

/** @param {string} name */
const named = (name) => ({ tick: 0, bytes: meta(0x03, [...Buffer.from(name, "utf8")]) });

/**
 * @param {readonly {tick: number, bytes: readonly number[]}[]} events by time
 * @param {number} end tick
 * @returns {Buffer}
 */
function chunk(events, end) {
  /** @type {number[]} */
  const body = [];
  let at = 0;
  for (const { tick, bytes } of [...events, { tick: Math.max(end, events.at(-1)?.tick ?? 0), bytes: meta(0x2f, []) }]) {
    for (const byte of variable(tick - at)) body.push(byte);
    for (const byte of bytes) body.push(byte);
    at = tick;
  }
  const head = Buffer.from("MTrk\0\0\0\0", "latin1");
  head.writeUInt32BE(body.length, 4);
  return Buffer.concat([head, Buffer.from(body)]);
}

/** Notes end before others begin; what is no note stays between them. @param {readonly number[]} bytes */
function rank([status, , velocity]) {
  const kind = status & 0xf0;
  if (kind === 0x80 || (kind === 0x90 && velocity === 0)) return 0;
  return kind === 0x90 ? 2 : 1;
}

/** @param {readonly number[]} a @param {readonly number[]} b both notes */
const byPitch = (a, b) => a[1] - b[1] || a[0] - b[0] || a[2] - b[2];

/** @param {Part} part */
function partEvents({ name, events }) {
  const placed = events
    .filter(({ bytes: [status] }) => status >= 0x80 && status < 0xf0)
    .map(({ beat, bytes }, order) => ({ tick: tickOf(beat), order, rank: rank(bytes), bytes }));
  placed.sort(
    (a, b) => a.tick - b.tick || a.rank - b.rank || (a.rank === 1 ? 0 : byPitch(a.bytes, b.bytes)) || a.order - b.order,
  );
  return [named(name), ...placed];
}

/** @param {Music} music */
function conductor({ tempos, signatures }) {
  const speeds = tempos.map(({ beat, tempo }) => {
    const micro = Math.min(MOST_MICROSECONDS, Math.round(60_000_000 / tempo));
    return { tick: tickOf(beat), bytes: meta(0x51, [micro >> 16, (micro >> 8) & 0xff, micro & 0xff]) };
  });
  const bars = signatures.map(({ beat, signature: [numerator, denominator] }) => ({
    tick: tickOf(beat),
    bytes: meta(0x58, [numerator, Math.log2(denominator), 24, 8]),
  }));
  return [named("Bandmate"), ...[...bars, ...speeds].sort((a, b) => a.tick - b.tick)];
}

/**
 * The bytes of the file.
 *
 * @param {Music} music
 * @returns {Buffer}
 */
export function midiFile(music) {
  const end = tickOf(music.beats);
  const head = Buffer.from("MThd\0\0\0\x06\0\x01\0\0\0\0", "latin1");
  head.writeUInt16BE(music.parts.length + 1, 10);
  head.writeUInt16BE(DIVISION, 12);
  return Buffer.concat([
    head,
    chunk(conductor(music), end),
    ...music.parts.map((part) => chunk(partEvents(part), end)),
  ]);
}

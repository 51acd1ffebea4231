/** Reads Standard MIDI Files, written apart from the writer: by the specification's own words. */

/**
 * @typedef {{tick: number, bytes: number[]}} Event
 *
 * @param {Buffer} file
 * @returns {{format: number, division: number, tracks: Event[][]}}
 */
export function readMidi(file) {
  const chunks = [];
  for (let at = 0; at < file.length; at += 8 + file.readUInt32BE(at + 4)) {
    chunks.push({
      kind: file.toString("latin1", at, at + 4),
      body: file.subarray(at + 8, at + 8 + file.readUInt32BE(at + 4)),
    });
  }
  const [head, ...tracks] = chunks;
  if (head.kind !== "MThd" || head.body.length !== 6) throw new Error("no header");
  if (tracks.some(({ kind }) => kind !== "MTrk")) throw new Error("a chunk that is no track");
  if (head.body.readUInt16BE(2) !== tracks.length) throw new Error("another number of tracks than it says");
  return {
    format: head.body.readUInt16BE(0),
    division: head.body.readUInt16BE(4),
    tracks: tracks.map(({ body }) => events([...body])),
  };
}

/** @param {number[]} body @returns {Event[]} */
function events(body) {
  /** @type {Event[]} */
  const found = [];
  let tick = 0;
  const number = () => {
    let value = 0;
    for (;;) {
      const byte = /** @type {number} */ (body.shift());
      value = value * 128 + (byte % 128);
      if (byte < 128) return value;
    }
  };
  while (body.length > 0) {
    tick += number();
    const status = /** @type {number} */ (body.shift());
    if (status === 0xff) {
      const kind = /** @type {number} */ (body.shift());
      found.push({ tick, bytes: [status, kind, ...body.splice(0, number())] });
    } else found.push({ tick, bytes: [status, ...body.splice(0, [0xc0, 0xd0].includes(status & 0xf0) ? 1 : 2)] });
  }
  const last = found.at(-1)?.bytes.join();
  if (last !== "255,47") throw new Error(`the track ends with ${last}`);
  return found;
}

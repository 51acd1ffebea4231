/** WAV files: sound to bytes and back, in the sample types that `buffer~` writes. */

/**
 * `float32` keeps every sample bit for bit; the others round to the nearest step of 1/2^(bits-1) and hold what is
 * beyond full scale at full scale.
 * @typedef {"int16" | "int24" | "int32" | "float32"} SampleType
 * @typedef {{rate: number, channels: Float32Array[], type: SampleType}} Wave
 */

/** @type {Record<SampleType, {bytes: number, code: number}>} */
const TYPES = {
  int16: { bytes: 2, code: 1 },
  int24: { bytes: 3, code: 1 },
  int32: { bytes: 4, code: 1 },
  float32: { bytes: 4, code: 3 },
};

export const SAMPLE_TYPES = /** @type {SampleType[]} */ (Object.keys(TYPES));

/** @param {string} tag @param {Buffer} body */
function chunk(tag, body) {
  const head = Buffer.alloc(8);
  head.write(tag, "latin1");
  head.writeUInt32LE(body.length, 4);
  return Buffer.concat(body.length % 2 ? [head, body, Buffer.alloc(1)] : [head, body]);
}

/**
 * @param {Wave} wave
 * @returns {Buffer} the bytes of a WAV file
 */
export function encodeWav({ rate, channels, type }) {
  const { bytes, code } = TYPES[type];
  const frames = channels[0].length;
  const count = channels.length;
  const format = Buffer.alloc(16);
  format.writeUInt16LE(code, 0);
  format.writeUInt16LE(count, 2);
  format.writeUInt32LE(rate, 4);
  format.writeUInt32LE(rate * count * bytes, 8);
  format.writeUInt16LE(count * bytes, 12);
  format.writeUInt16LE(bytes * 8, 14);
  const data = Buffer.alloc(frames * count * bytes);
  const put = writer(data, type);
  let at = 0;
  for (let frame = 0; frame < frames; frame += 1) {
    for (const channel of channels) {
      put(channel[frame], at);
      at += bytes;
    }
  }
  const fact = Buffer.alloc(4);
  fact.writeUInt32LE(frames);
  const parts = [chunk("fmt ", format), ...(code === 3 ? [chunk("fact", fact)] : []), chunk("data", data)];
  return chunk("RIFF", Buffer.concat([Buffer.from("WAVE", "latin1"), ...parts]));
}

/**
 * @param {Buffer} data
 * @param {SampleType} type
 * @returns {(sample: number, at: number) => void}
 */
function writer(data, type) {
  if (type === "float32") return (sample, at) => data.writeFloatLE(sample, at);
  const { bytes } = TYPES[type];
  const full = 2 ** (bytes * 8 - 1);
  return (sample, at) => {
    // A sample that is no number (0/0 in a broken patch) is silence in a file of integers.
    const step = Math.round(Number.isNaN(sample) ? 0 : sample * full);
    data.writeIntLE(Math.max(-full, Math.min(full - 1, step)), at, bytes);
  };
}

/**
 * @param {Buffer} bytes of a WAV file as `encodeWav` writes it, or of another program, with integers or floats
 * @returns {Wave}
 * @throws {Error} for bytes that are no such file, saying what is wrong
 */
export function decodeWav(bytes) {
  if (bytes.toString("latin1", 0, 4) !== "RIFF" || bytes.toString("latin1", 8, 12) !== "WAVE") {
    throw new Error("not a WAV file");
  }
  const parts = chunks(bytes);
  const format = parts.get("fmt ");
  const data = parts.get("data");
  if (!format || !data) throw new Error("a WAV file without its format or its data");
  const bits = format.readUInt16LE(14);
  // 0xfffe: the extensible form, whose true code begins the identifier at byte 24.
  const code = format.readUInt16LE(0) === 0xfffe ? format.readUInt16LE(24) : format.readUInt16LE(0);
  const type = SAMPLE_TYPES.find((name) => TYPES[name].code === code && TYPES[name].bytes * 8 === bits);
  if (!type) throw new Error(`WAV format ${code} with ${bits} bits is not read here`);
  const count = format.readUInt16LE(2);
  return { rate: format.readUInt32LE(4), type, channels: samples(data, type, count) };
}

/** @param {Buffer} bytes @returns {Map<string, Buffer>} */
function chunks(bytes) {
  /** @type {Map<string, Buffer>} */
  const found = new Map();
  for (let at = 12; at + 8 <= bytes.length; ) {
    const size = bytes.readUInt32LE(at + 4);
    found.set(bytes.toString("latin1", at, at + 4), bytes.subarray(at + 8, at + 8 + size));
    at += 8 + size + (size % 2);
  }
  return found;
}

/** @param {Buffer} data @param {SampleType} type @param {number} count */
function samples(data, type, count) {
  const { bytes } = TYPES[type];
  const frames = Math.floor(data.length / (bytes * count));
  const full = 2 ** (bytes * 8 - 1);
  const channels = Array.from({ length: count }, () => new Float32Array(frames));
  for (let frame = 0, at = 0; frame < frames; frame += 1) {
    for (const channel of channels) {
      channel[frame] = type === "float32" ? data.readFloatLE(at) : data.readIntLE(at, bytes) / full;
      at += bytes;
    }
  }
  return channels;
}

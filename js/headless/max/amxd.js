/**
 * Reads and writes the .amxd container (unfrozen and frozen).
 *
 * Layout (read from real files): a run of chunks `tag[4] length:u32LE payload`: `ampf` (kind), `meta`
 * (u32LE: 1 unfrozen, 7 frozen), `ptch`. An unfrozen ptch is JSON, LF and one NUL. A frozen ptch begins
 * with `mx@c`, holds the bodies of all files one behind the other and ends with `dlst`, a list of `dire`
 * entries; everything inside it is big-endian and offsets count from the `m` of `mx@c`.
 */

/**
 * One file inside a frozen device.
 * @typedef {{type: string, name: string, flag: number, mdat: number, bytes: Buffer}} FrozenFile
 *
 * What an .amxd holds: `kind` is the four-letter device kind, `patcher` the parsed JSON, `files` the frozen
 * files without the main patcher (empty when unfrozen), `jsonTail` what followed the JSON in its body.
 * @typedef {{kind: string, meta: number | null, frozen: boolean, name: string, patcher: any,
 *   jsonText: string, jsonTail: string, main: FrozenFile | null, files: FrozenFile[]}} Amxd
 */

const KINDS = new Set(["mmmm", "aaaa", "iiii", "natt", "nagg"]);
const FIELDS = ["type", "fnam", "sz32", "of32", "vers", "flag", "mdat"];

/** A file that is not a readable device. `reason` is one of encrypted, malformed, unsupported. */
export class AmxdError extends Error {
  /**
   * @param {string} reason
   * @param {string} text
   */
  constructor(reason, text) {
    super(text);
    this.name = "AmxdError";
    this.reason = reason;
  }
}

/**
 * @param {string} text
 * @returns {never}
 */
function malformed(text) {
  throw new AmxdError("malformed", `not a Max for Live device: ${text}`);
}

/**
 * The top-level chunks, in file order.
 * @param {Buffer} bytes
 * @returns {{tag: string, data: Buffer}[]}
 */
function chunks(bytes) {
  const found = [];
  let at = 0;
  while (at < bytes.length) {
    if (at + 8 > bytes.length) malformed(`${bytes.length - at} bytes left over after the last chunk`);
    const tag = bytes.toString("latin1", at, at + 4);
    const length = bytes.readUInt32LE(at + 4);
    if (at + 8 + length > bytes.length) {
      malformed(`chunk "${tag}" claims ${length} bytes, the file holds ${bytes.length - at - 8}`);
    }
    found.push({ tag, data: bytes.subarray(at + 8, at + 8 + length) });
    at += 8 + length;
  }
  return found;
}

/**
 * Where the first JSON value of a text ends (braces counted outside strings).
 * @param {string} text
 * @returns {number} index after its closing brace, or -1
 */
function jsonEnd(text) {
  let depth = 0;
  let inString = false;
  for (let i = 0; i < text.length; i += 1) {
    const char = text[i];
    if (inString) {
      if (char === "\\") i += 1;
      else if (char === '"') inString = false;
    } else if (char === '"') inString = true;
    else if (char === "{") depth += 1;
    else if (char === "}") {
      depth -= 1;
      if (depth === 0) return i + 1;
    }
  }
  return -1;
}

/**
 * The first JSON value of a text.
 * @param {string} text
 * @returns {{end: number, root: any}}
 */
function firstJson(text) {
  // Nearly always there is one value and only blanks after it, which need no counting of braces.
  const last = text.lastIndexOf("}") + 1;
  try {
    return { end: last, root: JSON.parse(text.slice(0, last)) };
  } catch {
    const end = jsonEnd(text);
    if (end < 0) malformed("the patcher's JSON is cut off");
    try {
      return { end, root: JSON.parse(text.slice(0, end)) };
    } catch (error) {
      malformed(`the patcher is not JSON (${/** @type {Error} */ (error).message})`);
    }
  }
}

/**
 * @param {Buffer} body
 * @returns {{patcher: any, jsonText: string, jsonTail: string}}
 */
function readPatcher(body) {
  const text = body.toString("utf8");
  if (!text.startsWith("{")) malformed("the patcher does not begin with {");
  const { end, root } = firstJson(text);
  const jsonText = text.slice(0, end);
  if (!root || typeof root.patcher !== "object" || root.patcher === null) malformed('no "patcher" key');
  return { patcher: root.patcher, jsonText, jsonTail: text.slice(end) };
}

/**
 * @param {Buffer} list payload of dlst
 * @param {Buffer} ptch whole frozen payload
 * @returns {FrozenFile[]}
 */
function readDirectory(list, ptch) {
  const files = [];
  let at = 0;
  while (at < list.length) {
    if (at + 8 > list.length || list.toString("latin1", at, at + 4) !== "dire") malformed("broken dlst entry");
    const size = list.readUInt32BE(at + 4);
    if (size < 8 || at + size > list.length) malformed("dlst entry longer than its list");
    /** @type {Record<string, Buffer>} */
    const field = {};
    let inside = at + 8;
    for (const name of FIELDS) {
      const tag = list.toString("latin1", inside, inside + 4);
      if (tag !== name) malformed(`dlst entry has "${tag}" where "${name}" belongs`);
      const length = list.readUInt32BE(inside + 4);
      if (length < 8 || inside + length > at + size) malformed(`dlst field "${name}" too long`);
      field[name] = list.subarray(inside + 8, inside + length);
      inside += length;
    }
    const size32 = field.sz32.readUInt32BE(0);
    const offset = field.of32.readUInt32BE(0);
    if (offset + size32 > ptch.length) malformed("a frozen file lies outside the device");
    files.push({
      type: field.type.toString("latin1"),
      name: field.fnam.toString("utf8").replace(/\0+$/u, ""),
      flag: field.flag.readUInt32BE(0),
      mdat: field.mdat.readUInt32BE(0),
      bytes: Buffer.from(ptch.subarray(offset, offset + size32)),
    });
    at += size;
  }
  return files;
}

/**
 * @param {Buffer} ptch
 * @returns {FrozenFile[]}
 */
function readFrozen(ptch) {
  if (ptch.length < 24 || ptch.readUInt32BE(4) !== 16) malformed("frozen header broken");
  const at = Number(ptch.readBigUInt64BE(8));
  if (at + 8 > ptch.length || ptch.toString("latin1", at, at + 4) !== "dlst") malformed("no dlst where mx@c says");
  const size = ptch.readUInt32BE(at + 4);
  if (at + size !== ptch.length) malformed("dlst does not end where the device ends");
  const files = readDirectory(ptch.subarray(at + 8), ptch);
  if (files.length === 0 || files[0].type !== "JSON") malformed("a frozen device begins with its patcher");
  return files;
}

/**
 * Reads a device.
 * @param {Uint8Array} source whole file
 * @returns {Amxd}
 * @throws {AmxdError} reason "encrypted" or "malformed"
 */
export function readAmxd(source) {
  const bytes = Buffer.from(source.buffer, source.byteOffset, source.byteLength);
  if (bytes.length < 12 || bytes.toString("latin1", 0, 4) !== "ampf") malformed("it does not begin with ampf");
  const list = chunks(bytes);
  const kind = list[0].data.toString("latin1");
  if (!KINDS.has(kind)) malformed(`unknown device kind "${kind}"`);
  if (list.some((chunk) => chunk.tag === "ciph")) {
    throw new AmxdError("encrypted", "this device is encrypted: its patcher cannot be read");
  }
  const meta = list.find((chunk) => chunk.tag === "meta");
  if (meta && meta.data.length !== 4) malformed("meta is not 4 bytes");
  const ptch = list.find((chunk) => chunk.tag === "ptch");
  if (!ptch) malformed("no ptch chunk");
  const frozen = ptch.data.toString("latin1", 0, 4) === "mx@c";
  const files = frozen ? readFrozen(ptch.data) : [];
  const main = frozen ? files[0] : null;
  return {
    kind,
    meta: meta ? meta.data.readUInt32LE(0) : null,
    frozen,
    name: main ? main.name : "",
    ...readPatcher(main ? main.bytes : ptch.data),
    main,
    files: files.slice(1),
  };
}

/**
 * @param {string} tag
 * @param {Buffer} data
 */
function chunk(tag, data) {
  const head = Buffer.alloc(8);
  head.write(tag, 0, "latin1");
  head.writeUInt32LE(data.length, 4);
  return Buffer.concat([head, data]);
}

/**
 * A big-endian chunk whose size counts its own eight bytes (inside frozen devices).
 * @param {string} tag
 * @param {Buffer} data
 */
function inner(tag, data) {
  const head = Buffer.alloc(8);
  head.write(tag, 0, "latin1");
  head.writeUInt32BE(data.length + 8, 4);
  return Buffer.concat([head, data]);
}

/** @param {number} value */
function u32(value) {
  const data = Buffer.alloc(4);
  data.writeUInt32BE(value);
  return data;
}

/**
 * @param {FrozenFile[]} files main patcher first
 * @returns {Buffer}
 */
function writeFrozen(files) {
  let offset = 16;
  const entries = files.map((file) => {
    const name = Buffer.from(file.name, "utf8");
    const padded = Buffer.concat([name, Buffer.alloc(4 - (name.length % 4))]);
    const entry = inner(
      "dire",
      Buffer.concat([
        inner("type", Buffer.from(file.type, "latin1")),
        inner("fnam", padded),
        inner("sz32", u32(file.bytes.length)),
        inner("of32", u32(offset)),
        inner("vers", u32(0)),
        inner("flag", u32(file.flag)),
        inner("mdat", u32(file.mdat)),
      ]),
    );
    offset += file.bytes.length;
    return entry;
  });
  const head = Buffer.alloc(16);
  head.write("mx@c", 0, "latin1");
  head.writeUInt32BE(16, 4);
  head.writeBigUInt64BE(BigInt(offset), 8);
  return Buffer.concat([head, ...files.map((file) => file.bytes), inner("dlst", Buffer.concat(entries))]);
}

/** A patcher's text and the same with no blanks: one device is often written again and again, changed in one place. */
const written = { text: "", close: "" };

/** @param {string} jsonText of a whole file */
function closely(jsonText) {
  if (jsonText !== written.text) {
    written.text = jsonText;
    written.close = JSON.stringify(JSON.parse(jsonText).patcher);
  }
  return written.close;
}

/**
 * Writes a device back to bytes. A device that was only read comes back byte for byte; a changed `patcher`
 * is written again with tab indent.
 * @param {Amxd} device
 * @returns {Buffer}
 */
export function writeAmxd(device) {
  const same = closely(device.jsonText) === JSON.stringify(device.patcher);
  const json = same ? device.jsonText : JSON.stringify({ patcher: device.patcher }, null, "\t");
  const body = Buffer.from(json + device.jsonTail, "utf8");
  const parts = [chunk("ampf", Buffer.from(device.kind, "latin1"))];
  if (device.meta !== null) {
    const meta = Buffer.alloc(4);
    meta.writeUInt32LE(device.meta);
    parts.push(chunk("meta", meta));
  }
  const ptch = device.main ? writeFrozen([{ ...device.main, bytes: body }, ...device.files]) : body;
  parts.push(chunk("ptch", ptch));
  return Buffer.concat(parts);
}

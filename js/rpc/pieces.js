/**
 * Long texts through Max. A Max symbol ends at 32,767 bytes, so a longer text travels as several: between devices
 * and Hub in a named Dict (key "parts"), between the Hub's two halves as numbered messages.
 */

/** Longest piece, in bytes of UTF-8 as well as in characters; below Max's limit with room to spare. */
export const PIECE = 30_000;

const ASCII = /^[\0-\x7f]*$/;

/**
 * @param {number} code  a UTF-16 code unit
 * @returns {number} its share of the text's UTF-8 bytes (a surrogate is half of four)
 */
const bytesOf = (code) => {
  if (code < 0x80) return 1;
  if (code < 0x800 || (code >= 0xd800 && code < 0xe000)) return 2;
  return 3;
};

/**
 * Cuts a text. Pairs of surrogates stay together.
 *
 * @param {string} text
 * @param {number} [limit]  bytes, at least 4
 * @returns {string[]} one or more pieces that make the text again when joined
 */
export function cut(text, limit = PIECE) {
  // The usual cases: short enough whatever its letters are, or one byte for each letter.
  if (text.length * 3 <= limit || (text.length <= limit && ASCII.test(text))) return [text];
  /** @type {string[]} */
  const pieces = [];
  let from = 0;
  let bytes = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    const leads = code >= 0xd800 && code < 0xdc00;
    const size = leads ? 4 : bytesOf(code);
    if (bytes + size > limit) {
      pieces.push(text.slice(from, at));
      from = at;
      bytes = 0;
    }
    bytes += size;
    if (leads) at += 1;
  }
  pieces.push(text.slice(from));
  return pieces;
}

/**
 * Sends a text as numbered pieces.
 *
 * @param {string} text
 * @param {(index: number, count: number, piece: string) => void} send
 */
export function sendInPieces(text, send) {
  const pieces = cut(text);
  for (const [index, piece] of pieces.entries()) send(index, pieces.length, piece);
}

/** Puts numbered pieces together again, for many senders at once. */
export class Joiner {
  /** @type {Map<string, string[]>} */
  #parts = new Map();

  /**
   * @param {string} key    whose text it is
   * @param {number} index  0 .. count - 1, in order
   * @param {number} count
   * @param {string} text
   * @returns {string | null} the whole text with its last piece; null before, and for a piece out of order
   */
  add(key, index, count, text) {
    const parts = index === 0 ? [] : this.#parts.get(key);
    if (!parts || parts.length !== index) {
      this.#parts.delete(key);
      return null;
    }
    parts.push(text);
    if (index + 1 < count) {
      this.#parts.set(key, parts);
      return null;
    }
    this.#parts.delete(key);
    return parts.join("");
  }

  /** @param {string} key  nothing more comes from there */
  forget(key) {
    this.#parts.delete(key);
  }
}

/**
 * Writes long texts to Dicts, a few names in turn: the reader reads while the message is being delivered, so that
 * no name need live long, and a name used for ever cannot leak.
 */
export class DictWriter {
  #next = 0;
  #DictClass;
  #prefix;
  #names;

  /**
   * @param {typeof Dict} DictClass
   * @param {string} prefix  of the names; unique to this writer
   * @param {number} [names]  how many names are used in turn
   */
  constructor(DictClass, prefix, names = 8) {
    this.#DictClass = DictClass;
    this.#prefix = prefix;
    this.#names = names;
    /** Kept, because a Dict that nobody refers to may go before it is read. @type {Map<string, Dict>} */
    this.dicts = new Map();
  }

  /**
   * @param {string[]} parts  at least 2: a list of one would come back as plain text
   * @returns {string} the Dict's name
   */
  write(parts) {
    const name = `${this.#prefix}.${this.#next % this.#names}`;
    this.#next += 1;
    const dict = this.dicts.get(name) ?? new this.#DictClass(name);
    this.dicts.set(name, dict);
    dict.clear();
    dict.set("parts", parts);
    return name;
  }

  /** Lets go of all of them. */
  free() {
    for (const dict of this.dicts.values()) {
      dict.clear();
      dict.freepeer();
    }
    this.dicts.clear();
  }
}

/**
 * Reads what a DictWriter wrote.
 *
 * @param {typeof Dict} DictClass
 * @param {string} name
 * @returns {string} "" when there is nothing of the kind
 */
export function readDict(DictClass, name) {
  const dict = new DictClass(name);
  const parts = dict.get("parts");
  if (Array.isArray(parts)) return parts.map(String).join("");
  return typeof parts === "string" ? parts : "";
}

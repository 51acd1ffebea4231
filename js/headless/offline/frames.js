/**
 * What is asked and answered in the traffic between Max and other processes: JSON-RPC frames, through the Hub's
 * node.script or a device's own websocket.
 *
 * @typedef {{key: string, words: string}} Question `words`: the method
 * @typedef {{key: string, who: string, reply: any}} Reply
 * @typedef {{replies: Reply[], lost: boolean, who: string, last: boolean}} News what something that came answers; `lost`: the connection
 *   of `who` is gone, with whatever was asked on it; `last`: false while more pieces of the same text are to come
 */

/** @type {Readonly<News>} */
const NOTHING = { replies: [], lost: false, who: "", last: true };

/** @param {string} text @returns {any[]} the messages of a frame */
function messages(text) {
  try {
    return [JSON.parse(text)].flat();
  } catch {
    return [];
  }
}

/** Texts that go or come in pieces, by who sends them. */
class Pieces {
  /** @type {Map<string, string[]>} */
  #parts = new Map();

  /**
   * @param {string} who
   * @param {any} index
   * @param {any} count
   * @param {any} text
   * @returns {string | null} the whole text with its last piece
   */
  add(who, index, count, text) {
    const parts = Number(index) === 0 ? [] : (this.#parts.get(who) ?? []);
    parts[Number(index)] = String(text);
    this.#parts.set(who, parts);
    if (Object.keys(parts).length < Number(count)) return null;
    this.#parts.delete(who);
    return parts.join("");
  }
}

export class Frames {
  /** @type {Map<object, string>} */
  #names = new Map();
  #out = new Pieces();
  #back = new Pieces();

  /** @param {object} channel */
  #nameOf(channel) {
    const name = this.#names.get(channel) ?? `channel ${this.#names.size}`;
    this.#names.set(channel, name);
    return name;
  }

  /**
   * What is asked by a message that goes out.
   *
   * @param {object} channel
   * @param {any} message
   * @returns {Question[]}
   */
  asked(channel, message) {
    const name = this.#nameOf(channel);
    if (message.kind === "open") return [{ key: `${name} open`, words: "a connection" }];
    if (message.sel !== undefined) {
      if (message.sel !== "device") return [];
      const [what, id, ...rest] = message.args;
      const who = `${name} ${id}`;
      if (what === "open") return [{ key: `${who} open`, words: "a connection" }];
      if (what === "frame") return this.#questions(who, String(rest[0]));
      const text = what === "piece" ? this.#out.add(who, rest[0], rest[1], rest[2]) : null;
      return text === null ? [] : this.#questions(who, text);
    }
    return message.kind === "message" ? this.#questions(name, String(message.data)) : [];
  }

  /** @param {string} who @param {string} text @returns {Question[]} */
  #questions(who, text) {
    return messages(text).flatMap(({ id, method }) =>
      id === undefined || method === undefined ? [] : [{ key: `${who} ${id}`, words: String(method) }],
    );
  }

  /**
   * What is answered by a message that has come.
   *
   * @param {object} channel
   * @param {any} message
   * @returns {News}
   */
  answered(channel, message) {
    const name = this.#nameOf(channel);
    if (message.kind === "open") return { ...NOTHING, replies: [{ key: `${name} open`, who: name, reply: null }] };
    if (message.kind === "message") return this.#answers(name, message.data);
    if (message.kind === "close" || message.kind === "exit") return { ...NOTHING, lost: true, who: name };
    if (message.kind !== "outlet" || message.values[0] !== "node_to") return NOTHING;
    const [, id, what, ...rest] = message.values;
    const who = `${name} ${id}`;
    if (what === "opened") return { ...NOTHING, replies: [{ key: `${who} open`, who, reply: null }] };
    if (what === "closed") return { ...NOTHING, lost: true, who };
    if (what === "frame") return this.#answers(who, rest[0]);
    const text = what === "piece" ? this.#back.add(who, rest[0], rest[1], rest[2]) : "";
    return text === null ? { ...NOTHING, last: false } : this.#answers(who, text);
  }

  /** @param {string} who @param {unknown} text @returns {News} */
  #answers(who, text) {
    const replies = messages(String(text)).filter(({ id, method }) => id !== undefined && method === undefined);
    return { ...NOTHING, replies: replies.map((reply) => ({ key: `${who} ${reply.id}`, who, reply })) };
  }
}

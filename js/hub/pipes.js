/**
 * One websocket to the engine for each device: a pipe that hands on texts as they are. Only the first one is looked
 * into, since the device's session.hello lacks the token: that is added here and so never enters Max.
 */

import { CLOSE } from "../rpc/transport.js";
import { WebSocketTransport } from "../rpc/websocket.js";

/** @typedef {import("../rpc/endpoint.js").Endpoint} Endpoint */

/**
 * @typedef {object} Pipe
 * @property {WebSocketTransport | null} transport  null while the engine is away
 * @property {boolean} open
 * @property {boolean} greeted
 */

/** Unsent bytes of one device beyond which it is cut off: the engine has stopped reading. */
const MOST_BUFFERED = 16 * 1024 * 1024;

export class Pipes {
  /** @type {Map<string, Pipe>} */
  #pipes = new Map();
  /** @type {Endpoint | null} */
  #endpoint = null;
  #make;
  #tell;

  /**
   * @param {object} options
   * @param {(url: string) => WebSocketLike} options.socket
   * @param {(id: string, ...message: (string | number)[]) => void} options.tell  to the device
   */
  constructor({ socket, tell }) {
    this.#make = socket;
    this.#tell = tell;
  }

  /** Devices that want a connection. */
  get count() {
    return this.#pipes.size;
  }

  /**
   * The engine came, went, or moved.
   *
   * @param {Endpoint | null} endpoint
   */
  engine(endpoint) {
    this.#endpoint = endpoint;
    if (!endpoint) return; // The sockets notice by themselves.
    for (const [id, pipe] of this.#pipes) if (!pipe.transport) this.#connect(id, pipe);
  }

  /**
   * A device wants a connection. It may ask again while it waits.
   *
   * @param {string} id
   */
  open(id) {
    const known = this.#pipes.get(id);
    if (known && !known.open) return;
    known?.transport?.close();
    /** @type {Pipe} */
    const pipe = { transport: null, open: false, greeted: false };
    this.#pipes.set(id, pipe);
    if (this.#endpoint) this.#connect(id, pipe);
  }

  /**
   * @param {string} id
   * @param {string} text  one frame
   */
  send(id, text) {
    const pipe = this.#pipes.get(id);
    if (!pipe?.open || !pipe.transport) {
      this.#tell(id, "closed", CLOSE.HUB_CHANGED, "");
      return;
    }
    if (pipe.transport.buffered > MOST_BUFFERED) {
      this.#end(id, pipe, CLOSE.NO_ENGINE, "Engine does not keep up, connecting anew ...");
      return;
    }
    pipe.transport.send(pipe.greeted ? text : this.#withToken(pipe, text));
  }

  /** @param {string} id  the device does not want it any more */
  close(id) {
    this.#pipes.get(id)?.transport?.close();
    this.#pipes.delete(id);
  }

  /**
   * Ends all of them; the devices are told.
   *
   * @param {number} code
   * @param {string} words
   */
  closeAll(code, words) {
    for (const [id, pipe] of [...this.#pipes]) if (pipe.open) this.#end(id, pipe, code, words);
  }

  /**
   * @param {string} id
   * @param {Pipe} pipe
   */
  #connect(id, pipe) {
    const endpoint = /** @type {Endpoint} */ (this.#endpoint);
    const transport = new WebSocketTransport({ make: this.#make, ...endpoint });
    pipe.transport = transport;
    transport.onOpen = () => {
      pipe.open = true;
      this.#tell(id, "opened");
    };
    transport.onText = (text) => this.#tell(id, "frame", text);
    transport.onClose = (code, words) => {
      if (this.#pipes.get(id) !== pipe) return;
      this.#end(id, pipe, code, words || "Engine away, waking it ...");
    };
    transport.open();
  }

  /**
   * @param {string} id
   * @param {Pipe} pipe
   * @param {number} code
   * @param {string} words
   */
  #end(id, pipe, code, words) {
    this.#pipes.delete(id);
    pipe.transport?.close();
    this.#tell(id, "closed", code, words);
  }

  /**
   * @param {Pipe} pipe
   * @param {string} text
   * @returns {string}
   */
  #withToken(pipe, text) {
    pipe.greeted = true;
    const token = pipe.transport?.token;
    try {
      const message = JSON.parse(text);
      if (message?.method !== "session.hello") return text; // The engine will say what it thinks of that.
      return JSON.stringify({ ...message, params: { ...message.params, token } });
    } catch {
      return text;
    }
  }
}

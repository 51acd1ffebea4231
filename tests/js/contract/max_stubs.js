/** As much of Max's File, WebSocket and Task as the shipped scripts need to reach a real engine from Node. */
import { readFileSync } from "node:fs";
import WebSocket from "../../../js/node_modules/ws/wrapper.mjs";

/** Max's File, for reading. */
export class File {
  /** @param {string} path */
  constructor(path) {
    try {
      this.text = readFileSync(path, "utf8");
    } catch {
      this.text = null;
    }
  }
  get isopen() {
    return this.text !== null;
  }
  /** @param {number} most */
  readstring(most) {
    return String(this.text).slice(0, most);
  }
  close() {}
}

/** Max's Task. */
export class Task {
  /** @param {() => void} act */
  constructor(act) {
    this.act = act;
  }
  /** @param {number} ms */
  schedule(ms) {
    this.timer = setTimeout(this.act, ms);
  }
  cancel() {
    clearTimeout(this.timer);
  }
  freepeer() {}
}

/**
 * A websocket class whose texts can be looked at, and changed, on their way.
 *
 * @param {{ out?: (text: string) => string, in?: (text: string) => string }} on
 */
export function tappedSocket(on) {
  return class extends WebSocket {
    /** @param {string} url */
    constructor(url) {
      super(url, { perMessageDeflate: false });
    }
    /** @param {any} text */
    send(text) {
      super.send(on.out ? on.out(text) : text);
    }
    /** @param {any} listener */
    set onmessage(listener) {
      super.onmessage = listener && (({ data }) => listener({ data: on.in ? on.in(String(data)) : String(data) }));
    }
  };
}

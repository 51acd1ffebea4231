/**
 * Between the devices' global messages and node.script: who wants a connection, who has one, and texts that are longer
 * than a Max symbol.
 */

import { cut, DictWriter, Joiner, readDict, sendInPieces } from "../rpc/pieces.js";
import { CLOSE } from "../rpc/transport.js";

/** @typedef {(string | number)[]} Message */

export class Switchboard {
  /** client JSON by device id @type {Map<string, { info: string, open: boolean }>} */
  #devices = new Map();
  #joiner = new Joiner();
  #toNode;
  #toDevices;
  #DictClass;
  #texts;

  /**
   * @param {object} options
   * @param {(...message: Message) => void} options.toNode     reaches node.script, or nobody while it is not awake
   * @param {(...message: Message) => void} options.toDevices  on `bandmate.res`
   * @param {typeof Dict} options.DictClass
   * @param {string} options.prefix  of the Dicts it writes
   */
  constructor({ toNode, toDevices, DictClass, prefix }) {
    this.#toNode = toNode;
    this.#toDevices = toDevices;
    this.#DictClass = DictClass;
    this.#texts = new DictWriter(DictClass, prefix);
  }

  /**
   * A message of a device.
   *
   * @param {string} what
   * @param {string} id
   * @param {Message} rest
   * @returns {boolean} whether the device should hear how the Hub is
   */
  fromDevice(what, id, rest) {
    const device = this.#devices.get(id);
    switch (what) {
      case "open": {
        const info = String(rest[0] ?? "{}");
        this.#devices.set(id, { info, open: false });
        this.#toNode("device", "open", id, info);
        return true;
      }
      case "wake":
        this.#toNode("device", "wake", id);
        return false;
      case "here":
        if (!device?.open) this.#toDevices("closed", id, CLOSE.HUB_CHANGED, "");
        return true;
      case "close":
        this.#devices.delete(id);
        this.#toNode("device", "close", id);
        return false;
      case "frame":
      case "dict":
        if (device?.open) this.#carry(id, what === "frame" ? String(rest[0]) : this.#read(String(rest[0])));
        else this.#toDevices("closed", id, CLOSE.HUB_CHANGED, "");
        return false;
      default:
        return false; // A newer device may know more; it will hear nothing and say so.
    }
  }

  /**
   * A message of node.script for a device.
   *
   * @param {string} id
   * @param {string} what
   * @param {Message} rest
   */
  fromNode(id, what, rest) {
    const device = this.#devices.get(id);
    if (!device) return; // It was closed while this was on its way.
    if (what === "opened") {
      device.open = true;
      this.#toDevices("opened", id);
    } else if (what === "frame") {
      this.#toDevices("frame", id, String(rest[0]));
    } else if (what === "piece") {
      this.#joinPiece(id, rest);
    } else if (what === "closed") {
      this.#devices.delete(id);
      this.#joiner.forget(id);
      this.#toDevices("closed", id, Number(rest[0]), String(rest[1] ?? ""));
    }
  }

  /** node.script is there, perhaps anew: it must hear who wants a connection. */
  repeatWishes() {
    for (const [id, { info }] of this.#devices) this.#toNode("device", "open", id, info);
  }

  /**
   * node.script is gone, and its connections with it. Wishes that were not fulfilled yet stay.
   *
   * @param {string} words
   */
  cutOff(words) {
    for (const [id, device] of [...this.#devices]) {
      this.#joiner.forget(id);
      if (!device.open) continue;
      this.#devices.delete(id);
      this.#toDevices("closed", id, CLOSE.HUB_CHANGED, words);
    }
  }

  /**
   * This Hub does not lead any more: nobody's wish is kept.
   *
   * @param {string} words
   */
  dismiss(words) {
    const ids = [...this.#devices.keys()];
    this.#devices.clear();
    for (const id of ids) this.#toDevices("closed", id, CLOSE.HUB_CHANGED, words);
    this.#texts.free();
  }

  /**
   * @param {string} id
   * @param {string} text
   */
  #carry(id, text) {
    sendInPieces(text, (index, count, piece) => {
      if (count === 1) this.#toNode("device", "frame", id, piece);
      else this.#toNode("device", "piece", id, index, count, piece);
    });
  }

  /** @param {string} name */
  #read(name) {
    return readDict(this.#DictClass, name);
  }

  /**
   * @param {string} id
   * @param {Message} rest  index, count, text
   */
  #joinPiece(id, [index, count, text]) {
    const whole = this.#joiner.add(id, Number(index), Number(count), String(text));
    if (whole !== null) this.#toDevices("dict", id, this.#texts.write(cut(whole)));
  }
}

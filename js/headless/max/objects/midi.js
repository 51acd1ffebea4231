/** The MIDI objects: raw bytes in and out of the device, and between bytes and messages. */

import { isNumber, num } from "../atoms.js";
import { Box } from "../box.js";

/** @typedef {import("../atoms.js").Atom} Atom */

/**
 * Data bytes that follow a status byte.
 * @param {number} status
 * @returns {number}
 */
export function dataBytes(status) {
  if (status >= 0xf8 || status === 0xf6) return 0;
  if (status === 0xf2) return 2;
  if (status >= 0xf0) return status === 0xf1 || status === 0xf3 ? 1 : 0;
  const kind = status & 0xf0;
  return kind === 0xc0 || kind === 0xd0 ? 1 : 2;
}

/** Puts single bytes together to whole messages (running status and system exclusive included). */
export class ByteStream {
  /** @type {number[]} */
  #message = [];

  /**
   * @param {number} byte 0..255
   * @returns {number[] | null} a message when this byte completes one
   */
  add(byte) {
    if (byte >= 0xf8) return [byte];
    if (this.#message[0] === 0xf0) {
      this.#message.push(byte);
      if (byte !== 0xf7 && byte < 0x80) return null;
      const done = this.#message;
      this.#message = [];
      return done;
    }
    if (byte >= 0x80) this.#message = [byte];
    else if (this.#message.length) this.#message.push(byte);
    else return null;
    const [status] = this.#message;
    if (status === 0xf0 || this.#message.length < 1 + dataBytes(status)) return null;
    const done = this.#message;
    this.#message = status < 0xf0 ? [status] : [];
    return done;
  }
}

/** `midiin`: the bytes that come to the device, as ints. */
export class MidiIn extends Box {
  /** @param {number[]} bytes */
  feed(bytes) {
    for (const byte of bytes) this.outInt(0, byte);
  }

  /** @override @param {number} _inlet @param {string} sel */
  message(_inlet, sel) {
    // Port names and the like: there are no ports to choose in a device.
    if (sel !== "port" && sel !== "bang" && sel !== "clear") this.unknown(sel);
  }
}

/** `midiout`: bytes leave the device. */
export class MidiOut extends Box {
  stream = new ByteStream();

  /** @override @param {number} _inlet @param {string} _sel @param {Atom[]} args */
  message(_inlet, _sel, args) {
    for (const atom of args) {
      const byte = num(atom);
      if (!isNumber(atom) || byte < 0 || byte > 255) {
        this.report("bad-argument", `a MIDI byte is 0 to 255, not "${atom}"`);
        return;
      }
      const whole = this.stream.add(Math.trunc(byte));
      if (whole) this.device.midiLeaves(whole);
    }
  }
}

/** `midiparse`: bytes to messages, by kind. */
export class MidiParse extends Box {
  stream = new ByteStream();

  /** @override @param {number} _inlet @param {string} sel @param {Atom[]} args */
  message(_inlet, sel, args) {
    if (sel === "bang" || sel === "clear") {
      this.stream = new ByteStream();
      return;
    }
    const whole = this.stream.add(num(args[0]));
    if (!whole || whole[0] >= 0xf0) return;
    const [status, one, two] = whole;
    if (this.numoutlets > 7) this.outlet(7, "midievent", whole);
    this.outInt(6, (status & 0x0f) + 1);
    switch (status & 0xf0) {
      case 0x80:
        this.outlet(0, "list", [one, 0]);
        break;
      case 0x90:
        this.outlet(0, "list", [one, two]);
        break;
      case 0xa0:
        this.outlet(1, "list", [one, two]);
        break;
      case 0xb0:
        this.outlet(2, "list", [one, two]);
        break;
      case 0xc0:
        this.outInt(3, one);
        break;
      case 0xd0:
        this.outInt(4, one);
        break;
      default:
        this.outInt(5, two);
    }
  }
}

/** `midiflush`: passes bytes on, and ends with a bang every note of theirs that sounds. */
export class MidiFlush extends Box {
  stream = new ByteStream();
  /** Channel and pitch of what sounds, and how often it was struck. @type {Map<number, number>} */
  sounding = new Map();

  /** @override @param {number} _inlet @param {string} sel @param {Atom[]} args */
  message(_inlet, sel, args) {
    if (sel === "clear") this.sounding.clear();
    else if (sel === "bang") this.#flush();
    else {
      const byte = Math.trunc(num(args[0]));
      this.#watch(this.stream.add(byte));
      this.outInt(0, byte);
    }
  }

  /** @param {number[] | null} whole */
  #watch(whole) {
    const kind = whole ? whole[0] & 0xf0 : 0;
    if (!whole || (kind !== 0x90 && kind !== 0x80)) return;
    const key = ((whole[0] & 0x0f) << 7) | whole[1];
    const count = (this.sounding.get(key) ?? 0) + (kind === 0x90 && whole[2] > 0 ? 1 : -1);
    if (count > 0) this.sounding.set(key, count);
    else this.sounding.delete(key);
  }

  #flush() {
    const all = [...this.sounding];
    this.sounding.clear();
    for (const [key, count] of all) {
      for (let at = 0; at < count; at += 1) {
        for (const byte of [0x90 | (key >> 7), key & 0x7f, 0]) this.outInt(0, byte);
      }
    }
  }
}

/** `midiformat`: messages to bytes. */
export class MidiFormat extends Box {
  channel = Math.max(1, Math.min(16, num(this.args[0] ?? 1)));

  /** @override @param {number} inlet @param {string} _sel @param {Atom[]} args */
  message(inlet, _sel, args) {
    const [one, two] = args.map((atom) => Math.max(0, Math.min(127, Math.trunc(num(atom)))));
    if (inlet === 6) {
      this.channel = Math.max(1, Math.min(16, num(args[0])));
      return;
    }
    if (inlet < 3 && args.length < 2) {
      this.report("bad-argument", `inlet ${inlet} needs a list of two numbers`);
      return;
    }
    const status = [0x90, 0xa0, 0xb0, 0xc0, 0xd0, 0xe0][inlet] + this.channel - 1;
    const bytes = inlet < 3 ? [status, one, two] : inlet === 5 ? [status, 0, one] : [status, one];
    if (this.numoutlets > 1) this.outlet(1, "midievent", bytes);
    for (const byte of bytes) this.outInt(0, byte);
  }
}

/** `notein`: notes that come to the device (a note-off has velocity 0). */
export class NoteIn extends Box {
  stream = new ByteStream();

  /** @param {number[]} bytes */
  feed(bytes) {
    for (const byte of bytes) {
      const whole = this.stream.add(byte);
      const kind = whole ? whole[0] & 0xf0 : 0;
      if (!whole || (kind !== 0x90 && kind !== 0x80)) continue;
      this.outInt(2, (whole[0] & 0x0f) + 1);
      this.outInt(1, kind === 0x80 ? 0 : whole[2]);
      this.outInt(0, whole[1]);
    }
  }
}

/** `noteout`: pitch, velocity and channel leave the device as a note. */
export class NoteOut extends Box {
  velocity = 0;
  channel = Math.max(1, num(this.args[0] ?? 1));

  /** @override @param {number} inlet @param {string} _sel @param {Atom[]} args */
  message(inlet, _sel, args) {
    if (inlet === 1) this.velocity = num(args[0]);
    else if (inlet === 2) this.channel = num(args[0]);
    else {
      if (args.length > 1) this.velocity = num(args[1]);
      if (args.length > 2) this.channel = num(args[2]);
      const clip = (/** @type {number} */ value) => Math.max(0, Math.min(127, Math.trunc(value)));
      const channel = Math.max(1, Math.min(16, Math.trunc(this.channel)));
      this.device.midiLeaves([0x90 + channel - 1, clip(num(args[0])), clip(this.velocity)]);
    }
  }
}

/** Audio files as the Set needs to know them: how long they are, and whether they are audio at all. */
import { closeSync, existsSync, openSync, readSync, statSync } from "node:fs";
import { extname, isAbsolute } from "node:path";
import { LiveRefusal } from "./errors.js";

/** Endings of files that Live takes for audio. */
const ENDINGS = [".wav", ".aif", ".aiff", ".flac", ".mp3", ".ogg", ".m4a"];

/** @typedef {{sampleLength: number, sampleRate: number}} Shape */

/**
 * The shape of an audio file. Of WAV files the head is read; other files are believed by their ending, with no length.
 *
 * @param {string} path
 * @param {string} call for the words of a refusal
 * @returns {Shape}
 * @throws {LiveRefusal} a path that is not absolute, or no audio file
 */
export function audioFile(path, call) {
  if (!isAbsolute(path)) throw new LiveRefusal(`${call}: "${path}" is not an absolute path.`);
  const ending = extname(path).toLowerCase();
  const isFile = existsSync(path) && statSync(path).isFile();
  const shape = isFile && ending === ".wav" ? waveShape(path) : { sampleLength: 0, sampleRate: 44100 };
  if (!isFile || !ENDINGS.includes(ending) || !shape) {
    throw new LiveRefusal(`${call}: "${path}" is not an audio file.`);
  }
  return shape;
}

/** @param {string} path @returns {Shape | null} null for a file that only looks like WAV */
function waveShape(path) {
  const file = openSync(path, "r");
  try {
    const head = Buffer.alloc(24);
    const read = (/** @type {number} */ at, /** @type {number} */ length) =>
      readSync(file, head, 0, length, at) === length;
    if (!read(0, 12) || head.toString("latin1", 0, 4) !== "RIFF" || head.toString("latin1", 8, 12) !== "WAVE")
      return null;
    let [frame, sampleRate] = [0, 0];
    for (let at = 12; read(at, 8); ) {
      const [tag, size] = [head.toString("latin1", 0, 4), head.readUInt32LE(4)];
      if (tag === "fmt " && read(at + 8, 16)) [sampleRate, frame] = [head.readUInt32LE(4), head.readUInt16LE(12)];
      if (tag === "data") return frame > 0 ? { sampleLength: Math.floor(size / frame), sampleRate } : null;
      at += 8 + size + (size % 2);
    }
    return null;
  } finally {
    closeSync(file);
  }
}

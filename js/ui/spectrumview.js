/**
 * The running spectrum of Listen, for v8ui: what passes now, with the pitch where a single voice sounds.
 *
 *   scope <buffer name>   the short ring that is looked at
 *   position <0-1>        where the ring is written now; each one draws a frame
 *   active <0|1>          whether the device is on
 */
import { Fourier } from "./fourier.js";
import { noteOf, PitchFinder } from "./pitch.js";
import { drawLevels, Levels, scaleTexts } from "./spectrum.js";
import { useFace, widthOf, write } from "./text.js";
import { mixed } from "./theme.js";
import { cleared, onScreen } from "./v8ui.js";

const SIZE = 4096;
const PITCH_SIZE = 2048;
/** The pitch is looked for less often than the picture moves; a figure that flickers cannot be read. */
const FRAMES_PER_PITCH = 4;
const FRAME_SECONDS = 1 / 60;
/** Frames a pitch stays after its voice has ended. */
const PITCH_STAYS = 24;
/** Frames without any change after which none is to come while nothing new passes. */
const AT_REST = PITCH_STAYS + FRAMES_PER_PITCH;

const fourier = new Fourier(SIZE);
const finder = new PitchFinder(PITCH_SIZE);
const samples = new Float64Array(SIZE);

const { Buffer: BufferOfMax } = /** @type {MaxGlobals} */ (/** @type {unknown} */ (globalThis));

/** @type {MaxBuffer|null} */
let buffer = null;
/** @type {Levels|null} */
let levels = null;
let levelsFor = "";
let active = false;
let frame = 0;
/** Where the ring was written last, and for how many frames nothing has changed since it stands there. */
let last = -1;
let unchanged = 0;
let pitch = "";
let pitchAge = 0;

/** @returns {number} samples a second of the buffer */
const rateOf = (/** @type {MaxBuffer} */ from) => (from.framecount() * 1000) / from.length();

/** The newest samples, both channels as one. @param {MaxBuffer} from @param {number} position 0-1 @returns {boolean} */
function read(from, position) {
  const frames = from.framecount();
  if (frames < SIZE) return false;
  const end = Math.floor(position * frames);
  const start = (end - SIZE + frames) % frames;
  const first = Math.min(SIZE, frames - start);
  samples.fill(0);
  const channels = Math.min(2, from.channelcount());
  for (let channel = 1; channel <= channels; channel++) {
    add(from.peek(channel, start, first), 0, 1 / channels);
    if (first < SIZE) add(from.peek(channel, 0, SIZE - first), first, 1 / channels);
  }
  return true;
}

/** @param {number|number[]} part @param {number} at @param {number} share */
function add(part, at, share) {
  const list = typeof part === "number" ? [part] : part;
  for (let i = 0; i < list.length; i++) samples[at + i] += list[i] * share;
}

/** @param {number} rate @returns {boolean} whether the figure changed */
function findPitch(rate) {
  if (frame % FRAMES_PER_PITCH !== 0) return false;
  const before = pitch;
  const found = finder.find(samples.subarray(SIZE - PITCH_SIZE), rate);
  if (found !== null) {
    const { note, cents } = noteOf(found.hz);
    pitch = `${note} ${cents < 0 ? "−" : "+"}${Math.abs(cents)} ct   ${found.hz.toFixed(1)} Hz`;
    pitchAge = 0;
  } else {
    pitchAge += FRAMES_PER_PITCH;
    if (pitchAge > PITCH_STAYS) pitch = "";
  }
  return pitch !== before;
}

onScreen({
  paint() {
    const { theme, width, height } = cleared();
    drawLevels(mgraphics, theme, [width, height], levels?.heights ?? new Float64Array(Math.floor(width)));
    useFace(mgraphics, 8);
    for (const { x, text } of scaleTexts(width)) write(mgraphics, text, x, 9, mixed(theme.ground, theme.dim, 0.7));
    useFace(mgraphics, 9);
    if (pitch !== "") write(mgraphics, pitch, width - widthOf(mgraphics, pitch) - 5, 10, theme.ink);
  },

  /** @param {unknown} name */
  scope(name) {
    buffer?.freepeer();
    buffer = BufferOfMax === undefined ? null : new BufferOfMax(String(name));
  },

  /** @param {unknown} on */
  active(on) {
    active = Number(on) !== 0;
    last = -1;
    if (active) return;
    levels = null;
    levelsFor = "";
    pitch = "";
    mgraphics.redraw();
  },

  /** @param {unknown} where */
  position(where) {
    const at = Number(where);
    if (at !== last) unchanged = 0;
    last = at;
    // Where Live's audio is off, or the track rests: looking again would find the same.
    if (unchanged > AT_REST) return;
    if (!active || buffer === null || !read(buffer, at)) return;
    const rate = rateOf(buffer);
    const width = Math.floor(mgraphics.size[0]);
    if (levels === null || levelsFor !== `${width} ${rate}`) {
      levels = new Levels(width, rate, SIZE);
      levelsFor = `${width} ${rate}`;
    }
    frame++;
    const moved = levels.take(fourier.amplitudes(samples), FRAME_SECONDS);
    if (findPitch(rate) || moved) {
      unchanged = 0;
      mgraphics.redraw();
    } else {
      unchanged++;
    }
  },

  notifydeleted() {
    buffer?.freepeer();
    buffer = null;
  },
});

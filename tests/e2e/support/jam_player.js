/** The patch that plays a Jam, taken out of the built device: alone it can be listened to in no time. */
import { BUSY, HeadlessLive, LiveSet } from "../../../js/headless/index.js";
import { writeAmxd } from "../../../js/headless/max/amxd.js";
import { fromAtoms } from "../../../js/headless/max/atoms.js";
import { playerIn } from "./arp_player.js";

/** Beats a minute of the play. */
const TEMPO = 120;
const MACROS = 9;

/** @param {Uint8Array} bytes of the device @returns {any} the box of its player */
export const jamPlayerIn = (bytes) => playerIn(bytes, "p jam");

/** @param {any} player @returns {Buffer} a device that has nothing else; what the player tells is printed */
function deviceOf(player) {
  const small = (/** @type {string} */ id, /** @type {string} */ text) => ({
    box: { id, maxclass: "newobj", text, numinlets: 1, numoutlets: 0, patching_rect: [20, 20, 60, 20] },
  });
  const main = {
    fileversion: 1,
    rect: [0, 0, 400, 300],
    openrect: [0, 0, 100, 169],
    boxes: [{ box: { ...player, id: "player" } }, small("out", "midiout"), small("told", "print told")],
    lines: [
      { patchline: { source: ["player", 0], destination: ["out", 0] } },
      { patchline: { source: ["player", 1], destination: ["told", 0] } },
    ],
    project: { version: 1, amxdtype: 1835887981 },
  };
  const rest = {
    meta: 1,
    frozen: false,
    name: "Player.amxd",
    jsonText: '{"patcher":{}}',
    jsonTail: "\n\0",
    main: null,
  };
  return writeAmxd({ kind: "mmmm", patcher: main, files: [], ...rest });
}

/** @param {HeadlessLive} live @param {import("../../../js/headless/index.js").HeadlessDevice} dev */
function handles(live, dev) {
  const box = dev.device.patcher.boxes.get("player");
  const tell = (/** @type {number} */ inlet, /** @type {(string | number)[]} */ ...atoms) =>
    live.max.scheduler.main(() => box?.receive(inlet, fromAtoms(atoms)));
  return {
    /** The script says something. @param {string[]} lines */
    words: (...lines) => {
      for (const line of lines)
        tell(0, ...line.split(" ").map((word) => (/^-?[\d.]+$/.test(word) ? Number(word) : word)));
    },
    /** Automation moves a macro. @param {number} which 1 to 9 @param {number} value */
    macro: (which, value) => live.max.scheduler.high(() => box?.receive(which, fromAtoms([value]))),
  };
}

/** @typedef {ReturnType<typeof handles> & {live: HeadlessLive, dev: any, song: any}} Play */

/** A note on each half beat that ends before the next one, and one that nothing ends. */
const ROWS = [
  ...Array.from({ length: 16 }, (_, at) => `row ${24 * at} ${at % 3}.5 ${60 + at} ${100 - at} 400`),
  ...Array.from({ length: 16 }, (_, at) => `row ${24 * at + 18} 4. ${60 + at} 0 0`),
  "row 5 0. 40 90 300 2. 41 80 300",
];

/** @type {((play: Play) => void)[]} */
const SCENES = [
  // The script wants to know where the macros stand; hands turn them while the song stands.
  ({ live, words, macro }) => {
    words("sample");
    live.advance(30);
    for (let each = 1; each <= MACROS; each++) macro(each, 10 * each);
    live.advance(5);
  },
  // From the beginning, with what is held there; automation moves the macros, and they are looked at on each half beat.
  ({ live, song, words, macro }) => {
    words(...ROWS, "entry 0 0. 50 70 2000", "entry 24 0. 51 70 2000");
    live.act(() => song.start_playing());
    live.advance(50);
    for (let each = 1; each <= MACROS; each++) macro(each, 10 * each + 5);
    live.advance(550);
  },
  // A jump in the middle of a sixteenth: what sounds and what waits ends, and it comes in on the next one.
  ({ live, song, words }) => {
    words("row 60 9. 45 90 300", "row 72 8. 46 90 300", "entry 72 0. 47 80 500");
    live.act(() => song.transport.moveTo(1.2));
    live.advance(70);
    live.act(() => song.transport.moveTo(1.499));
    live.advance(8);
    live.act(() => song.transport.moveTo(1.44));
    live.advance(400);
  },
  // Slower: what sounds lasts longer, and the tempo is told.
  ({ live, song }) => {
    live.act(() => song.set_tempo(60));
    live.act(() => song.transport.moveTo(0.003));
    live.advance(700);
    live.act(() => song.transport.moveTo(0.06));
    live.advance(900);
    live.act(() => song.set_tempo(TEMPO));
  },
  // Rows that are taken away again, one by one and all at once.
  ({ live, song, words }) => {
    live.max.musical.aligns = true;
    words("unrow 24", "unentry 0", "row 30 0. 70 70 100");
    live.act(() => song.transport.moveTo(0));
    live.advance(330);
    words("row 3000 0. 70 70 100", "entry 2976 0. 71 70 100", "forget");
    live.act(() => song.transport.moveTo(62));
    live.advance(400);
    words(...ROWS, "entry 0 0. 50 70 2000", "row 1 0. 56 90 900");
  },
  // The song stops and goes on where it is: it comes in anew. And once more on the very row on which it stopped.
  ({ live, song }) => {
    live.act(() => song.transport.moveTo(0));
    live.advance(4);
    live.act(() => song.stop_playing());
    live.advance(50);
    live.act(() => song.continue_playing());
    live.advance(300);
    live.act(() => song.transport.moveTo(0));
    live.advance(4);
    live.act(() => song.stop_playing());
    live.advance(50);
    live.act(() => song.transport.moveTo(0));
    live.act(() => song.continue_playing());
    live.advance(4);
    live.act(() => song.stop_playing());
    live.advance(60);
  },
  // Switched off while a note waits for its place in the row.
  ({ live, dev, song, words }) => {
    words("row 0 9. 55 90 900");
    live.act(() => song.transport.moveTo(0));
    live.act(() => song.continue_playing());
    live.advance(3);
    dev.setEnabled(false);
    live.advance(50);
    dev.setEnabled(true);
    live.act(() => song.stop_playing());
    live.advance(50);
    live.max.musical.aligns = false;
  },
  // Switched off while something sounds, and on again.
  ({ live, dev, song }) => {
    live.act(() => song.transport.moveTo(0));
    live.act(() => song.start_playing());
    live.advance(260);
    dev.setEnabled(false);
    live.advance(300);
    live.act(() => song.stop_playing());
    live.advance(60);
    live.act(() => song.start_playing());
    live.advance(20);
    dev.setEnabled(true);
    live.advance(300);
  },
  // In its turn it looks at them later, when automation has moved them on: between half beats.
  ({ live, song, words, macro }) => {
    words("turn 30", "phase 12");
    live.act(() => song.transport.moveTo(0));
    live.advance(150);
    macro(1, 60);
    live.advance(60);
  },
];

/** @param {import("../../../js/headless/index.js").HeadlessDevice} dev */
const written = (dev) => dev.midiOut.map(({ time, bytes }) => `${time.toFixed(2)} ${bytes}`);

/**
 * Plays everything a player can be asked for, and writes down what is heard and told.
 *
 * @param {any} player
 * @param {number} [cut] the cord that is missing
 * @param {string[][]} [whole] what is heard scene by scene where none is: as soon as something else is, it is enough
 * @returns {Promise<string[][]>} scene by scene
 */
export async function heardOf(player, cut = -1, whole = []) {
  const live = await HeadlessLive.open({ time: "virtual", set: LiveSet.empty({ tempo: TEMPO }), strict: false });
  // Where Max does not bring its ticks back to the grid, the player has to.
  live.max.musical.aligns = false;
  const bytes = deviceOf(player);
  const dev = await live.addDevice(bytes, { track: 0 });
  const { subpatcher } = /** @type {any} */ (dev.device.patcher.boxes.get("player"));
  if (cut >= 0) subpatcher.cords[cut].live = false;
  subpatcher.connect();
  const play = { live, dev, song: live.set.song, ...handles(live, dev) };
  /** @type {string[][]} */
  const heard = [];
  // The last thing is that it is deleted while something sounds.
  for (const scene of [...SCENES, () => live.act(() => dev.remove())]) {
    const since = dev.midiOut.length;
    const lines = live.console.length;
    scene(play);
    live.advance(1);
    heard.push([...written(dev).slice(since), ...live.console.slice(lines), ...live.errors.map(String)]);
    if (whole.length > 0 && String(heard.at(-1)) !== String(whole[heard.length - 1])) break;
  }
  live.max.errors.length = 0;
  await live.close();
  return heard;
}

/** A script that plays what comes: harmless, but for the thread it runs on. */
const SCRIPT = `inlets = 5; outlets = 4; autowatch = 0;
function list(pitch, velocity, duration, tick) { outlet(3, tick); outlet(2, duration); outlet(1, velocity); outlet(0, pitch); }`;

/**
 * The same player, in which each note goes through a script before it is heard.
 *
 * @param {any} player
 */
export function scripted(player) {
  const boxes = player.patcher.boxes.map((/** @type {any} */ entry) => {
    if (entry.box.text !== "pipe 0 0 0. 0. 0.") return entry;
    const textfile = { text: SCRIPT, filename: "none", flags: 0, embed: 1, autowatch: 0 };
    return { box: { ...entry.box, text: "v8", filename: "none", textfile } };
  });
  return { ...player, patcher: { ...player.patcher, boxes } };
}

/**
 * How far apart from each other the places of notes lie on a busy computer that should all be on the beat.
 *
 * @param {any} player
 * @returns {Promise<number>} ms
 */
export async function straysOf(player) {
  const set = LiveSet.empty({ tempo: TEMPO });
  const live = await HeadlessLive.open({ time: "virtual", set, strict: false, jitter: BUSY });
  const dev = await live.addDevice(deviceOf(player), { track: 0 });
  const { words } = handles(live, dev);
  words(...Array.from({ length: 32 }, (_, at) => `row ${12 * at} 0. 60 100 100`));
  live.act(() => set.song.start_playing());
  live.advance(4000);
  const late = dev.midiOut.filter(({ bytes }) => bytes[2] > 0).map(({ beat }) => ((beat % 0.25) * 60_000) / TEMPO);
  await live.close();
  if (late.length < 25) throw new Error(`only ${late.length} notes are heard`);
  return Math.max(...late) - Math.min(...late);
}

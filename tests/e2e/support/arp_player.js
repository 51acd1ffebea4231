/** The patch that plays an arpeggio live, taken out of the built device: alone it can be listened to in no time. */
import { BUSY, HeadlessLive, LiveSet, readAmxd } from "../../../js/headless/index.js";
import { writeAmxd } from "../../../js/headless/max/amxd.js";
import { fromAtoms } from "../../../js/headless/max/atoms.js";

/** @typedef {{source: [string, number], destination: [string, number]}} Line */

/** Beats a minute of the play. */
const TEMPO = 120;

/** What the script would tell: sixteenths with a rest, a ratchet, a late step and one that says again what was said. */
const TABLES = [
  "step 0 1 0. 90. 100",
  "step 1 1 20. 60. 70 50. 40. 60",
  "step 2 0 0. 150. 80",
  "step 3 1 0 0 -1000",
  "step 4 1 10.5 60. 90",
  ...Array.from({ length: 8 }, (_, at) => at + 1).flatMap((count) => [
    ...Array.from({ length: count }, (_, place) => `tones ${count * 1024 + place} ${place === 0 ? 7 : -3} ${place}`),
    `size ${count} ${count}`,
  ]),
  // Two tones at once.
  "tones 3073 -3 1 2",
  "octaves 1",
  "order 1",
  "form 12 5 120.",
  "refresh",
];

/** The box of the player in a device. @param {Uint8Array} bytes @param {string} [name] @returns {any} */
export function playerIn(bytes, name = "p live") {
  const found = readAmxd(bytes).patcher.boxes.find((/** @type {any} */ { box }) => box.text === name);
  if (!found) throw new Error("there is no player in this device");
  return found.box;
}

/** Every cord of the player, as a person would name it. @param {any} player @returns {string[]} */
export function cordsOf(player) {
  const { boxes, lines } = player.patcher;
  const names = new Map(boxes.map((/** @type {any} */ { box }) => [box.id, `${box.text ?? box.comment} (${box.id})`]));
  return lines.map((/** @type {any} */ { patchline }) => {
    const { source, destination } = /** @type {Line} */ (patchline);
    return `${names.get(source[0])}:${source[1]} -> ${names.get(destination[0])}:${destination[1]}`;
  });
}

/** @param {any} player @returns {Buffer} a device that has nothing else */
function deviceOf(player) {
  const small = (
    /** @type {string} */ id,
    /** @type {string} */ text,
    /** @type {number} */ ins,
    /** @type {number} */ outs,
  ) => ({
    box: { id, maxclass: "newobj", text, numinlets: ins, numoutlets: outs, patching_rect: [20, 20, 60, 20] },
  });
  const main = {
    fileversion: 1,
    rect: [0, 0, 400, 300],
    openrect: [0, 0, 100, 169],
    boxes: [small("in", "midiin", 1, 1), { box: { ...player, id: "player" } }, small("out", "midiout", 1, 0)],
    lines: [
      { patchline: { source: ["in", 0], destination: ["player", 0] } },
      { patchline: { source: ["player", 0], destination: ["out", 0] } },
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

/** @param {import("../../../js/headless/index.js").HeadlessDevice} dev */
const written = (dev) => dev.midiOut.map(({ time, bytes }) => `${time.toFixed(2)} ${bytes}`);

/** @param {HeadlessLive} live @param {import("../../../js/headless/index.js").HeadlessDevice} dev */
function handles(live, dev) {
  const box = dev.device.patcher.boxes.get("player");
  const tell = (/** @type {number} */ inlet, /** @type {(string | number)[]} */ ...atoms) =>
    live.max.scheduler.main(() => box?.receive(inlet, fromAtoms(atoms)));
  return {
    tell,
    words: (/** @type {string[]} */ lines) => {
      for (const line of lines)
        tell(1, ...line.split(" ").map((word) => (/^-?[\d.]+$/.test(word) ? Number(word) : word)));
    },
    on: (/** @type {number[]} */ ...keys) => dev.midiIn(keys.map((key) => [0x90, key, 100])),
    off: (/** @type {number[]} */ ...keys) => dev.midiIn(keys.map((key) => [0x80, key, 0])),
  };
}

/** Devices that were made already, by their players. @type {WeakMap<object, Buffer>} */
const BYTES = new WeakMap();

/**
 * Plays everything a player can be asked for, and writes down what is heard.
 *
 * @param {any} player
 * @param {number} [cut] the cord that is missing
 * @param {string} [whole] what is heard where none is: as soon as something else is, it is enough
 * @returns {Promise<string>}
 */
export async function heardOf(player, cut = -1, whole = "") {
  const live = await HeadlessLive.open({ time: "virtual", set: LiveSet.empty({ tempo: TEMPO }), strict: false });
  // Where Max does not bring its ticks back to the grid, the player has to.
  live.max.musical.aligns = false;
  const bytes = BYTES.get(player) ?? deviceOf(player);
  BYTES.set(player, bytes);
  const add = async () => {
    const added = await live.addDevice(bytes, { track: 0 });
    const { subpatcher } = /** @type {any} */ (added.device.patcher.boxes.get("player"));
    if (cut >= 0) subpatcher.cords[cut].live = false;
    subpatcher.connect();
    return added;
  };
  const dev = await add();
  const play = { live, dev, song: live.set.song, ...handles(live, dev) };
  play.words(TABLES);
  for (const scene of SCENES) {
    scene(play);
    live.advance(1);
    const soFar = [...written(dev), ...live.errors.map(String)].join("\n");
    if (live.errors.length > 0 || (whole !== "" && !whole.startsWith(soFar))) {
      live.max.errors.length = 0;
      await live.close();
      return soFar;
    }
  }
  // One is deleted while a note sounds that passed, the other while one sounds that it plays.
  live.act(() => dev.remove());
  const other = await add();
  const { tell, words } = handles(live, other);
  words(TABLES);
  tell(2, 1);
  other.midiIn([0x90, 60, 100]);
  for (let ms = 0; ms < 400 && !((other.midiOut.at(-1)?.bytes[2] ?? 0) > 0); ms += 1) live.advance(1);
  live.act(() => other.remove());
  await live.close();
  return [...written(dev), ...written(other), ...live.errors.map(String)].join("\n");
}

/** A script that passes on what comes: harmless, but for the thread it runs on. */
const SCRIPT = "inlets = 2; outlets = 1; autowatch = 0; function msg_int(step) { outlet(0, step); }";

/**
 * The same player, in which each step goes through a script before it is heard.
 *
 * @param {any} player
 */
export function scripted(player) {
  const boxes = player.patcher.boxes.map((/** @type {any} */ entry) => {
    if (entry.box.text !== "pipe 0 2") return entry;
    const textfile = { text: SCRIPT, filename: "none", flags: 0, embed: 1, autowatch: 0 };
    return { box: { ...entry.box, text: "v8", filename: "none", textfile } };
  });
  return { ...player, patcher: { ...player.patcher, boxes } };
}

/**
 * How far apart from each other the places of notes in their steps lie on a busy computer.
 *
 * @param {any} player
 * @returns {Promise<number>} ms
 */
export async function straysOf(player) {
  const set = LiveSet.empty({ tempo: TEMPO });
  const live = await HeadlessLive.open({ time: "virtual", set, strict: false, jitter: BUSY });
  const dev = await live.addDevice(deviceOf(player), { track: 0 });
  const { words, tell, on } = handles(live, dev);
  words([...TABLES, "step 0 1 0. 60. 100", "form 12 1 120."]);
  tell(2, 1);
  live.act(() => set.song.start_playing());
  on(60);
  live.advance(4000);
  const late = dev.midiOut.filter(({ bytes }) => bytes[2] > 0).map(({ beat }) => ((beat % 0.25) * 60_000) / TEMPO);
  await live.close();
  if (late.length < 25) throw new Error(`only ${late.length} notes are heard`);
  return Math.max(...late) - Math.min(...late);
}

/** @typedef {ReturnType<typeof handles> & {live: HeadlessLive, dev: any, song: any}} Play */

/** @type {((play: Play) => void)[]} */
const SCENES = [
  // Everything passes; what is held goes on as an arpeggio when Live is switched on.
  ({ dev, on, live, tell }) => {
    on(60, 64);
    dev.midiIn([0xb2, 1, 5]);
    live.advance(5);
    tell(2, 1);
    live.advance(400);
  },
  // Nothing but notes passes now.
  ({ dev, live, off }) => {
    dev.midiIn([
      [0xb2, 1, 6],
      [0xe0, 3, 70],
      [0x95, 70, 1],
      [0x85, 70, 1],
    ]);
    off(60);
    live.advance(300);
    off(64);
    live.advance(200);
  },
  // With the song: a chord whose keys come and go.
  ({ live, song, on, off }) => {
    live.act(() => song.start_playing());
    live.advance(60);
    on(67, 60, 64);
    live.advance(700);
    on(72, 55);
    live.advance(300);
    off(60, 64);
    live.advance(150);
    off(67, 72, 55);
    live.advance(150);
  },
  // Late for a step, and too late.
  ({ live, song, on, off }) => {
    const late = () => (song.transport.position % 0.25) * 500;
    for (const key of [50, 52]) {
      live.advance(125 - late() + 25);
      on(key);
      live.advance(8);
      off(key);
      on(key);
      live.advance(20);
      off(key);
    }
    live.advance(125 - late() + 60);
    on(51);
    live.advance(20);
    off(51);
    live.advance(125);
  },
  // Hold keeps the chord, the next one takes its place, and letting go ends what no finger is on.
  ({ live, tell, on, off }) => {
    tell(3, 1);
    on(48, 52);
    live.advance(200);
    off(48, 52);
    live.advance(200);
    on(53, 57);
    live.advance(200);
    off(53);
    live.advance(150);
    on(59);
    live.advance(150);
    tell(3, 0);
    live.advance(600);
    off(57, 59);
    live.advance(300);
    tell(3, 1);
    on(53, 57);
    live.advance(150);
    off(53);
    tell(3, 0);
    live.advance(600);
    off(57);
    live.advance(300);
  },
  // Octaves, the order in which keys were struck, more tones than the tables know, notes above all keys.
  ({ live, words, on, off }) => {
    words(["octaves 3", "order 2", "refresh"]);
    on(112, 100);
    live.advance(500);
    words(["octaves 1", "refresh"]);
    live.advance(300);
    words(["octaves 3"]);
    on(124);
    live.advance(500);
    off(112, 100, 124);
    words(["octaves 4", "order 1", "refresh"]);
    on(36, 37, 38, 39, 40, 41, 42, 43);
    words([`tones ${24 * 1024} 0 23`, "size 24 1", "tones 32768 0 5", "size 32 1"]);
    live.advance(300);
    off(36, 37, 38, 39, 40, 41, 42, 43);
    words(["octaves 1", "refresh"]);
  },
  // Other steps; jumps beside the grid.
  ({ live, song, words, on, off }) => {
    words(["form 16 3 160.", "refresh"]);
    on(60, 65);
    live.advance(700);
    live.act(() => song.transport.moveTo(20.013));
    live.advance(500);
    live.act(() => song.set_tempo(90));
    live.advance(500);
    words(["stop"]);
    live.advance(20);
    off(60, 65);
    words(["form 12 5 120.", "refresh"]);
  },
  // The song stops while a note sounds: steps go on at its tempo; it starts again at the place where it was.
  ({ live, song, words, on, off }) => {
    live.act(() => song.transport.moveTo(0));
    on(60, 63);
    live.advance(130);
    live.act(() => song.stop_playing());
    words(["stop"]);
    live.advance(700);
    live.act(() => song.set_tempo(180));
    live.advance(400);
    live.act(() => song.start_playing());
    live.advance(400);
    off(60, 63);
    live.advance(5);
    on(62);
    live.act(() => song.stop_playing());
    live.advance(300);
    off(62);
    live.advance(300);
    on(62, 69);
    live.advance(300);
  },
  // The song stops on a step, and begins again with the same one.
  ({ live, song, on, off }) => {
    live.max.musical.aligns = true;
    live.act(() => song.set_tempo(60));
    live.act(() => song.start_playing());
    live.advance(30);
    live.act(() => song.transport.moveTo(8));
    on(61);
    live.advance(12);
    live.act(() => song.stop_playing());
    live.advance(300);
    live.act(() => song.transport.moveTo(8));
    live.act(() => song.continue_playing());
    live.advance(300);
    off(61);
    live.act(() => song.stop_playing());
    live.act(() => song.set_tempo(180));
    live.max.musical.aligns = false;
  },
  // Switched off and on while a key is down.
  ({ live, dev, tell }) => {
    dev.setEnabled(false);
    live.advance(200);
    dev.midiIn([0x90, 40, 90]);
    dev.setEnabled(true);
    live.advance(200);
    // Nobody knows what was let go meanwhile: nothing is held.
    tell(3, 1);
    tell(3, 0);
    live.advance(200);
    for (const key of [44, 46]) {
      dev.midiIn([0x90, key, 90]);
      live.advance(130);
      dev.setEnabled(false);
      dev.setEnabled(true);
    }
    dev.midiIn([0x90, 48, 90]);
    live.advance(200);
    dev.midiIn([0x80, 48, 90]);
    tell(3, 1);
    tell(3, 0);
    live.advance(200);
    dev.midiIn([0x90, 40, 90]);
    live.advance(200);
    tell(2, 0);
    live.advance(100);
    dev.midiIn([0x90, 41, 90]);
    live.advance(10);
    tell(2, 1);
    live.advance(240);
  },
  // Live off with a note of the song in the pipe; deleted while notes sound that passed.
  ({ live, dev, song, tell, on }) => {
    live.act(() => song.start_playing());
    live.advance(170);
    tell(2, 0);
    live.advance(50);
    on(45);
    tell(2, 0);
    live.advance(10);
    dev.midiIn([0xd0, 9]);
  },
];

/**
 * The second act of the demonstration: four built Jam devices play 32 bars with the engine, steered by nothing but automation
 * lanes, as Live's export would play them. The same lanes give the same notes each time.
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { heardNotes } from "./heard_notes.js";
import { LiveSet } from "./live/set.js";
import { Export, rendered } from "./offline/render.js";
import { renderBuild } from "./render/build_picture.js";
import { svgToPng } from "./render/index.js";
import { BUILT, openStage, words } from "./stage.js";

/** @typedef {import("./device.js").HeadlessDevice} HeadlessDevice */
/** @typedef {readonly (readonly [beat: number, value: number])[]} Lane percent; two values at one beat are a step */

const TEMPO = 124;
const BAR = 4;
const BARS = 32;
/** In which notes end after the last bar, ms. */
const TAIL = 500;
/** How long the engine may take to be found, ms on the wall. */
const WAKE = 30_000;
const SEED = 7;
const HARMONY = { Key: "A", Mode: "Minor", Harmony: "Own text", "Own Progression": "i VI III VII" };
const STYLE = "House";

/** Where a bar begins, in beats. @param {number} bar counted from 1 */
const at = (bar) => (bar - 1) * BAR;

/** Up for 24 bars, four of holding back, then all of it. @type {Record<string, Lane>} */
const RISE = {
  Energy: [
    [at(1), 8],
    [at(9), 35],
    [at(17), 60],
    [at(25), 85],
    [at(25), 15],
    [at(27), 25],
    [at(29), 75],
    [at(29), 100],
    [at(33), 100],
  ],
  Density: [
    [at(1), 0],
    [at(9), 25],
    [at(17), 50],
    [at(25), 72],
    [at(25), 5],
    [at(27), 10],
    [at(29), 50],
    [at(29), 85],
    [at(33), 100],
  ],
  Tension: [
    [at(1), 5],
    [at(17), 40],
    [at(25), 60],
    [at(29), 100],
    [at(29), 25],
    [at(33), 50],
  ],
};
/** @type {Record<string, Lane>} */
const LIGHT = {
  Brightness: [
    [at(1), 25],
    [at(17), 45],
    [at(25), 65],
    [at(25), 40],
    [at(29), 75],
    [at(33), 80],
  ],
};

/** @typedef {{role: string, controls: Record<string, string>, lanes: Record<string, Lane>}} Player */

/** @type {readonly Player[]} */
const BAND = [
  { role: "Drums", controls: {}, lanes: RISE },
  { role: "Bass", controls: HARMONY, lanes: RISE },
  { role: "Chords", controls: HARMONY, lanes: { ...RISE, ...LIGHT } },
  { role: "Melody", controls: HARMONY, lanes: { ...RISE, ...LIGHT } },
];

/**
 * @typedef {object} Part
 * @property {string} role
 * @property {import("./render/build_picture.js").DrawnNote[]} notes in beats from the first bar on
 */

/**
 * Plays it, and writes build.mid, build.svg and build.png.
 *
 * @param {string} home folder of an engine that runs
 * @param {string} out folder
 * @param {{bars?: number}} [options] `bars`: only the first of them
 * @returns {Promise<{tempo: number, bars: number, beats: number, parts: Part[], files: string[], console: string[]}>}
 */
export async function playBuild(home, out, { bars = BARS } = {}) {
  const tracks = ["Hub", ...BAND.map(({ role }) => role)].map((name) => ({
    kind: /** @type {"midi"} */ ("midi"),
    name,
  }));
  const { live, close } = await openStage({ home, set: LiveSet.empty({ tempo: TEMPO, tracks }), time: "virtual" });
  try {
    await findEngine(live);
    const play = new Export(live);
    /** @type {HeadlessDevice[]} */
    const jams = [];
    for (const [index, player] of BAND.entries()) {
      const jam = await live.addDevice(BUILT.jam, { track: index + 1 });
      jams.push(jam);
      setUp(jam, player);
    }
    await play.until(() => jams.every((jam) => words(jam).includes("start the song for")), { what: "the first bars" });
    const take = await rendered(live, play, { beats: bars * BAR, tail: TAIL });
    play.end();
    const parts = BAND.map(({ role }, index) => ({ role, notes: notesOf(jams[index]) }));
    writeFileSync(join(out, "build.mid"), take.midi());
    const picture = drawn(parts);
    writeFileSync(join(out, "build.svg"), picture);
    writeFileSync(join(out, "build.png"), svgToPng(picture));
    return {
      ...{ tempo: TEMPO, bars, beats: bars * BAR, parts },
      ...{ files: ["build.mid", "build.svg", "build.png"], console: live.console },
    };
  } finally {
    await close();
  }
}

/** @param {import("./index.js").HeadlessLive} live */
async function findEngine(live) {
  const hub = await live.addDevice(BUILT.hub, { track: 0 });
  const end = performance.now() + WAKE;
  // No time passes in the song meanwhile: what is played would hang on how long that was.
  while (!words(hub).includes("Engine ready")) {
    if (performance.now() > end) throw new Error(`the Hub of the second act says "${words(hub)}"`);
    live.settle();
    await new Promise((next) => setTimeout(next, 2));
  }
}

/** @param {HeadlessDevice} jam @param {Player} player */
function setUp(jam, { role, controls, lanes }) {
  const { "Own Progression": text, ...turned } = controls;
  for (const [name, value] of Object.entries({ Role: role, Style: STYLE, ...turned })) jam.turn(name, value);
  jam.turn("Seed", SEED);
  if (text !== undefined) jam.type("Own Progression", text);
  for (const [name, points] of Object.entries(lanes)) jam.automate(name, points);
}

/** @param {HeadlessDevice} jam @returns {Part["notes"]} */
const notesOf = (jam) =>
  heardNotes(jam.midiOut).map(({ pitch, velocity, beat, on, off }) => ({
    pitch,
    velocity,
    start: Math.max(0, rounded(beat)),
    duration: rounded(((off - on) * TEMPO) / 60_000),
  }));

/** @param {number} beats */
const rounded = (beats) => Math.round(beats * 10_000) / 10_000;

/**
 * @param {readonly Part[]} parts
 * @returns {string} SVG
 */
function drawn(parts) {
  return renderBuild({
    title: `${BARS} bars, played by four Jam devices`,
    subtitle: `steered by these lanes alone  ·  ${TEMPO} BPM, ${HARMONY.Key} ${HARMONY.Mode.toLowerCase()}`,
    beats: BARS * BAR,
    lanes: Object.entries({ ...RISE, ...LIGHT }).map(([name, points]) => ({ name, points })),
    parts: [...parts].reverse().map(({ role, notes }) => ({ name: role, notes, drums: role === "Drums" })),
  });
}

/** Draws the MIDI Tools, all in one picture, as they look after a press of Live's own button on a clip of eight bars. */
import { svgToPng } from "./render/index.js";
import { TOOLS, words } from "./stage.js";

/** @typedef {import("./index.js").HeadlessLive} HeadlessLive */
/** @typedef {import("./tool.js").HeadlessTool} HeadlessTool */
/** @typedef {keyof typeof TOOLS} Name */

const BARS = 8;
/** Melody comes last: what follows changes its notes. @type {readonly Name[]} */
const GENERATORS = ["chords", "bass", "drums", "melody"];
/** @type {readonly Name[]} */
const TRANSFORMATIONS = ["humanise", "groove", "vary", "fit"];
const PATIENCE = 30_000;
/** Pixels of one tool with its frame, and how many stand side by side. */
const [WIDTH, HEIGHT, COLUMNS] = [194, 206, 4];
const GAP = 6;

/**
 * @param {HeadlessLive} live with a Hub that is ready
 * @param {string} theme
 * @returns {Promise<Buffer>} PNG
 */
export async function toolPictures(live, theme) {
  const { set } = live;
  const track = set.addTrack({ kind: "midi", name: "Deep house keys" });
  set.edit(() => {
    const slot = /** @type {any} */ (track.clip_slots[0]);
    slot.create_clip(BARS * 4);
    set.song.view.set_detail_clip(slot.clip);
  });
  /** @type {Buffer[]} */
  const drawn = [];
  for (const name of [...GENERATORS, ...TRANSFORMATIONS]) {
    const tool = await live.openTool(TOOLS[name]);
    if (tool.kind === "generator") await generated(live, tool);
    else await transformed(live, tool);
    drawn.push(svgToPng(await tool.renderSVG({ theme })));
    tool.remove();
  }
  return sheet(drawn);
}

/** @param {HeadlessLive} live @param {HeadlessTool} tool */
async function generated(live, tool) {
  await live.until(() => / bars/.test(words(tool)), { timeout: PATIENCE, what: `a phrase of ${tool.name}` });
  tool.apply();
}

/** @param {HeadlessLive} live @param {HeadlessTool} tool */
async function transformed(live, tool) {
  await live.until(() => words(tool).includes("Ready"), { timeout: PATIENCE, what: `${tool.name} to be ready` });
  const told = () => {
    tool.apply();
    return !words(tool).includes("Listening");
  };
  await live.until(told, { timeout: PATIENCE, what: `the notes of ${tool.name}` });
}

/** @param {Buffer[]} pictures @returns {Buffer} all of them in rows */
function sheet(pictures) {
  const images = pictures.map((png, at) => {
    const [x, y] = [(at % COLUMNS) * (WIDTH + GAP), Math.floor(at / COLUMNS) * (HEIGHT + GAP)];
    const data = `data:image/png;base64,${png.toString("base64")}`;
    return `<image x="${x}" y="${y}" width="${WIDTH}" height="${HEIGHT}" href="${data}"/>`;
  });
  const width = COLUMNS * (WIDTH + GAP) - GAP;
  const height = Math.ceil(pictures.length / COLUMNS) * (HEIGHT + GAP) - GAP;
  return svgToPng(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${images.join("")}</svg>`,
  );
}

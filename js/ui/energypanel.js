/**
 * The picture of Arrange, for v8ui.
 *
 *   status <off|away|busy|ready> <words> [<why>]   the foot line
 *   stars <n>                                      the take's, -1: none to rate
 *   song <dict name>                               the song, or its plan (energy_dict.js)
 *   -> rate <n>                                    a star was pressed
 *   -> section <number>                            a section was pressed, 0 first
 *   -> section_energy <number> <percent>           its curve was dragged up or down
 *   -> section_plain <number>                      its curve was double-clicked
 */
import { bent, curveAt, drawNoSong, drawSong, EMPTY_SONG, energyOf, sectionAt } from "./energy.js";
import { songFromDict } from "./energy_dict.js";
import { EnergyGrip } from "./energy_grip.js";
import { FootLine } from "./foot_line.js";
import { cleared, onScreen } from "./v8ui.js";

const foot = new FootLine();
let song = EMPTY_SONG;
const grip = new EnergyGrip();

/** @returns {import("./roll.js").Box} where the song stands */
function field() {
  const [width, height] = mgraphics.size;
  return { x: 0, y: 0, width, height: height - foot.height(width) };
}

/** @returns {import("./energy.js").SongView} as a drag would leave it */
const shown = () => (grip.drag === null ? song : bent(song, grip.drag.section, grip.drag.percent));

/** @returns {string|null} what a drag would set, in words */
function dragged() {
  if (grip.drag === null) return null;
  return `${song.sections[grip.drag.section]?.name ?? ""}: energy ${grip.drag.percent} %`;
}

/** @param {import("./energy_grip.js").Done|null} done */
function tell(done) {
  if (done?.kind === "go") outlet(0, "section", done.section);
  else if (done?.kind === "energy") outlet(0, "section_energy", done.section, done.percent);
}

onScreen({
  paint() {
    const { theme } = cleared();
    if (song.sections.length > 0) drawSong(mgraphics, theme, field(), shown());
    else if (foot.state === "off") drawNoSong(mgraphics, theme, field(), "", "");
    else drawNoSong(mgraphics, theme, field(), "Select a scene with a loop", "Its song is laid out below it");
    foot.draw(theme, dragged());
  },

  ...foot.messages(),

  /** @param {unknown} name */
  song(name) {
    song = songFromDict(new Dict(String(name)));
    mgraphics.redraw();
  },

  /** @param {number} x @param {number} y */
  onclick(x, y) {
    if (foot.press(x, y)) return;
    const section = sectionAt(field(), song, x, y);
    if (section < 0) return;
    const height = curveAt(field(), song, y);
    if (height === 0) outlet(0, "section", section);
    else grip.take(section, energyOf(song.sections[section]), y, height);
  },

  /** @param {number} _x @param {number} y @param {number} button 0: let go */
  ondrag(_x, y, button) {
    if (grip.move(y)) mgraphics.redraw();
    if (Number(button) !== 0) return;
    const { drag } = grip;
    // Until the new plan comes the curve stays where the hand left it.
    if (drag !== null) song = bent(song, drag.section, drag.percent);
    tell(grip.release());
    mgraphics.redraw();
  },

  /** @param {number} x @param {number} y */
  ondblclick(x, y) {
    const section = sectionAt(field(), song, x, y);
    if (section >= 0 && curveAt(field(), song, y) > 0) outlet(0, "section_plain", section);
  },
});

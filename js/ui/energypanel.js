/**
 * The picture of Arrange, for v8ui.
 *
 *   status <off|away|busy|ready> <words> [<why>]   the foot line
 *   song <dict name>                               the song, or its plan (energy_dict.js)
 *   -> section <number>                            a section was pressed, 0 first
 */
import { drawNoSong, drawSong, EMPTY_SONG, sectionAt } from "./energy.js";
import { songFromDict } from "./energy_dict.js";
import { drawFoot, footHeight } from "./foot.js";
import { stateFrom } from "./status.js";
import { cleared, onScreen, underMouse } from "./v8ui.js";

/** @type {import("./foot.js").Foot} */
let foot = { state: "off", words: "", why: "" };
let song = EMPTY_SONG;

/** @returns {import("./roll.js").Box} where the song stands */
function field() {
  const [width, height] = mgraphics.size;
  return { x: 0, y: 0, width, height: height - footHeight(mgraphics, width, foot.words) };
}

onScreen({
  paint() {
    const { theme, width, height } = cleared();
    if (song.sections.length > 0) drawSong(mgraphics, theme, field(), song);
    else if (foot.state === "off") drawNoSong(mgraphics, theme, field(), "", "");
    else drawNoSong(mgraphics, theme, field(), "Select a scene with a loop", "Its song is laid out below it");
    drawFoot(mgraphics, theme, [width, height], foot, underMouse());
  },

  /** @param {unknown} name @param {unknown} words @param {unknown} [why] */
  status(name, words, why = "") {
    foot = { state: stateFrom(name), words: String(words), why: String(why) };
    mgraphics.redraw();
  },

  /** @param {unknown} name */
  song(name) {
    song = songFromDict(new Dict(String(name)));
    mgraphics.redraw();
  },

  /** @param {number} x @param {number} y */
  onclick(x, y) {
    const section = sectionAt(field(), song, x, y);
    if (section >= 0) outlet(0, "section", section);
  },
});

/**
 * The picture of the Hub, for v8ui.
 *
 *   status <off|away|busy|ready> <words>   how the engine is
 *   version <text>                         of the engine; empty while it is not known
 *   log <text>                             one more line of the engine's log
 */
import { drawPanel, MOST_LINES } from "./panel.js";
import { stateFrom } from "./status.js";
import { cleared, onScreen } from "./v8ui.js";

/** @type {import("./panel.js").Panel} */
const panel = { state: "off", words: "", version: "", lines: [] };

onScreen({
  paint() {
    const { theme, width, height } = cleared();
    drawPanel(mgraphics, theme, [width, height], panel);
  },

  /** @param {unknown} name @param {...unknown} text */
  status(name, ...text) {
    panel.state = stateFrom(name);
    panel.words = text.map(String).join(" ");
    mgraphics.redraw();
  },

  /** @param {...unknown} text */
  version(...text) {
    panel.version = text.map(String).join(" ");
    mgraphics.redraw();
  },

  /** @param {...unknown} text */
  log(...text) {
    const line = text.map(String).join(" ").trim();
    if (line === "") return;
    panel.lines = [...panel.lines, line].slice(-MOST_LINES);
    mgraphics.redraw();
  },
});

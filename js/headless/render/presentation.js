/** A device's face as Live shows it: the grey box with its title bar, and in it every control of the patch. */
import { drawDial } from "./controls/dial.js";
import { drawComment, drawMenu, drawNumbox, drawTab, drawText, drawTextEdit } from "./controls/fields.js";
import { drawButton, drawLine, drawPanel, drawPicture, drawSlider, drawToggle } from "./controls/shapes.js";
import { faceOf } from "./font.js";
import { lookOf } from "./look.js";
import { documentOf, el, label, rect } from "./svg.js";
import { mix, themeOf } from "./themes.js";

/** @typedef {import("./look.js").BoxState} BoxState */
/** @typedef {import("./themes.js").Theme} Theme */

/** Who draws what. @type {Record<string, (look: import("./look.js").Look) => string>} */
const DRAW = {
  "live.dial": drawDial,
  "live.menu": drawMenu,
  "live.numbox": drawNumbox,
  "live.text": drawText,
  "live.tab": drawTab,
  "live.toggle": drawToggle,
  "live.button": drawButton,
  "live.slider": drawSlider,
  "live.comment": drawComment,
  comment: drawComment,
  textedit: drawTextEdit,
  "live.line": drawLine,
  panel: drawPanel,
  v8ui: drawPicture,
};

/** Height of the title bar, and of what is around the device. */
const TITLE = 18;
const AROUND = 6;

/**
 * Draw a device.
 *
 * @param {readonly any[]} boxes boxes of the patch (their JSON); only those with `presentation` 1 are drawn
 * @param {object} options
 * @param {number} options.width of the device area, pixels
 * @param {number} [options.height] 169 in Live
 * @param {string} [options.theme] mid_light (default), dark, light
 * @param {Record<string, BoxState>} [options.state] what the running device tells, by box id; without it the
 *   initial values are drawn
 * @param {string} [options.name] words of the title bar
 * @param {boolean} [options.enabled] the switch in the title bar
 * @returns {string} SVG; the device area begins 6 pixels from the left and 24 from the top
 * @throws {Error} for an object in the view that cannot be drawn, or an unknown theme
 */
export function renderPresentation(boxes, options) {
  const { width, height = 169, theme: themeName, state = {}, name = "", enabled = true } = options;
  const theme = themeOf(themeName);
  const shown = boxes.filter((box) => Number(box.presentation) === 1 && state[box.id]?.visible !== false);
  const controls = shown.map((box) => {
    const draw = DRAW[box.maxclass];
    if (!draw) throw new Error(`The picture cannot show "${box.maxclass}" (${box.varname ?? box.id}).`);
    const look = lookOf(box, state[box.id] ?? {}, { theme, themeName });
    const [x, y] = look.place;
    return el("g", { transform: `translate(${x} ${y})` }, draw(look));
  });
  const [fullWidth, fullHeight] = [width + 2 * AROUND, height + TITLE + 2 * AROUND];
  return documentOf(
    fullWidth,
    fullHeight,
    [
      rect(0, 0, fullWidth, fullHeight, theme.desktop),
      el(
        "g",
        { transform: `translate(${AROUND} ${AROUND})` },
        [frame(width, height, theme), title(width, theme, name, enabled)].join(""),
      ),
      el("g", { transform: `translate(${AROUND} ${AROUND + TITLE})` }, controls.join("")),
    ].join(""),
  );
}

/** @param {number} width @param {number} height @param {Theme} theme */
function frame(width, height, theme) {
  const all = height + TITLE;
  return [
    el("rect", { x: -1, y: -1, width: width + 2, height: all + 2, rx: 5, fill: theme.frame }),
    el("rect", { width, height: all, rx: 4, fill: theme.surface }),
    el("path", { d: `M0 ${TITLE}V4a4 4 0 0 1 4-4H${width - 4}a4 4 0 0 1 4 4V${TITLE}z`, fill: theme.title }),
    rect(0, TITLE - 1, width, 1, mix(theme.title, theme.frame, 0.25)),
  ].join("");
}

/**
 * The bar on top: switch, name, and the small signs Live shows at its end (edit, swap, save).
 *
 * @param {number} width
 * @param {Theme} theme
 * @param {string} name
 * @param {boolean} enabled
 */
function title(width, theme, name, enabled) {
  const y = TITLE / 2 - 0.5;
  const line = { stroke: theme.text, "stroke-width": 1, fill: "none", opacity: 0.7 };
  const signs = [
    // Edit: three lines; swap: an arrow in a circle; save: a disk.
    el("path", { d: `M${width - 48} ${y - 3}h7M${width - 48} ${y}h7M${width - 48} ${y + 3}h4`, ...line }),
    el("path", { d: `M${width - 26.5} ${y - 2}a4 4 0 1 0 1.2 2.6M${width - 26} ${y - 4.5}v3h-3`, ...line }),
    el("path", { d: `M${width - 14.5} ${y - 3.5}h5.5l1.5 1.5v5.5h-7zM${width - 12.5} ${y - 3.5}v2.5h3v-2.5`, ...line }),
  ];
  const dot = enabled
    ? el("circle", { cx: 9, cy: y, r: 4, fill: theme.on, stroke: mix(theme.on, "#000000", 0.35), "stroke-width": 0.75 })
    : el("circle", { cx: 9, cy: y, r: 3.5, fill: theme.surface, stroke: theme.dim });
  const fill = enabled ? theme.text : theme.dim;
  const face = faceOf("Ableton Sans Bold");
  return dot + label(name, 18, y + 3.5, { fill, size: 10.5, room: width - 72, face }) + signs.join("");
}

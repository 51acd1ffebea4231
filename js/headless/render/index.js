/** Pictures of what the headless Live shows. */
export { createMGraphics } from "./mgraphics.js";
export { renderPianoRoll } from "./pianoroll.js";
export { picture } from "./picture.js";
export { svgToPng } from "./png.js";
export { renderPresentation } from "./presentation.js";
export { THEMES, themeColors, themeTable } from "./themes.js";

/** SVG to PNG, with Inter and no other font. */
import { Resvg } from "@resvg/resvg-js";
import { fontFiles } from "./font.js";

/**
 * Draw an SVG.
 *
 * @param {string} svg
 * @param {{scale?: number}} [options] pixels of the picture per pixel of the SVG, default 2
 * @returns {Buffer} PNG
 */
export function svgToPng(svg, { scale = 2 } = {}) {
  const picture = new Resvg(svg, {
    fitTo: { mode: "zoom", value: scale },
    font: { fontFiles: fontFiles(), loadSystemFonts: false, defaultFontFamily: "Inter" },
  });
  return picture.render().asPng();
}

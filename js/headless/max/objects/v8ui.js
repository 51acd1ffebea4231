/**
 * `v8ui`: a v8 script that draws. `paint` runs in the low-priority queue after `mgraphics.redraw()`; the
 * mouse calls `onclick` and `ondrag` with places relative to the box.
 *
 * The drawing surface comes from outside (Max's `createMGraphics`): `createMGraphics({width, height, redraw})`
 * gives `api` (the script's `mgraphics`), `begin()` (called before each paint), `calls()` (what the last
 * paint drew) and `texts()` (the words in it).
 */

import { MaxError } from "../world.js";
import { V8 } from "./v8.js";

export class V8UI extends V8 {
  /** @type {import("../world.js").Surface | null} */
  surface = null;
  #dirty = false;
  #queued = false;

  /** Size in the device view (the patch's own when it is not shown), pixels. @returns {[number, number]} */
  get size() {
    const [, , width, height] = this.viewRect ?? this.rect;
    return [width, height];
  }

  /** @override */
  extraNames() {
    if (!this.max.createMGraphics) {
      this.report("v8ui", "there is nothing to draw on: open the headless Live with a renderer");
      return {};
    }
    const [width, height] = this.size;
    this.surface = this.max.createMGraphics({ width, height, redraw: () => this.redraw() });
    return { mgraphics: this.surface.api, refresh: () => this.redraw() };
  }

  redraw() {
    this.#dirty = true;
    if (this.#queued || this.max.unseen) return;
    this.#queued = true;
    this.max.scheduler.defer(() => {
      this.#queued = false;
      this.paint();
    });
  }

  /** Draws now, when something changed since the last time. */
  paint() {
    if (!this.#dirty || this.freed || !this.surface) return;
    this.#dirty = false;
    this.surface.begin();
    this.call("paint");
  }

  /** @override */
  connected() {
    // The view draws each object once by itself.
    this.redraw();
  }

  /**
   * A press with the mouse, down and up.
   * @param {number} x pixels from the box's left edge
   * @param {number} y pixels from its top
   * @param {[number, number][]} [way] places the pressed mouse is dragged over
   */
  click(x, y, way = []) {
    const [width, height] = this.size;
    if (!this.viewRect) throw new MaxError("ui", `${this.label} is not on the device's face`);
    if (this.number("ignoreclick", 0)) throw new MaxError("ui", `${this.label} ignores the mouse`);
    if (x < 0 || y < 0 || x >= width || y >= height) {
      throw new MaxError("ui", `${x}, ${y} is outside ${this.label} (${width} x ${height})`);
    }
    this.paint();
    // Arguments: x, y, button, command, shift, caps lock, option, control.
    const held = [0, 0, 0, 0, 0];
    this.call("onclick", [x, y, 1, ...held]);
    for (const [dragX, dragY] of way) this.call("ondrag", [dragX, dragY, 1, ...held]);
    const [endX, endY] = way.at(-1) ?? [x, y];
    this.call("ondrag", [endX, endY, 0, ...held]);
  }

  /**
   * Two presses at once, as Max tells them: the second one is a press and a double-click.
   * @param {number} x pixels from the box's left edge
   * @param {number} y pixels from its top
   */
  doubleClick(x, y) {
    this.click(x, y);
    const held = [0, 0, 0, 0, 0];
    this.call("onclick", [x, y, 1, ...held]);
    this.call("ondblclick", [x, y, 1, ...held]);
    this.call("ondrag", [x, y, 0, ...held]);
  }

  /** @override */
  texts() {
    this.paint();
    return this.surface?.texts() ?? [];
  }
}

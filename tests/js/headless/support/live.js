/** Opens the headless Live in virtual time and closes it when the test is over. */

import { HeadlessLive } from "../../../../js/headless/index.js";
import { fromAtoms } from "../../../../js/headless/max/atoms.js";

/**
 * A drawing surface that only remembers which functions were called.
 * @param {{width: number, height: number, redraw: () => void}} options
 */
export function recorder({ width, height, redraw }) {
  /** @type {any[][]} */
  let calls = [];
  const own = {
    init() {},
    redraw,
    size: [width, height],
    relative_coords: 0,
    autofill: 0,
    text_measure: (/** @type {string} */ text) => [5 * String(text).length, 10],
    font_extents: () => [8, 2, 10, 10, 0],
  };
  const api = new Proxy(own, {
    get: (target, key) =>
      key in target
        ? Reflect.get(target, key)
        : (/** @type {any[]} */ ...args) => {
            calls.push([key, ...args]);
          },
  });
  return {
    api,
    begin: () => {
      calls = [];
    },
    calls: () => calls,
    texts: () => calls.filter(([name]) => name === "show_text").map(([, text]) => String(text)),
  };
}

/**
 * @param {import("node:test").TestContext} t
 * @param {import("../../../../js/headless/index.js").OpenOptions} [options]
 */
export async function open(t, options = {}) {
  const live = await HeadlessLive.open({ time: "virtual", createMGraphics: recorder, ...options });
  t.after(async () => {
    live.strict = false;
    await live.close();
  });
  return live;
}

/**
 * Everything that goes along the cords of a device from now on, as "box: message" lines.
 * @param {import("../../../../js/headless/device.js").HeadlessDevice} dev
 */
export function traced(dev) {
  /** @type {string[]} */
  const lines = [];
  dev.trace = (box, outlet, msg) => {
    lines.push([`${box.varname || box.name}.${outlet}`, msg.sel, ...msg.args].join(" "));
  };
  return lines;
}

/**
 * Sends a message into a box, as its cord would.
 * @param {import("../../../../js/headless/device.js").HeadlessDevice} dev
 * @param {string} id
 * @param {number} inlet
 * @param {...any} atoms selector or values
 */
export function send(dev, id, inlet, ...atoms) {
  const box = dev.device.patcher.boxes.get(id);
  if (!box) throw new Error(`no box ${id}`);
  dev.live.max.scheduler.main(() => box.receive(inlet, fromAtoms(atoms)));
}

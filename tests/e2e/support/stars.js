/** The row of stars at the foot of a picture. */

/** @typedef {import("../../../js/headless/index.js").HeadlessDevice} HeadlessDevice */

/** Presses the middle of a star in the picture. @param {HeadlessDevice} device @param {number} star from 1 */
export function clickStar(device, star) {
  const [, , width, height] = device.box("picture").viewRect;
  device.click("picture", width - 4 - (5 - star + 0.5) * 9, height - 6);
}

/** What the script says of stars from now on, the last one last. @param {HeadlessDevice} device @returns {number[]} grows */
export function starsOf(device) {
  /** @type {number[]} */
  const shown = [];
  const before = device.device.trace;
  device.trace = (box, outlet, message) => {
    before?.(box, outlet, message);
    if (box.name === "v8" && outlet === 0 && message.sel === "stars") shown.push(Number(message.args[0]));
  };
  return shown;
}

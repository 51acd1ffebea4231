/** Looks over a Macros device: every knob, every word and light, and who may steer. */
import { readFileSync } from "node:fs";
import { passes, switchesLook } from "./inspect_link.js";
import { clearedOf, Inspection } from "./inspection.js";
import { BUILT, says } from "./play.js";
import { KNOBS } from "./steering.js";
import { inactive, missing } from "./table.js";

/** @typedef {import("../../../js/headless/index.js").HeadlessLive} HeadlessLive */

/** Longer than the device takes to show what is new, ms. */
const MOMENT = 60;

/** The built device. @returns {Buffer} */
export const macrosBytes = () => readFileSync(BUILT.macros);

/**
 * @param {HeadlessLive} live in virtual time, with one device on its third track that can be steered, and no Macros
 * @param {Uint8Array} bytes of the device
 * @param {import("../../../js/headless/index.js").AddOptions["mutate"]} [mutate] spoils it first
 * @param {import("./inspection.js").Enough} [enough] to stop at
 * @returns {Promise<string[]>} what is wrong with it
 */
export async function inspectMacros(live, bytes, mutate, enough) {
  const check = new Inspection(live, enough);
  const known = live.devices.length;
  const shown = () => {
    live.advance(MOMENT);
    return says(device);
  };
  /** @type {import("../../../js/headless/index.js").HeadlessDevice} */ let device;
  try {
    return await check.run(async () => {
      device = await live.addDevice(bytes, { track: 1, mutate });
      for (const name of missing("macros", device)) check.need(false, `${name}: is not there`);
      check.expect(shown().includes("Steers 1 device: all at rest"), `picture: it says "${says(device)}"`);
      for (const [nth, name] of KNOBS.entries()) turns(name, -30 + 25 * nth);
      check.expect(!shown().includes("at rest"), "picture: the knobs are not at rest any more");
      passes({ device, check });
      switchesLook({ device, check }, [], () => check.expect(entries() === 0, "off: it steers all the same"));
      check.expect(shown().includes("Steers 1 device"), `on: it says "${says(device)}"`);
      await rests();
    });
  } finally {
    clearedOf(live, known);
  }

  /** How many Macros steer. */
  function entries() {
    return Object.keys(live.max.dicts.data("bandmate.macros") ?? {}).length;
  }

  /** @param {string} name @param {number} value */
  function turns(name, value) {
    device.turn(name, value);
    const [entry = []] = Object.values(live.max.dicts.data("bandmate.macros") ?? {});
    const told = entry[entry.length - KNOBS.length + KNOBS.indexOf(name)];
    check.expect(told === value / 100, `${name}: stands at ${value} %, ${told} is told`);
  }

  /** Another one farther left steers, and goes again. */
  async function rests() {
    const rival = await live.addDevice(macrosBytes(), { track: 0 });
    check.expect(shown().includes('the Macros on "Left" steers'), `rival: it says "${says(device)}"`);
    const active = KNOBS.filter((name) => !inactive(device).includes(name));
    for (const name of active) check.expect(false, `${name}: looks active while another Macros steers`);
    rival.remove();
    check.expect(shown().includes("Steers 1 device"), `alone again: it says "${says(device)}"`);
    for (const name of inactive(device)) check.expect(false, `${name}: stays inactive when it steers again`);
  }
}

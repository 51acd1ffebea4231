/**
 * Looks over a Taste device: what it shows, Explore on the board, each menu, the name, both of Max's windows, the button with
 * its second press, what is told to all Taste devices, and another one beside it. What it makes it deletes again.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { asksForFile, pickFile } from "../../../js/headless/folder_dialog.js";
import { asked, meets, passes, switchesLink } from "./inspect_link.js";
import { clearedOf, Inspection } from "./inspection.js";
import { BUILT, says } from "./play.js";
import { inactive, missing } from "./table.js";

/** @typedef {import("../../../js/headless/index.js").HeadlessDevice} HeadlessDevice */
/** @typedef {import("./inspect_chords.js").Ground} Ground */
/** @typedef {Ground & {device: HeadlessDevice, id: string, check: Inspection, names: string[]}} Case names: that the Set kept, and that is typed */

/** Track it stands on, and one farther left. */
const [HERE, LEFT] = [1, 0];
/** Longer than it takes until what was told is asked for, ms. */
const TOGETHER = 320;
/** The taste that every engine begins with. */
const FIRST = "Me";
/** A taste that the Set has kept and nobody has. */
const STRANGER = "Somebody else";
/** What is asked when something may have been learnt. */
const LEARNT = ["taste.status", "taste.profiles", "taste.snapshots", "taste.why", "taste.macro_map"];

/** Inspections so far: names are given once. */
let inspections = 0;

/** The built device. @returns {Buffer} */
export const tasteBytes = () => readFileSync(BUILT.taste);

/**
 * @param {Ground} ground without a Taste
 * @param {string} folder for files
 * @param {Uint8Array} bytes of the device
 * @param {import("../../../js/headless/index.js").AddOptions["mutate"]} [mutate] spoils it first
 * @param {import("./inspection.js").Enough} [enough] to stop at
 * @returns {Promise<string[]>} what is wrong with it
 */
export async function inspectTaste({ live, wire }, folder, bytes, mutate, enough) {
  const check = new Inspection(live, enough);
  const known = live.devices.length;
  inspections += 1;
  const names = [`Kept ${inspections}`, `Typed ${inspections}`];
  try {
    return await check.run(async () => {
      const words = wire.words.length;
      const device = await live.addDevice(bytes, {
        track: HERE,
        mutate,
        stored: { Name: [names[0]], "Set Profile": ["is", "gone", STRANGER] },
      });
      for (const name of missing("taste", device)) check.need(false, `${name}: is not there`);
      const { device: id = "" } = wire.words.slice(words).find(({ word }) => word === "open") ?? {};
      check.need(id, "start: it asks for no connection");
      const all = { live, wire, device, id, check, names };
      await meets(all);
      await learns(all, "the engine's coming", wire.requests.length - LEARNT.length);
      const gone = `This Set's profile "${STRANGER}" is not on this computer`;
      check.expect(says(device).includes(gone), `Set Profile: of one that is gone it says "${says(device)}"`);
      explores(all);
      passes(all);
      const { params } = await asks(all, "Part", "taste.why", () => device.turn("Part", "Bass"));
      check.expect(params.role === "bass", `Part: Bass is chosen, "${params.role}" is asked for`);
      await keepsSnapshot(all);
      await makesProfile(all);
      await uses(all, FIRST);
      await rests(all);
      await deletes(all, names[1]);
      await picksFiles(all, folder);
      acts(all, "New", "New profile");
      await switchesLink(all, ["Name", "Set Profile"]);
    });
  } finally {
    clearedOf(live, known);
  }
}

/**
 * What is done asks the engine for something: the request, when its answer has been taken in.
 *
 * @param {Case} all
 * @param {string} name
 * @param {string} method
 * @param {() => void} act
 */
async function asks(all, name, method, act) {
  const { live, wire, device, check } = all;
  const since = wire.requests.length;
  act();
  live.advance(TOGETHER);
  const request = asked(all, since, method);
  check.need(request, `${name}: nothing is asked of the engine, it says "${says(device)}"`);
  await check.wait(() => wire.answerTo(request), `the answer to ${method}`);
  live.settle();
  return { params: /** @type {any} */ (request).params, since };
}

/** @param {Case} all @param {string} words */
const expects = ({ check, device }, words) =>
  check.expect(says(device).includes(words), `picture: it says "${says(device)}", not "${words}"`);

/** What may have been learnt is asked for and shown. @param {Case} all @param {string} what has happened @param {number} [since] */
async function learns(all, what, since = all.wire.requests.length) {
  const { live, wire, check } = all;
  live.advance(TOGETHER);
  for (const method of LEARNT) {
    const request = asked(all, since, method);
    check.need(request, `news: ${what} leads to no ${method}`);
    await check.wait(() => wire.answerTo(request), `the answer to ${method}`);
  }
  live.settle();
}

/** @param {Case} all @param {string} action @param {string} button what it says then */
function acts({ device, check }, action, button) {
  device.turn("Action", action);
  const text = device.box("Act").texts()[0];
  check.expect(text === button, `Action: ${action} is chosen, the button says "${text}"`);
  check.expect(text === button, `Act: ${action} is chosen, it says "${text}"`);
}

/** @param {Case} all */
function explores({ live, device, check }) {
  const told = () => /** @type {any[]} */ (Object.values(live.max.dicts.data("bandmate.explore") ?? {}))[0]?.at(-1);
  check.expect(told() === 0.25, `Explore: a fresh device tells ${told()}`);
  device.turn("Explore", 80);
  check.expect(told() === 0.8, `Explore: stands at 80 %, ${told()} is told`);
}

/** Under the name that the Set kept. @param {Case} all */
async function keepsSnapshot(all) {
  const { device, check, names } = all;
  check.expect(inactive(device).includes("Target"), "Target: looks active where there is nothing to choose");
  const { params } = await asks(all, "Act", "taste.snapshot", () => device.press("Act"));
  check.expect(params.name === names[0], `Name: the Set kept "${names[0]}", the snapshot is called "${params.name}"`);
  expects(all, `Kept "${FIRST}"`);
  check.expect(device.box("Name").texts().length === 0, "Name: stays when it has been used");
  await learns(all, "a snapshot");
  acts(all, "Roll back", "Roll back");
  const first = String(device.parameter("Target").items?.[0]);
  check.expect(first.startsWith(names[0]), `Target: has "${first}" and not the snapshot`);
}

/** @param {Case} all */
async function makesProfile(all) {
  const { wire, live, device, check, names } = all;
  acts(all, "New", "New profile");
  check.expect(!inactive(device).includes("Target"), "Target: looks inactive where there is something to choose");
  device.turn("Target", "For a project");
  device.type("Name", names[1]);
  const { params, since } = await asks(all, "Act", "taste.profile_new", () => device.press("Act"));
  check.expect(params.name === names[1], `Name: "${names[1]}" is typed, the profile is called "${params.name}"`);
  check.expect(params.kind === "project", `Target: a project is chosen, "${params.kind}" is asked for`);
  const use = asked(all, since, "taste.profile_use");
  check.need(use, "Act: the new profile is not put to use");
  await check.wait(() => wire.answerTo(use), "the answer to taste.profile_use");
  live.settle();
  expects(all, `Learns for "${names[1]}"`);
  await learns(all, "a new profile");
  check.expect(shown(device) === names[1], `Profile: shows "${shown(device)}"`);
}

/** @param {HeadlessDevice} device @returns {string} the profile its menu shows */
const shown = (device) => {
  const { value, items } = device.parameter("Profile");
  return String(items?.[Number(value)]);
};

/** @param {Case} all @param {string} name of a profile */
async function uses(all, name) {
  await asks(all, "Profile", "taste.profile_use", () => all.device.turn("Profile", name));
  expects(all, `Learns for "${name}"`);
  await learns(all, "another profile");
  const kept = String(all.device.state()["Set Profile"]);
  all.check.expect(kept.endsWith(`,${name}`), `Set Profile: ${name} is chosen, the Set would keep "${kept}"`);
}

/** At the second press. @param {Case} all @param {string} name of a profile */
async function deletes(all, name) {
  const { live, wire, device, check } = all;
  acts(all, "Delete", "Delete");
  check.need((device.parameter("Target").items ?? []).includes(name), `Target: there is no ${name} to delete`);
  device.turn("Target", name);
  const since = wire.requests.length;
  device.press("Act");
  live.advance(TOGETHER);
  expects(all, "Press again to delete");
  check.expect(device.box("Act").texts()[0] === "Press again", "Act: does not ask for a second press");
  check.need(!asked(all, since, "taste.profile_delete"), "Act: deletes at the first press");
  await asks(all, "Act", "taste.profile_delete", () => device.press("Act"));
  expects(all, `Deleted "${name}"`);
}

/** @param {Case} all @param {string} folder */
async function picksFiles(all, folder) {
  const { live, device, check } = all;
  for (const [action, method, file, words] of [
    ["Import", "taste.import", "nowhere.json", "path cannot be read"],
    ["Export", "taste.export", "mine.json", "Exported"],
  ]) {
    const path = join(folder, file);
    acts(all, action, `${action} ...`);
    device.press("Act");
    live.settle();
    check.need(asksForFile(device), `Act: ${action} asks for no file`);
    const { params } = await asks(all, action, method, () => pickFile(device, path));
    check.expect(params.path === path, `${action}: ${path} is picked, ${params.path} is asked for`);
    expects(all, words);
  }
}

/** Another one farther left says how far, and goes again. @param {Case} all */
async function rests({ live, device, check }) {
  const rival = await live.addDevice(tasteBytes(), { track: LEFT, select: false });
  check.expect(says(device).includes("Explore rests"), `rival: it says "${says(device)}"`);
  check.expect(inactive(device).includes("Explore"), "Explore: looks active while another one counts");
  rival.remove();
  check.expect(!says(device).includes("Explore rests"), `alone again: it says "${says(device)}"`);
  check.expect(!inactive(device).includes("Explore"), "Explore: stays inactive when it counts again");
}

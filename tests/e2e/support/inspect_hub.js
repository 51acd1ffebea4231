/** Looks over a Hub: its buttons, its picture, its helper process, and the way it carries for devices. */
import { kill } from "node:process";
import { openStage } from "../../../js/headless/stage.js";
import { Inspection } from "./inspection.js";
import { BUILT, LiveSet, says } from "./play.js";
import { inactive, missing } from "./table.js";

/** @typedef {import("../../../js/headless/index.js").HeadlessDevice} HeadlessDevice */
/** @typedef {import("../../../js/headless/index.js").HeadlessLive} HeadlessLive */
/** @typedef {{live: HeadlessLive, device: HeadlessDevice, said: Said, check: Inspection}} Case */

/** Longer than the Hub leaves a helper that ended to itself, ms. */
const OWN_RESTART = 4000;
const MINUTES = 17;

/**
 * @param {string} home of an engine that runs
 * @param {string | Uint8Array} source path or bytes of the device
 * @param {import("../../../js/headless/index.js").AddOptions["mutate"]} [mutate] spoils it first
 * @param {import("./inspection.js").Enough} [enough] to stop at
 * @returns {Promise<string[]>} what is wrong with it
 */
export const inspectHub = (home, source, mutate, enough) =>
  inspect(home, source, mutate, enough, async (all) => {
    await comesUp(all);
    await serves(all);
    turnsAndPasses(all);
    await buttons(all);
    switchesOff(all);
  });

/**
 * Looks over only what it shows while it is off, and what passes through it: no helper is waited for.
 *
 * @param {string} home of an engine that runs
 * @param {string | Uint8Array} source path or bytes of the device
 * @param {import("../../../js/headless/index.js").AddOptions["mutate"]} [mutate] spoils it first
 * @param {import("./inspection.js").Enough} [enough] to stop at
 * @returns {Promise<string[]>} what is wrong with it
 */
export const inspectHubLooks = (home, source, mutate, enough) =>
  inspect(home, source, mutate, enough, async (all) => switchesOff(all));

/**
 * Looks over only whether its helper hears of what is pressed and turned.
 *
 * @param {string} home of an engine that runs
 * @param {string | Uint8Array} source path or bytes of the device
 * @param {import("../../../js/headless/index.js").AddOptions["mutate"]} [mutate] spoils it first
 * @param {import("./inspection.js").Enough} [enough] to stop at
 * @returns {Promise<string[]>} what is wrong with it
 */
export const inspectHubButtons = (home, source, mutate, enough) =>
  inspect(home, source, mutate, enough, async (all) => {
    await comesUp(all);
    turnsAndPasses(all);
    await buttons(all);
  });

/**
 * @param {string} home
 * @param {string | Uint8Array} source
 * @param {import("../../../js/headless/index.js").AddOptions["mutate"]} mutate
 * @param {import("./inspection.js").Enough|undefined} enough
 * @param {(all: Case) => Promise<void>} look
 * @returns {Promise<string[]>}
 */
async function inspect(home, source, mutate, enough, look) {
  const set = LiveSet.empty({ tracks: [{ kind: "midi" }, { kind: "midi" }] });
  const stage = await openStage({ home, set, time: "virtual", strict: false });
  const { live } = stage;
  const check = new Inspection(live, enough);
  try {
    return await check.run(async () => {
      const said = new Said(live);
      const trace = said.take.bind(said);
      const device = await live.addDevice(source, { track: 0, mutate, trace, name: "Hub" });
      for (const name of missing("hub", device)) check.need(false, `${name}: is not there`);
      await look({ live, device, said, check });
    });
  } finally {
    await stage.close();
  }
}

/** What went through the Hub's cords to and from its helper. */
class Said {
  /** to node.script @type {string[]} */
  toNode = [];
  /** from its left outlet @type {string[]} */
  fromNode = [];
  /** life events that went well @type {{event: string, facts: any}[]} */
  life = [];
  /** to all devices: the words in front @type {string[]} */
  toDevices = [];

  /** @param {HeadlessLive} live */
  constructor(live) {
    this.dicts = live.max.dicts;
    live.max.bind("bandmate.res", { hear: ({ sel }) => this.toDevices.push(sel) });
  }

  /** @param {any} box @param {number} outlet @param {{sel: string, args: any[]}} message */
  take(box, outlet, { sel, args }) {
    if (box.name === "v8" && outlet === 0) this.toNode.push([sel, ...args].join(" "));
    if (box.name === "node.script" && outlet === 0) this.fromNode.push([sel, ...args].join(" "));
    const life = box.name === "node.script" && outlet === 1;
    // A helper that was killed has not ended well.
    if (life && (args[0] === "success" || sel === "terminated")) {
      this.life.push({ event: sel, facts: this.dicts.data(args.at(-1)) });
    }
  }
}

/** From the drop to the green light. @param {Case} all */
async function comesUp({ live, device, said, check }) {
  check.need(said.toDevices.includes("hub"), "start: no word of it to the devices");
  live.settle();
  check.need(
    said.life.some(({ event }) => event === "start"),
    "helper: it is not started",
  );
  await check.wait(() => said.fromNode.some((line) => line.startsWith("node_awake")), "the helper to wake");
  check.need(
    said.toNode.some((line) => line.startsWith("hub ")),
    "helper: it wakes and is told nothing",
  );
  const ready = /^node_engine .*"engine":"ready"/;
  await check.wait(() => said.fromNode.some((line) => ready.test(line)), "the helper to find the engine");
  check.expect(/Engine ready.* v\d/.test(says(device)), `picture: it says "${says(device)}"`);
}

/** A device finds the engine through it. @param {Case} all */
async function serves({ live, said, check }) {
  const before = said.toDevices.length;
  const chords = await live.addDevice(BUILT.chords, { track: 1 });
  check.need(said.toDevices.slice(before).includes("hub"), "devices: what they ask for is not heard");
  await check.wait(() => says(chords).includes("Ready"), "a device to be ready");
}

/** @param {Case} all */
function turnsAndPasses({ device, said, check }) {
  device.turn("Idle Minutes", MINUTES);
  check.expect(said.toNode.includes(`idle ${MINUTES}`), "Idle Minutes: the helper does not hear of it");
  const note = [0x90, 60, 100];
  device.midiIn(note);
  check.expect(String(device.midiOut.at(-1)?.bytes) === String(note), "MIDI: nothing comes through");
}

/**
 * Every button reaches the helper. It is held still meanwhile, so that it does not do all that was pressed to an engine
 * which others use; then it is killed, which the Hub must notice.
 *
 * @param {Case} all
 */
async function buttons({ live, device, said, check }) {
  const { pid } = said.life.find(({ event }) => event === "start")?.facts ?? {};
  kill(pid, "SIGSTOP");
  try {
    for (const [button, line] of Object.entries(BUTTONS)) {
      const before = said.toNode.length;
      device.press(button);
      check.expect(said.toNode.slice(before).includes(line), `${button}: the helper does not hear of it`);
    }
  } finally {
    kill(pid, "SIGKILL");
  }
  await check.wait(() => said.life.some(({ event }) => event === "terminated"), "the helper to die");
  check.need(says(device).includes("helper ended"), `life: the helper is dead, and it says "${says(device)}"`);
  const before = said.toNode.length;
  live.advance(OWN_RESTART);
  check.expect(said.toNode.slice(before).includes("script start"), "life: the helper is not started again");
}

const BUTTONS = {
  "Open Folder": "folder",
  Restart: "engine restart",
  Stop: "engine stop",
  Start: "engine start",
};

/** The switch in the title bar. @param {Case} all */
function switchesOff({ device, said, check }) {
  device.setEnabled(false);
  check.expect(said.toNode.at(-1) === "script stop", "off: the helper stays");
  check.expect(says(device).includes("switched off"), `off: it says "${says(device)}"`);
  for (const name of device.parameterNames) {
    check.expect(inactive(device).includes(name), `${name}: looks active while the device is off`);
  }
}

/** What every device does alike: it comes up with the engine, asks it and hears, lets notes through, and rests while it is off. */
import { says } from "./play.js";
import { inactive } from "./table.js";

/** @typedef {import("../../../js/headless/index.js").HeadlessDevice} HeadlessDevice */
/** @typedef {import("./inspect_chords.js").Case} Case */

/** @param {Pick<Case, "wire"|"id">} all @param {string} word of the Hub to this device @param {number} [since] */
export const heard = ({ wire, id }, word, since = 0) =>
  wire.back.slice(since).some((each) => each.device === id && each.word === word);

/** @param {Pick<Case, "wire"|"id">} all @param {number} since @param {string} method */
export const asked = ({ wire, id }, since, method) =>
  wire.requests.slice(since).find((request) => request.device === id && request.method === method);

/** From the drop to the engine's hello. @param {Pick<Case, "wire"|"id"|"check">} all */
export async function meets(all) {
  const { check } = all;
  await check.wait(() => heard(all, "opened"), "the Hub to open the connection");
  check.need(asked(all, 0, "session.hello"), "answers: it does not hear that its connection is open");
  await check.wait(() => greeted(all), "the engine's hello");
}

/** Whether the engine answered one of its hellos. @param {Pick<Case, "wire"|"id">} all */
export const greeted = ({ wire, id }) =>
  wire.requests.some(
    (each) => each.device === id && each.method === "session.hello" && wire.answerTo(each) !== undefined,
  );

/**
 * What is done asks the engine for something: the request and its answer when it has been taken in.
 *
 * @param {Pick<Case, "wire"|"id"|"check">} all
 * @param {string} name of what is done
 * @param {string} method
 * @param {() => void} act
 * @param {() => void} [meanwhile] before the answer can have come
 */
export async function answered(all, name, method, act, meanwhile) {
  const { wire, check } = all;
  const since = wire.requests.length;
  act();
  const request = asked(all, since, method);
  check.need(request, `${name}: nothing is asked of the engine`);
  meanwhile?.();
  const { result, error } = await check.wait(() => wire.answerTo(request), `the answer to ${method}`);
  check.need(result, `${name}: the engine refused: ${error?.message}`);
  return { asked: /** @type {any} */ (request).params, result };
}

/** A note of the track goes through. @param {Pick<Case, "device"|"check">} all */
export function passes({ device, check }) {
  const note = [0x90, 60, 100];
  device.midiIn(note);
  check.expect(String(device.midiOut.at(-1)?.bytes) === String(note), "MIDI: nothing comes through");
}

/**
 * Controls that look as if a hand could do something there.
 *
 * @param {HeadlessDevice} device
 * @param {readonly string[]} without those that have no inactive look: fields to type in, and what nobody sees
 */
export const looksActive = (device, without) =>
  device.parameterNames.filter((name) => !without.includes(name) && !inactive(device).includes(name));

/**
 * The switch in the title bar, off and on again: what is said, and how the controls look.
 *
 * @param {Pick<Case, "device"|"check">} all
 * @param {readonly string[]} without see `looksActive`
 * @param {() => void} [meanwhile] while it is off
 */
export function switchesLook({ device, check }, without, meanwhile) {
  device.setEnabled(false);
  check.expect(says(device).includes("Device is off"), `off: it says "${says(device)}"`);
  for (const name of looksActive(device, without)) check.expect(false, `${name}: looks active while the device is off`);
  meanwhile?.();
  device.setEnabled(true);
  for (const name of inactive(device)) check.expect(false, `${name}: stays inactive when the device is on again`);
}

/** The same, and what becomes of the connection. @param {Case} all @param {readonly string[]} without see `looksActive` */
export async function switchesLink(all, without) {
  const { wire, check, id } = all;
  const [since, back] = [wire.words.length, wire.back.length];
  switchesLook(all, without);
  const words = wire.words.slice(since).filter(({ device }) => device === id);
  check.expect(
    words.some(({ word }) => word === "close"),
    "off: the connection stays",
  );
  check.need(
    words.some(({ word }) => word === "open"),
    "on: asks for no connection",
  );
  await check.wait(() => heard(all, "opened", back), "the connection to come back");
}

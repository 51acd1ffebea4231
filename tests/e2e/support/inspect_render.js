/**
 * Looks over Render of Drums: which folder of samples is meant, and what its button says. The folder is never there, so the
 * engine refuses before it renders anything: a worker for every inspection would take too long.
 */
import { asksForFolder, pickFolder } from "../../../js/headless/folder_dialog.js";
import { says } from "./play.js";

/** @typedef {import("./inspect_part.js").Case} Case */

/** Longer than it takes until the button says Cancel, ms. */
const BUSY = 160;

const KEPT = "/no/such place/drums";
const PICKED = "/not there/either";
const MINE = 4;

/** What the Set has stored of the kit: the user's own samples. */
export const STORED_KIT = { Kit: MINE, "Sample Folder": ["is", KEPT] };

/** @param {Case} all @returns {Promise<any>} what is asked of the engine at a press of Render */
async function rendered({ live, wire, device, id, check }) {
  const text = () => device.box("Render").texts()[0];
  const since = wire.requests.length;
  device.press("Render");
  const request = wire.requests.slice(since).find((each) => each.device === id && each.method === "compose.render");
  const folder = says(device).includes("No folder");
  check.need(request, folder ? "Sample Folder: is not known" : "Render: nothing is asked of the engine");
  live.advance(BUSY);
  check.expect(text() === "Cancel", "Render: does not turn to Cancel");
  await check.wait(() => wire.answerTo(request), "the refusal of the folder");
  check.expect(text() === "Render", "Render: does not turn back from Cancel");
  check.expect(says(device).includes("no such folder"), `picture: it says "${says(device)}"`);
  return /** @type {any} */ (request).params;
}

/** @param {Case} all when a take lies in the clip */
export async function rendersSamples(all) {
  const { live, device, check } = all;
  const first = await rendered(all);
  check.expect(first.samples === KEPT, `Sample Folder: stored "${KEPT}", asked for "${first.samples}"`);
  device.turn("Kit", "Folder ...");
  live.settle();
  check.expect(
    device.parameter("Kit").text === "Mine",
    `Kit: shows "${device.parameter("Kit").text}", which is no kit`,
  );
  device.turn("Kit", "Club");
  device.turn("Kit", "Folder ...");
  live.settle();
  check.need(asksForFolder(device), "Kit: Folder ... asks for none");
  pickFolder(device, null);
  check.expect(device.parameter("Kit").text === "Club", "Kit: is another although no folder was picked");
  device.turn("Kit", "Folder ...");
  live.settle();
  pickFolder(device, `${PICKED}/`);
  const { text } = device.parameter("Kit");
  check.expect(text === "Mine", `Kit: a folder was picked, and it shows "${text}"`);
  const shown = String(device.parameter("Sample Folder").value);
  check.expect(shown.includes(PICKED), `Sample Folder: "${PICKED}" was picked, the Set keeps "${shown}"`);
  const second = await rendered(all);
  check.expect(second.samples === PICKED, `picture: "${PICKED}" was picked, asked for "${second.samples}"`);
}

/** Max's window in which a person picks a folder or a file, when a device has asked for one. */

import { OpenDialog } from "./max/objects/dialog.js";
import { MaxError } from "./max/world.js";

/** @typedef {import("./device.js").HeadlessDevice} HeadlessDevice */

/** @param {HeadlessDevice} device @returns {OpenDialog | undefined} */
function dialogOf({ device }) {
  const dialogs = device.patcher.all().flatMap((box) => (box instanceof OpenDialog ? [box] : []));
  return dialogs.find(({ open }) => open);
}

/** Whether a window for a folder stands open. @param {HeadlessDevice} device */
export const asksForFolder = (device) => dialogOf(device) !== undefined;

/**
 * Picks a folder in the window that the device has opened.
 *
 * @param {HeadlessDevice} device
 * @param {string | null} path as Max writes it, with a slash at the end; null: Cancel
 */
export function pickFolder(device, path) {
  device.live.act(() => {
    const dialog = dialogOf(device);
    if (!dialog) throw new MaxError("ui", `"${device.name}" has asked for no folder`);
    device.live.max.scheduler.main(() => dialog.answer(path));
  });
}

/** The same of a window for a file, whether it is to be read or to be made. */
export const asksForFile = asksForFolder;
export const pickFile = pickFolder;

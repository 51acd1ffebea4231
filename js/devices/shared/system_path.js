/** What Max's dialogs tell of a file or folder, as the system has it. */

/**
 * @param {string} path as Max tells it: "C:/Drums/", "Macintosh HD:/Users/ada/Drums/"
 * @returns {string} as the system has it, without a slash at the end; every volume of a Mac lies in /Volumes, also the
 *   one it starts from
 */
export function systemPath(path) {
  const bare = path.length > 1 ? path.replace(/[/\\]+$/, "") : path;
  const [, volume, rest] = /^([^/\\:]{2,}):(.*)$/.exec(bare) ?? [];
  if (volume !== undefined) return `/Volumes/${volume}/${rest.replace(/^\/+/, "")}`.replace(/\/$/, "");
  return /^[A-Za-z]:$/.test(bare) ? `${bare}/` : bare;
}

/** @param {string} path @returns {string} what a folder or a file is called */
export const folderName = (path) =>
  path
    .split(/[/\\]/)
    .filter((part) => part !== "")
    .at(-1) ?? path;

/**
 * Where the engine listens, as its endpoint file says. The file holds the token, so what is read here goes into
 * session.hello and nowhere else.
 */

/**
 * @typedef {object} Endpoint
 * @property {number} port
 * @property {string} token
 * @property {number} pid  of the engine's process, 0 when the file does not say
 */

/**
 * @param {string | null | undefined} text  contents of endpoint.json
 * @returns {Endpoint | null} null for anything that is not a whole endpoint
 */
export function readEndpoint(text) {
  if (!text) return null;
  /** @type {any} */
  let value;
  try {
    value = JSON.parse(text);
  } catch {
    return null; // Being written, or not ours.
  }
  const { port, token, pid } = value ?? {};
  if (!Number.isInteger(port) || port < 1 || port > 65535) return null;
  if (typeof token !== "string" || token === "") return null;
  return { port, token, pid: Number.isInteger(pid) ? pid : 0 };
}

/**
 * Reads a whole text file with Max's File.
 *
 * @param {MaxFileClass | undefined} FileClass
 * @param {string} path
 * @param {number} [most]  characters
 * @returns {string | null} null when it cannot be read
 */
export function readFile(FileClass, path, most = 65_536) {
  if (!FileClass || !path) return null;
  try {
    const file = new FileClass(path, "read");
    if (!file.isopen) return null;
    try {
      return file.readstring(most);
    } finally {
      file.close();
    }
  } catch {
    return null;
  }
}

/**
 * Finds the engine from inside a device: `bandmate install` writes `bandmate.json` beside the device, and that says
 * where the endpoint file is.
 *
 * @param {MaxFileClass | undefined} FileClass
 * @param {string} devicePath  path of the device's own file, as Max's patcher.filepath gives it
 * @returns {Endpoint | null}
 */
export function endpointBeside(FileClass, devicePath) {
  const end = Math.max(devicePath.lastIndexOf("/"), devicePath.lastIndexOf("\\"));
  if (end < 0) return null;
  const note = readFile(FileClass, `${devicePath.slice(0, end)}/bandmate.json`);
  if (!note) return null;
  try {
    return readEndpoint(readFile(FileClass, String(JSON.parse(note).endpoint ?? "")));
  } catch {
    return null;
  }
}

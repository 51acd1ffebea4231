/**
 * Where the JavaScript side looks for files, and what it reads in them.
 *
 * In:  { places: [{ platform, home, env }], folder?, device? }
 * Out: { folders: [text], endpoint, launch, beside }: `endpoint` and `launch` as the Hub reads them in `folder`, `beside`
 *      as a device reads it that lies at `device`.
 */
import { dataFolder, endpointIn, launchIn } from "../../../js/hub/paths.js";
import { endpointBeside } from "../../../js/rpc/endpoint.js";
import { File } from "./max_stubs.js";
import { say, told } from "./talk.js";

const { places, folder, device } = told();

say({
  folders: places.map(dataFolder),
  endpoint: folder ? endpointIn(folder) : null,
  launch: folder ? launchIn(folder) : null,
  beside: device ? endpointBeside(/** @type {any} */ (File), device) : null,
});

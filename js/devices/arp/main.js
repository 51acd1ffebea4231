/**
 * Bandmate Arp, entry of its v8. Messages in: as part_entry.js, with the controls of presets/devices/arp.json. Messages out:
 * as face.js, and from outlet 3 the tables of what plays live, see tables.js. From the board of the Macros: steered.
 */
import { offerMessages, playPart } from "../maker/part_entry.js";
import { SAID } from "../shared/board.js";
import { ArpDevice } from "./device.js";
import { VALUES } from "./parameters.js";

playPart(
  "Arp",
  VALUES,
  (parts) => new ArpDevice(parts, (...values) => outlet(3, ...values)),
  (device) => ({ ...offerMessages(device), [SAID]: () => device.steeredAnew() }),
);

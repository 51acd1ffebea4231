/** Bandmate Bass, entry of its v8. Messages in: as part_entry.js, with the controls of presets/devices/bass.json. */
import { offerMessages, ownMessages, playPart } from "../maker/part_entry.js";
import { BassDevice } from "./device.js";
import { VALUES } from "./parameters.js";

playPart(
  "Bass",
  VALUES,
  (parts) => new BassDevice(parts),
  (device) => ({ ...ownMessages(device), ...offerMessages(device) }),
);

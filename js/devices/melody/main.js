/** Bandmate Melody, entry of its v8. Messages in: as part_entry.js, with the controls of presets/devices/melody.json. */
import { offerMessages, ownMessages, playPart } from "../maker/part_entry.js";
import { MelodyDevice } from "./device.js";
import { VALUES } from "./parameters.js";

playPart(
  "Melody",
  VALUES,
  (parts) => new MelodyDevice(parts),
  (device) => ({ ...ownMessages(device), ...offerMessages(device), go_on: () => device.goOn() }),
);

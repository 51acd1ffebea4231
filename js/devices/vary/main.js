/** Bandmate Vary, entry of its v8. Messages in: as part_entry.js, with the controls of presets/devices/vary.json. */
import { playPart } from "../maker/part_entry.js";
import { VaryDevice } from "./device.js";
import { VALUES } from "./parameters.js";

playPart(
  "Vary",
  VALUES,
  (parts) => new VaryDevice(parts),
  (device) => ({
    next: () => device.next(),
    previous: () => device.previous(),
    fill_slots: () => device.fillSlots(),
  }),
  "Vary",
);

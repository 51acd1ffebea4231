/** Bandmate Humanise, entry of its v8. Messages in: as part_entry.js, with the controls of presets/devices/humanise.json. */
import { playPart } from "../maker/part_entry.js";
import { HumaniseDevice } from "./device.js";
import { VALUES } from "./parameters.js";

playPart("Humanise", VALUES, (parts) => new HumaniseDevice(parts), undefined, "Humanise");

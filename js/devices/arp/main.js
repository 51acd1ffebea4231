/** Bandmate Arp, entry of its v8. Messages in: as part_entry.js, with the controls of presets/devices/arp.json. */
import { playPart } from "../maker/part_entry.js";
import { ArpDevice } from "./device.js";
import { VALUES } from "./parameters.js";

playPart("Arp", VALUES, (parts) => new ArpDevice(parts));

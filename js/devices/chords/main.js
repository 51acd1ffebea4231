/**
 * Bandmate Chords, entry of its v8.
 *
 * Messages in: start, enabled <0|1>, one selector per control (presets/devices/chords.json), own_text <words>, the buttons'
 * selectors, picture_press, and from the Hub opened, frame, dict, closed, hub. Messages out: see maker/face.js.
 */
import { play } from "../maker/entry.js";
import { offerMessages } from "../maker/part_entry.js";
import { ChordsDevice } from "./device.js";
import { VALUES } from "./parameters.js";

play(
  "Chords",
  VALUES,
  (parts) => new ChordsDevice(parts),
  (device) => ({ audition: () => device.audition(), ...offerMessages(device) }),
);

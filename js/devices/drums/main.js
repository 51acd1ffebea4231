/**
 * Bandmate Drums, entry of its v8. Messages in: as part_entry.js, with the controls of presets/devices/drums.json; lanes
 * <words>, sample_folder is <path>, folder <path> from Max's dialog, render; and from the picture lane_mute, lane_plain, lane_lock, lane_roll <role>, lane_density <role> <percent>.
 */
import { offerMessages, ownMessages, playPart } from "../maker/part_entry.js";
import { typed } from "../shared/edge.js";
import { DrumsDevice } from "./device.js";
import { VALUES } from "./parameters.js";

playPart(
  "Drums",
  VALUES,
  (parts) => new DrumsDevice(parts),
  (device) => ({
    ...ownMessages(device),
    ...offerMessages(device),
    lanes: (...words) => device.lanesText(typed(words)),
    sample_folder: (...words) => device.folderKept(words),
    folder: (...words) => device.folder(words.join(" ")),
    render: () => device.render(),
    lane_mute: (role) => device.mute(String(role)),
    lane_plain: (role) => device.plain(String(role)),
    lane_density: (role, percent) => device.thin(String(role), Number(percent)),
    lane_lock: (role) => device.lock(String(role)),
    lane_roll: (role) => device.reroll(String(role)),
  }),
);

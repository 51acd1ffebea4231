/** A Live in virtual time with a Hub that is ready, on which one Chords after the other is looked over. */
import { openStage } from "../../../js/headless/stage.js";
import { Inspection } from "./inspection.js";
import { BUILT, LiveSet, says } from "./play.js";
import { addMacros } from "./steering.js";
import { Wire } from "./wire.js";

/** Fast, so that little time has to pass until a take has been played. */
const TEMPO = 900;

/**
 * @param {string} home of an engine that runs
 * @param {{steered?: boolean}} [options] `steered`: a Macros is there, too
 * @returns {Promise<import("./inspect_chords.js").Ground & {close: () => Promise<void>}>}
 */
export async function openGround(home, { steered = false } = {}) {
  const set = LiveSet.empty({
    tempo: TEMPO,
    tracks: [{ kind: "midi", name: "House chords" }, { kind: "midi" }, { kind: "audio", name: "Break" }],
  });
  const { live, close } = await openStage({ home, set, time: "virtual", strict: false, unseen: true });
  const hub = await live.addDevice(BUILT.hub, { track: 1 });
  const wire = new Wire(hub);
  await new Inspection(live).wait(() => says(hub).includes("Engine ready"), "the Hub to find the engine");
  if (steered) await addMacros(live, 1);
  return { live, wire, close };
}

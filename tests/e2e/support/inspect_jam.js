/**
 * Looks over a Jam: every control, what it asks for, what it plays and freezes, and its switch. A device in order gives no
 * complaint; the cords of the patch are cut one after the other to see that each cut gives one. What happens in the patch
 * within it that plays, tests/e2e/jam_player.test.js looks over.
 */
import { SOUNDING } from "../../../js/devices/shared/sounding.js";
import { meets, passes, switchesLook } from "./inspect_link.js";
import { clearedOf, Inspection } from "./inspection.js";
import { diary, says } from "./play.js";
import { macrosOf, steeredWrongly } from "./steering.js";
import { missing, tableOf } from "./table.js";

/** @typedef {import("./inspect_chords.js").Ground} Ground */
/** @typedef {import("./inspect_chords.js").Case} Case */

const STORED = "i VI III VII";
const TYPED = "ii7 V7 Imaj7";
const SEED = 4321;
const MACROS = [
  "Density",
  "Complexity",
  "Tension",
  "Energy",
  "Brightness",
  "Swing",
  "Humanise",
  "Variation",
  "Surprise",
];
/** What a hand chooses, and what the engine should hear of it. */
const TURNED = /** @type {[string, string, string, string][]} */ ([
  ["Role", "Melody", "role", "melody"],
  ["Style", "Hip-Hop", "style", "hip_hop"],
  ["Key", "D", "key", "D"],
  ["Mode", "Dorian", "mode", "dorian"],
]);
/** Long enough for whatever a script does a little later, ms. */
const SOON = 60;
/** Time in which a Listen that comes is seen, ms. */
const LOOK = 1100;
/** Of beats at the tempo of the ground. */
const BAR = (4 * 60_000) / 900;

/**
 * @param {Ground} ground
 * @param {Uint8Array} bytes of the device
 * @param {import("../../../js/headless/index.js").AddOptions["mutate"]} [mutate] spoils it first
 * @param {import("./inspection.js").Enough} [enough] to stop at
 * @returns {Promise<string[]>} what is wrong with it
 */
export async function inspectJam({ live, wire }, bytes, mutate, enough) {
  const check = new Inspection(live, enough);
  const known = live.devices.length;
  try {
    return await check.run(async () => {
      const words = wire.words.length;
      const device = await live.addDevice(bytes, { track: 0, mutate, stored: { "Own Progression": [STORED] } });
      for (const name of missing("jam", device)) check.need(false, `${name}: is not there`);
      const { device: id = "" } = wire.words.slice(words).find(({ word }) => word === "open") ?? {};
      check.need(id, "start: it asks for no connection");
      const all = { live, wire, device, id, check };
      await comesUp(all);
      await switchesOff(all);
      await turnsKnobs(all);
      await follows(all);
      await steers(all);
      await plays(all);
    });
  } finally {
    live.set.edit(() => live.set.song.stop_playing());
    clearedOf(live, known);
    live.set.edit((set) => {
      for (const slot of set.tracks[0].clip_slots) if (slot.clip) slot.delete_clip();
      set.song.transport.moveTo(0);
    });
  }
}

/** What was asked for last, when all of it has been answered. @param {Case} all @returns {Promise<any>} */
async function settled({ live, wire, check, id }) {
  const last = () =>
    wire.requests.findLast(({ device, method }) => device === id && method.startsWith("compose.stream"));
  for (;;) {
    live.advance(SOON);
    const request = last();
    if (request === undefined) return undefined;
    await check.wait(() => wire.answerTo(request), `the answer to ${request.method}`);
    live.advance(SOON);
    if (last() === request) return request.params;
  }
}

/** From the drop to the first bars. @param {Case} all */
async function comesUp(all) {
  const { device, live, check } = all;
  await meets(all);
  const params = await settled(all);
  check.need(params?.macros, "start: it asks for no bars");
  check.expect(params.progression === STORED, `Own Progression: stored "${STORED}", asked for ${params.progression}`);
  const track = live.set.tracks[1].name;
  const { items } = device.parameter("Harmony");
  check.expect(items.includes(track), `Harmony: does not show the track "${track}" but ${items.slice(0, 6)}`);
  check.need(/start the song for Bass/.test(says(device)), `picture: it says "${says(device)}"`);
  passes(all);
}

/** @param {Case} all */
async function turnsKnobs(all) {
  const { device, check } = all;
  for (const [name, value] of TURNED) device.turn(name, value);
  for (const [at, name] of MACROS.entries()) device.turn(name, 11 + 9 * at);
  device.turn("Seed", SEED);
  device.type("Own Progression", TYPED);
  const params = await settled(all);
  for (const [name, value, field, wanted] of TURNED) {
    check.expect(params[field] === wanted, `${name}: is turned to ${value}, asked for ${params[field]}`);
  }
  for (const [at, name] of MACROS.entries()) {
    const found = params.macros[name.toLowerCase()];
    check.expect(found === 11 + 9 * at, `${name}: is turned to ${11 + 9 * at}, asked for ${found}`);
  }
  check.expect(params.seed === SEED, `Seed: ${SEED} was typed, the engine is asked for ${params.seed}`);
  check.expect(params.progression === TYPED, `Own Progression: typed "${TYPED}", asked for "${params.progression}"`);
  device.turn("Harmony", 1);
  check.expect(says(device).includes("Chords device"), `Harmony: is set to a Chords device; it says "${says(device)}"`);
  device.turn("Harmony", 0);
  device.press("Dice");
  const diced = (await settled(all)).seed;
  check.expect(diced !== SEED, "Dice: keeps the seed");
  const shown = device.parameter("Seed").value;
  check.expect(shown === diced, `Seed: ${diced} is used, ${shown} shown`);
  device.press("Seed Lock");
  device.press("Dice");
  check.expect(says(device).includes("locked"), `Seed Lock: is on, and Dice says "${says(device)}"`);
  device.turn("Role", "Bass");
  device.turn("Style", "Auto");
  for (const { long, initial } of tableOf("jam").parameters) if (MACROS.includes(long)) device.turn(long, initial);
  await settled(all);
}

/** What is loud on another track is asked for with more Energy. @param {Case} all */
async function follows(all) {
  const { live, device, check } = all;
  const [, , track] = live.set.tracks;
  const sounds = live.max.dicts.data(SOUNDING);
  check.need(sounds, "Follow: looks at no Dict");
  // As a Listen on that track tells it.
  Object.assign(/** @type {any} */ (sounds), { listen: [track.id, 1, 0.5] });
  live.advance(LOOK);
  const { items } = device.parameter("Follow");
  check.expect(items.includes(track.name), `Follow: does not show the track "${track.name}" but ${items.slice(0, 6)}`);
  device.turn("Follow", 2);
  const { energy } = (await settled(all)).macros;
  check.expect(energy === 75, `Follow: with a loud sound it asks for an Energy of ${energy}`);
  device.turn("Follow Amount", -100);
  const less = (await settled(all)).macros.energy;
  check.expect(less === 0, `Follow Amount: at -100 % it asks for an Energy of ${less}`);
  device.turn("Follow", 0);
  delete (/** @type {any} */ (sounds).listen);
  await settled(all);
}

/** The Macros of the Set steer it as far as it lets them, while the song stands, too. @param {Case} all */
async function steers(all) {
  const { live, device, check } = all;
  const macros = macrosOf(live);
  if (macros === undefined) return;
  // It stands where the inspection before has left it.
  const groove = Number(macros.parameter("Groove").value) > 25 ? 20 : 30;
  macros.turn("Groove", groove);
  const { steer } = await settled(all);
  check.expect(steer?.groove === groove / 100, `steered: Groove at ${groove} %, asked for ${JSON.stringify(steer)}`);
  device.turn("Macros", 50);
  const wrong = steeredWrongly(live, device, await settled(all));
  check.expect(wrong === "", wrong);
}

/** The song runs: it is heard, moves in the picture, and is kept. @param {Case} all */
async function plays({ live, device, check, wire, id }) {
  const since = device.midiOut.length;
  const { song } = live.set;
  live.set.edit(() => song.start_playing());
  const moved = () => device.box("picture").texts().join(" ");
  for (let bar = 0; bar < 3; bar++) {
    live.advance(BAR);
    // Whatever was asked is answered before the song goes on.
    const request = wire.requests.findLast(({ device: who, method }) => who === id && method === "compose.stream");
    await check.wait(() => wire.answerTo(request), "the bars to come");
  }
  check.expect(/Bar [234]/.test(moved()), `picture: shows no bar that plays, but "${moved()}"`);
  check.expect(says(device).includes("Plays"), `picture: it says "${says(device)}"`);
  live.set.edit(() => song.stop_playing());
  live.advance(SOON);
  const sent = device.midiOut.slice(since).map(({ bytes }) => bytes);
  check.need(sent.filter(([, , velocity]) => velocity > 0).length > 2, "notes: too few are heard");
  const clip = () => live.set.tracks[0].clip_slots[0].clip;
  device.press("Freeze");
  check.need(/Froze \d+ notes/.test(says(device)), `Freeze: it says "${says(device)}"`);
  check.need(clip(), "Freeze: makes no clip");
  const picture = device.box("picture");
  const [, , width, height] = /** @type {number[]} */ (picture.viewRect);
  // As soon as the engine has told that it is a take.
  picture.call("stars", [0]);
  const before = wire.requests.length;
  device.click("picture", width - 8, height - 6);
  const rated = wire.requests.slice(before).some(({ method }) => method === "taste.rate" || method === "taste.find");
  check.expect(rated, "picture: a press on a star asks nothing of the engine");
  device.press("Undo");
  check.expect(!clip(), "Undo: leaves the clip");
  device.press("Restore");
  check.expect(clip(), "Restore: does not bring the clip back");
}

/** The switch in the title bar. @param {Case} all */
async function switchesOff(all) {
  const { device, check } = all;
  const said = diary(device);
  switchesLook(all, ["Own Progression"]);
  await check.wait(() => /^ready/.test(said.at(-1) ?? ""), "the engine to be back");
}

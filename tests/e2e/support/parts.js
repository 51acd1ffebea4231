/** The devices for parts of a band, as far as their tests differ. */

import { hitAt } from "../../../js/ui/drumgrid.js";
import { answered, pressed } from "./inspect_part.js";
import { rendersSamples, STORED_KIT } from "./inspect_render.js";
import { says } from "./play.js";
import { macrosOf } from "./steering.js";

/** @typedef {import("./inspect_part.js").Part} Part */
/** @typedef {import("./inspect_part.js").Case} Case */

/** What the style decides where a menu says Auto. @param {string} id */
const numberOrStyle = (id) => (id === "auto" ? undefined : Number(id));

/** Into the middle of the name, the square and the dot of the lowest lane. @param {Case} all */
async function pressesLanes(all) {
  const { device, check } = all;
  device.type("Lanes", "");
  const { asked, result } = await pressed(all, "Generate");
  check.expect(asked.lanes === undefined, `Lanes: are empty, asked for ${JSON.stringify(asked.lanes)}`);
  const [{ role }] = result.lanes;
  // With little to say and no stars the foot is one line, and the grid stands as high as here.
  const bare = () => {
    device.box("picture").call("status", ["ready", "Ready"]);
    device.box("picture").call("stars", [-1]);
  };
  const click = (/** @type {Parameters<typeof device.click>} */ ...where) => {
    bare();
    device.click(...where);
  };
  const box = { x: 0, y: 0, width: 208, height: 144 };
  const grid = { length: 32, beatsPerBar: 4, label: "", notes: [], lanes: result.lanes };
  const y = Array.from({ length: 144 }, (_, at) => at).findLast((at) => {
    const hit = hitAt(box, grid, 10, at);
    return hit.kind === "name" && hit.role === role;
  });
  const at = /** @type {number} */ (y) - 3;
  const muted = await answered(all, "picture", () => click("picture", 10, at));
  check.expect(muted.asked.lanes?.[role]?.mute === true, `picture: a press on "${role}" does not mute it`);
  const shown = () => device.parameter("Lanes").value;
  check.expect(String(shown()) === `${role} mute`, `Lanes: ${role} is muted, they say "${shown()}"`);
  const plain = await answered(all, "picture", () => {
    bare();
    device.doubleClick("picture", 10, at);
  });
  check.expect(plain.asked.lanes === undefined, `picture: a double-click on "${role}" does not give it back`);
  const thinned = await answered(all, "picture", () => click("picture", 10, at, [[10, at - 20]]));
  check.expect(thinned.asked.lanes?.[role]?.density === 1.4, `picture: a drag on "${role}" does not make it denser`);
  device.type("Lanes", "");
  const rolled = await answered(all, "picture", () => click("picture", 63, at));
  check.expect(rolled.asked.lanes?.[role]?.reroll === 1, `picture: a press on the dot of "${role}" does not roll it`);
  click("picture", 53, at);
  check.expect(/ lock \d+$/.test(String(shown())), `picture: a press on the square of "${role}" does not lock it`);
  device.type("Lanes", "");
}

/** Continue adds to what is there, and a line is answered. @param {Case} all */
async function continues(all) {
  const { device, check, live } = all;
  const notes = () => /** @type {any} */ (live.set.tracks[0].clip_slots[0].clip).notes.length;
  const before = notes();
  const { asked, result } = await pressed(all, "Continue");
  check.expect(asked.before?.length === before, "Continue: does not say what comes before");
  check.expect(notes() === before + result.notes.length, "Continue: does not add to what is there");
  device.press("Undo");
  device.turn("Counter", 1);
  device.press("Generate");
  check.expect(/No line on that track/.test(says(device)), `Counter: names a track; it says "${says(device)}"`);
  device.turn("Counter", 0);
}

/** What is held is played, and goes on with Hold. @param {Case} all */
async function playsLive({ device, check, live, wire, id }) {
  const since = wire.requests.length;
  device.turn("Live", 1);
  live.advance(60);
  const asked = () =>
    wire.requests.slice(since).find((each) => each.device === id && each.method === "compose.arp_live");
  check.need(asked(), "Live: nothing is asked of the engine");
  await check.wait(() => wire.answerTo(asked()), "the tables");
  check.expect(says(device).includes("Live:"), `Live: it says "${says(device)}"`);
  /** How many notes begin within half a second. */
  const begin = () => {
    const before = device.midiOut.length;
    live.advance(500);
    return device.midiOut.slice(before).filter(({ bytes }) => bytes[0] === 0x90 && bytes[2] > 0).length;
  };
  device.midiIn([0x90, 60, 100]);
  check.expect(begin() > 2, "Live: what is held is not played");
  device.turn("Hold", 1);
  check.expect(says(device).includes("Hold:"), `Hold: it says "${says(device)}"`);
  device.midiIn([0x80, 60, 0]);
  check.expect(begin() > 2, "Hold: it ends with the key");
  device.turn("Hold", 0);
  check.expect(begin() === 0, "Hold: it does not let go");
  const macros = macrosOf(live);
  if (macros !== undefined) {
    const before = wire.requests.length;
    // It stands where the inspection before has left it.
    macros.turn("Groove", Number(macros.parameter("Groove").value) > 25 ? 20 : 30);
    live.advance(60);
    const anew = wire.requests.slice(before).find((each) => each.device === id && each.method === "compose.arp_live");
    check.expect(anew?.params.steer?.groove > 0, "steered: what plays does not follow Macros");
    if (anew) await check.wait(() => wire.answerTo(anew), "the steered tables");
  }
  device.turn("Live", 0);
}

/** Two bars of a line, in the clip one looks at. @param {import("../../../js/headless/index.js").LiveSet} set */
function clipToWorkOn(set) {
  const [slot] = set.tracks[0].clip_slots;
  slot.create_clip(8);
  const clip = /** @type {any} */ (slot.clip);
  const steps = [0, 2, 3, 5, 7, 5, 3, 2, 0, 3, 7, 10, 8, 7, 3, 2];
  const notes = steps.map((step, at) => ({ pitch: 57 + step, start_time: at / 2, duration: 0.4, velocity: 90 }));
  clip.add_new_notes({ notes });
  set.song.view.set_detail_clip(clip);
}

/** Through the variations and back, and all of them below. @param {Case} all */
async function steps(all) {
  const { device, check, live } = all;
  for (const [button, words] of [
    ["Next", "Variation 2 of 4"],
    ["Previous", "Variation 1 of 4"],
  ]) {
    device.press(button);
    check.expect(says(device).includes(words), `${button}: it says "${says(device)}"`);
  }
  device.press("Fill Slots");
  const below = live.set.tracks[0].clip_slots.slice(1, 4).filter(({ clip }) => clip);
  check.expect(below.length === 3, `Fill Slots: ${below.length} clips below`);
  for (const _ of below) device.press("Undo");
}

/** @type {Part[]} */
export const PARTS = [
  {
    id: "arp",
    method: "compose.arp",
    own: true,
    menus: ["Harmony"],
    hear: [60, 60],
    more: playsLive,
    wire: { octaves: numberOrStyle, gate: numberOrStyle },
  },
  { id: "bass", method: "compose.bass", own: true, styles: true, menus: ["Harmony"], hear: [60, 60], wire: {} },
  {
    id: "melody",
    method: "compose.melody",
    own: true,
    styles: true,
    menus: ["Harmony", "Counter"],
    hear: [60, 60],
    more: continues,
    wire: { phrase: Number },
  },
  {
    id: "drums",
    method: "compose.drums",
    own: false,
    styles: true,
    menus: [],
    hear: [150, 60],
    stored: { Lanes: ["clap mute"], ...STORED_KIT },
    first: ({ check }, { lanes }) => {
      check.expect(lanes?.clap?.mute === true, `Lanes: stored "clap mute", asked for ${JSON.stringify(lanes)}`);
    },
    more: async (all) => {
      await pressesLanes(all);
      await rendersSamples(all);
    },
    wire: { phrase: Number, density: (/** @type {number} */ percent) => percent / 100 },
  },
  {
    id: "humanise",
    method: "compose.humanise",
    own: false,
    action: "Humanise",
    done: /Played \d+ notes/,
    furnish: clipToWorkOn,
    menus: [],
    hear: [60, 60],
    wire: {},
  },
  {
    id: "vary",
    method: "compose.vary",
    own: false,
    action: "Vary",
    done: /Variation 1 of 4/,
    notes: ({ variations }) => variations[0].notes,
    furnish: clipToWorkOn,
    menus: [],
    hear: [60, 60],
    more: steps,
    wire: {},
  },
];

/** Taste devices of one Set, with an engine that answers when the test says so. */

import { Exploring } from "../../../../js/devices/shared/exploring.js";
import { TasteDevice } from "../../../../js/devices/taste/device.js";
import { Face } from "../../../../js/devices/taste/face.js";
import { handOn, stage } from "../../live/support/stage.js";
import { ManualClock, settled } from "../../rpc/support/clock.js";
import { FakeDict } from "../support/dict.js";
import { fakeEngine } from "../support/engine.js";
import { fakeScreen } from "../support/shown.js";

const SPEC = { name: "Bandmate Taste", className: "MxDeviceMidiEffect", type: 4 };

/** Longer than a device waits with a question after news, ms. */
const MOMENT = 400;

export const ME = { id: "me1", name: "Me", kind: "user", made: "2026-11-01T10:00:00Z", in_use: true };
export const ADA = { id: "ada1", name: "Ada", kind: "artist", made: "2026-11-02T10:00:00Z", in_use: false };
export const SNAPSHOT = { snapshot: 4, name: "Monday", why: "asked", rewards: 12, made: "2026-11-03T10:00:00Z" };

/** What the engine tells of a taste with some ratings. */
export const KNOWN = {
  "taste.status": { learning: true, words: "", profile: ME, takes: 30, rated: 14, bytes: 1 },
  "taste.profiles": { profiles: [ME, ADA] },
  "taste.snapshots": { snapshots: [SNAPSHOT] },
  "taste.why": {
    rated: 14,
    distribution: [1, 2, 3, 5, 3],
    likings: [{ name: "density", stars: -0.9, deviation: 0.3, words: "You prefer sparse basses under 100 BPM." }],
    trust: { count: 4, mse: 0.5, mae: 0.6, rank: 0.7, plain: 1.2 },
  },
  "taste.macro_map": {
    meanings: [
      { knob: "energy", roles: ["bass"], deviations: 3.4, words: "Energy on bass: busier, not louder" },
      { knob: "groove", roles: ["drums"], deviations: 1.9, words: "Groove on drums: looser" },
    ],
  },
};

export function desk() {
  const { set } = stage();
  const clock = new ManualClock();
  /** @type {TasteDevice[]} */ const devices = [];
  const exploring = new Exploring(/** @type {any} */ (new FakeDict()), (news) => {
    for (const device of devices) device.news(news);
  });
  /** @param {string} id @param {number} track */
  function add(id, track) {
    const screen = fakeScreen("learnt");
    const engine = fakeEngine();
    const { live } = handOn(set, set.addDevice(/** @type {any} */ (set.tracks[track]), SPEC));
    const device = new TasteDevice({
      id,
      exploring,
      live,
      clock: /** @type {any} */ (clock),
      face: new Face(screen.outside),
      connect: engine.connect,
    });
    devices.push(device);
    /** Answers all that is asked of the taste and not answered yet. @param {Record<string, any>} [told] */
    const tells = async (told = {}) => {
      clock.move(MOMENT);
      for (const asked of engine.asked.splice(0)) {
        const answer = { ...KNOWN, ...told }[asked.method];
        if (answer !== undefined) await asked.answer(answer);
      }
      await settled();
    };
    /** The device comes up, and knows its taste. @param {Record<string, any>} [told] */
    const comes = async (told) => {
      device.start();
      engine.become("ready", "Ready");
      await tells(told);
    };
    /** What a control was told last. @param {string} word of outlet 1 @param {string} message */
    const last = (word, message) =>
      screen.sent.findLast(([index, first, second]) => index === 1 && first === word && second === message)?.slice(3);
    /** @param {string} menu */
    const items = (menu) => last(menu, "_parameter_range");
    const button = () => last("act", "text")?.[0];
    /** @param {string} look */
    const able = (look) => screen.sent.findLast(([index, first]) => index === 1 && first === look)?.[2];
    const learnt = () => JSON.parse(JSON.parse(screen.json()).learnt);
    /** Chooses an action. @param {string} id of it */
    const action = (id) => {
      const all = ["snapshot", "roll_back", "new", "merge", "export", "import", "delete", "forget_all"];
      device.parameter("action", all.indexOf(id));
    };
    return { device, engine, tells, comes, last, learnt, action, items, button, able, ...screen };
  }
  return { set, clock, exploring, add };
}

/**
 * A device for one part of a band, pressed many times against a running engine: what it asks, what it hears, what it misses.
 *
 * In:  { device, method, pointer, rooms, rename?, drop? }; `device` is its folder below js/devices, the rest as in
 *      chords_device.mjs, without own texts of their own: a state may hold `own_text`, and `press` a button other than
 *      generate.
 * Out: { asked, presses, missed, faults }
 */
import { Face } from "../../../js/devices/maker/face.js";
import { maxClock } from "../../../js/rpc/clock.js";
import { createLink } from "../../../js/rpc/link.js";
import { VERSION } from "../../../js/rpc/version.js";
import { steeredBoard } from "../devices/support/desk.js";
import { fakeTasted } from "../devices/support/tasted.js";
import { addClip, show, stage } from "../live/support/stage.js";
import { MaxBus } from "../rpc/support/max_bus.js";
import { File, Task, tappedSocket } from "./max_stubs.js";
import { strict } from "./strict.js";
import { say, told } from "./talk.js";

const { device: name, pointer, rooms, rename, drop } = told();
const classes = await import(`../../../js/devices/${name}/device.js`);
const [Device] = /** @type {any[]} */ (Object.values(classes));

/** @type {any[]} */
const asked = [];
/** @type {any[]} */
const presses = [];
const missed = new Set();
/** @type {string[]} */
const faults = [];
process.on("unhandledRejection", (problem) => faults.push(String(problem)));

/** Requests on their way, by id. @type {Map<unknown, any>} */
const waiting = new Map();

const WebSocket = tappedSocket({
  out(text) {
    const message = JSON.parse(text);
    if (rename && message.method === rename[0] && rename[1] in message.params) {
      message.params[rename[2]] = message.params[rename[1]];
      delete message.params[rename[1]];
    }
    asked.push({ method: message.method, params: message.params, error: null });
    waiting.set(message.id, asked.at(-1));
    return JSON.stringify(message);
  },
  in(text) {
    const message = JSON.parse(text);
    const request = waiting.get(message.id);
    waiting.delete(message.id);
    if (request) request.error = message.error ?? null;
    if (drop && request?.method === drop[0] && message.result) {
      const [last, ...way] = drop.slice(1).reverse();
      delete way.reverse().reduce((at, member) => at[member], message.result)[last];
    }
    return JSON.stringify(message);
  },
});

/** The client as the device gets it, with answers that are watched. @param {any} link */
function watched(link) {
  const watch = (/** @type {string} */ method, /** @type {Promise<any>} */ done) =>
    done.then((result) => strict(result, (path) => missed.add(`${method}: ${path}`)));
  const client = {
    request(/** @type {string} */ method, /** @type {any} */ params, /** @type {any} */ options) {
      const request = link.client.request(method, params, options);
      return { ...request, done: watch(method, request.done) };
    },
    call: (/** @type {string} */ method, /** @type {any} */ params, /** @type {any} */ options) =>
      watch(method, link.client.call(method, params, options)),
    on: (/** @type {string} */ name, /** @type {any} */ listener) => link.client.on(name, listener),
  };
  return { client, start: () => link.start(), stop: () => link.stop(), receive: () => {} };
}

/** @param {() => unknown} condition @param {string} what */
async function until(condition, what) {
  const end = performance.now() + 60_000;
  while (!condition()) {
    if (performance.now() > end) throw new Error(`Never came: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}

/** @param {any} set @param {any[]} clips */
function furnish(set, clips) {
  for (const { track, slot, at, length, notes, shown, title } of clips) {
    const clip =
      at === undefined
        ? addClip(set, track, slot, length, notes)
        : set.edit(() => {
            const made = set.tracks[track].create_midi_clip(at, length);
            if (notes) made.add_new_notes({ notes });
            return made;
          });
    if (title) clip.name = title;
    if (shown) show(set, clip);
  }
}

/** @param {any} room */
async function play(room) {
  const { set, live } = stage(room.set);
  furnish(set, room.clips ?? []);
  const bus = new MaxBus();
  const clock = maxClock(/** @type {any} */ (Task));
  let light = "";
  let words = "";
  const face = new Face({
    outlet: (index, selector, ...values) => {
      if (index === 0 && selector === "status") [light, words] = /** @type {string[]} */ (values);
    },
    writeDict: () => "picture",
  });
  const max = {
    messnamed: bus.messnamed,
    Dict: /** @type {any} */ (bus.Dict),
    clock,
    WebSocket: /** @type {any} */ (WebSocket),
    File: /** @type {any} */ (File),
    filepath: () => pointer,
  };
  const about = { id: "d1", name, version: VERSION, live: "12.2.5", maxVersion: "920", max };
  const device = new Device({
    id: "d1",
    kind: name,
    board: steeredBoard(),
    exploring: { explore: () => 0.25 },
    tasted: fakeTasted(),
    live,
    clock,
    random: Math.random,
    face,
    connect: (/** @type {any} */ onState) => watched(createLink({ ...about, onState })),
  });
  device.start();
  await until(() => light === "ready", "the engine");
  await answered();
  for (const { own_text: text, press = "generate", ...state } of room.states) {
    for (const [selector, value] of Object.entries(state)) device.parameter(selector, Number(value));
    if (text !== undefined) device.ownText(text);
    await answered();
    device[press]();
    await answered();
    presses.push(words);
  }
  device.remove();
  waiting.clear();
}

/** Every request has its answer, and what follows from it is done. */
async function answered() {
  await until(() => waiting.size === 0, `the answer to ${[...waiting.values()].map(({ method }) => method)}`);
  for (let turn = 0; turn < 3; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

for (const room of rooms) await play(room).catch((problem) => faults.push(String(problem)));
say({ asked, presses, missed: [...missed], faults });

/**
 * Chords itself, pressed many times against a running engine: what it asks, what it hears, what it misses.
 *
 * In:  { pointer, rooms, rename?, drop? }; `pointer` is where the device file would lie, next to its bandmate.json.
 *      A room is { set, clips, states, own }: a Live Set, what lies in it, the states to press in (with
 *      `song`, properties of the Set that change before the press) and own texts to type. `rename` is
 *      ["compose.chords", "bars", "measures"]: a parameter the device is made to call by another name. `drop` is
 *      ["compose.chords", "resolved", "figures"]: a member that is taken out of each answer.
 * Out: { asked, presses, missed, faults }
 */
import { ChordsDevice } from "../../../js/devices/chords/device.js";
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

const { pointer, rooms, rename, drop } = told();

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
      delete way.reverse().reduce((at, name) => at[name], message.result)[last];
    }
    setImmediate(happened);
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
  };
  return { client, start: () => link.start(), stop: () => link.stop(), receive: () => {} };
}

/** Told of whatever happens, to look again. @type {(() => void)[]} */
let looking = [];
function happened() {
  const now = looking;
  looking = [];
  for (const look of now) look();
}

/** @param {() => unknown} condition @param {string} what */
async function until(condition, what) {
  const late = setTimeout(() => {
    faults.push(`Never came: ${what}`);
    say({ asked, presses, missed: [...missed], faults });
  }, 60_000);
  // What follows from the last message may come behind its wake-up: look again by itself, too.
  while (!condition()) {
    await new Promise((resolve) => {
      looking.push(() => resolve(undefined));
      setTimeout(resolve, 20);
    });
  }
  clearTimeout(late);
}

/** Every request has its answer, and what follows from it is done. */
async function answered() {
  await until(() => waiting.size === 0, `the answer to ${[...waiting.values()].map(({ method }) => method)}`);
  for (let turn = 0; turn < 3; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

/** @param {any} room */
async function play(room) {
  const { set, live } = stage(room.set);
  for (const { track, slot, at, length, notes, shown } of room.clips ?? []) {
    const clip =
      at === undefined
        ? addClip(set, track, slot, length, notes)
        : set.edit(() => set.tracks[track].create_midi_clip(at, length));
    if (shown) show(set, clip);
  }
  const bus = new MaxBus();
  const clock = maxClock(/** @type {any} */ (Task));
  let light = "";
  let words = "";
  /** @type {any[]} */
  let menu = [];
  const face = new Face({
    outlet: (index, selector, ...values) => {
      if (index === 0 && selector === "status") [light, words] = /** @type {string[]} */ (values);
      if (index === 1 && selector === "progressions") menu = values.slice(1);
      happened();
    },
    writeDict: () => "roll",
  });
  const device = new ChordsDevice({
    id: "d1",
    kind: "Chords",
    board: steeredBoard(),
    exploring: { explore: () => 0.25 },
    tasted: fakeTasted(),
    live,
    clock,
    random: Math.random,
    face,
    connect: (onState) =>
      /** @type {any} */ (
        watched(
          createLink({
            id: "d1",
            name: "Chords",
            version: VERSION,
            live: "12.2.5",
            maxVersion: "920",
            max: {
              messnamed: bus.messnamed,
              Dict: /** @type {any} */ (bus.Dict),
              clock,
              WebSocket: /** @type {any} */ (WebSocket),
              File: /** @type {any} */ (File),
              filepath: () => pointer,
            },
            onState,
          }),
        )
      ),
  });
  device.start();
  await until(() => light === "ready" && menu.length > 0, "the engine and the menu");
  for (const { song, ...state } of room.states ?? []) {
    for (const [property, value] of Object.entries(song ?? {})) live.set("live_set", property, value);
    for (const [selector, value] of Object.entries(state)) device.parameter(selector, Number(value));
    await press();
  }
  for (const text of room.own ?? []) {
    device.ownText(text);
    await answered();
    presses.push({ words, menu });
    await press();
  }
  device.remove();
  // A question that the menu's timer asked a moment ago leaves with the device: its socket is closed, no answer comes.
  waiting.clear();

  async function press() {
    device.generate();
    await answered();
    presses.push({ words, menu });
  }
}

for (const room of rooms) await play(room).catch((problem) => faults.push(String(problem)));
say({ asked, presses, missed: [...missed], faults });

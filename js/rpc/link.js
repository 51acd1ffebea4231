/**
 * All that a device needs to talk with the engine, in one object:
 *
 *   const link = createLink({ id, name: "Chords", version, max: { messnamed, Dict, clock, ... }, onState });
 *   link.start();                                   // after live.thisdevice
 *   function opened(...v) { link.receive("opened", v); }   // likewise frame, dict, closed, hub
 *   await link.client.call("compose.chords", {...}, { idempotent: true });
 *   link.stop();                                    // in notifydeleted
 */

import { ChosenTransport } from "./chooser.js";
import { Client } from "./client.js";
import { endpointBeside } from "./endpoint.js";
import { HubTransport, TO_HUB } from "./hub.js";
import { DictWriter } from "./pieces.js";
import { seededRandom, seedOf } from "./random.js";

/** @typedef {import("./clock.js").Clock} Clock */

/**
 * The parts of Max a link uses.
 *
 * @typedef {object} LinkMax
 * @property {(receiver: string, ...values: any[]) => void} messnamed
 * @property {typeof Dict} Dict
 * @property {Clock} clock
 * @property {WebSocketClass} [WebSocket]  Max 9.2 and later
 * @property {MaxFileClass} [File]
 * @property {() => string} [filepath]  of the device's file; without it only the Hub's way is used
 */

/**
 * @typedef {object} LinkState
 * @property {"off" | "away" | "busy" | "ready"} light  for the status dot
 * @property {string} words
 */

/**
 * @param {object} options
 * @param {string} options.id    unique in Max, begins with a letter (`uniqueId("d")`)
 * @param {string} options.name  of the device, for the engine's log
 * @param {string} options.version
 * @param {string} [options.live]  Live's version
 * @param {string} [options.maxVersion]
 * @param {LinkMax} options.max
 * @param {(state: LinkState) => void} [options.onState]
 */
export function createLink({ id, name, version, live, maxVersion, max, onState = () => {} }) {
  /** @type {import("./client.js").ClientInfo} */
  const info = { kind: "device", name, version };
  if (live) info.live = live;
  if (maxVersion) info.max = maxVersion;
  const texts = new DictWriter(max.Dict, `bandmate.text.${id}`);
  /** @type {ChosenTransport | null} */
  let transport = null;

  const hub = () =>
    new HubTransport({
      id,
      info,
      send: (...values) => max.messnamed(TO_HUB, ...values),
      DictClass: max.Dict,
      texts,
      clock: max.clock,
    });

  const client = new Client({
    clock: max.clock,
    random: seededRandom(seedOf(id)),
    info,
    onState: (state) => onState(toLight(state)),
    connect() {
      transport = new ChosenTransport({
        WebSocket: max.WebSocket,
        endpoint: () => endpointBeside(max.File, max.filepath?.() ?? ""),
        hub,
      });
      return transport;
    },
  });

  return {
    client,

    /** Which way the present connection goes: "websocket", "hub" or "none". */
    get way() {
      return transport?.way ?? "none";
    },

    start() {
      client.start();
    },

    /**
     * Takes one message of `bandmate.res`.
     *
     * @param {string} selector  opened, frame, dict, closed or hub
     * @param {(string | number)[]} values
     */
    receive(selector, values) {
      transport?.receive(selector, values);
      // A Hub has something to say: no need to wait out the back-off.
      if (selector === "hub") client.nudge();
    },

    /** Ends the connection and lets go of everything in Max; `start` may be called again. */
    stop() {
      client.stop();
      texts.free();
    },
  };
}

/** @typedef {ReturnType<typeof createLink>} Link */

/**
 * @param {import("./client.js").State} state
 * @returns {LinkState}
 */
function toLight({ name, words }) {
  if (name === "ready") return { light: "ready", words };
  return { light: name === "off" ? "off" : "away", words };
}

/** A Max with several Hubs and devices in it: one bus, one thread, one clock that the test moves. */
import { Hub } from "../../../../js/hub/hub.js";
import { FROM_HUB, TO_HUB } from "../../../../js/rpc/hub.js";
import { createLink } from "../../../../js/rpc/link.js";
import { seededRandom } from "../../../../js/rpc/random.js";
import { ManualClock } from "../../rpc/support/clock.js";
import { MaxBus } from "../../rpc/support/max_bus.js";

/** LiveAPI, as far as the Hub's own questions go. */
export class FakeLiveAPI {
  static made = 0;
  id = 1;
  constructor(_callback, path) {
    FakeLiveAPI.made += 1;
    this.path = path;
  }
  goto(path) {
    this.path = path;
  }
  get(property) {
    return {
      tempo: [123],
      signature_numerator: [4],
      signature_denominator: [4],
      root_note: [2],
      scale_name: ["Minor"],
      scale_mode: [1],
      is_playing: [0],
      current_song_time: [0],
    }[property];
  }
  call(name) {
    return name === "get_version_string" ? "12.3.5" : null;
  }
}

/** One clock per object, as maxClock is, on the common time: stopping one must not stop the others. */
class OwnClock {
  #handles = new Set();
  constructor(clock) {
    this.clock = clock;
    this.now = clock.now;
  }
  after = (ms, fn) => {
    const handle = this.clock.after(ms, () => {
      this.#handles.delete(handle);
      fn();
    });
    this.#handles.add(handle);
    return handle;
  };
  cancel = (handle) => {
    this.#handles.delete(handle);
    this.clock.cancel(handle);
  };
  stop = () => {
    for (const handle of this.#handles) this.clock.cancel(handle);
    this.#handles.clear();
  };
  get pending() {
    return this.#handles.size;
  }
}

export class FakeMax {
  bus = new MaxBus();
  clock = new ManualClock();
  /** Hubs whose node.script runs. */
  running = new Set();

  /** Drops a Hub: its patch, with a node.script that this test plays (`engine` says whether it has an engine). */
  addHub(id, { engine = "ready", works = true } = {}) {
    const clock = new OwnClock(this.clock);
    const panel = [];
    const script = { sent: [], starts: 0, works, engine };
    const hub = new Hub(id, {
      outlet: (index, ...values) => {
        this.bus.check(values);
        if (index === 1) panel.push(values);
        else this.#toScript(hub, script, values);
      },
      messnamed: this.bus.messnamed,
      Dict: this.bus.Dict,
      clock,
      random: seededRandom(1),
      LiveAPI: FakeLiveAPI,
      maxVersion: "912",
    });
    const leave = this.bus.receive(TO_HUB, (what, device, ...rest) => hub.device(what, device, rest));
    return {
      hub,
      panel,
      script,
      clock,
      /** The light and words a person sees. */
      get status() {
        return panel.findLast(([selector]) => selector === "status")?.slice(1) ?? [];
      },
      /** As Max deletes a device: notifydeleted first, then its receive objects go. */
      remove: () => {
        hub.deleted();
        leave();
        this.running.delete(hub);
      },
      /** As if the device vanished without a word. */
      vanish: () => {
        clock.stop();
        leave();
        this.running.delete(hub);
      },
      /** node.script's process ends. */
      crash: () => {
        this.running.delete(hub);
        hub.life("terminated", "success");
      },
    };
  }

  #toScript(hub, script, values) {
    if (values[0] === "script") {
      if (values[1] === "start") {
        script.starts += 1;
        if (!script.works || this.running.has(hub)) return;
        this.running.add(hub);
        hub.life("start", "success");
        hub.awake();
        hub.engine(JSON.stringify({ engine: script.engine, words: "Engine ready", version: "0.1.0" }));
      } else {
        this.running.delete(hub);
      }
      return;
    }
    if (!this.running.has(hub)) return;
    script.sent.push(values);
    const [selector, what, id, text] = values;
    if (selector !== "device" || script.engine !== "ready") return;
    if (what === "open") hub.toDevice(id, "opened", []);
    if (what === "frame") {
      const message = JSON.parse(text);
      const by = `${message.method} by ${hub.id}`;
      if (message.method === "test.silence") return;
      hub.toDevice(id, "frame", [JSON.stringify({ jsonrpc: "2.0", id: message.id, result: by })]);
    }
  }

  /** Drops a device with the real link of js/rpc. */
  addDevice(id) {
    const clock = new OwnClock(this.clock);
    const states = [];
    const link = createLink({
      id,
      name: "Chords",
      version: "0.1.0",
      max: { messnamed: this.bus.messnamed, Dict: this.bus.Dict, clock },
      onState: (state) => states.push(state),
    });
    const leave = this.bus.receive(FROM_HUB, (selector, ...values) => link.receive(selector, values));
    link.start();
    return {
      link,
      states,
      clock,
      call: (method) => link.client.call(method),
      get status() {
        return states.at(-1);
      },
      remove: () => {
        link.stop();
        leave();
      },
    };
  }
}

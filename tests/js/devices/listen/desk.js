/** Listen on a headless Set, with an engine that answers when the test says so and a clock moved by hand. */
import { ListenDevice } from "../../../../js/devices/listen/device.js";
import { Face } from "../../../../js/devices/listen/face.js";
import { Meter } from "../../../../js/devices/listen/meter.js";
import { Sounding } from "../../../../js/devices/shared/sounding.js";
import { LiveSet } from "../../../../js/headless/live/set.js";
import { handOn } from "../../live/support/stage.js";
import { ManualClock, settled } from "../../rpc/support/clock.js";
import { FakeDict } from "../support/dict.js";
import { fakeEngine } from "../support/engine.js";
import { fakeScreen } from "../support/shown.js";

export { settled };

const LISTEN = { name: "Bandmate Listen", className: "MxDeviceAudioEffect", type: 2 };

/** What hear.analyze answers of a drum and bass loop in A minor. */
export function analysis(changes = {}) {
  return {
    bpm: 174,
    key: "8A",
    key_notation: "Am",
    energy: 8,
    loudness_db: -9.3,
    corrected: false,
    rhythm: {
      tempo: {
        confidence: 0.9,
        candidates: [
          { bpm: 174, confidence: 0.9 },
          { bpm: 87, confidence: 0.1 },
        ],
        words: "",
      },
      downbeats: [0],
    },
    key_detail: {
      key: "A minor",
      camelot: "8A",
      tonic: 9,
      mode: "minor",
      confidence: 0.8,
      second: { key: "C major", camelot: "8B", confidence: 0.1 },
      ambiguity: "C major has the same notes",
      words: "",
    },
    loudness: { true_peak_db: -0.4 },
    energy_detail: { per_bar: [5, 6, 8, 8] },
    sections: [
      { start: 0, end: 4, label: "intro", energy: 4, confidence: 1 },
      { start: 4, end: 12, label: "drop", energy: 9, confidence: 0.9 },
      { start: 12, end: 16, label: "part", energy: 6, confidence: 0.2 },
    ],
    forensics: { findings: [] },
    quality: { score: 97 },
    ...changes,
  };
}

/** @param {any} [options] of the Set */
export function desk(options = {}) {
  const set = LiveSet.empty({ tracks: [{ kind: "audio", name: "Break" }, { kind: "midi" }], scenes: 3, ...options });
  const device = set.addDevice(/** @type {any} */ (set.tracks[0]), LISTEN);
  const hand = handOn(set, device);
  const clock = new ManualClock();
  const engine = fakeEngine();
  const { sent, outside, json, ...shown } = fakeScreen("heard");
  const face = new Face(outside);
  const shared = new FakeDict();
  const sounding = new Sounding(shared);
  const order = (/** @type {(string|number)[]} */ ...values) => face.tape(...values);
  const meter = new Meter({ id: "d1", live: hand.live, sounding, order });
  const listen = new ListenDevice({
    id: "d1",
    live: hand.live,
    clock: /** @type {any} */ (clock),
    face,
    meter,
    connect: engine.connect,
  });
  return {
    ...hand,
    set,
    clock,
    engine,
    device,
    sent,
    listen,
    meter,
    sounding,
    shared,
    ...shown,
    figures: () => JSON.parse(JSON.parse(json() || '{"figures":"null"}').figures),
    /** @param {number} index */
    from: (index) => sent.filter(([outlet]) => outlet === index).map((each) => each.slice(1)),
    /** Time runs for the device and for the Set. @param {number} ms */
    async pass(ms) {
      for (let left = ms; left > 0; left -= 10) {
        set.tick();
        clock.move(Math.min(10, left));
        // Live's notifications come with the next turn.
        await new Promise((next) => setImmediate(next));
      }
    },
  };
}

/** @param {any} [options] */
export function ready(options) {
  const on = desk(options);
  on.listen.start();
  on.engine.become("ready", "Ready");
  return on;
}

/** A file of 16 seconds, which no disk has to hold. */
export const FILE = { filePath: "/music/Break.wav", sampleLength: 16 * 44_100, sampleRate: 44_100 };

/**
 * An audio clip in Detail View; in the session grid unless the spec says where it starts in the Arrangement.
 *
 * @param {ReturnType<typeof desk>} on
 * @param {any} [spec]
 */
export function pointAt(on, spec = {}) {
  const clip = on.set.addAudioClip(0, { ...FILE, ...spec });
  on.set.edit(() => {
    if (spec.name !== undefined) clip.name = spec.name;
    on.set.song.view.set_detail_clip(clip);
  });
  return clip;
}

/** Presses Listen on a clip and answers. @param {ReturnType<typeof desk>} on @param {any} [spec] @param {any} [changes] */
export async function heard(on, spec, changes) {
  const clip = pointAt(on, spec);
  on.listen.listen();
  await on.engine
    .of("hear.analyze")
    .at(-1)
    ?.answer({ job: null, analysis: analysis(changes) });
  return clip;
}

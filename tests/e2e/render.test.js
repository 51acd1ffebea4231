/** A Set rendered offline: built devices with the real engine, faster than real time and the same each time. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { heardNotes } from "../../js/headless/heard_notes.js";
import { HeadlessLive, LiveSet } from "../../js/headless/index.js";
import { Export, rendered } from "../../js/headless/offline/render.js";
import { BUILT, openStage } from "../../js/headless/stage.js";
import { readMidi } from "../js/headless/offline/midi_reader.js";
import { sharedEngine } from "./support/engine.js";
import { Inspection } from "./support/inspection.js";
import { says } from "./support/play.js";

const BEATS = 6;
/** Song time at which the devices are loaded, ms: late enough for the slowest Hub. */
const LOADED = 10_000;

describe("a rendered Set", { concurrency: 1, timeout: 600_000 }, () => {
  const engine = sharedEngine();

  /** An Arp that plays a held chord while lanes move it, from opening the Set to the file. @param {number} [seed] */
  async function render(seed = 1) {
    const set = LiveSet.empty({ tempo: 174, tracks: ["Hub", "Lead"].map((name) => ({ kind: "midi", name })) });
    const { live, close } = await openStage({ home: engine.home, set, time: "virtual" });
    try {
      const hub = await live.addDevice(BUILT.hub, { track: 0 });
      await new Inspection(live).wait(() => says(hub).includes("Engine ready"), "the Hub to find the engine");
      live.advance(LOADED - live.max.scheduler.now());
      const play = new Export(live, { seed });
      const device = await live.addDevice(BUILT.arp, { track: 1, stored: { Live: 1, Seed: 1 } });
      await play.until(() => says(device).includes("Live:"), { what: "the tables" });
      device.automate("Swing", [
        [0, 0],
        [BEATS, 100],
      ]);
      device.automate("Density", [
        [0, 100],
        [4, 100],
        [4, 60],
      ]);
      device.midiIn([60, 64, 67].map((pitch) => [0x90, pitch, 100]));
      live.act(() =>
        set.automation.draw(set.song.tempoParameter, [
          [0, 174],
          [4, 120],
        ]),
      );
      const take = await rendered(live, play, { beats: BEATS });
      const asked = play.took.length;
      play.end();
      return { midi: take.midi(), take, asked };
    } finally {
      await close();
    }
  }

  it("is the same twice, byte for byte, whenever the engine answers; other lateness is another render", async () => {
    const first = await render();
    const again = await render();
    assert.ok(first.asked > 10, `the engine was asked ${first.asked} times`);
    assert.equal(again.midi.toString("hex"), first.midi.toString("hex"));
    assert.notEqual((await render(2)).midi.toString("hex"), first.midi.toString("hex"));
    const { tracks } = readMidi(first.midi);
    assert.equal(tracks.length, 2);
    const [, { sent }] = first.take.parts;
    assert.ok(heardNotes(sent).length > 10, `${heardNotes(sent).length} notes`);
  });
});

it("a render says when the engine is gone", async () => {
  const live = await HeadlessLive.open({ time: "virtual" });
  try {
    const play = new Export(live, { patience: 20 });
    const channel = {};
    live.max.outside.goes(channel, { kind: "message", data: '{"id": 1, "method": "compose.stream"}' });
    await assert.rejects(play.pass(500), /has not answered compose\.stream in 20 ms/u);
    live.max.outside.comes(channel, { kind: "close" }, () => {});
    await assert.rejects(play.pass(500), /went away before it answered compose\.stream/u);
  } finally {
    await live.close();
  }
});

/** A Jam that plays along with chords, for its picture. */
import { LiveSet } from "./live/set.js";
import { Export } from "./offline/render.js";
import { BUILT, openStage, words } from "./stage.js";

/** Where the song stands in the picture, beats. */
const BEAT = 10.4;
/** Knobs that are off their middle. */
const TURNED = { Density: 62, Energy: 71, Brightness: 58, Surprise: 18 };
/** Song time that loading may take, ms. */
const LOADED = 10_000;

/** @param {number} seed @param {(device: import("./device.js").HeadlessDevice, name: string) => Promise<void>} draw */
export async function jamPicture(seed, draw) {
  const tracks = ["Hub", "Arp"].map((name) => ({ kind: /** @type {const} */ ("midi"), name }));
  const set = LiveSet.empty({ tempo: 122, scale: { root: 2, name: "Minor" }, tracks });
  const { live, close } = await openStage({ set, time: "virtual" });
  try {
    const hub = await live.addDevice(BUILT.hub, { track: 0 });
    for (live.settle(); !words(hub).includes("Engine ready"); live.settle()) await live.max.outside.next(LOADED);
    const play = new Export(live, { speed: 1 });
    const device = await live.addDevice(BUILT.jam, { track: 1 });
    device.turn("Role", "Arp");
    device.turn("Style", "Synthwave");
    device.turn("Seed", seed);
    for (const [name, value] of Object.entries(TURNED)) device.turn(name, value);
    await play.until(() => words(device).includes("start the song for Arp"), { what: "the first bars" });
    live.act(() => set.song.start_playing());
    await play.pass((BEAT * 60_000) / set.song.tempo);
    await draw(device, "jam");
    live.act(() => set.song.stop_playing());
    play.end();
  } finally {
    await close();
  }
}

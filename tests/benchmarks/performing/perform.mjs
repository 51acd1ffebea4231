/**
 * Lets the band of band.js play, for `python -m tests.benchmarks perform` and the tests. One of three plays:
 *
 *   play     --home H --out FILE  plays at the pace of the wall or faster, then jumps about; writes what was heard, and told
 *   render   --home H --out FILE  renders the Set offline; writes a Standard MIDI File
 *   recover  plays with an engine that the Hub started, kills it and waits until every part hears from the next one
 *
 * For all of them: --parts 8 --bars 217 --pace 1 --locates 125. A pace of 0 is the song's own: nothing hangs on how busy
 * this computer is. On standard output words of a play that begins or ends
 * ("begins", "ends") for whoever measures the engine, and at last one JSON object.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { hanging, heardNotes } from "../../../js/headless/heard_notes.js";
import { BUSY } from "../../../js/headless/index.js";
import { seeded } from "../../../js/headless/max/scheduler.js";
import { Export, rendered } from "../../../js/headless/offline/render.js";
import { Take } from "../../../js/headless/offline/take.js";
import { words } from "../../../js/headless/stage.js";
import { BEATS, openHall, paced, seated, TEMPO, Watch } from "./band.js";

/** @typedef {import("../../../js/headless/heard_notes.js").HeardNote} HeardNote */
/** @typedef {import("../../../js/headless/index.js").HeadlessDevice} HeadlessDevice */
/** @typedef {{parts: number, bars: number, pace: number, locates: number, home: string, out: string}} Given */

/** What is told before the song begins is told here, beats. */
const BEFORE = -1000;
/** How long the players may take to get ready, ms on the wall. */
const PATIENCE = 120_000;
/** Song time before the first note: all have asked for their first bars, ms. */
const TUNING = 2000;
/** Song time at which the players of a render take their places, ms. */
const SEATED = 10_000;
/** A bar of the song, ms. */
const BAR = (BEATS * 60_000) / TEMPO;
const SIXTEENTH = 0.25;
/** Notes of two plays are the same when they lie no further apart: half a row of the player's tables and its jitter, beats. */
const SAME = 0.02;

/** @param {string} word */
const say = (word) => process.stdout.write(`${word}\n`);

/** @param {readonly HeadlessDevice[]} jams */
const ready = (jams) => jams.every((jam) => words(jam).includes("Ready"));

/** @param {Given} given */
async function opened(given) {
  const hall = await openHall({ parts: given.parts, ...(given.home ? { home: given.home } : {}) });
  const { live } = hall;
  // In the song's own time answers take as long as they do on a computer with nothing else to do, whatever this one does.
  const play = given.pace > 0 ? null : new Export(live, { speed: 1 });
  const { transport } = live.set.song;
  const watched = new Watch(live.max.outside, () => (transport.playing ? transport.elapsed : BEFORE));
  const pass = play ? (/** @type {number} */ ms) => play.pass(ms) : paced(live, given.pace);
  const jams = await seated(live, { parts: given.parts, beats: given.bars * BEATS });
  await comeTo(pass, () => ready(jams));
  await pass(TUNING);
  live.max.scheduler.jitter = BUSY;
  return { ...hall, watched, jams, pass };
}

/** Song time passes until something is so. @param {(ms: number) => Promise<void>} pass @param {() => boolean} look */
async function comeTo(pass, look) {
  const begin = performance.now();
  while (!look()) {
    if (performance.now() - begin > PATIENCE) throw new Error("the players do not get ready");
    await pass(20);
  }
}

/** @param {HeadlessDevice} jam @param {number} since */
const notesOf = (jam, since) => heardNotes(jam.midiOut.slice(since));

/** @param {Given} given */
async function play(given) {
  const { live, jams, watched, pass, close } = await opened(given);
  try {
    const { song } = live.set;
    const run = live.set.song.transport.elapsed;
    const first = watched.took.length;
    say("begins");
    live.act(() => song.start_playing());
    await pass(given.bars * BAR - 1);
    say("ends");
    const asked = watched.took.slice(first).filter(({ method }) => method === "compose.stream");
    // A bar may be told again and again: whoever scores has to know from where on which of them was in force.
    const told = watched.bars.flatMap(({ seed, asked, at, bar }) =>
      at === null ? [] : [{ part: seed - 1, told: { asked, at: at - run, bar } }],
    );
    const heard = jams.map((jam) => notesOf(jam, 0));
    const locates = await locate(given, live, jams, heard, pass);
    const ended = jams.map((jam, part) => notesOf(jam, 0).slice(0, heard[part].length));
    const parts = ended.map((notes, part) => ({
      notes: notes.map(({ run: beat, pitch, velocity, on, off }) => ({
        ...{ beat: beat - run, pitch, velocity },
        ms: Number.isFinite(off) ? off - on : null,
      })),
      told: told.filter((each) => each.part === part).map((each) => each.told),
    }));
    writeFileSync(given.out, JSON.stringify({ tempo: TEMPO, beats: given.bars * BEATS, parts }));
    return {
      ...locates,
      hanging: jams.reduce((sum, jam) => sum + hanging(notesOf(jam, 0)).length, 0),
      asked: asked.map(({ ms }) => Number(ms.toFixed(3))),
      alone: asked.map(({ alone }) => Number(alone.toFixed(3))),
      music_s: (given.bars * BAR) / 1000,
      errors: live.errors.map(String),
    };
  } finally {
    await close();
  }
}

/**
 * Jumps somewhere while the song plays and goes on to the end of that bar, again and again: what is heard there must be what
 * was heard when the song came there by itself.
 *
 * @param {Given} given
 * @param {import("../../../js/headless/index.js").HeadlessLive} live
 * @param {HeadlessDevice[]} jams
 * @param {HeardNote[][]} heard by part
 * @param {(ms: number) => Promise<void>} pass
 */
async function locate({ bars, locates }, live, jams, heard, pass) {
  const { song } = live.set;
  const random = seeded(7);
  let [mismatches, examples] = [0, /** @type {string[]} */ ([])];
  for (let jump = 0; jump < locates; jump++) {
    const bar = 1 + Math.floor(random() * (bars - 2));
    const inside = Math.floor(random() * 12) * SIXTEENTH;
    const [place, end] = [bar * BEATS + inside, (bar + 1) * BEATS];
    const since = jams.map((jam) => jam.midiOut.length);
    live.act(() => song.transport.moveTo(place));
    await pass(((end - place) * 60_000) / TEMPO - 1);
    for (const [part, jam] of jams.entries()) {
      const between = (/** @type {HeardNote[]} */ notes) =>
        // Up to the first sixteenth who comes in from elsewhere strikes what sounds on from before.
        notes.filter(({ beat }) => beat > place + 1.5 * SIXTEENTH && beat < end - SAME);
      const [now, then] = [between(notesOf(jam, since[part])), between(heard[part])];
      if (alike(now, then)) continue;
      mismatches += 1;
      examples.push(`part ${part} at beat ${place}: ${told(now)} instead of ${told(then)}`);
    }
  }
  live.act(() => song.stop_playing());
  await pass(1000);
  return { locates: locates * jams.length, locate_mismatches: mismatches, mismatches: examples.slice(0, 5) };
}

/** @param {HeardNote[]} notes */
const told = (notes) => notes.map(({ beat, pitch, velocity }) => `${beat.toFixed(2)}:${pitch}/${velocity}`).join(" ");

/** @param {HeardNote[]} one @param {HeardNote[]} other */
function alike(one, other) {
  const rest = [...other];
  for (const { pitch, velocity, beat } of one) {
    const at = rest.findIndex(
      (note) => note.pitch === pitch && note.velocity === velocity && Math.abs(note.beat - beat) <= SAME,
    );
    if (at < 0) return false;
    rest.splice(at, 1);
  }
  return rest.length === 0;
}

/** @param {Given} given */
async function render(given) {
  const { live, close } = await openHall(given);
  try {
    live.advance(SEATED - live.max.scheduler.now());
    const begun = performance.now();
    const play = new Export(live);
    const jams = await seated(live, { parts: given.parts, beats: given.bars * BEATS });
    await play.until(() => ready(jams), { what: "the players to be ready" });
    await play.pass(TUNING);
    const take = await rendered(live, play, { beats: given.bars * BEATS });
    play.end();
    writeFileSync(given.out, take.midi());
    return {
      faster: (given.bars * BAR) / (performance.now() - begun),
      notes: jams.reduce((sum, jam) => sum + notesOf(jam, 0).length, 0),
      hanging: jams.reduce((sum, jam) => sum + hanging(notesOf(jam, 0)).length, 0),
    };
  } finally {
    await close();
  }
}

/** @param {Given} given */
async function recover(given) {
  const { live, jams, watched, home, pass, close } = await opened({ ...given, home: "", pace: 1 });
  try {
    const engine = () => {
      try {
        return JSON.parse(readFileSync(join(home, "endpoint.json"), "utf8")).pid;
      } catch {
        return 0;
      }
    };
    const take = new Take(live);
    live.act(() => live.set.song.start_playing());
    await pass(4 * BAR);
    const [old, killed] = [engine(), performance.now()];
    process.kill(old, "SIGKILL");
    let [back, all] = [0, 0];
    while (all === 0 && performance.now() - killed < 60_000) {
      await pass(10);
      if (back === 0 && ![0, old].includes(engine())) back = performance.now();
      if ([...watched.answered.values()].filter((at) => back > 0 && at > back).length >= jams.length) {
        all = Math.max(...watched.answered.values());
      }
    }
    // On a busy computer the song is slower than the clock on the wall.
    const away = Math.floor(live.set.song.current_song_time / BEATS) - 4;
    await pass(2 * BAR);
    live.act(() => live.set.song.stop_playing());
    live.advance(1000);
    take.end();
    const heard = take.parts.slice(1).map(({ sent }) => heardNotes(sent));
    return {
      recovery_s: all > 0 ? (all - back) / 1000 : null,
      away_s: (back - killed) / 1000,
      silent: heard.reduce((sum, notes) => sum + silent(notes, 4, 4 + away), 0),
      hanging: heard.reduce((sum, notes) => sum + hanging(notes).length, 0),
    };
  } finally {
    await close();
  }
}

/** How many of some bars had no note in them. @param {HeardNote[]} notes @param {number} first @param {number} end */
function silent(notes, first, end) {
  const played = new Set(notes.map(({ beat }) => Math.floor(beat / BEATS)));
  return Array.from({ length: end - first }, (_, at) => first + at).filter((bar) => !played.has(bar)).length;
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    home: { type: "string", default: "" },
    out: { type: "string", default: "" },
    parts: { type: "string", default: "8" },
    bars: { type: "string", default: "217" },
    pace: { type: "string", default: "1" },
    locates: { type: "string", default: "125" },
  },
});
const plays = { play, render, recover };
const chosen = plays[/** @type {keyof typeof plays} */ (positionals[0])];
if (!chosen) throw new Error(`no such play: ${positionals[0]}; there are ${Object.keys(plays).join(", ")}`);
const found = await chosen({
  ...{ home: values.home, out: values.out, parts: Number(values.parts), bars: Number(values.bars) },
  ...{ pace: Number(values.pace), locates: Number(values.locates) },
});
say(JSON.stringify(found));

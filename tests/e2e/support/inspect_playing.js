/** Looks over what a device that makes takes sends as MIDI: what passes through it, and the take when it is auditioned. */

import { says } from "./play.js";

/** @typedef {Pick<import("./inspect_chords.js").Case, "live"|"device"|"check">} Case */
/** @typedef {{name: string, press: () => void}} Starter what starts and stops the playing */
/** @typedef {{on: number, off: number, pitch: number, velocity: number}} Heard times in ms from the press */

/** Max keeps time in whole ms here; delays are rounded. */
const EXACT = 2;
/** Longer than any take of this inspection lasts at its tempo, ms. */
const OVER = 1500;
/** Shorter notes are auditioned as long as this: less is a click, ms. */
const SHORTEST = 10;
const NOTE_ON = 0x90;

/** @param {Case} all */
export async function inspectPlaying(all) {
  passesThrough(all);
  const notes = takeIn(all);
  all.check.need(notes.length > 2, "notes: too few to play");
  const starter = { name: "Audition", press: () => all.device.press("Audition") };
  plays(all, notes, starter);
  stops(all, notes, starter);
  beginsOnTheBar(all, notes, starter);
  byPicture(all, notes);
}

/** The same for a device whose picture alone plays what it shows. @param {Case} all @param {[number, number]} place */
export async function inspectPicture(all, place) {
  passesThrough(all);
  const notes = takeIn(all);
  all.check.need(notes.length > 2, "notes: too few to play");
  const starter = { name: "picture", press: () => all.device.click("picture", ...place) };
  plays(all, notes, starter);
  stops(all, notes, starter);
  beginsOnTheBar(all, notes, starter);
}

/**
 * Whether what sounds is these notes, from now on. The time of Max stands still until it is advanced.
 *
 * @param {Case} all
 * @param {any[]} notes
 * @param {number} since how many bytes had come out when they began
 * @returns {string} what is wrong
 */
export function soundsAs(all, notes, since) {
  const zero = all.live.max.scheduler.now();
  all.live.advance(OVER);
  const { missing, extra } = differences(events(heardAs(all, notes)), eventsOf(all, since, zero));
  return missing.length + extra.length === 0 ? "" : `${told(missing)} missing, ${told(extra)} wrong`;
}

/** @param {Case} all */
function passesThrough({ device, check }) {
  const chord = [
    [0x91, 60, 99],
    [0xb1, 1, 33],
    [0x81, 60, 0],
  ];
  const before = device.midiOut.length;
  device.midiIn(chord);
  const out = device.midiOut.slice(before).map(({ bytes }) => bytes);
  check.expect(JSON.stringify(out) === JSON.stringify(chord), `MIDI: ${JSON.stringify(out)} comes out`);
}

/** The notes in the clip as they should sound. @param {Case} all @returns {Heard[]} */
const takeIn = (all) => heardAs(all, /** @type {any} */ (all.live.set.tracks[0].clip_slots[0].clip).notes);

/** @param {Case} all @param {any[]} notes @returns {Heard[]} */
function heardAs({ live }, notes) {
  const beat = 60_000 / live.set.tempo;
  return notes
    .map((/** @type {any} */ { pitch, start_time, duration, velocity }) => ({
      on: Math.max(0, start_time * beat),
      off: Math.max(0, start_time) * beat + Math.max(SHORTEST, duration * beat),
      pitch,
      velocity: Math.round(velocity),
    }))
    .sort((/** @type {Heard} */ a, /** @type {Heard} */ b) => a.on - b.on);
}

/** @param {Heard[]} notes @returns {Event[]} */
const events = (notes) =>
  notes.flatMap(({ on, off, pitch, velocity }) => [
    { at: on, pitch, velocity },
    { at: off, pitch, velocity: 0 },
  ]);

/** What came out since, as events of time, pitch and velocity. @param {Case} all @param {number} since @param {number} zero */
const eventsOf = ({ device }, since, zero) =>
  device.midiOut
    .slice(since)
    .filter(({ bytes }) => (bytes[0] & 0xf0) === NOTE_ON)
    .map(({ time, bytes: [, pitch, velocity] }) => ({ at: time - zero, pitch, velocity }));

/** @typedef {{at: number, pitch: number, velocity: number}} Event */

/** Events that should be there and are not, and the other way round. @param {Event[]} wanted @param {Event[]} found */
function differences(wanted, found) {
  const rest = [...found];
  const missing = wanted.filter((event) => {
    const match = rest.findIndex(
      ({ at, pitch, velocity }) =>
        pitch === event.pitch && velocity === event.velocity && Math.abs(at - event.at) <= EXACT,
    );
    if (match >= 0) rest.splice(match, 1);
    return match < 0;
  });
  return { missing, extra: rest };
}

/** @param {Event[]} events */
const told = (events) =>
  events.slice(0, 2).map(({ at, pitch, velocity }) => `${pitch}/${velocity} at ${Math.round(at)}`);

/** While the song runs the take begins on the next bar. @param {Case} all @param {Heard[]} notes @param {Starter} starter */
function beginsOnTheBar(all, notes, starter) {
  const { live } = all;
  live.set.edit(() => live.set.song.start_playing());
  try {
    live.advance(60_000 / live.set.tempo);
    waitsForTheBar(all, notes, starter);
  } finally {
    live.set.edit(() => live.set.song.stop_playing());
  }
}

/** Taken back before the bar nothing sounds; else all of it does, once. @param {Case} all @param {Heard[]} notes @param {Starter} starter */
function waitsForTheBar(all, notes, { name, press }) {
  const { live, device, check } = all;
  const beat = 60_000 / live.set.tempo;
  press();
  check.expect(says(device).includes("next bar"), `${name}: does not wait for the bar, it says "${says(device)}"`);
  press();
  const since = device.midiOut.length;
  live.advance(3.5 * beat);
  check.expect(device.midiOut.length === since, `${name}: what was taken back sounds on the bar`);
  press();
  const zero = live.max.scheduler.now() + (4 - (live.set.song.current_song_time % 4)) * beat;
  // Until the first note would sound once more: it must not begin again on the next bar.
  const end = zero + 4.5 * beat + notes[0].on;
  live.advance(end - live.max.scheduler.now());
  const { missing: never, extra } = differences(events(notes), eventsOf(all, since, zero));
  const missing = never.filter(({ at }) => at <= end - zero - EXACT);
  check.expect(
    missing.length + extra.length === 0,
    `${name}: on the bar ${told(missing)} missing, ${told(extra)} wrong`,
  );
  check.expect(!says(device).includes("next bar"), `${name}: does not tell that it has begun`);
  press();
}

/** The whole take, from the button. @param {Case} all @param {Heard[]} notes @param {Starter} starter */
function plays(all, notes, { name, press }) {
  const { live, device, check } = all;
  const [since, zero] = [device.midiOut.length, live.max.scheduler.now()];
  press();
  live.advance(OVER);
  const wanted = events(notes);
  const found = eventsOf(all, since, zero);
  const { missing, extra } = differences(wanted, found);
  check.expect(
    missing.length + extra.length === 0,
    `${name}: of ${wanted.length} events ${missing.length} are missing (${told(missing)}), ${extra.length} are wrong (${told(extra)})`,
  );
}

/** A second press: silence at once, and nothing afterwards. @param {Case} all @param {Heard[]} notes @param {Starter} starter */
function stops(all, notes, { name, press }) {
  const { live, device, check } = all;
  const later = /** @type {Heard} */ (notes.find(({ on }) => on > notes[0].on + 10 * EXACT));
  const zero = live.max.scheduler.now();
  press();
  live.advance((notes[0].on + Math.min(notes[0].off, later.on)) / 2);
  const [since, stopped] = [device.midiOut.length, live.max.scheduler.now() - zero];
  press();
  const sounding = notes.filter(({ on, off }) => on < stopped && off > stopped);
  const ended = eventsOf(all, since, zero).filter(({ velocity }) => velocity === 0);
  check.expect(
    ended.length === sounding.length,
    `${name}: ${sounding.length} notes sounded when it was stopped, ${ended.length} were ended`,
  );
  live.advance(OVER);
  const more = eventsOf(all, since, zero).length - ended.length;
  check.expect(more === 0, `${name}: ${more} events after it was stopped`);
}

/** The same from a press on the picture. @param {Case} all @param {Heard[]} notes */
function byPicture({ live, device, check }, notes) {
  const since = device.midiOut.length;
  device.click("picture", 60, 60);
  live.advance(notes[0].on + EXACT);
  check.expect(device.midiOut.length > since, "picture: a press on it plays nothing");
  device.click("picture", 60, 60);
}

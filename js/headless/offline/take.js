/**
 * What a Set played, from when listening began: the MIDI of all devices, and the tempos and signatures under it.
 *
 * Beats are those that ran: a loop is as long as it was heard, and a jump of the play head takes no time.
 */

import { TICKS } from "../max/time_value.js";
import { midiFile } from "./midi_file.js";

/** @typedef {import("../index.js").HeadlessLive} HeadlessLive */
/** @typedef {import("../device.js").HeadlessDevice} HeadlessDevice */

/** A ramp moves the tempo some hundred times a second; a file tells it once in so many beats. */
const RAMP = 1 / 32;

/** @typedef {{beat: number, tempo: number}} TempoFrom */

/**
 * Fewer changes of tempo, between which as much time passes as between all of them.
 *
 * @param {readonly TempoFrom[]} all in order
 * @returns {TempoFrom[]}
 */
export function thinned(all) {
  /** @type {{beat: number, tempo: number, ms: number}[]} */
  const kept = [];
  let ms = 0;
  for (const [at, { beat, tempo }] of all.entries()) {
    if (at > 0) ms += ((beat - all[at - 1].beat) * 60_000) / all[at - 1].tempo;
    const since = kept.at(-1)?.beat ?? Number.NEGATIVE_INFINITY;
    if ((all[at + 1]?.beat ?? Number.POSITIVE_INFINITY) - since > RAMP) kept.push({ beat, tempo, ms });
  }
  return kept.map((here, at) => {
    const next = kept[at + 1];
    return { beat: here.beat, tempo: next ? ((next.beat - here.beat) * 60_000) / (next.ms - here.ms) : here.tempo };
  });
}

export class Take {
  #live;
  /** How much each device had sent before. @type {Map<HeadlessDevice, number>} */
  #before = new Map();
  #begin;
  #end = 0;
  /** @type {TempoFrom[]} */
  #tempos = [];
  /** @type {{beat: number, signature: [number, number]}[]} */
  #signatures = [];
  #stop;

  /** Listens from now on. @param {HeadlessLive} live */
  constructor(live) {
    this.#live = live;
    this.#begin = live.max.musical.run / TICKS;
    for (const device of live.devices) this.#before.set(device, device.midiOut.length);
    const { song, observers } = live.set;
    const heard = { check: () => this.#signature() };
    const tempo = (/** @type {string} */ news) => news === "tempo" && this.#tempo();
    this.#tempo();
    this.#signature();
    observers.add(heard);
    song.transport.listeners.add(tempo);
    this.#stop = () => {
      observers.delete(heard);
      song.transport.listeners.delete(tempo);
    };
  }

  /** Beats that have run since listening began. */
  get #beat() {
    return this.#live.max.musical.run / TICKS - this.#begin;
  }

  #tempo() {
    const [beat, tempo] = [this.#beat, this.#live.set.song.tempo];
    if (this.#tempos.at(-1)?.beat === beat) this.#tempos.pop();
    if (this.#tempos.at(-1)?.tempo !== tempo) this.#tempos.push({ beat, tempo });
  }

  #signature() {
    const { signature_numerator: numerator, signature_denominator: denominator } = this.#live.set.song;
    const last = this.#signatures.at(-1);
    if (last?.signature[0] === numerator && last.signature[1] === denominator) return;
    const beat = this.#beat;
    if (last?.beat === beat) this.#signatures.pop();
    this.#signatures.push({ beat, signature: [numerator, denominator] });
  }

  /** Listens no more. @param {number} [beats] how long it is; as far as it came, when left out */
  end(beats = this.#beat) {
    this.#end = beats;
    this.#stop();
    return this;
  }

  /** What each device sent: those that sent nothing too. */
  get parts() {
    return this.#live.devices.map((device) => ({
      device,
      name: `${device.track.name}: ${device.name}`,
      sent: device.midiOut.slice(this.#before.get(device) ?? 0),
    }));
  }

  /** As a Standard MIDI File; devices that sent nothing have no track in it. */
  midi() {
    const parts = this.parts
      .filter(({ sent }) => sent.length > 0)
      .map(({ name, sent }) => ({ name, events: sent.map(({ run, bytes }) => ({ beat: run - this.#begin, bytes })) }));
    return midiFile({ beats: this.#end, parts, tempos: thinned(this.#tempos), signatures: this.#signatures });
  }
}

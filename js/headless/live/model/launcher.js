/**
 * Which session clips play and which wait for their quantum.
 *
 * A fired clip starts at once when the transport stands or quantisation is off, else on the next quantum;
 * `tick` carries out what has become due.
 */

/** @typedef {import("./clip.js").Clip} Clip */
/** @typedef {import("./track.js").Track} Track */
/** @typedef {import("./clip_slot.js").ClipSlot} ClipSlot */

/** `clip_trigger_quantization` in bars (1..4) or beats (5..13). */
const BARS = [0, 8, 4, 2, 1];
const BEATS = [2, 4 / 3, 1, 2 / 3, 1 / 2, 1 / 3, 1 / 4, 1 / 6, 1 / 8];

export class Launcher {
  /** @param {import("../set.js").LiveSet} set */
  constructor(set) {
    this.set = set;
    /** @type {Map<Track, {clip: Clip, since: number}>} playing clips; `since` in elapsed beats */
    this.now = new Map();
    /** @type {Map<Track, {slot: ClipSlot | null, due: number}>} null: a stop that waits */
    this.waiting = new Map();
  }

  get transport() {
    return this.set.song.transport;
  }

  /** Beats of the launch quantum; 0 for none. */
  get quantum() {
    const { song } = this.set;
    const choice = song.clip_trigger_quantization;
    if (choice < BARS.length) return BARS[choice] * song.beatsPerBar;
    return BEATS[choice - BARS.length] ?? 0;
  }

  /** Next moment a launch may happen, in elapsed beats. */
  nextQuantum() {
    const { position, elapsed } = this.transport;
    const quantum = this.quantum;
    if (!this.transport.playing || quantum === 0) return elapsed;
    return elapsed + (Math.ceil(position / quantum - 1e-9) * quantum - position);
  }

  /** @param {ClipSlot} slot */
  fireSlot(slot) {
    if (slot.is_group_slot) {
      for (const track of this.set.song.tracks.filter((each) => each.group_track === slot.track)) {
        this.fireSlot(track.clip_slots[slot.index]);
      }
      return;
    }
    if (!slot.clip && !slot.has_stop_button) return;
    const due = this.nextQuantum();
    if (slot.clip) this.transport.start();
    this.waiting.set(slot.track, { slot: slot.clip ? slot : null, due });
    this.tick();
  }

  /** @param {Clip} clip */
  fireClip(clip) {
    const slot = /** @type {ClipSlot} */ (clip.parent);
    if (slot.type === "ClipSlot") this.fireSlot(slot);
  }

  /** @param {Clip} clip */
  stopClip(clip) {
    if (this.playing(clip)) this.stopTrack(clip.track);
  }

  /** @param {Track} track @param {boolean} [quantized] */
  stopTrack(track, quantized = true) {
    if (!this.now.has(track) && !this.waiting.has(track)) return;
    this.waiting.set(track, { slot: null, due: quantized ? this.nextQuantum() : this.transport.elapsed });
    this.tick();
  }

  /** Carry out launches and stops which are due. */
  tick() {
    const { elapsed } = this.transport;
    for (const [track, { slot, due }] of [...this.waiting]) {
      if (elapsed < due - 1e-9) continue;
      this.waiting.delete(track);
      if (slot?.clip) {
        this.now.set(track, { clip: slot.clip, since: due });
        this.set.automation.launched(slot.clip);
      } else this.now.delete(track);
    }
  }

  /** The transport stopped: nothing plays, nothing waits. */
  halt() {
    this.now.clear();
    this.waiting.clear();
  }

  /** A clip goes away. @param {Clip} clip */
  forget(clip) {
    if (this.now.get(clip.track)?.clip === clip) this.now.delete(clip.track);
    if (this.waiting.get(clip.track)?.slot?.clip === clip) this.waiting.delete(clip.track);
  }

  /** @param {Clip} clip */
  playing(clip) {
    const { transport } = this;
    if (!transport.playing) return false;
    const playing = this.now.get(clip.track);
    if (playing) return playing.clip === clip;
    return clip.place !== null && transport.position >= clip.place.start && transport.position < clip.place.end;
  }

  /** @param {Clip} clip */
  triggered(clip) {
    return this.waiting.get(clip.track)?.slot?.clip === clip;
  }

  /** @param {ClipSlot} slot */
  triggeredSlot(slot) {
    return this.waiting.get(slot.track)?.slot === slot;
  }

  /** @param {Track} track @returns {number} -1: no clip, -2: stop button in this slot's track */
  playingIndex(track) {
    const playing = this.now.get(track);
    return playing ? track.clip_slots.findIndex((slot) => slot.clip === playing.clip) : -1;
  }

  /** @param {Track} track */
  firedIndex(track) {
    const waiting = this.waiting.get(track);
    return waiting ? (waiting.slot ? waiting.slot.index : -2) : -1;
  }

  /** @param {Clip} clip @returns {number} beats inside the clip, seconds where it is not warped */
  position(clip) {
    if (!this.playing(clip)) return 0;
    const session = this.now.get(clip.track);
    const since = session ? this.transport.elapsed - session.since : this.transport.position - clip.start_time;
    const raw = clip.start_marker + clip.ownTime(since);
    if (!clip.looping || raw < clip.loop_end) return raw;
    return clip.loop_start + ((raw - clip.loop_start) % clip.length);
  }

  /** @param {Track} track @param {number} beats */
  jump(track, beats) {
    const playing = this.now.get(track);
    if (playing) playing.since -= beats;
  }
}

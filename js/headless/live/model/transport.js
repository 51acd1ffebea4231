/**
 * The transport: a play head that follows an injected clock.
 *
 * Nothing ticks by itself: the position is computed from the clock when it is read, so a test that holds the
 * clock holds the song.
 *
 * @typedef {"tempo" | "start" | "stop" | "jump"} TransportNews
 */

export class Transport {
  /**
   * @param {() => number} now milliseconds of the clock that drives the song
   */
  constructor(now) {
    this.now = now;
    /** Beats per minute, 20..999. */
    this.tempo = 120;
    this.loop = false;
    this.loop_start = 0;
    this.loop_length = 4;
    this.playing = false;
    /** Song position when the clock read `anchorMs`, beats. */
    this.anchorBeat = 0;
    this.anchorMs = 0;
    /** Beats run since the transport started, loops not taken off. */
    this.startBeat = 0;
    /** @type {Set<(news: TransportNews) => void>} */
    this.listeners = new Set();
  }

  /** Song position, beats. */
  get position() {
    if (!this.playing) return this.anchorBeat;
    const beat = this.anchorBeat + this.run;
    const end = this.loop_start + this.loop_length;
    if (!this.loop || this.loop_length <= 0 || this.anchorBeat >= end || beat < end) return beat;
    return this.loop_start + ((beat - this.loop_start) % this.loop_length);
  }

  /** Beats since the anchor. */
  get run() {
    return ((this.now() - this.anchorMs) * this.tempo) / 60000;
  }

  /** Beats played since the start, never jumping: the time by which session clips run. */
  get elapsed() {
    return this.playing ? this.startBeat + this.run : this.startBeat;
  }

  /** Set the anchor to the present, so that what follows changes only the future. */
  rebase() {
    const { position, elapsed } = this;
    this.anchorMs = this.now();
    this.anchorBeat = position;
    this.startBeat = elapsed;
  }

  /** @param {number} beats */
  moveTo(beats) {
    this.rebase();
    this.anchorBeat = Math.max(0, beats);
    this.#tell("jump");
  }

  /** @param {number} tempo */
  setTempo(tempo) {
    this.rebase();
    this.tempo = tempo;
    this.#tell("tempo");
  }

  start() {
    if (this.playing) return;
    this.anchorMs = this.now();
    this.playing = true;
    this.#tell("start");
  }

  stop() {
    this.rebase();
    this.playing = false;
    this.#tell("stop");
  }

  /** @param {TransportNews} news */
  #tell(news) {
    for (const hear of [...this.listeners]) hear(news);
  }
}

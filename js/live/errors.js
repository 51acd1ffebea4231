/**
 * What can go wrong when Live is asked for something.
 *
 *   LiveRefusal        Live (or good sense) says no; `message` is a sentence a producer reads
 *     NotStarted       asked before live.thisdevice said that Live is there
 *     Gone             the Live object died meanwhile (deleted clip, closed Set)
 *
 * Every sentence fits on a device: short, no codes, says what to do where there is something to do.
 */

/** Live, or the state of the Set, does not allow what was asked. */
export class LiveRefusal extends Error {
  /** @param {string} words a sentence for the device's foot line */
  constructor(words) {
    super(words);
    this.name = "LiveRefusal";
    /** The wire shows the hint of a refusal, so it is the same sentence. */
    this.hint = words;
  }
}

/** LiveAPI may not be touched before the bang of live.thisdevice. */
export class NotStarted extends LiveRefusal {
  constructor() {
    super("Live is still loading this device");
    this.name = "NotStarted";
  }
}

/** The object behind an id is no longer in the Set. */
export class Gone extends LiveRefusal {
  /** @param {string} [words] */
  constructor(words = "That part of the Set is gone") {
    super(words);
    this.name = "Gone";
  }
}

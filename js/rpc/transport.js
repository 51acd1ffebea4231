/**
 * A pipe for texts. The client knows nothing else about how it reaches the engine.
 *
 * The order of life: the client sets the three `on...` functions (and `onNotice`), calls `open()`, and then gets
 * `onOpen` once, any number of `onText`, and `onClose` once; or `onClose` alone when it never came to opening.
 * After `close()` nothing more is heard. `send` before `onOpen` or after `onClose` throws.
 *
 * @typedef {object} Transport
 * @property {() => void} open
 * @property {(text: string) => void} send
 * @property {() => void} close
 * @property {() => void} [need]   a call waits: wakes an engine that sleeps
 * @property {() => void} [check]  asks whether the other end is still there; answers with onClose when it is not
 * @property {string} [token]      goes into session.hello; absent where somebody on the way adds it
 * @property {(() => void) | null} onOpen
 * @property {((text: string) => void) | null} onText
 * @property {((code: number, words: string) => void) | null} onClose  words for a person, may be ""
 * @property {((words: string) => void) | null} onNotice  why it takes long, while it is not open yet
 */

/** Close codes made on this side (4000-4999 is free for applications; the engine itself uses 4401). */
export const CLOSE = Object.freeze({
  BAD_TOKEN: 4401,
  /** Nobody answered where a Hub should be. */
  NO_HUB: 4404,
  /** Another Hub took over, or the Hub lost this pipe. */
  HUB_CHANGED: 4410,
  /** The engine went to sleep; a call wakes it. */
  ASLEEP: 4411,
  /** The engine is not there. */
  NO_ENGINE: 4503,
});

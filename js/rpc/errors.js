/**
 * Errors of the wire, with words that a device can show as they are.
 */

/** Codes used on this side. Those below -32000 the engine shares; -3209x exist only inside the client. */
export const CODES = Object.freeze({
  PARSE: -32700,
  INVALID_REQUEST: -32600,
  NO_METHOD: -32601,
  INVALID_PARAMS: -32602,
  INTERNAL: -32603,
  TIMED_OUT: -32003,
  CANCELLED: -32004,
  LIVE_REFUSED: -32006,
  /** The connection went away after the request was sent and before its answer came. */
  LOST: -32091,
  /** The client was stopped, as when its device was deleted. */
  STOPPED: -32092,
});

/** What a call is rejected with. `message` and `hint` are plain words. */
export class RpcError extends Error {
  /**
   * @param {number} code
   * @param {string} message
   * @param {{ hint?: string } & Record<string, unknown>} [data]
   */
  constructor(code, message, data = {}) {
    super(message);
    this.name = "RpcError";
    this.code = code;
    this.data = data;
  }

  /** What to do about it, in words; "" when there is nothing to add. */
  get hint() {
    return typeof this.data.hint === "string" ? this.data.hint : "";
  }
}

/**
 * Reads the `error` member of a response.
 *
 * @param {unknown} wire
 * @returns {RpcError}
 */
export function fromWire(wire) {
  const error = /** @type {{ code?: unknown, message?: unknown, data?: unknown }} */ (wire ?? {});
  const code = typeof error.code === "number" ? error.code : CODES.INTERNAL;
  const message = typeof error.message === "string" ? error.message : "The engine refused without saying why";
  const data = typeof error.data === "object" && error.data !== null ? error.data : {};
  return new RpcError(code, message, /** @type {Record<string, unknown>} */ (data));
}

/**
 * Turns whatever a reverse method threw into the `error` member of a response. Stack traces and paths stay
 * here: only an RpcError's own words travel.
 *
 * @param {unknown} thrown
 * @returns {{ code: number, message: string, data: Record<string, unknown> }}
 */
export function toWire(thrown) {
  if (thrown instanceof RpcError) return { code: thrown.code, message: thrown.message, data: thrown.data };
  const other = /** @type {{ code?: unknown, message?: unknown, hint?: unknown, data?: unknown }} */ (thrown);
  if (typeof other?.hint === "string" && typeof other.message === "string") {
    const code = typeof other.code === "number" ? other.code : CODES.LIVE_REFUSED;
    const data = typeof other.data === "object" && other.data !== null ? other.data : {};
    return { code, message: other.message, data: { ...data, hint: other.hint } };
  }
  return {
    code: CODES.INTERNAL,
    message: "Something went wrong inside the device",
    data: { hint: "Try again; if it happens again, take the device off the track and drop it anew." },
  };
}

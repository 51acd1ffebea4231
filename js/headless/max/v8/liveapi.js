/** LiveAPI as a script may use it: only after live.thisdevice has banged. */

/** @typedef {import("./dict.js").Script} Script */

const NOT_READY = "Live API is not initialized, use live.thisdevice to determine when initialization is complete";

/**
 * The LiveAPI of one script: the Set's own class behind a door that opens with live.thisdevice.
 * @param {Script} script
 */
export function makeLiveAPI({ box, max, enter }) {
  /** @type {any} */
  let Real = null;
  return function LiveAPI(/** @type {any[]} */ ...args) {
    if (!box.device.liveReady || box.compiling) {
      box.report("liveapi", NOT_READY);
      return nothing(box);
    }
    Real ??= box.device.host.makeLiveAPI({
      schedule: (/** @type {() => void} */ run) => max.scheduler.defer(() => enter(run)),
      enter,
      post: (/** @type {string} */ text) => box.report("liveapi", text),
    });
    return new Real(...args);
  };
}

/**
 * What a LiveAPI made too early is: an object of nothing, which complains at each use.
 * @param {import("../box.js").Box} box
 */
function nothing(box) {
  const complain = () => {
    box.report("liveapi", NOT_READY);
    return [];
  };
  return {
    id: 0,
    path: "",
    unquotedpath: "",
    type: "",
    get: complain,
    set: complain,
    call: complain,
    getcount: () => 0,
    goto: complain,
  };
}

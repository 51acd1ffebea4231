/**
 * Facts about the objects that work on sound, as data (see facts.js for the meaning of the fields).
 *
 * Sources: MSP's reference pages, and the counts and outlet types in patches that Max saved.
 */

/** @typedef {import("./facts.js").Facts} Facts */

/** Most channels that one `record~` is asked for here; Max has no such limit. */
const CHANNELS = 64;

/**
 * The number of signal inlets of `record~ <buffer> <channels>`. A second argument with a fraction is no number of
 * channels: patches of old write `record~ name 0. 100.` and have one.
 * @param {import("./facts.js").BoxShape} box
 */
function channels(box) {
  const count = box.args[1];
  return typeof count === "number" && Number.isInteger(count) ? Math.min(Math.max(count, 1), CHANNELS) : 1;
}

/** @type {Facts} */
const MATH = { inlets: 2, outlets: 1, messages: ["int float", "int float"], signals: { in: 2, out: 1 } };

/** @type {Record<string, Facts>} */
export const SIGNAL_FACTS = {
  "plugin~": { inlets: 2, outlets: 2, messages: [""], signals: { in: 2, out: 2 } },
  "plugout~": { inlets: 2, outlets: 2, messages: [""], signals: { in: 2, out: 2 } },
  "sig~": { inlets: 1, outlets: 1, messages: ["int float"], signals: { in: 1, out: 1 } },
  "+~": MATH,
  "-~": MATH,
  "*~": MATH,
  "/~": MATH,
  "slide~": { inlets: 3, outlets: 1, messages: ["int float", "int float", "int float"], signals: { in: 1, out: 1 } },
  // A number into the first inlet would be a signal that stands: nobody here sends one.
  "thresh~": { inlets: 3, outlets: 1, messages: ["", "int float", "int float"], signals: { in: 1, out: 1 } },
  "edge~": { inlets: 1, outlets: 2, messages: [""], signals: { in: 1, out: 0 } },
  "snapshot~": {
    inlets: 2,
    outlets: 1,
    messages: ["bang int float offset", "int float"],
    attributes: { active: "int", interval: "float" },
    signals: { in: 1, out: 0 },
  },
  "dspstate~": { inlets: 1, outlets: 4, messages: ["bang"] },
  "buffer~": {
    inlets: 1,
    outlets: 2,
    messages: ["name set clear size sizeinsamps sr samptype filetype write writewave"],
    attributes: { samps: "floats" },
  },
  "record~": {
    inlets: (box) => channels(box) + 2,
    outlets: 1,
    // Only the first inlet takes words; the last two take numbers; what lies between takes signals alone.
    messages: [],
    inletMessages: (inlet, box) => {
      if (inlet === 0) return "int float list set reset";
      return inlet >= channels(box) ? "int float" : "";
    },
    attributes: { loop: "int", append: "int" },
    signals: { in: channels, out: 1 },
  },
};

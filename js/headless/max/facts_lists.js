/** Facts about the objects that hold lists and numbers: the zl family, coll, uzi, iter, split, minimum, maximum. */

/** @typedef {import("./facts.js").Facts} Facts */

/** @type {Facts} */
const ZL = { inlets: 2, outlets: 2, messages: ["*", "*"] };
/** @type {Facts} */
const EXTREME = { inlets: 2, outlets: 2, messages: ["bang int float", "int float"] };

/** @type {Record<string, Facts>} */
export const LIST_FACTS = {
  ...Object.fromEntries(
    "reg group join filter len lookup slice iter sort thin".split(" ").map((name) => [`zl.${name}`, ZL]),
  ),
  coll: { inlets: 1, outlets: 4, messages: ["*"] },
  uzi: { inlets: 2, outlets: 3, messages: ["bang int float", "int float"] },
  iter: { inlets: 1, outlets: 1, messages: ["bang int float list symbol *"] },
  split: { inlets: 3, outlets: 2, messages: ["int float", "int float"] },
  minimum: EXTREME,
  maximum: EXTREME,
  freebang: { inlets: 1, outlets: 1, messages: ["bang"] },
};

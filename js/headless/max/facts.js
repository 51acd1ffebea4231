/**
 * Facts about each Max object, as data: how many inlets and outlets a box of it has, which messages each
 * inlet takes and which attributes may be set by message. The loader checks every box against this table; a
 * message or attribute that is not here is an error.
 *
 * Sources: Max object reference pages, and the inlet/outlet counts of real .amxd files. Where real files of
 * different Max versions carry different counts, `inlets`/`outlets` gives all of them.
 *
 * `messages` has one entry per inlet (the last one serves all further inlets): words separated by blanks, or
 * `*` for any message. `int` alone also takes floats, and the other way round, as Max converts.
 *
 * @typedef {import("./atoms.js").Atom} Atom
 * @typedef {{args: Atom[], json: any}} BoxShape
 * @typedef {number | number[] | ((box: BoxShape) => number | number[] | null)} Count
 *
 * `signals` says how many of the first inlets take signals and how many of the first outlets give them.
 * `inletMessages` stands in for `messages` where the inlets depend on what is typed in the box.
 *
 * @typedef {{inlets: Count, outlets: Count, messages: string[], attributes?: Record<string, string>,
 *   ui?: boolean, parameter?: boolean, inletMessages?: (inlet: number, box: BoxShape) => string,
 *   signals?: {in: number | ((box: BoxShape) => number), out: number}}} Facts
 */

import { LIST_FACTS } from "./facts_lists.js";
import { SIGNAL_FACTS } from "./facts_signal.js";
import { TOOL_FACTS } from "./facts_tool.js";
import { UI_FACTS } from "./facts_ui.js";

/** @param {number[]} allowed */
const oneOf = (...allowed) => [...new Set(allowed)];
/** @param {BoxShape} box */
const argCount = (box) => box.args.length;
/** @param {BoxShape} box */
const firstInt = (box) => (typeof box.args[0] === "number" ? box.args[0] : 1);

const ANY = ["*"];
/** @type {Facts} */
const MATH = { inlets: 2, outlets: 1, messages: ["bang int float set", "int float"] };
/** @type {Facts} */
const FUNCTION = { inlets: 1, outlets: 1, messages: ["bang int float"] };
/** @type {Facts} */
const CODE = { inlets: () => null, outlets: () => null, messages: ANY };

/** @type {Record<string, Facts>} */
export const FACTS = {
  "live.thisdevice": { inlets: 1, outlets: 3, messages: ["bang loadbang getstate"] },
  "live.banks": { inlets: 1, outlets: 1, messages: ANY },
  ...UI_FACTS,
  message: { inlets: oneOf(2, 1), outlets: 1, messages: ANY, ui: true },

  trigger: { inlets: 1, outlets: (box) => argCount(box) || 2, messages: ANY },
  prepend: { inlets: oneOf(1, 2), outlets: 1, messages: ANY },
  append: { inlets: 1, outlets: 1, messages: ANY },
  route: {
    inlets: (box) => oneOf(1, Math.max(2, argCount(box) + 1)),
    outlets: (box) => Math.max(2, argCount(box) + 1),
    messages: ANY,
  },
  select: {
    inlets: (box) => oneOf(1, 2, argCount(box) + 1),
    outlets: (box) => Math.max(2, argCount(box) + 1),
    messages: ["bang int float symbol list *", "int float symbol"],
  },
  gate: { inlets: 2, outlets: firstInt, messages: ["bang int float", "*"] },
  switch: { inlets: (box) => firstInt(box) + 1, outlets: 1, messages: ["bang int float", "*"] },
  send: { inlets: (box) => (argCount(box) ? 1 : 2), outlets: 0, messages: ANY },
  receive: { inlets: (box) => (argCount(box) ? 0 : 1), outlets: 1, messages: ["set"] },
  forward: { inlets: 1, outlets: 0, messages: ANY },
  pack: {
    inlets: (box) => argCount(box) || 2,
    outlets: 1,
    messages: ["bang int float list symbol set nth send *", "*"],
  },
  pak: { inlets: (box) => argCount(box) || 2, outlets: 1, messages: ["bang int float list symbol set *", "*"] },
  join: { inlets: firstTwo, outlets: 1, messages: ANY, attributes: { triggers: "atoms", outsize: "int" } },
  unpack: { inlets: 1, outlets: (box) => argCount(box) || 2, messages: ["bang int float list symbol *"] },
  int: { inlets: 2, outlets: 1, messages: ["bang int float set", "int float"] },
  float: { inlets: 2, outlets: 1, messages: ["bang int float set", "int float"] },
  change: { inlets: 1, outlets: 3, messages: ["bang int float set mode"] },
  ...LIST_FACTS,
  tosymbol: { inlets: 1, outlets: 1, messages: ANY, attributes: { separator: "symbol" } },
  fromsymbol: { inlets: 1, outlets: 1, messages: ANY, attributes: { separator: "symbol" } },
  deferlow: { inlets: 1, outlets: 1, messages: ANY },
  defer: { inlets: 1, outlets: 1, messages: ANY },
  delay: { inlets: 2, outlets: oneOf(1, 2), messages: ["bang int float stop", "int float"] },
  metro: {
    inlets: 2,
    outlets: 1,
    messages: ["bang int float stop", "int float list *"],
    attributes: { active: "int", interval: "atoms", quantize: "atoms" },
  },
  qmetro: { inlets: 2, outlets: 1, messages: ["bang int float stop", "int float"] },
  transport: { inlets: 2, outlets: oneOf(9, 8), messages: ["bang int float", "int float list"] },
  pipe: {
    inlets: (box) => Math.max(2, argCount(box)),
    outlets: (box) => Math.max(1, argCount(box) - 1),
    messages: ["bang int float list clear flush stop symbol", "int float symbol"],
  },
  makenote: {
    inlets: oneOf(3, 4),
    outlets: oneOf(2, 3),
    messages: ["int float list clear stop", "int float"],
    attributes: { repeatmode: "int", active: "int" },
  },
  stripnote: { inlets: 2, outlets: 2, messages: ["int float list", "int float"] },
  midiin: { inlets: 1, outlets: 1, messages: ["*"] },
  midiout: { inlets: 1, outlets: 0, messages: ["int float list"] },
  midiparse: { inlets: 1, outlets: oneOf(8, 7), messages: ["bang int float clear"] },
  midiflush: { inlets: 1, outlets: 1, messages: ["bang int float clear"] },
  midiformat: {
    inlets: 7,
    outlets: oneOf(2, 1),
    messages: ["list int", "list", "list", "int float", "int float", "int float", "int float"],
    attributes: { hires: "int" },
  },
  notein: { inlets: oneOf(1, 0), outlets: 3, messages: ["*"] },
  noteout: { inlets: 3, outlets: 0, messages: ["int float list", "int float"] },
  opendialog: { inlets: 1, outlets: 2, messages: ["bang"] },
  savedialog: { inlets: 1, outlets: 3, messages: ["bang"] },
  print: { inlets: 1, outlets: 0, messages: ANY, attributes: { popup: "int", time: "int" } },
  loadbang: { inlets: 1, outlets: 1, messages: ["bang loadbang"] },
  loadmess: { inlets: 1, outlets: 1, messages: ["bang loadbang"] },
  thispatcher: { inlets: 1, outlets: 2, messages: ["bang path loadbang clean"] },
  pattr: { inlets: 1, outlets: 3, messages: ["*"], parameter: true },
  dict: {
    inlets: 2,
    outlets: 5,
    messages: [
      "bang dictionary clear get set replace append remove delete getkeys getsize contains name parse export import dump getnames pull_from_coll clone",
      "dictionary",
    ],
  },
  ...SIGNAL_FACTS,
  ...TOOL_FACTS,
  patcher: { inlets: () => null, outlets: () => null, messages: ANY },
  inlet: { inlets: oneOf(0, 1), outlets: 1, messages: [] },
  outlet: { inlets: 1, outlets: oneOf(0, 1), messages: ANY },
  v8: { ...CODE, attributes: { autowatch: "int" } },
  "v8.codebox": { ...CODE, attributes: { autowatch: "int" } },
  v8ui: { ...CODE, ui: true, attributes: { border: "int" } },
  "node.script": {
    inlets: 1,
    outlets: 2,
    messages: ANY,
    attributes: {
      autostart: "int",
      watch: "int",
      defer: "int",
      node_bin_path: "symbol",
      npm_bin_path: "symbol",
      args: "atoms",
      options: "atoms",
    },
  },
};

/** @param {BoxShape} box */
function firstTwo(box) {
  return argCount(box) ? firstInt(box) : 2;
}

for (const name of [
  "+",
  "-",
  "*",
  "/",
  "%",
  "!-",
  "!/",
  "pow",
  "==",
  "!=",
  ">",
  "<",
  ">=",
  "<=",
  "&&",
  "||",
  "&",
  "|",
  ">>",
  "<<",
]) {
  FACTS[name] = MATH;
}
for (const name of ["abs", "sqrt"]) FACTS[name] = FUNCTION;
FACTS.clip = { inlets: 3, outlets: 1, messages: ["int float list set", "int float"] };
FACTS.scale = { inlets: 6, outlets: 1, messages: ["bang int float", "int float"], attributes: { classic: "int" } };
FACTS.random = { inlets: 2, outlets: 1, messages: ["bang int float seed", "int float"] };

/** Short names and the objects they stand for. */
export const ALIASES = {
  t: "trigger",
  r: "receive",
  s: "send",
  sel: "select",
  f: "float",
  i: "int",
  p: "patcher",
  del: "delay",
  m: "message",
  LTD: "live.thisdevice",
};

/**
 * The object a typed name means.
 * @param {string} name
 * @returns {string}
 */
export function realName(name) {
  return /** @type {Record<string, string>} */ (ALIASES)[name] ?? name;
}

/**
 * The counts a box may have, or null where only the running object knows (code, subpatchers).
 * @param {Count} count
 * @param {BoxShape} box
 * @returns {number[] | null}
 */
export function allowedCounts(count, box) {
  const value = typeof count === "function" ? count(box) : count;
  if (value === null) return null;
  return Array.isArray(value) ? value : [value];
}

/**
 * Facts about the objects a person sees and handles, as data (see facts.js for the meaning of the fields).
 */

/** @typedef {import("./facts.js").Facts} Facts */

/** Attributes of every UI object; they arrive behind `sendbox`, or by v8's setboxattr. */
export const BOX_ATTRIBUTES = {
  hidden: "int",
  ignoreclick: "int",
  background: "int",
  annotation: "symbol",
  annotation_name: "symbol",
  hint: "symbol",
  varname: "symbol",
  presentation: "int",
  presentation_rect: "floats",
  patching_rect: "floats",
  fontname: "symbol",
  fontsize: "float",
  fontface: "atoms",
};

const COLORS = {
  bgcolor: "color",
  bgoncolor: "color",
  activebgcolor: "color",
  activebgoncolor: "color",
  bordercolor: "color",
  focusbordercolor: "color",
  textcolor: "color",
  textoncolor: "color",
  activetextcolor: "color",
  activetextoncolor: "color",
};

/** Attributes of every live.* control. */
const LIVE = {
  ...COLORS,
  active: "int",
  _parameter_range: "atoms",
  _parameter_shortname: "symbol",
  _parameter_longname: "symbol",
  _parameter_units: "symbol",
  _parameter_unitstyle: "int",
  _parameter_type: "int",
  _parameter_initial: "atoms",
  _parameter_initial_enable: "int",
  _parameter_exponent: "float",
  _parameter_steps: "int",
  _parameter_invisible: "int",
  _parameter_modmode: "int",
  _parameter_order: "int",
  _parameter_annotation_name: "symbol",
  _parameter_info: "symbol",
};

const DIAL = {
  ...LIVE,
  showname: "int",
  shownumber: "int",
  appearance: "int",
  triangle: "int",
  tricolor: "color",
  trioncolor: "color",
  dialcolor: "color",
  activedialcolor: "color",
  needlecolor: "color",
  activeneedlecolor: "color",
  panelcolor: "color",
  slidercolor: "color",
  modulationcolor: "color",
};

const CONTROL = "bang int float set assign init outputvalue rawfloat setrawfloat sendbox";

/** @type {Record<string, Facts>} */
export const UI_FACTS = {
  "live.dial": { inlets: 1, outlets: 2, messages: [CONTROL], attributes: DIAL, ui: true, parameter: true },
  "live.slider": { inlets: 1, outlets: 2, messages: [CONTROL], attributes: DIAL, ui: true, parameter: true },
  "live.numbox": { inlets: 1, outlets: 2, messages: [CONTROL], attributes: DIAL, ui: true, parameter: true },
  "live.menu": {
    inlets: 1,
    outlets: 3,
    messages: [`${CONTROL} symbol setsymbol`],
    attributes: { ...LIVE, appearance: "int", pictures: "atoms", usepicture: "int" },
    ui: true,
    parameter: true,
  },
  "live.tab": {
    inlets: 1,
    outlets: 3,
    messages: [`${CONTROL} symbol setsymbol`],
    attributes: { ...LIVE, num_lines_presentation: "int", num_lines_patching: "int", multiline: "int" },
    ui: true,
    parameter: true,
  },
  "live.toggle": { inlets: 1, outlets: 1, messages: [CONTROL], attributes: LIVE, ui: true, parameter: true },
  "live.button": {
    inlets: 1,
    outlets: 1,
    messages: ["*"],
    attributes: { ...LIVE, blinktime: "int" },
    ui: true,
    parameter: true,
  },
  "live.text": {
    inlets: 1,
    outlets: 2,
    messages: [CONTROL],
    attributes: { ...LIVE, text: "symbol", texton: "symbol", mode: "int", appearance: "int", blinktime: "int" },
    ui: true,
    parameter: true,
  },
  "live.comment": {
    inlets: 1,
    outlets: 0,
    messages: ["set sendbox"],
    attributes: { textcolor: "color", text: "symbol", textjustification: "int" },
    ui: true,
  },
  comment: {
    inlets: 1,
    outlets: 0,
    messages: ["set append prepend sendbox"],
    attributes: { textcolor: "color", bgcolor: "color", textjustification: "int" },
    ui: true,
  },
  panel: {
    inlets: 1,
    outlets: 0,
    messages: ["sendbox"],
    attributes: { bgfillcolor: "color", bgcolor: "color", bordercolor: "color", border: "float", rounded: "float" },
    ui: true,
  },
  "live.line": {
    inlets: 1,
    outlets: 0,
    messages: ["sendbox"],
    attributes: { linecolor: "color", border: "float", justification: "int" },
    ui: true,
  },
  textedit: {
    inlets: 1,
    outlets: [4, 3],
    messages: ["bang int float list set append clear select symbol sendbox"],
    attributes: { ...COLORS, readonly: "int", keymode: "int", tabmode: "int", lines: "int", outputmode: "int" },
    ui: true,
    parameter: true,
  },
  button: { inlets: 1, outlets: 1, messages: ["*"], ui: true },
  toggle: { inlets: 1, outlets: 1, messages: ["bang int float set sendbox"], ui: true },
  number: { inlets: 1, outlets: 2, messages: ["bang int float set sendbox"], ui: true },
  flonum: { inlets: 1, outlets: 2, messages: ["bang int float set sendbox"], ui: true },
};

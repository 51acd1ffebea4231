/** The devices for parts of a band, as far as their tests differ. */

/** @typedef {import("./inspect_part.js").Part} Part */

/** What the style decides where a menu says Auto. @param {string} id */
const numberOrStyle = (id) => (id === "auto" ? undefined : Number(id));

/** @type {Part[]} */
export const PARTS = [
  {
    id: "arp",
    method: "compose.arp",
    own: true,
    menus: ["Harmony"],
    wire: { octaves: numberOrStyle, gate: numberOrStyle },
  },
  { id: "bass", method: "compose.bass", own: true, menus: ["Harmony"], wire: {} },
];

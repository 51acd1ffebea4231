/**
 * The picture of Taste, for v8ui.
 *
 *   status <off|away|busy|ready> <words> [<why>]   the foot line
 *   learnt <dict name>                             what was learnt, as JSON under "learnt"
 */
import { drawFoot, footHeight } from "./foot.js";
import { drawLearnt, drawUnrated } from "./learnt.js";
import { stateFrom } from "./status.js";
import { cleared, onScreen, underMouse } from "./v8ui.js";

const INVITATION = "Rate what you hear";
const TROUBLE = "Nothing is learnt now";
const PROMISE =
  "with the stars under any picture. What you keep, edit or undo counts too; Generate and Macros learn from all of it.";

/** @type {import("./foot.js").Foot} */
let foot = { state: "off", words: "", why: "" };
/** @type {import("./learnt.js").Learnt|null} */
let learnt = null;

onScreen({
  paint() {
    const { theme, width, height } = cleared();
    const box = { x: 0, y: 0, width, height: height - footHeight(mgraphics, width, foot.words) };
    if (foot.state === "off") drawUnrated(mgraphics, theme, box, "", "", "");
    else if (learnt !== null && learnt.trouble !== "") drawUnrated(mgraphics, theme, box, "", TROUBLE, learnt.trouble);
    else if (learnt === null || learnt.rated === 0)
      drawUnrated(mgraphics, theme, box, learnt?.name ?? "", INVITATION, PROMISE);
    else drawLearnt(mgraphics, theme, box, learnt);
    drawFoot(mgraphics, theme, [width, height], foot, underMouse());
  },

  /** @param {unknown} name @param {unknown} words @param {unknown} [why] */
  status(name, words, why = "") {
    foot = { state: stateFrom(name), words: String(words), why: String(why) };
    mgraphics.redraw();
  },

  /** @param {unknown} name */
  learnt(name) {
    const told = new Dict(String(name)).get("learnt");
    learnt = typeof told === "string" ? JSON.parse(told) : null;
    mgraphics.redraw();
  },
});

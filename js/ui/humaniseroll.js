/** The picture of Humanise; its messages are those of rollpicture.js. */
import { LINE_GHOSTS } from "./roll.js";
import { rollPicture } from "./rollpicture.js";

rollPicture("Your clip is played", LINE_GHOSTS, "Press Humanise");

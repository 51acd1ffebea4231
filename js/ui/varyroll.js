/** The picture of Vary; its messages are those of rollpicture.js. */
import { LINE_GHOSTS } from "./roll.js";
import { rollPicture } from "./rollpicture.js";

rollPicture("Your clip becomes others", LINE_GHOSTS, "Press Vary");

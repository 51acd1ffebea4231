/** The picture of a part that is a line; its messages are those of rollpicture.js. */
import { LINE_GHOSTS } from "./roll.js";
import { rollPicture } from "./rollpicture.js";

rollPicture("Notes land in your clip", LINE_GHOSTS);

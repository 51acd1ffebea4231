/** The picture of Chords; its messages are those of rollpicture.js. */
import { CHORD_GHOSTS } from "./roll.js";
import { rollPicture } from "./rollpicture.js";

rollPicture("Chords land in your clip", CHORD_GHOSTS);

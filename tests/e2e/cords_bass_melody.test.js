/** As cords.test.js, for the devices of parts. */
import { partCordsAreMissed } from "./support/part_cords.js";

partCordsAreMissed("bass", "melody");

/** What the JavaScript side holds as constants that the Python side holds, too. Out: { ... } */
import { SCALES } from "../../../js/headless/live/model/scales.js";
import { ELECTION_DICT } from "../../../js/hub/election.js";
import { PROTOCOL } from "../../../js/rpc/client.js";
import { CODES } from "../../../js/rpc/errors.js";
import { FROM_HUB, TO_HUB } from "../../../js/rpc/hub.js";
import { PIECE } from "../../../js/rpc/pieces.js";
import { CLOSE } from "../../../js/rpc/transport.js";
import { VERSION } from "../../../js/rpc/version.js";
import { say } from "./talk.js";

say({
  protocol: PROTOCOL,
  version: VERSION,
  codes: CODES,
  close: CLOSE,
  piece: PIECE,
  names: { toHub: TO_HUB, fromHub: FROM_HUB, election: ELECTION_DICT },
  scales: [...SCALES.keys()],
});

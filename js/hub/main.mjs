/**
 * Bandmate Hub, the half that lives in Node for Max (built to dist/bandmate-hub.mjs).
 *
 * Finds the engine by its endpoint file or starts it, holds one websocket to it for each device, and one for the Hub
 * itself, through which the engine can ask something of Live. Prints nothing: node.script would send it out as messages.
 *
 * # Handlers (what v8 sends to node.script)
 *
 *   hub <JSON>                      {"hub", "version", "max", "live"}: who the other half is
 *   device open <id> <client JSON>  a device wants a connection
 *   device frame <id> <text>, device piece <id> <index> <count> <text>
 *   device close <id>
 *   answer <n> <index> <count> <text>  {"result"} or {"error"} to call n
 *   engine start | stop | restart
 *   folder                          shows the data folder in Finder or Explorer
 *   idle <minutes>                  writes settings.json
 *
 * # Outlets (what node.script's left outlet sends to v8)
 *
 *   node_awake                      handlers are there; once, at the end of loading
 *   node_to <id> opened | frame <text> | piece <index> <count> <text> | closed <code> <words>
 *   node_engine <state JSON>        {"engine": off|starting|ready|stopped|missing, "words", "version"}
 *   node_log <line>
 *   node_call <n> <index> <count> <text>  {"method": "live.*", "params"}, maybe in pieces
 *
 * Texts longer than Max's symbols go in pieces of at most 30,000 bytes (rpc/pieces.js); the order of messages is kept
 * by node.script. The engine's token is added to session.hello here and never leaves this process by another way.
 */

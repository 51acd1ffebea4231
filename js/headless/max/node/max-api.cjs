/** The `max-api` module inside a node.script process of the headless Max: the same functions, over IPC. */

const MESSAGE_TYPES = { ALL: "all", BANG: "bang", DICT: "dict", LIST: "list", NUMBER: "number" };
const POST_LEVELS = { ERROR: "error", INFO: "info", WARN: "warn" };
const MAX_ENV = { MAX: "max", MAX_FOR_LIVE: "maxforlive", STANDALONE: "max:standalone" };

/** @type {Map<string, Set<Function>>} */
const handlers = new Map();
/** @type {Map<number, {resolve: Function, reject: Function}>} */
const asked = new Map();
let asks = 0;

/**
 * @param {any} data
 * @returns {Promise<void>} done when the words are on their way
 */
function tell(data) {
  return new Promise((resolve, reject) => {
    if (!process.send || !process.connected) {
      reject(new Error("Max is gone"));
      return;
    }
    process.send(data, (/** @type {Error | null} */ error) => (error ? reject(error) : resolve()));
  });
}

/**
 * @param {string} verb
 * @param {any} facts
 * @returns {Promise<any>}
 */
function ask(verb, facts) {
  asks += 1;
  const number = asks;
  return new Promise((resolve, reject) => {
    asked.set(number, { resolve, reject });
    tell({ kind: "dict", ask: number, verb, ...facts }).catch(reject);
  });
}

/**
 * The kinds of handler a message is for, with their arguments.
 * @param {{sel: string, args: any[], dict?: any}} message
 */
function kinds({ sel, args, dict }) {
  if (sel === "bang") return { type: MESSAGE_TYPES.BANG, name: "bang", args: [] };
  if (sel === "int" || sel === "float") return { type: MESSAGE_TYPES.NUMBER, name: "", args };
  if (sel === "list") return { type: MESSAGE_TYPES.LIST, name: "", args };
  if (sel === "dictionary") return { type: MESSAGE_TYPES.DICT, name: "", args: [dict] };
  return { type: "", name: sel, args };
}

/** @param {{sel: string, args: any[], dict?: any}} message */
async function heard(message) {
  const { type, name, args } = kinds(message);
  const found = [...(handlers.get(type) ?? []), ...(name && name !== type ? (handlers.get(name) ?? []) : [])];
  const all = [...(handlers.get(MESSAGE_TYPES.ALL) ?? [])];
  if (found.length + all.length === 0) await tell({ kind: "unhandled", sel: message.sel });
  for (const handler of found) await handler(...args);
  for (const handler of all) await handler(found.length > 0, ...(name ? [name] : []), ...args);
}

process.on("message", (/** @type {any} */ data) => {
  if (data.kind === "message") {
    heard(data).catch((error) => tell({ kind: "post", level: "error", text: String(error?.stack ?? error) }));
    return;
  }
  const waiting = asked.get(data.ask);
  asked.delete(data.ask);
  if (data.error) waiting?.reject(new Error(data.error));
  else waiting?.resolve(data.value);
});

/** @param {string} name @param {Function} handler */
function addHandler(name, handler) {
  if (typeof handler !== "function") throw new TypeError("a handler must be a function");
  if (handlers.size === 0) void tell({ kind: "ready" });
  const set = handlers.get(name) ?? new Set();
  set.add(handler);
  handlers.set(name, set);
}

/** @param {Record<string, Function>} map */
function addHandlers(map) {
  for (const [name, handler] of Object.entries(map)) addHandler(name, handler);
}

/** @param {string} name @param {Function} handler */
function removeHandler(name, handler) {
  handlers.get(name)?.delete(handler);
}

/** @param {string} name */
function removeHandlers(name) {
  handlers.delete(name);
}

/** @param {...any} values */
function outlet(...values) {
  return tell({ kind: "outlet", values });
}

function outletBang() {
  return tell({ kind: "outlet", values: ["bang"] });
}

/** @param {...any} words the last may be one of POST_LEVELS */
function post(...words) {
  const levels = Object.values(POST_LEVELS);
  const level = words.length > 1 && levels.includes(words[words.length - 1]) ? words.pop() : POST_LEVELS.INFO;
  return tell({ kind: "post", level, text: words.map(String).join(" ") });
}

/** @param {string} id */
function getDict(id) {
  return ask("get", { id });
}

/** @param {string} id @param {any} value */
function setDict(id, value) {
  return ask("set", { id, value });
}

/** @param {string} id @param {string} path @param {any} value */
function updateDict(id, path, value) {
  return ask("update", { id, path, value });
}

module.exports = {
  MAX_ENV,
  MESSAGE_TYPES,
  POST_LEVELS,
  addHandler,
  addHandlers,
  getDict,
  outlet,
  outletBang,
  post,
  removeHandler,
  removeHandlers,
  setDict,
  updateDict,
};

/** A v8 box with nothing around it: runs a script's code as Max does and shows what the script put on the global scope. */
import vm from "node:vm";
import { File, Task } from "./max_stubs.js";

/**
 * @param {string} code as it is embedded in a patch
 * @param {object} [around]
 * @param {(index: number, ...values: any[]) => void} [around.outlet]
 * @param {(receiver: string, ...values: any[]) => void} [around.messnamed]
 * @param {any} [around.LiveAPI]
 * @param {any} [around.Dict]
 * @returns {{ messages: Record<string, (...values: any[]) => any>, inlets: number, outlets: number }} the functions Max
 *   would call, by the name of the message
 */
export function v8(code, { outlet = () => {}, messnamed = () => {}, LiveAPI = class {}, Dict = class {} } = {}) {
  const max = { version: "912", frontmostpatcher: null };
  const box = { rect: [0, 0, 136, 125], varname: "", getattr: () => 0, message: () => {} };
  const patcher = { filepath: "", name: "", box: null, getnamed: () => null };
  const mgraphics = new Proxy({}, { get: () => () => 0, set: () => true });
  const given = { outlet, messnamed, LiveAPI, Dict, Task, File, max, box, patcher, mgraphics, post() {}, error() {} };
  const context = vm.createContext({ ...given, autowatch: 0, inlets: 1, outlets: 1, console, setTimeout });
  const before = new Set(Object.keys(context));
  vm.runInContext(code, context);
  const messages = Object.fromEntries(
    Object.entries(context).filter(([name, value]) => !before.has(name) && typeof value === "function"),
  );
  return { messages, inlets: context.inlets, outlets: context.outlets };
}

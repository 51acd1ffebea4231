/** Module hook of node.script processes: the name `max-api` means the module that talks to the headless Max. */

const API = new URL("./max-api.cjs", import.meta.url).href;

/**
 * @param {string} specifier
 * @param {any} context
 * @param {(specifier: string, context: any) => Promise<any>} next
 */
export async function resolve(specifier, context, next) {
  return specifier === "max-api" ? { url: API, format: "commonjs", shortCircuit: true } : next(specifier, context);
}

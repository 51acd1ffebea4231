/**
 * First code of a node.script process: gives it `max-api`, then loads the entry file.
 *
 * Arguments: the entry file, then what `script start` was given (so the script sees them from index 2 on).
 */

import { existsSync } from "node:fs";
import { createRequire, register } from "node:module";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";

// Where `max-api` was not laid beside the script, `import "max-api"` of ES modules goes through a hook, in a thread that takes
// its time to start. `require("max-api")` goes through CommonJS's own resolver.
if (!existsSync(join(dirname(process.argv[2]), "node_modules", "max-api"))) register("./hooks.mjs", import.meta.url);
const require = createRequire(import.meta.url);
/** @type {any} */
const Module = require("node:module");
const resolve = Module._resolveFilename;
Module._resolveFilename = (/** @type {string} */ request, /** @type {any[]} */ ...rest) =>
  request === "max-api" ? require.resolve("./max-api.cjs") : resolve(request, ...rest);

const send = (/** @type {any} */ data) => process.send?.(data);
const [, , entry, ...args] = process.argv;
process.argv = [process.argv[0], entry, ...args];
// Max went away without a word: nothing is left to work for.
process.on("disconnect", () => process.exit());

send({ kind: "loadstart" });
try {
  await import(pathToFileURL(entry).href);
  send({ kind: "loadend", ok: true });
} catch (error) {
  const words = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  process.send?.({ kind: "loadend", ok: false, message: words }, () => process.exit(1));
}

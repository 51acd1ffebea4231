/**
 * Runs every `*.test.js` below tests/js with Node's own runner. Node 20 takes a folder and Node 22 a glob, so the files
 * are listed here instead. Arguments are parts of file names: `npm test rpc` runs what has "rpc" in its path.
 */
import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../tests/js", import.meta.url));
const wanted = process.argv.slice(2);
const files = readdirSync(root, { recursive: true })
  .map((name) => join(root, String(name)))
  .filter((path) => path.endsWith(".test.js") && wanted.every((part) => path.includes(part)))
  .sort();

if (files.length === 0) {
  console.error(`No test file matches ${wanted.join(" ")}`);
  process.exit(1);
}
const run = spawnSync(process.execPath, ["--test", "--test-reporter=spec", ...files], { stdio: "inherit" });
process.exit(run.status ?? 1);

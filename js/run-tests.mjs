/**
 * Runs every `*.test.js` below tests/js, then below tests/e2e, with Node's own runner. Arguments are parts of file names:
 * `npm test rpc` runs what has "rpc" in its path. `--small` runs only those below tests/js, `--plays` only the others.
 */
import { readdirSync } from "node:fs";
import { availableParallelism } from "node:os";
import { basename, join } from "node:path";
import { run } from "node:test";
import { spec } from "node:test/reporters";
import { fileURLToPath } from "node:url";

/** A play end to end starts processes of its own: more than this at once, and they wait for each other. */
const PLAYS_AT_ONCE = 3;

/** A file that takes longer is ended and has failed, ms: what a test left open would keep it for ever. */
const PATIENCE = 600_000;

/** Plays that take longest begin first, so that none is left over when the others are through. */
const LONG = ["hear.", "companion", "cords", "faults", "life", "tools", "knobs"];

const tests = fileURLToPath(new URL("../tests", import.meta.url));
const words = process.argv.slice(2);
const wanted = words.filter((word) => !word.startsWith("--"));

/** @param {string} folder below tests */
const filesIn = (folder) =>
  readdirSync(join(tests, folder), { recursive: true })
    .map((name) => join(tests, folder, String(name)))
    .filter((path) => path.endsWith(".test.js") && wanted.every((part) => path.includes(part)))
    .sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));

/** @param {string} path */
function rank(path) {
  const found = LONG.findIndex((part) => basename(path).includes(part));
  return found < 0 ? LONG.length : found;
}

/** @param {string[]} files @param {number} concurrency how many at once @returns {Promise<boolean>} whether all is well */
function passes(files, concurrency) {
  if (files.length === 0) return Promise.resolve(true);
  let well = true;
  const stream = run({ files, concurrency, timeout: PATIENCE });
  stream.on("test:fail", ({ todo }) => {
    if (todo === undefined || todo === false) well = false;
  });
  const told = stream.compose(/** @type {any} */ (spec));
  told.pipe(process.stdout, { end: false });
  return new Promise((resolve, reject) => told.on("end", () => resolve(well)).on("error", reject));
}

const small = words.includes("--plays") ? [] : filesIn("js");
const plays = words.includes("--small") ? [] : filesIn("e2e");
if (small.length + plays.length === 0) {
  console.error(`No test file matches ${wanted.join(" ")}`);
  process.exit(1);
}
// Both are run, so that one red test does not hide another.
const well = [await passes(small, availableParallelism()), await passes(plays, PLAYS_AT_ONCE)];
process.exitCode = well.every(Boolean) ? 0 : 1;

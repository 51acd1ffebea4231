/**
 * Runs every `*.test.js` below tests/js, then below tests/e2e, with Node's own runner. Node 20 takes a folder and Node 22 a
 * glob, so the files are listed here instead. Arguments are parts of file names: `npm test rpc` runs what has "rpc" in its
 * path.
 */
import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** A play end to end starts processes of its own: more than this at once, and they wait for each other. */
const PLAYS_AT_ONCE = 3;

const tests = fileURLToPath(new URL("../tests", import.meta.url));
const wanted = process.argv.slice(2);

/** @param {string} folder below tests */
const filesIn = (folder) =>
  readdirSync(join(tests, folder), { recursive: true })
    .map((name) => join(tests, folder, String(name)))
    .filter((path) => path.endsWith(".test.js") && wanted.every((part) => path.includes(part)))
    .sort();

/** Whether this Node can be told how many files to run at once (20.10 and later). */
function canBeTold() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  return major > 20 || minor >= 10;
}

/** @param {string[]} files @param {string[]} [options] @returns {number} exit status */
function run(files, options = []) {
  if (files.length === 0) return 0;
  const words = ["--test", "--test-reporter=spec", ...options, ...files];
  return spawnSync(process.execPath, words, { stdio: "inherit" }).status ?? 1;
}

const [small, plays] = [filesIn("js"), filesIn("e2e")];
if (small.length + plays.length === 0) {
  console.error(`No test file matches ${wanted.join(" ")}`);
  process.exit(1);
}
/** Node leaves one core alone unless it is told. @param {number} files @returns {string[]} */
const atOnce = (files) => (canBeTold() ? [`--test-concurrency=${files}`] : []);

const status = run(small, atOnce(availableParallelism()));
// Both are run, so that one red test does not hide another.
process.exit(run(plays, atOnce(PLAYS_AT_ONCE)) || status);

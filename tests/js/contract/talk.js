/** How these scripts and the tests in Python talk: one JSON text in on standard input, one out on standard output. */
import { readFileSync } from "node:fs";

/** @returns {any} */
export const told = () => JSON.parse(readFileSync(0, "utf8"));

/**
 * The last word: the process ends when it is out, whatever is still open. (A pipe takes 64 KiB at a time.)
 *
 * @param {unknown} value
 */
export const say = (value) => process.stdout.write(JSON.stringify(value), () => process.exit(0));

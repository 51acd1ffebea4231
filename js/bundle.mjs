/**
 * Bundles the scripts that go into the built devices.
 *
 *   node bundle.mjs            writes every bundle to js/dist/
 *   node bundle.mjs --check    builds in memory and says (exit 1) which files in js/dist/ differ
 *
 * Same sources, same bytes: no time, no user name and no absolute path gets into a bundle, wherever the
 * working tree lies. The v8 bundles are one function each, with Max's own globals (inlets, outlets, autowatch)
 * set in front of it, since Max reads them while it compiles the file and before it makes the box's cords.
 */

import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const HERE = dirname(fileURLToPath(import.meta.url));

/**
 * One script of one kind of Max object.
 *
 * @typedef {object} Entry
 * @property {string} source   path from js/
 * @property {string} out      file name in js/dist/
 * @property {"v8"|"node"} runs  where it runs
 * @property {number} [inlets]   v8 only: inlets of the box
 * @property {number} [outlets]  v8 only: outlets of the box
 */

/** @type {readonly Entry[]} */
export const ENTRIES = [
  { source: "hub/main.mjs", out: "bandmate-hub.mjs", runs: "node" },
  { source: "hub/v8.js", out: "hub.js", runs: "v8", inlets: 1, outlets: 2 },
  { source: "devices/chords/main.js", out: "chords.js", runs: "v8", inlets: 1, outlets: 3 },
  { source: "devices/arp/main.js", out: "arp.js", runs: "v8", inlets: 1, outlets: 4 },
  { source: "devices/bass/main.js", out: "bass.js", runs: "v8", inlets: 1, outlets: 3 },
  { source: "devices/melody/main.js", out: "melody.js", runs: "v8", inlets: 1, outlets: 3 },
  { source: "devices/drums/main.js", out: "drums.js", runs: "v8", inlets: 1, outlets: 3 },
  { source: "devices/humanise/main.js", out: "humanise.js", runs: "v8", inlets: 1, outlets: 3 },
  { source: "devices/arrange/main.js", out: "arrange.js", runs: "v8", inlets: 1, outlets: 2 },
  { source: "devices/jam/main.js", out: "jam.js", runs: "v8", inlets: 1, outlets: 3 },
  { source: "devices/macros/main.js", out: "macros.js", runs: "v8", inlets: 1, outlets: 2 },
  { source: "devices/taste/main.js", out: "taste.js", runs: "v8", inlets: 1, outlets: 2 },
  { source: "devices/vary/main.js", out: "vary.js", runs: "v8", inlets: 1, outlets: 3 },
  { source: "devices/listen/main.js", out: "listen.js", runs: "v8", inlets: 1, outlets: 4 },
  { source: "devices/companion/main.js", out: "companion.js", runs: "v8", inlets: 1, outlets: 2 },
  { source: "devices/tools/chords.js", out: "chords_tool.js", runs: "v8", inlets: 1, outlets: 4 },
  { source: "devices/tools/bass.js", out: "bass_tool.js", runs: "v8", inlets: 1, outlets: 4 },
  { source: "devices/tools/drums.js", out: "drums_tool.js", runs: "v8", inlets: 1, outlets: 4 },
  { source: "devices/tools/vary.js", out: "vary_tool.js", runs: "v8", inlets: 1, outlets: 4 },
  { source: "devices/tools/melody.js", out: "melody_tool.js", runs: "v8", inlets: 1, outlets: 4 },
  { source: "devices/tools/humanise.js", out: "humanise_tool.js", runs: "v8", inlets: 1, outlets: 4 },
  { source: "devices/tools/groove.js", out: "groove_tool.js", runs: "v8", inlets: 1, outlets: 4 },
  { source: "devices/tools/fit.js", out: "fit_tool.js", runs: "v8", inlets: 1, outlets: 3 },
  { source: "ui/toolpanel.js", out: "toolpanel.js", runs: "v8", inlets: 1, outlets: 1 },
  { source: "ui/companionpanel.js", out: "companionpanel.js", runs: "v8", inlets: 1, outlets: 1 },
  { source: "ui/heardpanel.js", out: "heardpanel.js", runs: "v8", inlets: 1, outlets: 1 },
  { source: "ui/spectrumview.js", out: "spectrumview.js", runs: "v8", inlets: 1, outlets: 1 },
  { source: "ui/pianoroll.js", out: "pianoroll.js", runs: "v8", inlets: 1, outlets: 1 },
  { source: "ui/lineroll.js", out: "lineroll.js", runs: "v8", inlets: 1, outlets: 1 },
  { source: "ui/drumpanel.js", out: "drumpanel.js", runs: "v8", inlets: 1, outlets: 1 },
  { source: "ui/humaniseroll.js", out: "humaniseroll.js", runs: "v8", inlets: 1, outlets: 1 },
  { source: "ui/jampanel.js", out: "jampanel.js", runs: "v8", inlets: 1, outlets: 1 },
  { source: "ui/macrospanel.js", out: "macrospanel.js", runs: "v8", inlets: 1, outlets: 1 },
  { source: "ui/tastepanel.js", out: "tastepanel.js", runs: "v8", inlets: 1, outlets: 1 },
  { source: "ui/energypanel.js", out: "energypanel.js", runs: "v8", inlets: 1, outlets: 1 },
  { source: "ui/varyroll.js", out: "varyroll.js", runs: "v8", inlets: 1, outlets: 1 },
  { source: "ui/hubpanel.js", out: "hubpanel.js", runs: "v8", inlets: 1, outlets: 1 },
];

/**
 * Builds one entry in memory.
 *
 * @param {Entry} entry
 * @returns {Promise<string>} the bundle's text
 */
export async function bundle(entry) {
  const node = entry.runs === "node";
  const result = await build({
    absWorkingDir: HERE,
    entryPoints: [entry.source],
    bundle: true,
    write: false,
    charset: "utf8",
    legalComments: "inline",
    logLevel: "error",
    // The checker's settings must not leak into the output ("use strict" in front of Max's globals, for one).
    tsconfigRaw: "{}",
    // A node_modules that is a link elsewhere must not put that place's name into the bundle.
    preserveSymlinks: true,
    ...(node
      ? {
          platform: /** @type {const} */ ("node"),
          format: /** @type {const} */ ("esm"),
          target: "node20",
          external: ["max-api"],
          // ws looks for two optional native helpers; a frozen device has nothing beside it to find.
          define: { "process.env.WS_NO_BUFFER_UTIL": '"1"', "process.env.WS_NO_UTF_8_VALIDATE": '"1"' },
          banner: {
            js: 'import { createRequire as bandmateCreateRequire } from "node:module";\nconst require = bandmateCreateRequire(import.meta.url);',
          },
        }
      : {
          platform: /** @type {const} */ ("neutral"),
          mainFields: [],
          format: /** @type {const} */ ("iife"),
          target: "es2020",
          banner: { js: `autowatch = 0;\ninlets = ${entry.inlets};\noutlets = ${entry.outlets};` },
        }),
  });
  return result.outputFiles[0].text;
}

/**
 * @param {string[]} args  command line without node and script
 * @returns {Promise<number>} exit status
 */
async function main(args) {
  const check = args.includes("--check");
  const folder = join(HERE, "dist");
  /** @type {string[]} */
  const stale = [];
  mkdirSync(folder, { recursive: true });
  for (const entry of ENTRIES) {
    if (!existsSync(join(HERE, entry.source))) continue;
    const text = await bundle(entry);
    const file = join(folder, entry.out);
    const same = existsSync(file) && readFileSync(file, "utf8") === text;
    if (check && !same) stale.push(entry.out);
    if (!check && !same) writeFileSync(file, text);
    if (!check) process.stdout.write(`js/dist/${entry.out}  ${Math.ceil(text.length / 1024)} KiB\n`);
  }
  for (const name of stale) process.stdout.write(`js/dist/${name} is stale: run "node bundle.mjs"\n`);
  return stale.length === 0 ? 0 : 1;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.exitCode = await main(process.argv.slice(2));

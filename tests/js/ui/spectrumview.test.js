/** The built script of Listen's running spectrum: it looks while something passes, and rests when nothing new does. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { createContext, runInContext } from "node:vm";
import { bundle, ENTRIES } from "../../../js/bundle.mjs";
import { recorder } from "./support/recorder.js";

const RATE = 44_100;
const FRAMES = 8192;
/** More than a level sinks through in full, and a pitch stays. */
const LONG = 250;

test("where the ring stands still the picture comes to rest and computes no more, until it moves", async () => {
  const entry = ENTRIES.find(({ out }) => out === "spectrumview.js") ?? assert.fail();
  const g = recorder(136, 60);
  let looks = 0;
  let hz = 440;
  const scope = /** @type {any} */ (
    createContext({
      mgraphics: g,
      outlet() {},
      Buffer: class {
        framecount = () => FRAMES;
        length = () => (1000 * FRAMES) / RATE;
        channelcount = () => 1;
        freepeer() {}
        peek(/** @type {number} */ _, /** @type {number} */ from, /** @type {number} */ count) {
          looks++;
          return Array.from({ length: count }, (__, i) => 0.5 * Math.sin((2 * Math.PI * hz * (from + i)) / RATE));
        }
      },
    })
  );
  runInContext(await bundle(entry), scope);
  const texts = () => {
    g.texts.length = 0;
    scope.paint();
    return g.texts.map(({ text }) => text).join(" ");
  };
  scope.scope("ring");
  scope.active(1);
  for (let i = 1; i <= 8; i++) scope.position(0.5 + i / 100);
  assert.match(texts(), /A3 /);
  // Another sound came while nobody looked: its louder lows jump up, the old ones sink, and then nothing moves.
  hz = 523.25;
  for (let i = 0; i < LONG; i++) scope.position(0.7);
  assert.match(texts(), /C4 /);
  const [before, redraws] = [looks, g.redraws];
  for (let i = 0; i < LONG; i++) scope.position(0.7);
  assert.deepEqual([looks, g.redraws], [before, redraws]);
  hz = 440;
  for (let i = 1; i <= 8; i++) scope.position(0.7 + i / 100);
  assert.match(texts(), /A3 /);
  assert.ok(looks > before);
  // Switched off and on it looks anew, though the ring stands where it stood.
  hz = 523.25;
  scope.active(0);
  scope.active(1);
  for (let i = 0; i < 8; i++) scope.position(0.78);
  assert.match(texts(), /C4 /);
});

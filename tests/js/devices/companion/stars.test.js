/** A press on the stars rates the take in the clip one points at. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { readClip } from "../../../../js/devices/tasting/notes.js";
import { desk, fitted, midiClip, ready, settled } from "./desk.js";

/** Live's notifications come with the next turn, and a hand that rests is asked after. @param {any} on */
async function pointed(on) {
  await new Promise((next) => setImmediate(next));
  on.clock.move(300);
  await settled();
}

/** The engine knows the clip as a take with so many stars. @param {any} on @param {string} take @param {number} stars */
async function known(on, take, stars) {
  await on.last("taste.find").answer({ take: { take, made: "2026-11-01T10:00:00Z" } });
  const rewards = stars > 0 ? [{ kind: "stars", amount: stars, counted: true }] : [];
  await on.last("taste.take").answer({ line: { how: "", parent: "" }, rewards });
}

const stars = (/** @type {any} */ on) => on.sent.findLast((/** @type {any[]} */ each) => each[1] === "stars")?.[2];

test("the stars follow the clip one points at, and a press on them rates its take", async () => {
  const on = ready();
  midiClip(on);
  await pointed(on);
  await known(on, "t1", 3);
  assert.equal(stars(on), 3);
  on.device.rate(5);
  assert.equal(stars(on), 5);
  const { params } = on.last("taste.rate");
  assert.equal(params.take, "t1");
  assert.equal(params.stars, 5);
  await on.last("taste.rate").answer({});
  assert.match(on.words(), /^Rated 5 stars: Generate leans that way/);
  midiClip(on, undefined, { track: 0, name: "Other" });
  on.set.edit(() => on.set.tracks[0].clip_slots[0].clip.remove_notes_extended(60, 1, 0, 8));
  await pointed(on);
  await on.last("taste.find").answer({ take: null });
  assert.equal(stars(on), -1);
});

test("Fit to key is no edit by hand", async () => {
  const on = ready();
  const clip = midiClip(on);
  await pointed(on);
  on.device.fit();
  await on.last("compose.fit").answer(fitted(on.last("compose.fit"), 2));
  await settled();
  assert.equal(clip.notes[0].pitch, 62);
  const { live, tasted } = on;
  assert.ok(tasted.session.wrote(readClip(live, clip.id)), "the others are not told that a button did it");
  on.set.edit(() => clip.remove_notes_extended(62, 1, 0, 8));
  assert.ok(!tasted.session.wrote(readClip(live, clip.id)));
});

test("one that rests shows no stars, and rates nothing", async () => {
  const on = desk();
  on.device.start();
  on.engine.become("ready", "Ready");
  midiClip(on);
  await pointed(on);
  await known(on, "t1", 2);
  on.device.enable(false);
  assert.equal(stars(on), -1);
  on.device.rate(4);
  assert.deepEqual(on.engine.of("taste.rate"), []);
});

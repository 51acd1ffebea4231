/** Automation as Live plays it: lanes of the arrangement, envelopes of session clips, hands that take over. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { steps, valueAt } from "../../../../js/headless/live/model/automation.js";
import fc from "../../../../js/node_modules/fast-check/lib/fast-check.js";
import { bench } from "./harness.js";

/** A Set whose Density goes from 0 to 100 in four beats, and a clip of two beats that holds 20, then 80. */
function lanes() {
  const live = bench();
  const density = live.device.parameter("Density");
  live.clip();
  const clip = /** @type {any} */ (live.set.tracks[0].clip_slots[0].clip);
  const lane = /** @type {[number, number][]} */ ([
    [0, 0],
    [4, 100],
  ]);
  const envelope = steps([
    [0, 20],
    [1, 80],
  ]);
  clip.set_loop_end(2);
  return { ...live, density, clip, lane, envelope };
}

test("values hold until the next one in a lane of steps", () => {
  const points = steps([
    [0, 1],
    [2, 5],
    [3, 2],
  ]).map(([time, value]) => ({ time, value }));
  assert.deepEqual(
    [-1, 0, 1.999, 2, 2.5, 3, 9].map((time) => valueAt(points, time)),
    [1, 1, 1, 5, 5, 2, 2],
  );
});

test("a value lies between its neighbours, wherever it is asked for", () => {
  const point = fc.record({ time: fc.integer({ min: 0, max: 40 }), value: fc.integer({ min: 0, max: 100 }) });
  fc.assert(
    fc.property(
      fc.array(point, { minLength: 1, maxLength: 12 }),
      fc.double({ min: -1, max: 41, noNaN: true }),
      (all, at) => {
        const points = [...all].sort((a, b) => a.time - b.time);
        const before = points.filter(({ time }) => time <= at).at(-1) ?? points[0];
        const after = points.find(({ time }) => time > at) ?? points[points.length - 1];
        const value = valueAt(points, at);
        assert.ok(
          value >= Math.min(before.value, after.value) - 1e-9 && value <= Math.max(before.value, after.value) + 1e-9,
        );
        for (const { time } of points)
          assert.equal(valueAt(points, time), points.filter((each) => each.time === time).at(-1)?.value);
      },
    ),
    { numRuns: 40, seed: 1 },
  );
});

test("a lane may curve, and is refused where it cannot", () => {
  const { set, device, density, clip, play } = lanes();
  // Of these control points time is the cube of what the value is.
  const fast = /** @type {const} */ ([0, 1 / 3, 0, 2 / 3]);
  set.automation.draw(density, [
    [0, 0, fast],
    [4, 100],
  ]);
  set.song.start_playing();
  play(0.5);
  assert.ok(Math.abs(density.value - 50) < 1e-6);
  set.automation.drawInClip(clip, density, [
    [0, 20, fast],
    [2, 60, [0.5, 0.5, 0.5, 0.5]],
  ]);
  assert.deepEqual(clip.envelopes.get(density), [
    { time: 0, value: 20, curve: fast },
    { time: 2, value: 60 },
  ]);
  for (const wrong of [[0, 0, 1], [0, 0, 1, 1.01], [Number.NaN, 0, 1, 1], [-0.1, 0, 1, 1], []]) {
    assert.throws(() => set.automation.draw(density, [[0, 0, wrong]]), /four numbers from 0 to 1/);
  }
  const style = device.parameter("Style");
  assert.throws(() => set.automation.draw(style, [[0, 1, fast]]), /goes from item to item/);
});

test("where the song begins and where it jumps to, the value holds at once", () => {
  const { set, density, lane, play } = lanes();
  set.automation.draw(density, lane);
  assert.equal(density.value, 50);
  set.song.start_playing();
  assert.equal(density.value, 0);
  play(1);
  assert.equal(density.value, 25);
  set.song.transport.moveTo(3);
  assert.equal(density.value, 75);
  set.song.stop_playing();
  set.song.transport.moveTo(1);
  assert.equal(density.value, 75, "nothing moves while the song stands");
  set.song.continue_playing();
  assert.equal(density.value, 25);
});

test("the song's loop takes the lane back", () => {
  const { set, density, lane, play } = lanes();
  set.automation.draw(density, lane);
  set.song.set_loop_length(2);
  set.song.set_loop(true);
  set.song.start_playing();
  play(1.5);
  assert.equal(density.value, 37.5);
  play(1);
  assert.equal(density.value, 12.5);
});

test("menus move by whole items, and a lane beyond the range stays in it", () => {
  const { set, device, play } = lanes();
  const [style, density] = [device.parameter("Style"), device.parameter("Density")];
  set.automation.draw(style, [
    [0, 0],
    [4, 2],
  ]);
  set.automation.draw(density, [[0, 900]]);
  set.song.start_playing();
  const seen = [style.display_value];
  for (let beat = 0; beat < 4; beat++) {
    play(1);
    seen.push(style.display_value);
  }
  assert.deepEqual(seen, ["Auto", "House", "House", "Techno", "Techno"]);
  assert.equal(density.value, 100);
});

test("a session clip's envelope goes before the lane while the clip plays, in the clip's own time", () => {
  const { set, density, clip, lane, envelope, play } = lanes();
  set.automation.draw(density, lane);
  set.automation.drawInClip(clip, density, envelope);
  set.song.start_playing();
  play(0.5);
  assert.equal(density.value, 12.5);
  clip.fire();
  play(3.5);
  assert.equal(density.value, 20);
  play(1.25);
  assert.equal(density.value, 80);
  play(1);
  assert.equal(density.value, 20, "round the clip's loop");
  clip.stop();
  play(2);
  assert.equal(density.value, 100, "the lane again");
});

test("a hand overrides until the automation is enabled again: for one, for all, by launching the clip", () => {
  const { set, density, device, clip, lane, envelope, play } = lanes();
  const style = device.parameter("Style");
  set.automation.draw(density, lane);
  set.automation.draw(style, [[0, 1]]);
  const states = () => [density.automation_state, style.automation_state, set.song.re_enable_automation_enabled];
  assert.deepEqual(states(), [1, 1, false]);
  set.song.start_playing();
  density.move(60, "user");
  style.move(2, "patch");
  play(1);
  assert.deepEqual([density.value, style.value, ...states()], [60, 2, 2, 2, true]);
  density.re_enable_automation();
  play(1);
  assert.deepEqual([density.value, style.value, ...states()], [50, 2, 1, 2, true]);
  set.song.re_enable_automation();
  play(1);
  assert.deepEqual([density.value, style.value, ...states()], [75, 1, 1, 1, false]);
  set.automation.draw(density, []);
  set.automation.draw(style, []);
  assert.deepEqual(states(), [0, 0, false]);
  set.automation.drawInClip(clip, density, envelope);
  assert.deepEqual(states(), [1, 0, false]);
  density.move(60, "user");
  assert.deepEqual(states(), [2, 0, true]);
  clip.fire();
  play(1);
  assert.deepEqual([density.value, ...states()], [20, 1, 0, false]);
  clip.clear_all_envelopes();
  assert.deepEqual(states(), [0, 0, false]);
});

test("LiveAPI hears the value and the state, and a value it sets overrides", () => {
  const { LiveAPI, api, set, density, lane, play, deliver } = lanes();
  set.automation.draw(density, lane);
  /** @type {any[]} */
  const heard = [];
  for (const property of ["value", "automation_state"]) {
    const observer = new LiveAPI((words) => heard.push(words), "live_set tracks 0 devices 0 parameters 1");
    observer.property = property;
  }
  deliver();
  heard.length = 0;
  api("live_set").call("start_playing");
  play(1);
  play(1);
  deliver();
  api("live_set tracks 0 devices 0 parameters 1").set("value", 7);
  play(1);
  deliver();
  api("live_set tracks 0 devices 0 parameters 1").call("re_enable_automation");
  play(1);
  deliver();
  assert.deepEqual(
    heard.filter(([property]) => property === "value").map(([, value]) => value),
    [0, 25, 50, 7, 100],
  );
  assert.deepEqual(
    heard.filter(([property]) => property === "automation_state").map(([, value]) => value),
    [2, 1],
  );
});

test("what cannot be automated says so", () => {
  const { set, device, density, clip, envelope } = lanes();
  assert.throws(() => set.automation.draw(device.parameter("Seed"), [[0, 1]]), /cannot be automated: it is hidden/);
  const other = set.tracks[1].mixer_device.panning;
  assert.throws(() => set.automation.drawInClip(clip, other, envelope), /not on the track/);
  set.tracks[0].create_midi_clip(0, 4);
  const placed = /** @type {any} */ (set.tracks[0].arrangement_clips[0]);
  assert.throws(() => set.automation.drawInClip(placed, density, envelope), /belongs to the track/);
});

import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { beatAt, secondsAt, straight, withShadow } from "../../../../js/headless/live/model/warp.js";
import { encodeWav } from "../../../../js/headless/max/wav.js";
import fc from "../../../../js/node_modules/fast-check/lib/fast-check.js";
import { bench } from "./harness.js";

/** Four seconds at 48 kHz, warped at 90 BPM: six beats. */
const LOOP = { filePath: "/music/loop.wav", sampleLength: 192000, sampleRate: 48000, tempo: 90, name: "Loop" };
const PATH = "live_set tracks 2 clip_slots 0 clip";

/** @param {Record<string, any>} [spec] @param {Record<string, any>} [options] */
function withClip(spec = {}, options = {}) {
  const live = bench({ tempo: 120, version: "12.3.5", ...options });
  const clip = live.set.addAudioClip(2, { ...LOOP, ...spec });
  return { ...live, clip, path: spec.start === undefined ? PATH : "live_set tracks 2 arrangement_clips 0" };
}

/** @param {any} api @returns {{beat_time: number, sample_time: number}[]} */
const markers = (api) => JSON.parse(api.get("warp_markers")[0]).warp_markers;

test("an audio clip of the session grid, as LiveAPI tells it", () => {
  const { api } = withClip();
  const clip = api(PATH);
  const facts = Object.fromEntries(
    ["is_audio_clip", "file_path", "sample_length", "sample_rate", "warping", "looping", "loop_start", "loop_end"].map(
      (name) => [name, clip.get(name)[0]],
    ),
  );
  assert.deepEqual(facts, {
    is_audio_clip: 1,
    file_path: "/music/loop.wav",
    sample_length: 192000,
    sample_rate: 48000,
    warping: 1,
    looping: 1,
    loop_start: 0,
    loop_end: 6,
  });
  assert.deepEqual([clip.get("start_marker"), clip.get("end_marker"), clip.get("end_time")], [[0], [6], [6]]);
  assert.deepEqual(markers(clip), [
    { beat_time: 0, sample_time: 0 },
    { beat_time: 1 / 32, sample_time: 1 / 48 },
  ]);
});

test("an audio clip of the arrangement has its place in beats, warped or not", () => {
  const warped = withClip({ start: 8 });
  const clip = warped.api(warped.path);
  assert.deepEqual([clip.get("start_time"), clip.get("end_time"), clip.get("looping")], [[8], [14], [0]]);
  const plain = withClip({ start: 8, warping: false });
  const raw = plain.api(plain.path);
  assert.deepEqual([raw.get("start_time"), raw.get("end_time"), raw.get("length")], [[8], [16], [4]]);
  assert.deepEqual([raw.get("start_marker"), raw.get("end_marker")], [[0], [4]]);
});

test("a clip that is not warped is cut, copied and played in seconds", () => {
  const { api, set, play } = withClip({ start: 0, warping: false });
  const track = api("live_set tracks 2");
  set.addAudioClip(2, { ...LOOP, start: 2, end: 4 });
  const tail = api("live_set tracks 2 arrangement_clips 2");
  assert.deepEqual([tail.get("start_time"), tail.get("end_time"), tail.get("start_marker")], [[4], [8], [2]]);
  track.call("duplicate_clip_to_arrangement", "id", Number(api("live_set tracks 2 arrangement_clips 0").id), 20);
  const copy = api("live_set tracks 2 arrangement_clips 3");
  assert.deepEqual([copy.get("start_time"), copy.get("end_time")], [[20], [28]]);
  api("live_set").call("start_playing");
  play(1);
  assert.deepEqual(api("live_set tracks 2 arrangement_clips 0").get("playing_position"), [0.5]);
});

test("warping is switched a moment later, and takes loop and markers with it", () => {
  const { api, set } = withClip();
  const clip = api(PATH);
  clip.set("start_marker", 1.5);
  clip.set("warping", 0);
  assert.deepEqual(clip.get("warping"), [1]);
  set.tick();
  assert.deepEqual([clip.get("warping"), clip.get("looping")], [[0], [0]]);
  assert.deepEqual([clip.get("start_marker"), clip.get("end_marker"), clip.get("length")], [[1], [4], [3]]);
  clip.set("warping", 1);
  set.tick();
  assert.deepEqual([clip.get("start_marker"), clip.get("end_marker")], [[1.5], [6]]);
  set.history.undo();
  assert.deepEqual([clip.get("warping"), clip.get("looping"), clip.get("end_marker")], [[1], [1], [6]]);
});

test("only a warped clip is looped or has markers added", () => {
  const { api, posted } = withClip({ warping: false });
  const clip = api(PATH);
  clip.set("looping", 1);
  clip.call("add_warp_marker", { beat_time: 1 });
  assert.deepEqual(clip.get("looping"), [0]);
  assert.match(posted[0], /only a warped audio clip can be looped/u);
  assert.match(posted[1], /add_warp_marker: this clip is not warped/u);
});

test("warp markers are added, moved and removed within Live's limits", () => {
  const { api, LiveAPI, deliver, posted } = withClip();
  const clip = api(PATH);
  /** @type {unknown[][]} */
  const heard = [];
  const watch = new LiveAPI((/** @type {unknown[]} */ words) => heard.push(words), PATH);
  watch.property = "warp_markers";
  deliver();
  heard.length = 0;
  clip.call("add_warp_marker", { beat_time: 3 });
  deliver();
  assert.deepEqual(heard, [["warp_markers", "bang"]], "only that they changed is told");
  assert.deepEqual(markers(clip).slice(0, 2), [
    { beat_time: 0, sample_time: 0 },
    { beat_time: 3, sample_time: 2 },
  ]);
  clip.call("move_warp_marker", 3, 1);
  assert.deepEqual(
    markers(clip).map((marker) => marker.beat_time),
    [0, 4, 4 + 1 / 32],
  );
  clip.call("add_warp_marker", { beat_time: 5, sample_time: 3 });
  clip.call("remove_warp_marker", 4);
  assert.deepEqual(
    markers(clip).map((marker) => marker.sample_time),
    [0, 3, 3 + 1 / 48],
  );
  assert.deepEqual(posted, []);
  clip.call("add_warp_marker", { beat_time: 5 });
  clip.call("add_warp_marker", { beat_time: 8, sample_time: 5 });
  clip.call("add_warp_marker", { beat_time: 4, sample_time: 3.5 });
  clip.call("add_warp_marker", { beat_time: 2, sample_time: 0.001 });
  clip.call("move_warp_marker", 1, 1);
  clip.call("remove_warp_marker", 0);
  clip.call("remove_warp_marker", 5);
  clip.call("add_warp_marker", { sample_time: 1 });
  for (const [index, words] of [
    "there is a marker at beat 5",
    "outside the sample; allowed: 0 to 4",
    "between its neighbours",
    "allowed: 5 to 999",
    "no warp marker at beat 1",
    "the last warp marker stays",
    "wants a dictionary with beat_time",
  ].entries()) {
    assert.ok(posted[index].includes(words), `${posted[index]} should say ${words}`);
  }
  assert.equal(posted.length, 7);
});

test("between markers time runs evenly, and beyond them as next to them; there and back is the same", () => {
  const list = withShadow(
    [
      { beat_time: -1, sample_time: 0.5 },
      { beat_time: 3, sample_time: 2.5 },
      { beat_time: 4, sample_time: 3.5 },
    ],
    240,
  );
  assert.deepEqual(
    [-3, -1, 1, 3.5, 4, 8].map((beat) => secondsAt(list, beat)),
    [-0.5, 0.5, 1.5, 3, 3.5, 4.5],
  );
  assert.equal(secondsAt(straight(120), 7), 3.5);
  fc.assert(
    fc.property(fc.double({ min: -100, max: 100, noNaN: true }), (beat) => {
      assert.ok(Math.abs(beatAt(list, secondsAt(list, beat)) - beat) < 1e-9);
    }),
  );
});

test("name, colour, pitch, gain and warp mode are set within their ranges", () => {
  const { api, posted } = withClip();
  const clip = api(PATH);
  for (const [name, value] of /** @type {const} */ ([
    ["name", "Break 90"],
    ["color_index", 14],
    ["pitch_coarse", -12],
    ["pitch_fine", 20.5],
    ["gain", 0.5],
    ["warp_mode", 6],
    ["ram_mode", 1],
  ])) {
    clip.set(name, value);
    assert.deepEqual(clip.get(name), [value]);
  }
  clip.set("color", 0x00ff00);
  assert.notEqual(clip.get("color_index")[0], 14);
  clip.set("pitch_coarse", 49);
  clip.set("warp_mode", 5);
  clip.set("gain", 1.5);
  clip.set("start_marker", 9);
  assert.equal(posted.length, 4);
  assert.deepEqual([clip.get("pitch_coarse"), clip.get("warp_mode")], [[-12], [6]]);
  for (const name of ["file_path", "sample_rate", "sample_length", "warp_markers"]) {
    assert.throws(() => clip.set(name, 1), /read only/u);
  }
});

test("what Max's LiveAPI does not have of Live's own conversions is an error", () => {
  const { api } = withClip();
  for (const name of ["beat_to_sample_time", "sample_to_beat_time", "seconds_to_sample_time"]) {
    assert.throws(() => api(PATH).call(name, 1), new RegExp(`no function '${name}'`, "u"));
  }
  assert.throws(() => api(PATH).call("get_all_notes_extended"), /no function/u);
});

test("the clip in Detail View can be an audio clip", () => {
  const { api, clip, set } = withClip();
  set.song.view.set_detail_clip(clip);
  const detail = api("live_set view detail_clip");
  assert.deepEqual([detail.get("name"), detail.get("is_audio_clip")], [["Loop"], [1]]);
});

test("create_audio_clip is as long as the file, and refuses what only looks like audio", (t) => {
  const folder = mkdtempSync(join(tmpdir(), "bandmate-clip-"));
  t.after(() => rmSync(folder, { recursive: true }));
  const good = join(folder, "two seconds.wav");
  const bad = join(folder, "no.wav");
  writeFileSync(good, encodeWav({ rate: 22050, channels: [new Float32Array(44100)], type: "int24" }));
  writeFileSync(bad, "words");
  const { api, posted } = bench({ tempo: 120 });
  const slot = api("live_set tracks 2 clip_slots 0");
  slot.call("create_audio_clip", bad);
  slot.call("create_audio_clip", folder);
  assert.match(posted[0], /not an audio file/u);
  assert.match(posted[1], /not an audio file/u);
  slot.call("create_audio_clip", good);
  const clip = api(PATH);
  assert.deepEqual(
    ["sample_length", "sample_rate", "loop_end", "warping"].map((name) => clip.get(name)[0]),
    [44100, 22050, 4, 1],
  );
  const track = api("live_set tracks 2");
  track.call("create_audio_clip", good, 16);
  assert.deepEqual(api("live_set tracks 2 arrangement_clips 0").get("end_time"), [20]);
  track.call("create_audio_clip", good, 2e6);
  assert.match(posted[2], /allowed: 0 to 1576800/u);
});

test("an audio clip stands on an audio track only, in a slot that is free", () => {
  const { set } = withClip();
  assert.throws(() => set.addAudioClip(0, LOOP), /needs an audio track/u);
  assert.throws(() => set.addAudioClip(2, LOOP), /already holds a clip/u);
});

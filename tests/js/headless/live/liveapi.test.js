import assert from "node:assert/strict";
import { test } from "node:test";
import { createLiveAPI } from "../../../../js/headless/live/liveapi.js";
import { LiveSet } from "../../../../js/headless/live/set.js";
import { bench } from "./harness.js";

test("get gives arrays, objects as id pairs, lists as many pairs", () => {
  const { api, set } = bench({ tempo: 125 });
  const song = api("live_set");
  assert.deepEqual(song.get("tempo"), [125]);
  assert.deepEqual(song.get("scale_intervals"), [0, 2, 4, 5, 7, 9, 11]);
  assert.deepEqual(song.get("is_playing"), [0]);
  assert.deepEqual(
    song.get("tracks"),
    set.tracks.flatMap((track) => ["id", track.id]),
  );
  assert.equal(song.getcount("tracks"), 4);
  assert.deepEqual(api("live_set tracks 0 clip_slots 0").get("clip"), ["id", 0]);
});

test("paths are canonical and this_device leads to the device", () => {
  const { api, device } = bench();
  const here = api("this_device");
  assert.equal(here.id, String(device.id));
  assert.equal(here.unquotedpath, "live_set tracks 0 devices 0");
  assert.equal(here.path, '"live_set tracks 0 devices 0"');
  assert.equal(api("this_device canonical_parent").unquotedpath, "live_set tracks 0");
  assert.equal(api("live_set view selected_track").unquotedpath, "live_set tracks 0");
});

test("nothing there is id 0; asking it posts an error and does not throw", () => {
  const { api, posted } = bench();
  const none = api("live_set tracks 99");
  assert.equal(none.id, "0");
  assert.equal(none.unquotedpath, "");
  assert.equal(none.get("name"), 1);
  assert.match(posted[0], /no valid object set/);
});

test("what the object model does not have is an error", () => {
  const { api, posted } = bench();
  assert.throws(() => api("live_set").get("temper"), /no property called 'temper' on Song/);
  assert.throws(() => api("live_set").call("explode"), /no function 'explode'/);
  assert.throws(() => api("live_set trucks 0"), /no child 'trucks'/);
  assert.throws(() => api("live_set tracks"), /an index must follow/);
  assert.throws(() => api("song"), /a path starts with/);
  assert.equal(posted.length, 5);
});

test("without strict the error is only posted", () => {
  const { api, posted } = bench({ env: { strict: false } });
  assert.equal(api("live_set").get("temper"), 1);
  assert.equal(posted.length, 1);
});

test("a lone text, ids in goto and writing id are refused as v8 does not do them", () => {
  const { LiveAPI, api, device } = bench();
  assert.throws(() => new LiveAPI(/** @type {any} */ ("live_set")), /pass null first/);
  const cursor = api("live_set");
  assert.throws(() => cursor.goto(`id ${device.id}`), /does not resolve ids in goto/);
  assert.equal(cursor.id, "0");
  assert.throws(() => {
    cursor.id = /** @type {any} */ (device.id);
  }, /not proven/);
  assert.equal(new LiveAPI(null, `id ${device.id}`).get("name")[0], "Chords");
});

test("no LiveAPI before live.thisdevice", () => {
  let ready = false;
  const { LiveAPI } = bench({ env: { ready: () => ready } });
  assert.throws(() => new LiveAPI(null, "live_set"), /not initialized/);
  ready = true;
  assert.equal(new LiveAPI(null, "live_set").type, "Song");
});

test("objects are counted, so that reuse can be tested", () => {
  const { LiveAPI, api } = bench();
  const cursor = api("live_set");
  for (let at = 0; at < 8; at++) cursor.goto(`live_set tracks 0 clip_slots ${at}`);
  assert.equal(LiveAPI.count.constructed, 1);
});

test("writing: types, ranges, read-only", () => {
  const { api, posted } = bench();
  const song = api("live_set");
  song.set("tempo", 140);
  assert.deepEqual(song.get("tempo"), [140]);
  song.set("tempo", 5000);
  assert.match(posted[0], /tempo: 5000 is out of range; allowed: 20 to 999/);
  assert.deepEqual(song.get("tempo"), [140]);
  assert.throws(() => song.set("tempo", "fast"), /wants a number/);
  assert.throws(() => song.set("root_note", 1.5), /wants a whole number/);
  assert.throws(() => song.set("metronome", 2), /wants 0 or 1/);
  assert.throws(() => song.set("song_length", 4), /read only/);
  assert.throws(() => api("live_set tracks 0").set("name", 808), /wants text/);
  song.set("signature_denominator", 3);
  assert.match(posted.at(-1) ?? "", /allowed: 1, 2, 4, 8, 16/);
});

test("a name made of digits arrives as a number, as Max reads words", () => {
  const { api } = bench();
  const track = api("live_set tracks 0");
  track.set("name", "808");
  assert.deepEqual(track.get("name"), [808]);
  track.set("name", "808 sub");
  assert.deepEqual(track.get("name"), ["808 sub"]);
});

test("objects are given as an id pair or an id text; strangers and wrong kinds are refused", () => {
  const { api, set, posted } = bench();
  const view = api("live_set view");
  view.set("selected_track", "id", set.tracks[2].id);
  assert.deepEqual(view.get("selected_track"), ["id", set.tracks[2].id]);
  view.set("selected_track", `id ${set.tracks[1].id}`);
  assert.deepEqual(view.get("selected_track"), ["id", set.tracks[1].id]);
  view.set("selected_track", "id", 99999);
  assert.match(posted[0], /no valid object id/);
  assert.throws(() => view.set("selected_track", "id", set.scenes[0].id), /wants a Track, got a Scene/);
});

test("ids die with their object and come back with undo", () => {
  const { api, set } = bench();
  const track = api("live_set tracks 1");
  const { id } = track;
  api("live_set").call("delete_track", 1);
  assert.equal(track.id, "0");
  assert.equal(track.unquotedpath, "");
  assert.equal(set.byId(Number(id)), null);
  api("live_set").call("undo");
  assert.equal(track.id, id);
});

test("mode 0 follows the object, mode 1 the path", () => {
  const { api, set } = bench();
  const [object, path] = [api("live_set tracks 0"), api("live_set tracks 0")];
  path.mode = 1;
  api("live_set").call("create_midi_track", 0);
  assert.equal(object.unquotedpath, "live_set tracks 1");
  assert.equal(path.id, String(set.tracks[0].id));
});

test("the callback hears the id first, then each change, and never inside the change", () => {
  const { LiveAPI, api, deliver, set } = bench();
  /** @type {unknown[][]} */
  const heard = [];
  const observer = new LiveAPI((words) => heard.push(words), "live_set");
  deliver();
  observer.property = "tempo";
  deliver();
  api("live_set").set("tempo", 130);
  assert.deepEqual(heard, [
    ["id", set.song.id],
    ["tempo", 120],
  ]);
  deliver();
  assert.deepEqual(heard.at(-1), ["tempo", 130]);
  observer.property = "";
  api("live_set").set("tempo", 131);
  deliver();
  assert.equal(heard.length, 3);
});

test("a person's edit is heard too, and an unchanged value is not", () => {
  const { LiveAPI, deliver, set } = bench();
  /** @type {unknown[][]} */
  const heard = [];
  const observer = new LiveAPI((words) => heard.push(words), "live_set view");
  observer.property = "detail_clip";
  deliver();
  heard.length = 0;
  set.edit(() => {
    set.tracks[0].clip_slots[0].create_clip(4);
    set.song.view.set_detail_clip(/** @type {any} */ (set.tracks[0].clip_slots[0].clip));
  });
  set.edit(() => {});
  deliver();
  assert.deepEqual(heard, [["detail_clip", "id", set.tracks[0].clip_slots[0].clip?.id]]);
});

test("what cannot be observed is an error", () => {
  const { api } = bench();
  assert.throws(() => {
    api("live_set tracks 0").property = "can_be_armed";
  }, /not a listenable property/);
});

test("inside a notification the Set refuses changes, reading goes on", () => {
  const { LiveAPI, api, deliver, posted, set } = bench();
  const song = api("live_set");
  /** @type {unknown[]} */
  const read = [];
  const observer = new LiveAPI(() => {
    song.set("tempo", 99);
    song.call("create_scene", -1);
    read.push(song.get("tempo")[0]);
  }, "live_set");
  observer.property = "metronome";
  deliver();
  assert.equal(set.tempo, 120);
  assert.equal(set.scenes.length, 8);
  assert.deepEqual(read, [120, 120]);
  assert.match(posted[0], /Changes cannot be triggered by notifications/);
  song.set("tempo", 99);
  assert.equal(set.tempo, 99);
});

test("the patch's own notifications count as well", () => {
  const { api, set } = bench({ env: { inNotification: () => true } });
  api("live_set").set("tempo", 99);
  assert.equal(set.tempo, 120);
});

test("wrong numbers of arguments are an error", () => {
  const { api } = bench();
  assert.throws(() => api("live_set").call("create_scene"), /create_scene wants index; got 0/);
  assert.throws(() => api("live_set").call("start_playing", 1), /no arguments; got 1/);
  assert.throws(() => api("live_set").set("tempo"), /exactly one value/);
});

test("info names everything the object has", () => {
  const { info, children } = bench().api("live_set tracks 0");
  assert.match(info, /^id \d+\ntype Track\n/);
  assert.match(info, /children clip_slots ClipSlot/);
  assert.match(info, /property arm bool/);
  assert.match(info, /function create_midi_clip/);
  assert.ok(children.includes("devices"));
});

test("what came with a later Live does not exist in an older one", () => {
  const set = (/** @type {string} */ version) => {
    const live = LiveSet.empty({ version });
    const rack = live.addRack(live.tracks[0], { kind: "drums", chains: ["Kick"] });
    const LiveAPI = createLiveAPI(live, { thisDevice: rack });
    return new LiveAPI(null, "this_device chains 0");
  };
  assert.throws(() => set("12.2.5").get("in_note"), /no property called 'in_note'/);
  assert.deepEqual(set("12.3.0").get("in_note"), [36]);
});

test("the application tells its version", () => {
  const app = bench({ version: "12.3.5" }).api("live_app");
  assert.equal(app.call("get_version_string"), "12.3.5");
  assert.equal(app.call("get_minor_version"), 3);
});

/** Taste: what it shows of the engine's knowledge, what its button asks, what is asked twice, and whose Explore counts. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { RpcError } from "../../../../js/rpc/errors.js";
import { settled } from "../../rpc/support/clock.js";
import { ADA, desk, KNOWN, ME } from "./desk.js";

/** Longer than a second press may take, ms. */
const TOO_LATE = 6000;

test("what is known is shown: profiles, bars, likings with how sure, trust, and the foot line", async () => {
  const { add } = desk();
  const { comes, learnt, items, words, state } = add("a", 0);
  await comes();
  assert.deepEqual(learnt(), {
    name: "Me",
    rated: 14,
    distribution: [1, 2, 3, 5, 3],
    likings: [{ words: "sparse basses under 100 BPM", sure: 3 }],
    knobs: [
      { words: "Energy on bass: busier, not louder", sure: 3 },
      { words: "Groove on drums: looser", sure: 2 },
    ],
    trust: "Guesses ±0.6 stars, mostly in order",
    trouble: "",
  });
  assert.deepEqual(items("profile")?.slice(0, 3), ["Me", "Ada", "(empty 3)"]);
  assert.deepEqual([state(), words()], ["ready", "Learning: 14 of 30 takes rated"]);
});

test("trust is told in plain words, whatever there is of it", async () => {
  const why = KNOWN["taste.why"];
  for (const [trust, rated, said] of /** @type {[any, number, RegExp][]} */ ([
    [null, 0, /^$/],
    [null, 3, /after a dozen ratings/],
    [{ ...why.trust, mse: 1.3 }, 14, /no better than average yet$/],
    [{ ...why.trust, rank: null }, 14, /no better/],
    [{ ...why.trust, rank: 0.4 }, 14, /often in order/],
    [{ ...why.trust, rank: 0.1 }, 14, /seldom in order/],
  ])) {
    const { comes, learnt } = desk().add("a", 0);
    await comes({ "taste.why": { ...why, trust, rated } });
    assert.match(learnt().trust, said);
  }
});

test("a rating told anywhere is shown, several at once with one question", async () => {
  const { add, exploring } = desk();
  const { comes, tells, engine, learnt } = add("a", 0);
  await comes();
  for (let rating = 0; rating < 5; rating += 1) exploring.rated();
  assert.equal(engine.asked.length, 0);
  await tells({ "taste.status": { ...KNOWN["taste.status"], rated: 15 } });
  assert.equal(learnt().rated, 15);
  assert.equal(engine.asked.length, 0);
});

test("an answer to an old question is not shown", async () => {
  const { add, exploring, clock } = desk();
  const { comes, engine, learnt, device } = add("a", 0);
  await comes();
  exploring.rated();
  clock.move(400);
  const late = engine.asked.splice(0);
  device.enable(false);
  for (const asked of late) await asked.answer({ .../** @type {any} */ (KNOWN)[asked.method], rated: 99 });
  assert.equal(learnt().rated, 14);
});

test("where nothing can be learnt, the engine's words and an amber light say so; and again when it can", async () => {
  const { add, exploring } = desk();
  const { comes, tells, words, state, learnt } = add("a", 0);
  await comes({ "taste.status": { ...KNOWN["taste.status"], learning: false, words: "The disk is full." } });
  assert.deepEqual([state(), words()], ["away", "Nothing is learnt now. The disk is full"]);
  exploring.rated();
  await tells();
  assert.deepEqual([state(), words()], ["ready", "Learning: 14 of 30 takes rated"]);
  assert.equal(learnt().rated, 14);
});

test("a store that cannot be read at all: its words, and nothing that was another taste's", async () => {
  const { device, engine, words, state, learnt, items } = desk().add("a", 0);
  device.start();
  engine.become("ready", "Ready");
  const newer = new RpcError(-32010, "A newer Bandmate wrote your ratings", { hint: "Update Bandmate." });
  for (const asked of engine.asked.splice(0)) await asked.fail(newer);
  await settled();
  assert.deepEqual(
    [state(), words()],
    ["away", "Nothing is learnt now. A newer Bandmate wrote your ratings. Update Bandmate"],
  );
  assert.equal(learnt().rated, 0);
  assert.match(learnt().trouble, /A newer Bandmate/);
  assert.equal(items("profile")?.[0], "No profile");
});

test("choosing a profile puts it to use; what Live puts back before the list is known does nothing", async () => {
  const { add } = desk();
  const { device, engine, comes, tells, words, last } = add("a", 0);
  device.parameter("profile", 1);
  await comes();
  assert.deepEqual(last("profile", "set"), [0], "the menu goes to the one in use");
  assert.equal(engine.asked.length, 0);
  device.parameter("profile", 0);
  device.parameter("profile", 9);
  assert.equal(engine.asked.length, 0);
  assert.deepEqual(last("profile", "set"), [0], "a row that is none goes back");
  device.parameter("profile", 1);
  const [use] = engine.of("taste.profile_use");
  assert.deepEqual(use.params, { profile: ADA.id });
  await use.answer({ ...ADA, in_use: true });
  assert.equal(words(), 'Learns for "Ada" from now on');
  engine.asked.splice(0);
  await tells({
    "taste.profiles": {
      profiles: [
        { ...ME, in_use: false },
        { ...ADA, in_use: true },
      ],
    },
  });
});

test("a Set goes on with the profile that was chosen in it, once; what was chosen is kept", async () => {
  const { device, engine, comes, tells, last, sent } = desk().add("a", 0);
  device.setProfile(["is", ADA.id, "Ada", "Lovelace"]);
  await comes();
  const [use] = engine.asked.splice(0);
  assert.deepEqual([use.method, use.params], ["taste.profile_use", { profile: ADA.id }]);
  const memory = () => sent.findLast(([index, word]) => index === 1 && word === "set_profile")?.slice(2);
  assert.equal(memory(), undefined);
  await use.answer({ ...ADA, in_use: true });
  assert.deepEqual(memory(), ["is", ADA.id, "Ada"]);
  // Another client has put another one to use: that is not fought.
  await tells();
  engine.become("away", "Engine away");
  engine.become("ready", "Ready");
  await tells();
  assert.deepEqual(engine.of("taste.profile_use"), []);
  assert.deepEqual(last("profile", "set"), undefined);
});

test("a Set whose profile is not here says so, and goes on with the one in use; Forget all forgets it too", async () => {
  const { device, engine, comes, words, action, sent } = desk().add("a", 0);
  device.setProfile(["is", "gone1", "Night", "drive"]);
  await comes();
  assert.equal(words(), 'This Set\'s profile "Night drive" is not on this computer');
  assert.equal(engine.asked.length, 0);
  action("forget_all");
  device.act();
  device.act();
  await engine.asked.splice(0)[0].answer({ profile: ME });
  assert.deepEqual(
    sent.findLast(([, word]) => word === "set_profile"),
    [1, "set_profile", "none"],
  );
});

test("New needs a name, says whose it is, and puts it to use; the name is used up", async () => {
  const { add } = desk();
  const { device, engine, comes, action, words, last, items } = add("a", 0);
  await comes();
  action("new");
  assert.deepEqual(items("target")?.slice(0, 2), ["For me", "For a project"]);
  device.act();
  assert.equal(words(), "Type a name for the new profile first");
  assert.equal(engine.asked.length, 0);
  device.parameter("target", 1);
  device.name("  Night   drive ");
  device.act();
  const [made] = engine.asked.splice(0);
  assert.deepEqual([made.method, made.params], ["taste.profile_new", { name: "Night drive", kind: "project" }]);
  await made.answer({ ...ADA, id: "n1", name: "Night drive" });
  const [use] = engine.asked.splice(0);
  assert.deepEqual([use.method, use.params], ["taste.profile_use", { profile: "n1" }]);
  await use.answer({ ...ADA, id: "n1", name: "Night drive", in_use: true });
  assert.equal(words(), 'Learns for "Night drive" from now on: rate away');
  assert.deepEqual(last("name", "set"), [""]);
  device.act();
  assert.equal(words(), "Type a name for the new profile first");
});

test("what the engine refuses is said, and the name stays to be changed", async () => {
  const { add } = desk();
  const { device, engine, comes, tells, action, words, last } = add("a", 0);
  await comes();
  action("new");
  device.name("Ada");
  device.act();
  const [made] = engine.asked.splice(0);
  await made.fail(new RpcError(-32602, "name", { hint: "There is a profile of this name already" }));
  assert.match(words(), /There is a profile of this name already/);
  await tells();
  assert.match(words(), /There is a profile of this name already/, "also when the list has been asked for again");
  assert.equal(last("name", "set"), undefined);
});

for (const [action, row, params, reply, said] of /** @type {[string, number, any, any, RegExp][]} */ ([
  ["snapshot", 0, { name: "", profile: "me1" }, { rewards: 12 }, /Kept "Me" as it is: 12 ratings/],
  ["roll_back", 0, { snapshot: 4, profile: "me1" }, {}, /Back to Monday, .* 12 ratings/],
  ["merge", 0, { source: "ada1", into: "me1" }, { takes: 3, rewards: 1 }, /Merged in "Ada": 3 takes, 1 rating$/],
  ["merge", 0, { source: "ada1", into: "me1" }, { takes: 0, rewards: 0 }, /All of "Ada" is here already/],
])) {
  test(`${action}: ${said}`, async () => {
    const { device, engine, comes, ...desktop } = desk().add("a", 0);
    await comes();
    desktop.action(action);
    device.parameter("target", row);
    device.act();
    const [asked] = engine.asked;
    assert.deepEqual(asked.params, params);
    await asked.answer(reply);
    assert.match(desktop.words(), said);
  });
}

test("what an action needs and there is not is said, and its menu takes no hand", async () => {
  const { device, engine, comes, action, words, able } = desk().add("a", 0);
  await comes({ "taste.profiles": { profiles: [ME] }, "taste.snapshots": { snapshots: [] } });
  for (const [id, said] of /** @type {[string, RegExp][]} */ ([
    ["roll_back", /No snapshot/],
    ["merge", /No other profile/],
    ["delete", /only profile cannot be deleted/],
  ])) {
    action(id);
    assert.equal(able("target_able"), 0);
    device.act();
    assert.match(words(), said);
  }
  assert.equal(engine.asked.length, 0);
});

test("Delete and Forget all are pressed twice, within seconds, with nothing changed between", async () => {
  const { add, clock } = desk();
  const { device, engine, comes, action, words, button } = add("a", 0);
  await comes();
  action("delete");
  device.act();
  assert.equal(words(), 'Press again to delete "Ada" with all its ratings: there is no way back');
  assert.equal(button(), "Press again");
  clock.move(TOO_LATE);
  assert.equal(button(), "Delete");
  assert.doesNotMatch(words(), /Press again/);
  device.act();
  action("forget_all");
  assert.equal(button(), "Forget all");
  device.act();
  assert.match(words(), /Press again to forget every profile/);
  assert.equal(engine.asked.length, 0, "the first presses ask nothing");
  device.act();
  const [asked] = engine.asked.splice(0);
  assert.deepEqual([asked.method, asked.params], ["taste.forget_all", { sure: true }]);
  await asked.answer({ profile: ME });
  assert.match(words(), /Forgot every profile/);
  action("delete");
  device.act();
  device.act();
  assert.deepEqual(engine.of("taste.profile_delete")[0].params, { profile: "ada1" });
});

test("files go by Max's windows; without an ending it gets one, and takes no other file's place", async () => {
  const { device, engine, comes, tells, action, words, sent } = desk().add("a", 0);
  await comes();
  const windows = () => sent.filter(([index, word]) => index === 1 && (word === "open" || word === "save")).length;
  action("export");
  device.act();
  assert.equal(windows(), 1);
  device.file("export", "Macintosh HD:/Users/ada/mine");
  const [asked] = engine.asked.splice(0);
  const path = "/Volumes/Macintosh HD/Users/ada/mine.json";
  assert.deepEqual(asked.params, { path, replace: false, profile: "me1" });
  await asked.answer({ path, profile: "Me", takes: 14, rewards: 20 });
  assert.equal(words(), 'Exported "Me" to mine.json: 14 takes, 20 ratings');
  await tells();
  device.file("export", "/x/mine.JSON");
  assert.equal(engine.of("taste.export")[0].params.replace, true);
  await engine.asked.splice(0)[0].fail(new RpcError(1, "The file cannot be written"));
  action("import");
  device.name("Ada");
  device.act();
  assert.equal(windows(), 2);
  device.file("import", "/x/ada.json");
  const [brought] = engine.of("taste.import");
  assert.deepEqual(brought.params, { path: "/x/ada.json", name: "Ada" });
  await brought.answer({ profile: ADA, takes: 1, rewards: 1 });
  assert.equal(words(), 'Imported "Ada", 1 take: choose it under Profile');
});

test("the button cancels what runs", async () => {
  const { add, clock } = desk();
  const { device, engine, comes, button, words, state } = add("a", 0);
  await comes();
  device.act();
  clock.move(200);
  assert.deepEqual([button(), state(), words()], ["Cancel", "busy", "Keeping ..."]);
  device.act();
  assert.equal(engine.of("taste.snapshot")[0].cancelled, true);
  assert.deepEqual([button(), words()], ["Take snapshot", "Cancelled"]);
});

test("Explore is on the board while the device is on; of several the one farthest left counts, and the others say so", async () => {
  const { add, exploring } = desk();
  const right = add("r", 1);
  right.device.parameter("explore", 80);
  assert.equal(exploring.explore(), 0.25, "Live is not there yet");
  await right.comes();
  assert.equal(exploring.explore(), 0.8);
  const left = add("l", 0);
  left.device.parameter("explore", 10);
  await left.comes();
  assert.equal(exploring.explore(), 0.1);
  assert.deepEqual([right.state(), right.words()], ["away", 'Explore rests: the Taste on "Keys" counts']);
  assert.equal(right.able("explore_able"), 0);
  left.device.enable(false);
  assert.equal(exploring.explore(), 0.8);
  assert.deepEqual([right.state(), right.able("explore_able")], ["ready", 1]);
  assert.equal(left.state(), "off");
  left.device.enable(true);
  assert.equal(exploring.explore(), 0.1);
  left.device.remove();
  assert.equal(exploring.explore(), 0.8);
  right.device.enable(false);
  assert.equal(exploring.explore(), 0.25);
});

test("the words are about the part that is chosen", async () => {
  const { add, clock } = desk();
  const { device, engine, comes } = add("a", 0);
  device.start();
  engine.become("ready", "Ready");
  assert.equal(engine.of("taste.why")[0].params.role, "");
  await comes();
  device.parameter("part", 1);
  clock.move(400);
  assert.equal(engine.of("taste.why")[0].params.role, "bass");
  assert.equal(engine.of("taste.macro_map")[0].params.role, "bass");
});

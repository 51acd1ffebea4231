/** What the user thinks of takes reaches the engine's memory, once, whatever becomes of the engine or of the Set. */
import assert from "node:assert/strict";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, it } from "node:test";
import { removed } from "../../js/headless/stage.js";
import { alive, endpointOf, eventually } from "./support/engine.js";
import { afterwards } from "./support/leaving.js";
import { clickSlot, clipIn, LiveSet, music, playFor, says, untilSays, WAKE, written } from "./support/play.js";
import { clickStar, starsOf } from "./support/stars.js";
import { ask, newest, told, untilTold } from "./support/told.js";

const skip = process.platform === "win32" && "no signal ends a process there as a crash does";

describe("stars", { concurrency: 3, timeout: 600_000 }, () => {
  it("a star rates the take in the clip; what is rerolled, undone and changed by hand is told", async (test) => {
    const stage = await playFor(test);
    const { live, chords, home } = stage;
    const shown = starsOf(chords);
    await written(chords);
    const first = await newest(home);
    assert.equal(shown.at(-1), 0);
    clickStar(chords, 4);
    await untilSays(chords, "Rated 4 stars: Generate leans that way");
    assert.deepEqual(await told(home, first), ["stars 4"]);
    await written(chords);
    const second = await newest(home);
    assert.notEqual(second, first);
    assert.equal(shown.at(-1), 0);
    chords.press("Undo");
    assert.equal(shown.at(-1), 4, "the stars of the former take are there again");
    // The star that is set takes the rating back.
    clickStar(chords, 4);
    await untilSays(chords, "Rating taken back");
    assert.deepEqual(await told(home, first), ["stars 4", "stars 0"]);

    // Nothing of what the device itself wrote was taken for an edit by hand; a note that is moved is.
    const clip = clipIn(live);
    live.set.edit(() =>
      clip.setNotes(clip.notes.map((/** @type {any} */ note, i) => (i > 0 ? note : { ...note, pitch: 100 }))),
    );
    clickSlot(live, 0, 1);
    const [, , edited] = await untilTold(stage, first, /^edited/);
    const share = Number(edited.split(" ")[1]);
    assert.ok(share > 0 && share < 0.5, edited);
    const { children } = await ask(home, "taste.take", { take: first });
    assert.equal(children.length, 1, "the user's version is a take of its own");
    clickStar(chords, 5);
    await untilTold(stage, children[0], /^stars 5/);

    // What is held in case it is taken back goes out before the device does.
    chords.remove();
    await untilTold(stage, second, /^undone/);
    assert.deepEqual((await told(home, first)).slice(3), [], "it was there again: no reroll");
  });

  it("a Set that is opened again with another engine: a rating reaches the same take, which was kept", async (test) => {
    const home = mkdtempSync(join(tmpdir(), "bandmate-stars-"));
    afterwards(test, () => removed(home));
    const first = await playFor(test, { home });
    await written(first.chords);
    clickStar(first.chords, 2);
    await untilSays(first.chords, "Rated 2 stars");
    const take = await newest(home);
    const notes = clipIn(first.live).notes.map((/** @type {any} */ { note_id, ...note }) => note);
    const { length } = clipIn(first.live);
    const before = /** @type {any} */ (endpointOf(home)).pid;
    await first.close();
    await eventually(() => !alive(before), "the first engine to leave", WAKE);

    const set = LiveSet.empty({ tempo: 125, tracks: [{ kind: "midi", name: "House chords" }] });
    set.edit(() => {
      const slot = /** @type {any} */ (set.tracks[0].clip_slots[2]);
      slot.create_clip(length);
      slot.clip.add_new_notes({ notes });
    });
    const again = await playFor(test, { home, set });
    assert.notEqual(/** @type {any} */ (endpointOf(home)).pid, before);
    const shown = starsOf(again.chords);
    clickSlot(again.live, 0, 2);
    await again.live.until(() => shown.at(-1) === 2, { timeout: WAKE, what: "the stars of the other day" });
    clickStar(again.chords, 5);
    await untilTold(again, take, /^stars 5/);
    const all = await untilTold(again, take, /^kept/);
    assert.deepEqual(all.sort(), ["kept 0", "stars 2", "stars 5"]);
    // A clip of the user's own has no stars to press.
    set.edit(() => clipIn(again.live, 0, 2).setNotes([{ ...notes[0], note_id: 9000, pitch: 1 }]));
    clickSlot(again.live, 0, 0);
    clickSlot(again.live, 0, 2);
    await again.live.until(() => shown.at(-1) === -1, { timeout: WAKE, what: "no stars" });
  });

  it("the engine is killed while a star is pressed: it is told when one is back, once", { skip }, async (test) => {
    const stage = await playFor(test);
    const { chords, home } = stage;
    await written(chords);
    const take = await newest(home);
    const { pid } = /** @type {any} */ (endpointOf(home));
    process.kill(pid, "SIGSTOP");
    clickStar(chords, 3);
    process.kill(pid, "SIGKILL");
    await eventually(() => !alive(pid), "the engine to be gone", WAKE);
    await untilSays(chords, /[Ee]ngine/);
    clickStar(chords, 5);
    // A press wakes another one.
    chords.press("Generate");
    await untilSays(chords, "Wrote", WAKE);
    const all = await untilTold(stage, take, /^stars 5/);
    // What was said last of a take that had not heard of the first is all that is said.
    assert.deepEqual(
      all.filter((each) => each.startsWith("stars")),
      ["stars 5"],
    );
  });

  it("a clip that is deleted is told; one that Undo brings back is not", async (test) => {
    const stage = await playFor(test);
    const { live, chords, home } = stage;
    await written(chords);
    const take = await newest(home);
    const tune = music(clipIn(live));
    const notes = clipIn(live).notes.map((/** @type {any} */ { note_id, ...note }) => note);
    const { length } = clipIn(live);
    const slot = /** @type {any} */ (live.set.tracks[0].clip_slots[0]);
    const shown = starsOf(chords);
    live.set.edit(() => slot.delete_clip());
    await live.until(() => shown.at(-1) === -1, { timeout: WAKE, what: "no stars without the clip" });
    live.set.edit(() => {
      slot.create_clip(length);
      slot.clip.add_new_notes({ notes });
    });
    await live.until(() => shown.at(-1) === 0, { timeout: WAKE, what: "stars of the clip that is back" });
    assert.deepEqual(music(clipIn(live)), tune);
    live.set.edit(() => slot.delete_clip());
    assert.match((await untilTold(stage, take, /./)).join(), /^deleted 0\.\d+$/);
    assert.match(says(chords), /Ready|Wrote/);
  });
});

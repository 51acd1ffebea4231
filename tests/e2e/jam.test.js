/** Jam: the built device with the real engine, in a Live whose screen thread is late as on a busy computer. */
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { hanging } from "../../js/headless/heard_notes.js";
import { seeded } from "../../js/headless/max/scheduler.js";
import { startEngine } from "./support/engine.js";
import { compared, JITTER, openJam, written } from "./support/jam_ground.js";
import { says } from "./support/play.js";

const ROLES = ["Bass", "Melody", "Arp", "Chords", "Drums"];

describe("Jam plays along", { concurrency: 1, timeout: 600_000 }, () => {
  /** @type {Awaited<ReturnType<typeof startEngine>>} */ let engine;
  /** @type {Awaited<ReturnType<typeof openJam>>} */ let jam;

  before(async () => {
    engine = await startEngine();
    jam = await openJam(engine.home);
  });

  after(async () => {
    await jam?.close();
    await engine?.close();
  });

  /**
   * @param {ReturnType<ReturnType<typeof jam.listen>>} heard
   * @param {ReturnType<typeof written>} wanted
   */
  function inTime(heard, wanted) {
    const { missing, extra, strays } = compared(heard, wanted, jam.song.tempo);
    assert.deepEqual({ missing, extra }, { missing: [], extra: [] });
    assert.ok(strays <= JITTER, `notes stray by ${strays.toFixed(2)} ms`);
  }

  /** @param {ReturnType<ReturnType<typeof jam.listen>>} heard */
  const nothingHangs = (heard) => assert.deepEqual(hanging(heard), []);

  /** @param {number} [beat] what is heard of some bars from there on */
  async function playsBars(beat = 0, bars = 4) {
    const heard = jam.listen();
    await jam.starts(beat);
    await jam.beats(bars * 4 - 0.1);
    const notes = heard();
    await jam.stops();
    nothingHangs(heard());
    return notes;
  }

  for (const role of ROLES) {
    it(`as ${role}, note for note as composed`, async () => {
      jam.device.turn("Role", role);
      await jam.ready();
      const notes = await playsBars(0, 4);
      assert.ok(notes.length > 6, `${notes.length} notes`);
      inTime(
        notes,
        written(jam.bars(), 0, 4).filter(({ beat }) => beat < 15.9),
      );
      assert.match(says(jam.device), new RegExp(`start the song for ${role}`));
    });
  }

  it("any bar is the same wherever the song comes from", async () => {
    jam.device.turn("Role", "Bass");
    await jam.ready();
    const bars = new Map();
    const dice = seeded(5);
    for (let round = 0; round < 10; round++) {
      const bar = Math.floor(dice() * 6);
      const notes = await playsBars(4 * bar, 1);
      const { missing, extra, strays } = compared(notes, bars.get(bar) ?? notes, jam.song.tempo);
      assert.deepEqual({ missing, extra }, { missing: [], extra: [] }, `bar ${bar}`);
      assert.ok(strays <= 2 * JITTER, `bar ${bar}: notes stray by ${strays.toFixed(2)} ms`);
      bars.set(bar, notes);
      inTime(
        notes,
        written(jam.bars(), bar, 1).filter(({ beat }) => beat < 4 * bar + 3.9),
      );
    }
    assert.ok(bars.size < 10, "no bar was come to twice");
  });

  it("jumps while it plays: what sounds ends, and the bar there is played as soon as it is known", async () => {
    const heard = jam.listen();
    await jam.starts(0);
    await jam.beats(2.3);
    jam.live.act(() => jam.song.transport.moveTo(160));
    const jumped = jam.listen();
    const now = jam.live.max.scheduler.now();
    await jam.beats(8);
    for (const { on, off } of heard()) assert.ok(on > now - 1 || off <= now + 15, "a note rings over a jump");
    inTime(
      jumped().filter(({ beat }) => beat >= 161),
      written(jam.bars(), 40, 2).filter(({ beat }) => beat >= 161 && beat < 167.99),
    );
    await jam.stops();
    nothingHangs(heard());
  });

  it("goes round a loop, each time the same", async () => {
    jam.live.act(() => {
      jam.song.set_loop_start(8);
      jam.song.set_loop_length(8);
      jam.song.set_loop(true);
    });
    const heard = jam.listen();
    await jam.starts(8);
    await jam.beats(4 * 8 - 0.1);
    const notes = heard();
    await jam.stops();
    nothingHangs(heard());
    const lap = written(jam.bars(), 2, 2);
    const wanted = [0, 1, 2, 3].flatMap(() => lap);
    inTime(
      notes,
      wanted.filter(({ beat }, at) => at < 3 * lap.length || beat < 15.9),
    );
    jam.live.act(() => jam.song.set_loop(false));
  });

  it("goes with the tempo of the song", async () => {
    jam.live.act(() =>
      jam.live.set.automation.draw(jam.song.tempoParameter, [
        [0, 90],
        [16, 170],
      ]),
    );
    const heard = jam.listen();
    const since = jam.wire.requests.length;
    await jam.starts(0);
    await jam.play.until(() => jam.song.current_song_time >= 16);
    const notes = heard().filter(({ beat }) => beat < 16);
    await jam.stops();
    nothingHangs(heard());
    jam.live.act(() => {
      jam.live.set.automation.draw(jam.song.tempoParameter, []);
      jam.song.set_tempo(120);
    });
    const wanted = written(jam.bars(since), 0, 4);
    const { strays, missing } = compared(notes, wanted, 90);
    // Each bar is asked with the tempo it begins with, so all are what was answered last.
    assert.deepEqual(missing, []);
    assert.ok(strays <= 2 * JITTER, `${strays} ms`);
  });

  it("follows the signature of the song", async () => {
    const heard = jam.listen();
    await jam.starts(0);
    await jam.beats(12);
    jam.live.act(() => jam.song.assign("signature_numerator", 3));
    const since = jam.wire.requests.length;
    const three = jam.listen();
    await jam.beats(8.9);
    const notes = three();
    await jam.stops();
    nothingHangs(heard());
    const asked = jam.asked(since).filter(({ params }) => params.signature_numerator === 3);
    assert.ok(asked.length > 0, "bars of three beats are asked for");
    // Beat 12 is where bar 5 of three beats begins; half of a beat passes until the answer is there.
    inTime(
      notes.filter(({ beat }) => beat >= 12.99),
      written(jam.bars(since), 4, 3, 12).filter(({ beat }) => beat >= 12.99 && beat < 20.85),
    );
    jam.live.act(() => jam.song.assign("signature_numerator", 4));
    await jam.play.pass(300);
  });

  it("takes a knob that is turned inside a bar from the next half beat on", async () => {
    const heard = jam.listen();
    await jam.starts(16);
    await jam.beats(1.3);
    const before = jam.bars();
    const since = jam.wire.requests.length;
    jam.device.turn("Density", 100);
    jam.device.turn("Complexity", 80);
    await jam.beats(6.6);
    const notes = heard();
    await jam.stops();
    nothingHangs(heard());
    const [first] = jam.asked(since);
    assert.deepEqual(first.params.points, [{ beat: 2, density: 100, complexity: 80 }]);
    inTime(notes, [
      ...written(before, 4, 1).filter(({ beat }) => beat < 18),
      ...written(jam.bars(since), 4, 2).filter(({ beat }) => beat >= 18 && beat < 23.85),
    ]);
    jam.device.turn("Density", 50);
    jam.device.turn("Complexity", 35);
    await jam.ready();
  });

  it("with lanes that move all is as composed, and so it is when the song comes there again", async () => {
    const lanes = { Density: [20, 100, 40], Energy: [90, 10, 70], Brightness: [0, 80, 50], Humanise: [60, 0, 30] };
    for (const [name, values] of Object.entries(lanes)) {
      // Of a curve with these control points the value is the cube of the time.
      const cubic = name === "Density" ? [1 / 3, 0, 2 / 3, 0] : undefined;
      jam.device.automate(
        name,
        values.map((value, at) => [8 * at, value, cubic]),
      );
    }
    const heard = jam.listen();
    const since = jam.wire.requests.length;
    await jam.starts(0);
    await jam.beats(15.9);
    const notes = heard();
    // What a bar begins with is seen half a beat before it.
    const asked1 = jam.bars(since).get(1)?.macros.density;
    assert.ok(Math.abs(asked1 - (20 + 80 * (3.5 / 8) ** 3)) < 2, `Density ${asked1} in bar 1`);
    const wanted = written(jam.bars(since), 0, 4).filter(({ beat }) => beat < 15.85);
    inTime(
      notes.filter(({ beat }) => beat < 15.85),
      wanted,
    );
    const asked = jam.asked().length;
    const again = jam.listen();
    jam.live.act(() => jam.song.transport.moveTo(4));
    await jam.beats(3.85);
    inTime(
      again(),
      wanted.filter(({ beat }) => beat >= 4 && beat < 7.85),
    );
    assert.equal(jam.asked().length, asked, "what is known is not asked again");
    await jam.stops();
    nothingHangs(heard());
    for (const name of Object.keys(lanes)) jam.device.automate(name, []);
    for (const [name, value] of Object.entries({ Density: 50, Energy: 50, Brightness: 50, Humanise: 20 }))
      jam.device.turn(name, value);
    await jam.ready();
  });

  it("with lanes that move, stopped in the middle of a bar and started elsewhere, it plays what it played before", async () => {
    const lanes = { Density: [20, 100, 40], Energy: [90, 10, 70], Brightness: [0, 80, 50], Swing: [0, 60, 10] };
    for (const [name, values] of Object.entries(lanes)) {
      jam.device.automate(
        name,
        values.map((value, at) => [8 * at, value]),
      );
    }
    const first = await playsBars(0, 4);
    const bars = () => [0, 1, 2, 3].map((bar) => JSON.stringify(jam.bars().get(bar)));
    const told = bars();
    for (const [stop, from] of [
      [9.3, 4],
      [6.8, 8],
      [11.1, 0],
    ]) {
      await jam.starts(stop - 2.3);
      await jam.beats(2.3);
      await jam.stops();
      // Live may show the controls as they are where one looks now.
      jam.live.act(() => {
        for (const [at, name] of Object.keys(lanes).entries())
          jam.device.device.parameter(name).parameter?.move(7 + 20 * at, "automation");
      });
      await jam.play.pass(300);
      const again = (await playsBars(from, 1)).filter(({ beat }) => beat < from + 3.85);
      const then = first.filter(({ beat }) => beat >= from - 0.04 && beat < from + 3.85);
      const { missing, extra, strays } = compared(again, then, jam.song.tempo);
      assert.deepEqual({ missing, extra }, { missing: [], extra: [] }, `from beat ${from}`);
      assert.ok(strays <= 2 * JITTER, `from beat ${from} notes stray by ${strays.toFixed(2)} ms`);
    }
    assert.deepEqual(bars(), told, "each bar is told as it was");
    for (const name of Object.keys(lanes)) jam.device.automate(name, []);
    for (const [name, value] of Object.entries({ Density: 50, Energy: 50, Brightness: 50, Swing: 0 }))
      jam.device.turn(name, value);
    await jam.ready();
  });

  it("another role inside a bar takes over, and what rang ends", async () => {
    const heard = jam.listen();
    await jam.starts(16);
    await jam.beats(1.3);
    const since = jam.wire.requests.length;
    jam.device.turn("Role", "Chords");
    await jam.beats(6.5);
    const notes = heard();
    await jam.stops();
    nothingHangs(heard());
    inTime(
      notes.filter(({ beat }) => beat >= 20),
      written(jam.bars(since), 5, 1).filter(({ beat }) => beat < 23.75),
    );
    jam.device.turn("Role", "Bass");
    await jam.ready();
  });

  it("freezes what was heard, note for note", async () => {
    const heard = jam.listen();
    await jam.starts(0);
    await jam.beats(17);
    await jam.stops();
    const notes = heard();
    jam.device.press("Freeze");
    assert.match(says(jam.device), /Froze \d+ notes, 5 bars/);
    const [{ clip }] = jam.live.set.tracks[0].clip_slots;
    const frozen = /** @type {any} */ (clip).notes.map((/** @type {any} */ note) => ({
      ...{ pitch: note.pitch, velocity: note.velocity, beat: note.start_time, end: note.start_time + note.duration },
    }));
    inTime(notes, frozen);
    for (const { beat, end, pitch } of frozen) {
      const found = notes.find((note) => note.pitch === pitch && Math.abs(note.beat - beat) < 0.04);
      assert.ok(
        Math.abs(found.off - found.on - (end - beat) * 500) <= 2 * JITTER,
        `${pitch} at ${beat} lasts ${found.off - found.on} ms`,
      );
    }
    // It is a take from now on: the engine knows it by its notes.
    const told = (/** @type {string} */ method) => jam.wire.requests.findLast((each) => each.method === method);
    const answer = () => jam.wire.answerTo(told("taste.keep_played"));
    await jam.play.until(() => answer()?.result, { what: "the engine to keep what was frozen" });
    const { params } = /** @type {any} */ (told("taste.keep_played"));
    assert.equal(params.notes.length, frozen.length);
    assert.deepEqual([params.role, params.seed, params.length], ["bass", params.seed, 20]);
    jam.device.press("Undo");
    assert.equal(jam.live.set.tracks[0].clip_slots[0].clip, null);
    const undone = () => jam.wire.requests.findLast((each) => each.params?.take === answer()?.result.take);
    await jam.play.until(() => undone(), { what: "the engine to hear that it was taken back" });
    assert.equal(undone()?.params.kind, "undone");
  });
});

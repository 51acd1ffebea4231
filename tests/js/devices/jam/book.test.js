/** The bars that are known, as a player that reads their tables row by row plays them while they are told anew. */
import assert from "node:assert/strict";
import { beforeEach, describe, it } from "node:test";
import { Book } from "../../../../js/devices/jam/book.js";
import { Feeder } from "../../../../js/devices/jam/feeder.js";
import { pieceOf, ROW } from "../../../../js/devices/jam/score.js";

const BAR = 1920;

/** @param {number} pitch @param {number} on @param {number} off ticks of the bar */
const note = (pitch, on, off) =>
  /** @type {any} */ ({ pitch, start_time: on / 480, duration: (off - on) / 480, velocity: 100 });

/** @param {number} bar @param {any[]} notes @param {any[]} [held] @param {string} [mark] */
const piece = (bar, notes, held = [], mark = "m") =>
  pieceOf({ bar, notes, held, beats: 4, chords: [], surprise: "" }, bar * BAR, mark);

/** As the player's patch does: a pitch that begins again ends the one before, what nothing ends lasts as long as it was given. */
class Player {
  /** @type {Map<number, number[]>} */ rows = new Map();
  /** @type {{pitch: number, on: number, off: number}[]} */ #notes = [];
  /** @type {Map<number, {pitch: number, on: number, off: number}>} */ #sounding = new Map();
  #place = 0;

  book = new Book(
    new Feeder((word, place, ...row) => {
      if (word === "row") this.rows.set(Number(place), row.map(Number));
      else if (word === "unrow") this.rows.delete(Number(place));
    }),
  );

  /** @param {number} tick @returns {import("../../../../js/devices/jam/book.js").Head} with some rows of room */
  to(tick) {
    for (; this.#place * ROW <= tick; this.#place++) {
      const row = this.rows.get(this.#place) ?? [];
      for (let at = 0; at < row.length; at += 4) {
        const [inside, pitch, velocity, longest] = row.slice(at, at + 4);
        const now = this.#place * ROW + inside;
        const before = this.#sounding.get(pitch);
        if (before) before.off = Math.min(before.off, now);
        this.#sounding.delete(pitch);
        if (velocity === 0) continue;
        const struck = { pitch, on: now, off: now + longest };
        this.#sounding.set(pitch, struck);
        this.#notes.push(struck);
      }
    }
    return { now: tick, from: (Math.floor((tick + 20) / ROW) + 1) * ROW };
  }

  /** @param {number} tick @returns {number[][]} pitch, begin and end of what began before a tick */
  heard(tick) {
    this.to(tick + 4 * BAR);
    return this.#notes.filter(({ on }) => on < tick).map(({ pitch, on, off }) => [pitch, on, off].map(Math.round));
  }
}

describe("a bar that is told anew", () => {
  /** @type {Player} */ let player;
  beforeEach(() => {
    player = new Player();
  });

  /** Bar 0 plays, bar 1 is known. @param {any[]} first @param {any[]} second @param {number} tick */
  function playing(first, second, tick) {
    player.book.put(piece(1, second), null);
    player.book.put(piece(0, first), null);
    player.book.come(0, player.to(0));
    return player.to(tick);
  }

  it("ends what would have ended with the first note of a bar that has become another one", () => {
    const head = playing([note(60, 1680, 1917)], [note(60, 0, 240)], 960);
    player.book.put(piece(1, [note(64, 0, 240)]), head);
    assert.deepEqual(player.heard(2 * BAR), [
      [60, 1680, 1917],
      [64, 1920, 2160],
    ]);
  });

  it("ends it on the line where the play head has come too near to end it sooner", () => {
    const head = playing([note(60, 1680, 1917)], [note(60, 0, 240)], 1895);
    assert.equal(head.from, BAR);
    player.book.put(piece(1, [note(64, 0, 240)]), head);
    assert.deepEqual(player.heard(2 * BAR), [
      [60, 1680, 1920],
      [64, 1920, 2160],
    ]);
  });

  it("does not end twice what ends by itself", () => {
    const head = playing([note(60, 1680, 1917)], [note(62, 0, 240)], 1895);
    player.book.put(piece(1, [note(64, 0, 240)]), head);
    assert.deepEqual(player.rows.get(191), [7, 60, 0, 0]);
    assert.deepEqual(player.rows.get(192)?.slice(0, 2), [0, 64]);
  });

  it("does not end on the line what begins on it", () => {
    const head = playing([note(60, 1680, 1919.9)], [note(62, 0, 240)], 960);
    assert.deepEqual(player.rows.get(191), [9.9, 60, 0, 0]);
    player.book.put(piece(1, [note(60, 0, 240)]), head);
    assert.equal(player.rows.get(191), undefined);
    assert.deepEqual(player.heard(2 * BAR), [
      [60, 1680, 1920],
      [60, 1920, 2160],
    ]);
  });

  it("while it plays ends what would have ended with a note that comes no more", () => {
    const head = playing([note(60, 720, 988), note(60, 991, 1200)], [], 960);
    assert.equal(head.from, 990);
    player.book.put(piece(0, [note(60, 720, 988), note(64, 1440, 1680)]), head);
    assert.deepEqual(player.heard(BAR), [
      [60, 720, 990],
      [64, 1440, 1680],
    ]);
  });

  it("while it plays strikes a note once whose hand has moved across the place where it became another", () => {
    const head = playing([note(36, 985, 1060)], [], 960);
    player.book.put(piece(0, [note(36, 995, 1070)]), head);
    assert.deepEqual(player.heard(BAR), [[36, 985, 1070]]);
  });

  it("while it plays does not lose it either", () => {
    const head = playing([note(36, 995, 1070)], [], 960);
    player.book.put(piece(0, [note(36, 985, 1060)]), head);
    assert.deepEqual(player.heard(BAR), [[36, 990, 1065]]);
  });

  it("while it plays ends nothing before it may have begun", () => {
    const head = playing([note(60, 989.75, 1200)], [], 960);
    player.book.put(piece(0, [note(64, 1440, 1680)]), head);
    assert.deepEqual(player.rows.get(98)?.slice(0, 2), [9.75, 60]);
    assert.deepEqual(player.rows.get(99), [4.75, 60, 0, 0]);
  });

  it("while it plays keeps a roll as it is", () => {
    const roll = [note(38, 930, 980), note(38, 990, 1040), note(38, 1050, 1100)];
    const head = playing(roll, [], 960);
    player.book.put(piece(0, roll), head);
    assert.deepEqual(
      player.heard(BAR).map(([, on]) => on),
      [930, 990, 1050],
    );
  });

  it("ends what rang even if it was put in before anybody saw that the song had come to the bar", () => {
    playing([note(60, 0, 240)], [note(62, 0, 960)], 960);
    const head = player.to(BAR + 40);
    player.book.put(piece(1, [note(64, 480, 720)]), head);
    player.book.come(1, player.to(BAR + 45));
    assert.deepEqual(player.heard(2 * BAR), [
      [60, 0, 240],
      [62, 1920, 1990],
      [64, 2400, 2640],
    ]);
  });

  it("is as composed when one comes there again, though the bar behind it was put in too soon to be seen", () => {
    const head = playing([note(60, 0, 1200)], [], 480);
    player.book.put(piece(0, [note(61, 240, 1200)]), head);
    assert.deepEqual(player.rows.get(51)?.slice(0, 3), [0, 60, 0]);
    player.book.put(piece(1, [note(64, 960, 1200)]), player.to(BAR + 40));
    assert.equal(player.rows.get(51), undefined);
    assert.equal(player.rows.get(24)?.[1], 61);
  });
});

/**
 * Bars as they are played: what begins and what ends in the song, in ticks from its start. Pure.
 *
 * How bars are put together is the engine's rule (StreamBar in engine/compose/stream/request.py): when a bar begins what it
 * holds goes on, or is struck where it does not sound; anything else ends, but for what would be over in a moment anyway.
 */

/** Ticks of a beat. */
export const TICKS = 480;
/** Ticks of a sixteenth: there the player comes in after a jump, and there it takes what is new inside a bar. */
export const SIXTEENTH = 120;
/** What sounds on for less than this is not worth to be struck, nor to be ended early. */
const LEAST_HELD = 120;

/**
 * Ticks. Where a pitch begins again as soon as this after it ended, the player ends it as it begins; and nothing ends sooner
 * than this after it began, as the player might have the one before the other.
 */
const AT_ONCE = 5;
/** A note that a hand has moved by less than this is the same note in both of two bars, ticks: half of what lies between notes of a roll. */
const MOVED = 30;

/** @typedef {{pitch: number, velocity: number, on: number, off: number}} Sound ticks of the song */

/**
 * What compose.stream answers for one bar, as far as devices use it.
 * @typedef {object} StreamBar
 * @property {number} bar
 * @property {import("../../live/notes.js").Note[]} notes beats from the bar's start
 * @property {import("../../live/notes.js").Note[]} held
 * @property {number} beats
 * @property {{start: number, duration: number, symbol: string}[]} chords
 * @property {string} surprise
 */

/**
 * A bar at its place.
 * @typedef {object} Piece
 * @property {number} number
 * @property {number} origin
 * @property {number} end
 * @property {Sound[]} notes that begin in it, by `on`
 * @property {Sound[]} held all from `origin`
 * @property {{start: number, duration: number, symbol: string}[]} chords beats from its start
 * @property {string} mark what it was asked with; "" for a bar that stands in for one that is not known
 */

/** @param {import("../../live/notes.js").Note} note @param {number} origin @returns {Sound} */
const soundOf = ({ pitch, velocity, start_time, duration }, origin) => ({
  pitch,
  velocity: Math.max(1, Math.min(127, Math.round(velocity))),
  on: origin + start_time * TICKS,
  off: origin + (start_time + duration) * TICKS,
});

/** @param {StreamBar} bar @param {number} origin @param {string} mark @returns {Piece} */
export const pieceOf = ({ bar, notes, held, beats, chords }, origin, mark) => ({
  number: bar,
  origin,
  end: origin + beats * TICKS,
  notes: notes.map((note) => soundOf(note, origin)),
  held: held.map((note) => soundOf(note, origin)),
  chords,
  mark,
});

/**
 * A bar once more at another place, from its beginning again where that one is longer.
 *
 * @param {Piece} piece
 * @param {number} number
 * @param {number} origin
 * @param {number} length ticks
 * @returns {Piece}
 */
export function repeated(piece, number, origin, length) {
  const lap = piece.end - piece.origin;
  /** @type {Sound[]} */
  const notes = [];
  for (let shift = 0; shift < length; shift += lap) {
    for (const { pitch, velocity, on, off } of piece.notes) {
      const start = on - piece.origin + shift;
      if (start >= length) continue;
      const stop = Math.min(off - piece.origin + shift, shift + lap, length);
      notes.push({ pitch, velocity, on: origin + start, off: origin + Math.max(stop, start + AT_ONCE) });
    }
  }
  const chords = piece.chords.filter(({ start }) => start * TICKS < length);
  return { number, origin, end: origin + length, notes, held: [], chords, mark: "" };
}

/**
 * Bars one after the other as they are heard.
 *
 * @param {readonly Piece[]} pieces by place; what does not begin where the one before ends is come to by a jump
 * @returns {Sound[]} by `on`; those given are left as they are
 */
export function flowOf(pieces) {
  /** @type {Sound[]} */
  const out = [];
  /** @type {Map<number, Sound>} */
  let sounding = new Map();
  let end = Number.NaN;
  for (const piece of pieces) {
    if (piece.origin !== end) sounding = new Map();
    cross(piece, sounding, out);
    for (const note of piece.notes) {
      const before = sounding.get(note.pitch);
      if (before !== undefined && before.off > note.on) before.off = note.on;
      const played = { ...note };
      sounding.set(note.pitch, played);
      out.push(played);
    }
    end = piece.end;
  }
  return out.sort((a, b) => a.on - b.on || a.pitch - b.pitch);
}

/** What happens at the bar line. @param {Piece} piece @param {Map<number, Sound>} sounding @param {Sound[]} out */
function cross({ origin, held }, sounding, out) {
  const wanted = new Map(held.map((note) => [note.pitch, note]));
  for (const [pitch, note] of [...sounding]) {
    const goesOn = wanted.get(pitch);
    if (note.off <= origin) sounding.delete(pitch);
    else if (goesOn !== undefined) {
      note.off = goesOn.off;
      wanted.delete(pitch);
    } else if (note.off - origin > LEAST_HELD) {
      note.off = origin;
      sounding.delete(pitch);
    }
  }
  for (const [pitch, note] of wanted) {
    const struck = { ...note };
    sounding.set(pitch, struck);
    out.push(struck);
  }
}

/**
 * A bar that becomes another one while it plays: up to there it is the one, from there on the other. What sounds there ends,
 * unless it sounds in the other one too; what only sounds in that one is struck. A note that lies on this side of the place in
 * the one and on that side in the other, as hands are looser or stiffer now, is struck once.
 *
 * @param {Piece|null} early null: nothing is known of it
 * @param {Piece} late
 * @param {number} tick of the song
 * @returns {Piece}
 */
export function spliced(early, late, tick) {
  const missed = late.notes.filter((note) => note.on < tick && same(early?.notes ?? [], note).on >= tick);
  const begun = (early?.notes ?? []).filter(({ on }) => on < tick);
  /** @type {Map<Sound, Sound>} */
  const moved = new Map();
  for (const note of begun) {
    const other = same(late.notes, note);
    if (other.on >= tick) moved.set(note, other);
  }
  const sounding = soundsAt(late, tick).filter((note) => !missed.includes(note));
  const inLate = new Map(sounding.map((note) => [note.pitch, note]));
  /** @param {Sound} note */
  const cut = (note) => {
    const other = moved.get(note);
    if (other !== undefined) return { ...note, off: other.off };
    if (note.off <= tick) return note;
    const goesOn = inLate.get(note.pitch);
    inLate.delete(note.pitch);
    return { ...note, off: Math.max(goesOn === undefined ? tick : goesOn.off, note.on + AT_ONCE) };
  };
  const held = (early?.held ?? []).map(cut);
  const kept = begun.map(cut);
  const struck = [
    ...[...inLate.values()].filter(({ off }) => off - tick >= LEAST_HELD).map((note) => ({ ...note, on: tick })),
    ...missed.map((note) => ({ ...note, on: tick, off: note.off + tick - note.on })),
  ];
  const played = new Set(moved.values());
  const rest = late.notes.filter((note) => note.on >= tick && !played.has(note));
  return { ...late, held, notes: [...kept, ...struck, ...rest] };
}

/** @param {readonly Sound[]} notes @param {Sound} note @returns {Sound} the same note in another bar, or itself where there is none */
function same(notes, note) {
  /** @param {Sound} other */
  const away = (other) => Math.abs(other.on - note.on);
  const near = notes.filter((other) => other.pitch === note.pitch && away(other) < MOVED);
  return near.reduce((best, other) => (best === note || away(other) < away(best) ? other : best), note);
}

/** @param {Piece} piece @param {number} tick @returns {Sound[]} what of it has begun before and sounds on */
function soundsAt({ held, notes }, tick) {
  return [...held, ...notes].filter(({ on, off }) => on < tick && off > tick);
}

/** Ticks of a row of the player's tables. */
export const ROW = 10;
/** Should what ends a note ever get lost, it ends by itself after twice its time and this. */
const LONGEST_MORE = 960;

/**
 * What ended in a moment before, with the note that then began: where that note is no more, it ends there.
 *
 * @param {readonly Sound[]} flow
 * @param {number} from tick; what is told before it stays as it is
 * @param {(pitch: number, place: number) => boolean} ended whether an end of a pitch was told in a row
 * @returns {readonly Sound[]}
 */
export const endedAt = (flow, from, ended) =>
  flow.map((note) =>
    note.off < from && note.off >= from - AT_ONCE && !ended(note.pitch, rowOf(note.off))
      ? { ...note, off: from }
      : note,
  );

/** @typedef {Map<number, number[]>} Rows by place in rows: ticks, pitch, velocity, longest, and so on */

/** @param {number} value */
const rounded = (value) => Math.round(value * 100) / 100;

/** As `rounded` tells it a place may lie on the next row's line. @param {number} tick */
const rowOf = (tick) => Math.floor(rounded(tick) / ROW);

/**
 * @param {readonly Sound[]} flow by `on`
 * @param {number} from tick
 * @param {number} to tick
 * @returns {Rows} what begins and ends in between
 */
export function rowsOf(flow, from, to) {
  /** @type {{tick: number, pitch: number, velocity: number, longest: number}[]} */
  const events = [];
  /** @type {Map<number, number>} */
  const next = new Map();
  for (const { pitch, velocity, on, off } of [...flow].reverse()) {
    events.push({ tick: on, pitch, velocity, longest: Math.round(2 * (off - on)) + LONGEST_MORE });
    const again = next.get(pitch);
    if (again === undefined || again > off + AT_ONCE) events.push({ tick: off, pitch, velocity: 0, longest: 0 });
    next.set(pitch, on);
  }
  /** @type {Rows} */
  const rows = new Map();
  const inside = events.filter(({ tick }) => rounded(tick) >= from && rounded(tick) < to);
  inside.sort((a, b) => a.tick - b.tick || a.velocity - b.velocity || a.pitch - b.pitch);
  for (const { tick, pitch, velocity, longest } of inside) {
    const place = rowOf(tick);
    const row = rows.get(place) ?? [];
    row.push(rounded(tick - place * ROW), pitch, velocity, longest);
    rows.set(place, row);
  }
  return rows;
}

/**
 * What is struck where one comes in from elsewhere, on each sixteenth.
 *
 * @param {readonly Sound[]} flow
 * @param {readonly Piece[]} pieces
 * @param {number} from tick
 * @param {number} to tick
 * @returns {Rows}
 */
export function entriesOf(flow, pieces, from, to) {
  /** @type {Rows} */
  const rows = new Map();
  for (const { origin, end, held } of pieces) {
    const first = origin + Math.max(0, Math.ceil((from - origin) / SIXTEENTH)) * SIXTEENTH;
    for (let line = first; line < Math.min(end, to); line += SIXTEENTH) {
      const sounding = line === origin ? held : flow.filter(({ on, off }) => on < line && off - line >= LEAST_HELD);
      const row = sounding.flatMap(({ pitch, velocity, off }) => [
        ...[0, pitch, velocity, Math.round(2 * (off - line)) + LONGEST_MORE],
      ]);
      if (row.length > 0) rows.set(line / ROW, row);
    }
  }
  return rows;
}

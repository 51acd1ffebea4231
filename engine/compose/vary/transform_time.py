"""Transformations of time: backwards, slower, faster, onto the grid, swung, bound, strummed."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from msgspec.structs import replace

from engine.compose.metre import groups
from engine.compose.vary.transform_request import GRIDS
from engine.compose.vary.work import TOGETHER, Work, strikes
from engine.notes import Note, beats_per_bar

__all__ = ["augment", "diminish", "legato", "quantise", "retrograde", "strum", "swing"]

_FULL_SWING = 2 / 3
"""Where the second of a pair lies at full swing, as a share of the pair."""

_LONGEST_STRUM = 0.12
"""Seconds from the first to the last note of a chord strummed in full."""

_SHORTEST = 0.02


def _tidy(beat: float) -> float:
    """A beat without what sums of floats leave behind."""
    return round(beat, 9)


def retrograde(work: Work) -> list[Note]:
    """Plays the last part of the range backwards: what ended last begins first."""
    turn = work.last - work.share * (work.last - work.first)
    made = []
    for note in work.notes:
        end = min(note.end_time, work.last)
        if note.start_time < turn or work.share == 0:
            made.append(note)
        else:
            made.append(replace(note, start_time=_tidy(turn + work.last - end), duration=end - note.start_time))
    return made


def augment(work: Work) -> list[Note]:
    """Stretches time, at 100 percent to twice its length."""
    return _stretched(work, 1.0 + work.share)


def diminish(work: Work) -> list[Note]:
    """Presses time together, at 100 percent to half its length; ``augment`` by as much undoes it."""
    return _stretched(work, 1.0 / (1.0 + work.share))


def _stretched(work: Work, factor: float) -> list[Note]:
    if work.whole:
        work.end = work.first + work.request.length * factor
    last = work.end if work.whole else work.last
    made = []
    for note in work.notes:
        start = _tidy(work.first + (note.start_time - work.first) * factor)
        if start < last:
            length = note.duration * factor if work.whole else min(note.duration * factor, last - start)
            made.append(replace(note, start_time=start, duration=_tidy(length)))
    if len(made) < len(work.notes):
        work.notices.append(f"{len(work.notes) - len(made)} notes came to lie past the range and were left out.")
    return made


def quantise(work: Work) -> list[Note]:
    """Moves the beginning of every note towards the grid; how long it lasts stays."""
    step, start = GRIDS[work.request.grid], work.request.start
    made = []
    for note in work.notes:
        goal = start + round((note.start_time - start) / step) * step
        if goal >= work.request.end:
            goal -= step
        made.append(replace(note, start_time=note.start_time + work.share * (goal - note.start_time)))
    return made


def swing(work: Work) -> list[Note]:
    """Lets every second note of a pair come late: time bends, for beginnings and ends alike."""
    pair = 2 * GRIDS[work.request.grid]
    pairs = _pairs(work.request.metre, pair)
    if not pairs:
        work.notices.append("Here eighths go in threes: there are no pairs of them to swing.")
        return list(work.notes)
    bar, start = beats_per_bar(*work.request.metre), work.request.start
    own = _off_beat([note.start_time - start for note in work.notes], bar, pairs, pair)
    goal = 0.5 + work.share * (_FULL_SWING - 0.5)
    if work.request.source is not None:
        found = _off_beat([note.start_time for note in work.request.source], bar, pairs, pair)
        goal = 0.5 + work.share * (found - 0.5)
        work.notices.append(f"Its off-beats lie at {found:.0%} of the pair; straight is 50%, triplets are 67%.")

    def bent(beat: float) -> float:
        number, inside = divmod(beat - start, bar)
        first = pairs[max(0, bisect_right(pairs, inside + 1e-9) - 1)]
        phase = (inside - first) / pair
        if not 0 <= phase < 1:
            return beat
        late = phase * goal / own if phase < own else goal + (phase - own) * (1 - goal) / (1 - own)
        return _tidy(start + number * bar + first + late * pair)

    made = []
    for note in work.notes:
        begin = bent(note.start_time)
        made.append(replace(note, start_time=begin, duration=max(_SHORTEST, bent(note.end_time) - begin)))
    return made


def _pairs(metre: tuple[int, int], pair: float) -> list[float]:
    """Beats in a bar at which pairs begin; an odd one at the end of a group is none."""
    sizes, begin = groups(*metre), 0.0
    found: list[float] = []
    if pair == 1.0 and all(abs(size - 1.5) < 1e-9 for size in sizes):
        return []
    for size in sizes:
        found.extend(begin + number * pair for number in range(int(size / pair + 1e-9)))
        begin += size
    return found


def _off_beat(times: Sequence[float], bar: float, pairs: Sequence[float], pair: float) -> float:
    """Where the second of a pair lies in some notes, as a share of the pair; straight where there is none."""
    phases = []
    for time in times:
        inside = time % bar
        first = pairs[max(0, bisect_right(pairs, inside + 1e-9) - 1)]
        phase = (inside - first) / pair
        if 0.4 < phase < 0.72:
            phases.append(phase)
    phases.sort()
    return phases[len(phases) // 2] if phases else 0.5


def legato(work: Work) -> list[Note]:
    """Brings the end of every note towards the beginning of the next."""
    onsets = sorted(note.start_time for note in [*work.notes, *work.others])
    made = []
    for note in work.notes:
        after = bisect_right(onsets, note.start_time + TOGETHER)
        goal = onsets[after] if after < len(onsets) else work.request.end
        end = note.end_time + work.share * (goal - note.end_time)
        made.append(replace(note, duration=max(_SHORTEST, _tidy(end - note.start_time))))
    return made


def strum(work: Work) -> list[Note]:
    """Lets the notes of every chord begin one after the other; their ends stay."""
    spread = work.share * _LONGEST_STRUM * work.request.tempo / 60.0
    made = []
    for chord in strikes(work.notes):
        begin = min(note.start_time for note in chord)
        order = sorted(chord, key=lambda note: note.pitch, reverse=work.request.direction == "down")
        for place, note in enumerate(order):
            if len(chord) < 2 or work.share == 0:
                made.append(note)
                continue
            # No note is pushed past the half of its own length.
            late = min(spread * place / (len(chord) - 1), 0.5 * max(0.0, note.end_time - begin))
            made.append(replace(note, start_time=begin + late, duration=max(_SHORTEST, note.end_time - begin - late)))
    return made

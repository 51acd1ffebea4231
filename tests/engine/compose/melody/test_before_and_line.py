"""Going on from what was there, and singing beside another line."""

from __future__ import annotations

import statistics

from engine.compose.melody.before import read_before
from engine.compose.melody.compose import MelodyRequest, MelodyResult, compose_melody
from engine.compose.melody.counter import Beside, read_line
from engine.compose.melody.slots import bar_of
from engine.notes import Note
from tests.engine.compose.melody.melody_measures import middle, takes

BAR = bar_of(4, 4)


def steps(take: MelodyResult) -> set[int]:
    return {round(note.start_time * 4) for note in take.notes}


def shared(a: MelodyResult, b: MelodyResult) -> float:
    one, two = steps(a), steps(b)
    return len(one & two) / max(1, len(one | two))


def pairs(**more: object) -> list[tuple[MelodyResult, MelodyResult, MelodyResult]]:
    """A melody, one that goes on from it, and one of the same seed that knows nothing of it."""
    out = []
    for seed, first in enumerate(takes(30, bars=4)):
        if len(first.notes) > 3:
            asked = {"style": "pop", "key": "C major", "progression": "I V vi IV", "bars": 4, "seed": seed + 500}
            goes_on = compose_melody(MelodyRequest(before=first.notes, **asked, **more))
            out.append((first, goes_on, compose_melody(MelodyRequest(**asked, **more))))
    return out


def test_it_goes_on_in_the_same_register_rhythm_and_loudness() -> None:
    made = [row for row in pairs() if all(len(take.notes) > 3 for take in row)]
    assert len(made) > 20
    near = statistics.mean(abs(middle(a) - middle(b)) for a, b, _ in made)
    far = statistics.mean(abs(middle(a) - middle(c)) for a, _, c in made)
    assert near < 0.5 * far
    with_it = statistics.mean(shared(a, b) for a, b, _ in made)
    alone = statistics.mean(shared(a, c) for a, _, c in made)
    assert with_it > 1.2 * alone
    assert statistics.mean(abs(a.notes[-1].pitch - b.notes[0].pitch) for a, b, _ in made) < 6


def test_a_register_that_is_asked_for_goes_before_that_of_the_notes() -> None:
    for _, goes_on, _ in pairs(register=84)[:8]:
        assert all(66 <= note.pitch <= 102 for note in goes_on.notes)


def test_a_quiet_melody_goes_on_quietly() -> None:
    notes = [Note(60 + step % 5, step / 2, 0.4, 30.0) for step in range(8)]
    take = compose_melody(MelodyRequest(seed=1, before=notes, bars=4, key="C"))
    assert statistics.mean(note.velocity for note in take.notes) < 45
    assert any("goes on" in notice for notice in take.notices)


def test_what_came_before_is_read_by_bars() -> None:
    notes = [Note(60, 0.0, 1.0), Note(64, 0.01, 1.0), Note(67, 5.0, 1.0, 80), Note(70, 6.0, 1.0, mute=True)]
    before = read_before(notes, BAR)
    assert before is not None
    assert before.bars == (((0, 64),), ((4, 67),))
    assert (before.lowest, before.highest) == (64, 67)
    assert read_before([], BAR) is None
    assert read_before(None, BAR) is None
    assert read_before([Note(60, -3.0, 1.0)], BAR) is None
    long = [Note(60, float(beat), 0.5) for beat in range(64)]
    many = read_before(long, BAR)
    assert many is not None
    assert len(many.bars) == 8


def test_nothing_before_is_said() -> None:
    take = compose_melody(MelodyRequest(seed=1, before=[], key="C"))
    assert any("nothing to go on from" in notice for notice in take.notices)
    plain = compose_melody(MelodyRequest(seed=1, key="C"))
    assert take.notes == plain.notes


class Counted:
    """What happens between two lines."""

    def __init__(self, **more: object) -> None:
        self.contrary = self.similar = self.parallel = self.unison = self.harsh = self.beats = 0
        self.together = self.notes = 0
        for seed, first in enumerate(takes(24)):
            asked = {"style": "pop", "key": "C major", "progression": "I V vi IV", "seed": seed + 100}
            second = compose_melody(MelodyRequest(**asked, **({"line": first.notes} if more.get("line") else {})))
            self._count(first.notes, second.notes)

    def _count(self, line: list[Note], notes: list[Note]) -> None:
        starts = {round(note.start_time * 4) for note in line}
        before: tuple[int, int | None] | None = None
        for note in notes:
            self.notes += 1
            self.together += round(note.start_time * 4) in starts
            now = sounding(line, note.start_time)
            if now is not None:
                self.unison += now == note.pitch
                if note.start_time % 1 == 0:
                    self.beats += 1
                    self.harsh += abs(note.pitch - now) % 12 in (1, 2, 6, 10, 11)
                if before and before[1] is not None:
                    self._move(before[0], before[1], note.pitch, now)
            before = (note.pitch, now)

    def _move(self, own: int, then: int, pitch: int, now: int) -> None:
        moves = (pitch - own) * (now - then)
        self.contrary += moves < 0
        self.similar += moves > 0
        apart = (pitch - now) % 12
        self.parallel += moves > 0 and apart in (0, 7) and apart == (own - then) % 12


def sounding(line: list[Note], beat: float) -> int | None:
    return next((note.pitch for note in line if note.start_time - 0.01 <= beat < note.end_time - 0.01), None)


def test_a_counter_melody_moves_against_the_line_and_fills_its_rests() -> None:
    beside, alone = Counted(line=True), Counted()
    assert beside.parallel == 0
    assert beside.unison == 0
    assert beside.harsh <= 0.03 * beside.beats
    assert beside.contrary > 1.5 * beside.similar
    assert beside.together / beside.notes < 0.7 * alone.together / alone.notes
    # The figures are not empty: who does not listen does all of this.
    assert alone.parallel + alone.unison > 5
    assert alone.harsh > 0.1 * alone.beats


def test_a_counter_melody_keeps_to_its_side() -> None:
    high = [Note(80, float(beat), 1.0) for beat in range(32)]
    low = [Note(48, float(beat), 1.0) for beat in range(32)]
    assert all(note.pitch < 80 for note in compose_melody(MelodyRequest(seed=1, line=high, key="C")).notes)
    assert all(note.pitch > 48 for note in compose_melody(MelodyRequest(seed=1, line=low, key="C")).notes)


def test_an_empty_line_is_said() -> None:
    take = compose_melody(MelodyRequest(seed=1, line=[], key="C"))
    assert any("melody of its own" in notice for notice in take.notices)


def test_a_line_is_read_as_one_voice() -> None:
    line = read_line([Note(60, 0.0, 2.0), Note(72, 0.0, 2.0), Note(64, 1.0, 0.5), Note(50, -1.0, 0.5)])
    assert line is not None
    assert [line.at(step) for step in (0, 3, 4, 5, 6)] == [72, 72, 64, 64, None]
    assert line.middle == 68
    assert read_line(None) is None


def test_the_rules_of_two_voices() -> None:
    def best(beside: Beside, own: int, among: tuple[int, ...]) -> int:
        weights = beside.weights(own, 40, 40)
        return max(among, key=lambda pitch: weights[pitch - 40])

    # The line steps from E down to D; above it stand G (a third) and A (a fifth, from B: parallel).
    assert best(Beside(62, 64, True, True), 71, (69, 72)) == 72
    assert Beside(62, 64, True, True).weights(71, 69, 1)[0] < -20
    assert Beside(60, 60, True, True).weights(64, 60, 1)[0] < -20
    # A second is refused on the beat more firmly than beside it.
    assert Beside(60, None, True, True).weights(None, 62, 1)[0] < Beside(60, None, False, True).weights(None, 62, 1)[0]

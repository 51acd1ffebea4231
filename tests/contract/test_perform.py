"""What `make bench-perform` measures: that it can say no, and a small band that plays from end to end."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest

from engine.compose.stream.compose import compose_stream
from engine.compose.stream.join import joined
from engine.compose.stream.request import Macros, StreamBar, StreamRequest
from engine.notes import Note
from tests.benchmarks.performing.play import Size, figures, run
from tests.benchmarks.performing.score import Heard, Score, score
from tests.benchmarks.performing.told import Telling

TEMPO, MS = 174.0, 174.0 / 60_000.0
BARS = 4


BEFORE = -100.0


def composed(bars: int = BARS, **macros: float) -> list[StreamBar]:
    return compose_stream(
        StreamRequest(role="bass", style="acid", seed=3, tempo=TEMPO, bars=bars, macros=Macros(**macros))
    ).bars


@pytest.fixture(scope="module")
def bars() -> list[StreamBar]:
    return composed()


def as_heard(notes: Iterable[Note]) -> list[Heard]:
    return [Heard(note.start_time, note.pitch, round(note.velocity), note.duration / MS) for note in notes]


@pytest.fixture(scope="module")
def played(bars: list[StreamBar]) -> list[Heard]:
    return as_heard(joined(bars))


def scored(heard: list[Heard], bars: Iterable[StreamBar], *later: Telling, end: float = BARS * 4.0) -> Score:
    return score(heard, [*(Telling(bar, 0, BEFORE) for bar in bars), *later], TEMPO, end)


def counted(heard: list[Heard], bars: list[StreamBar]) -> tuple[int, int, int]:
    found = scored(heard, bars)
    return found.late, found.missing, found.strange


def test_what_was_composed_is_right(played: list[Heard], bars: list[StreamBar]) -> None:
    assert len(played) > 10
    assert counted(played, bars) == (0, 0, 0)
    assert max(map(abs, scored(played, bars).strays)) < 1e-6


def test_late_lost_and_strange_notes_are_counted(played: list[Heard], bars: list[StreamBar]) -> None:
    first, *rest = played
    assert counted([replace(first, beat=first.beat + 20 * MS), *rest], bars) == (1, 0, 0)
    assert counted(rest, bars) == (0, 1, 0)
    assert counted([replace(first, beat=first.beat + 200 * MS), *rest], bars) == (0, 1, 1)
    assert counted([replace(first, pitch=first.pitch + 1), *rest], bars) == (0, 1, 1)
    assert counted([*played, first], bars) == (0, 0, 1)
    shifted = [replace(note, beat=note.beat + 5 * MS) for note in played]
    assert counted(shifted, bars) == (0, 0, 0)
    strays = scored(shifted, bars, end=15.0).strays
    assert strays == pytest.approx([5.0] * len(strays))


def test_a_note_that_sounds_on_is_counted(played: list[Heard], bars: list[StreamBar]) -> None:
    assert scored(played, bars).overlong == 0
    *rest, last = [note for note in played if note.beat < 12]
    assert scored([*rest, replace(last, ms=3000.0)], bars).overlong == 1
    assert scored([*rest, replace(last, ms=None)], bars).overlong == 1


def told_anew(bars: list[StreamBar]) -> tuple[StreamBar, list[Heard], list[Heard]]:
    """Bar 1 with other notes, and what is heard of both."""
    note = bars[1].notes[0]
    start = [0.5, 1.5, 2.5, 3.5]
    one, other = (
        msgspec.structs.replace(
            bars[1],
            held=[],
            notes=[msgspec.structs.replace(note, pitch=pitch, start_time=at, duration=0.25) for at in start],
        )
        for pitch in (90, 100)
    )
    bars[1] = one
    heard = [[*as_heard(joined([bars[0], bar]))] for bar in (one, other)]
    return other, *([note for note in notes if note.beat >= 4] for notes in heard)


def test_what_came_too_late_holds_from_there_on() -> None:
    bars = composed(2)
    other, first, second = told_anew(bars)
    before = [note for note in as_heard(joined(bars)) if note.beat < 4]
    late = Telling(other, 1, 5.6)
    right = [*before, *first[:2], *second[2:]]
    found = scored(right, bars, late, end=8.0)
    assert (found.missing, found.strange, found.overtaken, found.late) == (0, 0, 2, 0)
    # What was not in force is neither missed nor right.
    wrong = scored([*before, *first], bars, late, end=8.0)
    assert (wrong.missing, wrong.strange) == (2, 2)
    early = scored([*before, *second], bars, late, end=8.0)
    assert (early.missing, early.strange) == (2, 2)
    # An answer that was overtaken says nothing any more.
    for told in ([late, Telling(bars[1], 0, 5.7)], [Telling(bars[1], 0, 5.7), late]):
        held = scored(right, bars, *told, end=8.0)
        assert (held.missing, held.strange) == (0, 0)


def test_on_the_edge_either_is_right_but_not_both_nor_none() -> None:
    bars = composed(2)
    other, first, second = told_anew(bars)
    before = [note for note in as_heard(joined(bars)) if note.beat < 4]
    edge = Telling(other, 1, 5.49)
    for heard in ([*first[:2], *second[2:]], [*first[:1], *second[1:]]):
        found = scored([*before, *heard], bars, edge, end=8.0)
        assert (found.missing, found.strange) == (0, 0)
    # A hand that moved: the same note in both.
    moved = [msgspec.structs.replace(note, start_time=note.start_time + 0.01) for note in bars[1].notes]
    stiff = Telling(msgspec.structs.replace(bars[1], notes=moved), 1, 5.47)
    counts = []
    for notes in ([], [first[1]], [first[1], replace(first[1], beat=first[1].beat + 0.01)]):
        found = scored([*before, first[0], *notes, *first[2:]], bars, stiff, end=8.0)
        counts.append((found.missing, found.strange))
    assert counts == [(1, 0), (0, 0), (0, 1)]


def test_what_a_device_plays_of_its_own_where_nothing_was_told_is_not_held_against_it() -> None:
    bars = composed(2)
    _, first, _ = told_anew(bars)
    before = [note for note in as_heard(joined(bars)) if note.beat < 4]
    found = score([*before, *first], [Telling(bars[0], 0, BEFORE), Telling(bars[1], 1, 5.8)], TEMPO, 8.0)
    assert (found.missing, found.strange, found.filled, found.overtaken) == (0, 0, 2, 2)


def test_renders_that_differ_and_hanging_notes_are_told(played: list[Heard], bars: list[StreamBar]) -> None:
    told = {"hanging": 1, "faster": 2.0}
    play = {"hanging": 2, "asked": [1.0, 3.0], "alone": [1.0, 2.0], "locates": 8, "locate_mismatches": 1}
    play |= {"music_s": 6.0, "errors": ["oops"], "answers": {"count": 2, "p50_ms": 0.5, "p99_ms": 1.25}}
    killed = {"recovery_s": 1.5, "silent": 0, "hanging": 4}
    scores = [scored(played, bars)]
    found = figures(play, scores, 0.2, [(b"one", told), (b"another", told)], killed)
    assert found["renders_identical"] is False
    assert figures(play, scores, 0.2, [(b"one", told)] * 2, killed)["renders_identical"] is True
    assert [found[key] for key in ("hanging", "locate_mismatches", "recovery_s", "complaints")] == [8, 1, 1.5, ["oops"]]
    assert [set(found[key]) for key in ("jitter_ms", "request_ms")] == [{"p50", "p99"}] * 2
    assert found["request_engine_ms"] == {"p50": 0.5, "p99": 1.25}


def test_a_small_band_plays(tmp_path: Path) -> None:
    found = run(tmp_path, Size(parts=2, minutes=0.09, pace=0, locates=2), recovery=False)
    assert json.loads((tmp_path / "perform.json").read_text(encoding="utf-8")) == found
    asked = ("late", "hanging", "jitter_ms", "engine_cpu", "request_ms", "renders_identical", "locate_mismatches")
    assert set(itertools.chain(asked, ["recovery_s"])) <= set(found)
    assert found["notes"] > 30
    assert found["hanging"] == 0
    assert found["late"] == 0
    assert (found["missing"], found["strange"], found["overlong"]) == (0, 0, 0)
    assert found["renders_identical"]
    assert found["complaints"] == []
    assert found["jitter_ms"]["p50"] < 2
    assert 0 < found["request_engine_ms"]["p50"] <= found["request_engine_ms"]["p99"]
    assert found["locates"] == 4
    assert found["locate_mismatches"] <= 1

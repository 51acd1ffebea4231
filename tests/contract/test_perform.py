"""What `make bench-perform` measures: that it can say no, and a small band that plays from end to end."""

from __future__ import annotations

import itertools
import json
from dataclasses import replace
from pathlib import Path

import pytest

from engine.compose.stream.compose import compose_stream
from engine.compose.stream.join import joined
from engine.compose.stream.request import StreamBar, StreamRequest
from tests.benchmarks.performing.play import Size, figures, run
from tests.benchmarks.performing.score import Heard, score

TEMPO, MS = 174.0, 174.0 / 60_000.0
BARS = 4


@pytest.fixture(scope="module")
def bars() -> list[StreamBar]:
    return compose_stream(StreamRequest(role="bass", style="acid", seed=3, tempo=TEMPO, bars=BARS)).bars


@pytest.fixture(scope="module")
def played(bars: list[StreamBar]) -> list[Heard]:
    return [Heard(note.start_time, note.pitch, round(note.velocity)) for note in joined(bars)]


def counted(heard: list[Heard], bars: list[StreamBar]) -> tuple[int, int, int]:
    found = score(heard, bars, TEMPO, BARS * 4.0)
    return found.late, found.missing, found.strange


def test_what_was_composed_is_right(played: list[Heard], bars: list[StreamBar]) -> None:
    assert len(played) > 10
    assert counted(played, bars) == (0, 0, 0)
    assert max(map(abs, score(played, bars, TEMPO, 16.0).strays)) < 1e-6


def test_late_lost_and_strange_notes_are_counted(played: list[Heard], bars: list[StreamBar]) -> None:
    first, *rest = played
    assert counted([replace(first, beat=first.beat + 20 * MS), *rest], bars) == (1, 0, 0)
    assert counted(rest, bars) == (0, 1, 0)
    assert counted([replace(first, beat=first.beat + 200 * MS), *rest], bars) == (0, 1, 1)
    assert counted([replace(first, pitch=first.pitch + 1), *rest], bars) == (0, 1, 1)
    assert counted([*played, first], bars) == (0, 0, 1)
    shifted = [replace(note, beat=note.beat + 5 * MS) for note in played]
    assert counted(shifted, bars) == (0, 0, 0)
    strays = score(shifted, bars, TEMPO, 15.0).strays
    assert strays == pytest.approx([5.0] * len(strays))


def test_renders_that_differ_and_hanging_notes_are_told(played: list[Heard], bars: list[StreamBar]) -> None:
    told = {"hanging": 1, "faster": 2.0}
    play = {"hanging": 2, "asked": [1.0, 3.0], "alone": [1.0, 2.0], "locates": 8, "locate_mismatches": 1}
    play |= {"music_s": 6.0, "errors": ["oops"]}
    killed = {"recovery_s": 1.5, "silent": 0, "hanging": 4}
    scores = [score(played, bars, TEMPO, 16.0)]
    found = figures(play, scores, 0.2, [(b"one", told), (b"another", told)], killed)
    assert found["renders_identical"] is False
    assert figures(play, scores, 0.2, [(b"one", told)] * 2, killed)["renders_identical"] is True
    assert [found[key] for key in ("hanging", "locate_mismatches", "recovery_s", "complaints")] == [8, 1, 1.5, ["oops"]]
    assert [set(found[key]) for key in ("jitter_ms", "request_ms")] == [{"p50", "p99"}] * 2


def test_a_small_band_plays(tmp_path: Path) -> None:
    found = run(tmp_path, Size(parts=2, minutes=0.09, pace=0, locates=2), recovery=False)
    assert json.loads((tmp_path / "perform.json").read_text(encoding="utf-8")) == found
    asked = ("late", "hanging", "jitter_ms", "engine_cpu", "request_ms", "renders_identical", "locate_mismatches")
    assert set(itertools.chain(asked, ["recovery_s"])) <= set(found)
    assert found["notes"] > 30
    assert found["hanging"] == 0
    assert found["late"] == 0
    # Notes on the very edge between two answers may be of the one or the other.
    assert found["missing"] + found["strange"] <= found["notes"] * 0.03
    assert found["renders_identical"]
    assert found["complaints"] == []
    assert found["jitter_ms"]["p50"] < 2
    assert found["locates"] == 4
    assert found["locate_mismatches"] <= 1

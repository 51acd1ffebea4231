"""The tables for playing live: what they play is what a clip of the same request holds."""

from __future__ import annotations

import math
import time
from itertools import pairwise
from statistics import median
from typing import Any

import pytest
from hypothesis import given, settings

from engine.compose.arp.compose import compose_arp
from engine.compose.arp.figures import spread
from engine.compose.arp.live import GRID, MOST_TONES, TICKS, ArpLive, arp_live
from engine.compose.arp.request import ArpRequest
from engine.compose.arp.shelf import accents, figures
from engine.errors import InvalidValue
from engine.notes import beats_per_bar
from tests.engine.compose.arp.asked import wishes

HELD = (64, 60, 67)
PLAIN: dict[str, Any] = {"seed": 5, "humanise": 0.0, "style": "trance", "swing_grid": "16", "swing": 0.0}


def played(live: ArpLive, held: tuple[int, ...], beats: float) -> list[tuple[float, int, float]]:
    """Start, pitch and velocity of what a device plays from the tables while these notes are held."""
    at_hand = spread(held, live.resolved.octaves)
    at_hand = (tuple(sorted(at_hand)) if live.by_height else at_hand)[:MOST_TONES]
    table, cycle = live.rounds[len(at_hand) - 1], live.cycles[len(at_hand) - 1]
    notes, number, step = [], 0, live.ticks / TICKS
    for place in range(math.ceil(beats / step - 1e-9)):
        does = live.steps[place % len(live.steps)]
        number += does.moves
        said = max(0, number - 1)
        at = said % len(table)
        accent = live.accents[0 if at % cycle == 0 else 1]
        for delay, _, velocity in does.strikes:
            start, loud = round(place * step + delay, 4), round(velocity + accent, 0)
            notes += [(start, at_hand[tone], loud) for tone in table[at]]
    return sorted(note for note in notes if note[0] < beats - 1e-6)


def in_clip(request: ArpRequest) -> list[tuple[float, int, float]]:
    return sorted(
        (round(note.start_time, 4), note.pitch, round(note.velocity, 0)) for note in compose_arp(request).notes
    )


@pytest.mark.parametrize("figure", [name for name in figures() if name != "random"])
def test_what_is_played_is_what_a_clip_holds(figure: str) -> None:
    wish = ArpRequest(**PLAIN, figure=figure, rate="1/16", octaves=2, gate=50, bars=4, held=list(HELD))
    heard, written = played(arp_live(wish), HELD, 16), in_clip(wish)
    assert [note[:2] for note in heard] == [note[:2] for note in written]
    assert all(abs(a[2] - b[2]) <= 1 for a, b in zip(heard, written, strict=True))


@pytest.mark.parametrize(
    "more",
    [
        {"rate": "1/8T"},
        {"rate": "1/8D", "bars": 3},
        {"rate": "1/16", "rhythm": "tresillo"},
        {"rate": "1/16", "rhythm": "gallop", "density": 80.0},
        {"rate": "1/16", "rhythm": "syncopated", "density": 30.0},
        {"rate": "1/8", "ratchets": 60.0, "ratchet_count": 3},
        {"rate": "1/16", "rests": 40.0},
        {"rate": "1/16", "swing": 60.0},
        {"rate": "1/8", "swing": 100.0, "swing_grid": "8"},
        {"rate": "1/16", "signature_numerator": 7, "signature_denominator": 8},
        *[{"rate": "1/16", "accents": name} for name in accents()],
    ],
)
def test_every_knob_is_heard_as_in_a_clip(more: dict[str, Any]) -> None:
    wish = ArpRequest(**{**PLAIN, "figure": "up", "octaves": 1, "gate": 50, "bars": 4, "held": list(HELD), **more})
    bar = beats_per_bar(wish.signature_numerator, wish.signature_denominator)
    heard, written = played(arp_live(wish), HELD, wish.bars * bar), in_clip(wish)
    assert [note[:2] for note in heard] == [note[:2] for note in written]
    assert all(abs(a[2] - b[2]) <= 1 for a, b in zip(heard, written, strict=True))


@settings(max_examples=30)
@given(wishes())
def test_whatever_is_asked_the_tables_can_be_played(wish: ArpRequest) -> None:
    if wish.rate == "free" or wish.rate_beats is not None:
        return
    live = arp_live(wish)
    assert live == arp_live(wish)
    assert live.ticks % GRID == 0
    bar = beats_per_bar(wish.signature_numerator, wish.signature_denominator)
    assert len(live.steps) * live.ticks % (bar * TICKS) < 1e-6
    assert any(step.strikes for step in live.steps)
    low, high = min(live.accents), max(live.accents)
    for step in live.steps:
        for delay, duration, velocity in step.strikes:
            assert delay >= 0
            assert duration > 0
            assert 1 <= velocity + low <= velocity + high <= 127
    assert len(live.rounds) == len(live.cycles) == MOST_TONES
    for tones, table in enumerate(live.rounds, start=1):
        assert table
        assert len(table) % live.cycles[tones - 1] == 0
        assert all(0 <= place < tones for step in table for place in step)
        assert all(step for step in table)


def test_random_rounds_take_every_note_and_none_twice_in_a_row() -> None:
    for tones, table in enumerate(arp_live(ArpRequest(seed=3, figure="random", rate="1/16")).rounds, start=1):
        flat = [step[0] for step in table]
        assert all(sorted(flat[at : at + tones]) == list(range(tones)) for at in range(0, len(flat), tones))
        if tones > 1:
            assert all(a != b for a, b in pairwise(flat))


def test_variation_takes_other_notes_the_more_the_higher() -> None:
    shares = []
    for variation in (0.0, 30.0, 100.0):
        table = arp_live(ArpRequest(seed=3, figure="up", rate="1/16", variation=variation)).rounds[11]
        shares.append(sum(step[0] != at % 12 for at, step in enumerate(table)) / len(table))
    assert shares[0] == 0 < shares[1] < shares[2]


def test_a_loose_hand_is_late_never_early_and_the_later_the_looser() -> None:
    late = []
    for humanise in (0.0, 40.0, 100.0):
        live = arp_live(ArpRequest(**{**PLAIN, "humanise": humanise, "rate": "1/16"}))
        late.append(sum(strike.delay for step in live.steps for strike in step.strikes))
    assert late[0] == 0 < late[1] < late[2]


def test_steps_that_no_device_could_keep_are_refused() -> None:
    with pytest.raises(InvalidValue, match="named rate"):
        arp_live(ArpRequest(rate="free", rate_beats=0.3))


def test_tables_are_ready_at_once() -> None:
    wish = ArpRequest(seed=3, rate="1/16", ratchets=20, variation=30)
    arp_live(wish)
    taken = []
    for _ in range(9):
        begin = time.process_time()
        arp_live(wish)
        taken.append(time.process_time() - begin)
    assert median(taken) < 0.02

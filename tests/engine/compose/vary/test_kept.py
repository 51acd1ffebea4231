"""Clips are kept taken apart, and nobody hears of it."""

from __future__ import annotations

from typing import Any

import msgspec

from engine.compose.part.request import ChordAt
from engine.compose.vary.kept import _taken_apart
from engine.compose.vary.vary import VaryRequest, vary
from tests.engine.compose.vary.clips import beat, tune

AM = ChordAt(start=0.0, duration=4.0, symbol="Am")


def test_an_answer_does_not_hang_on_what_was_asked_before() -> None:
    notes = tune()
    near, far = (VaryRequest(notes=notes, length=16.0, count=2, distance=d, seed=3) for d in (5.0, 100.0))
    _taken_apart.cache_clear()
    first = vary(near)
    _taken_apart.cache_clear()
    vary(far)
    assert vary(near) == first
    assert _taken_apart.cache_info().hits == 1


def test_who_asks_may_change_what_they_gave_and_got() -> None:
    given = beat()
    request = VaryRequest(notes=given, length=16.0, count=2, seed=3, chords=[AM])
    plain = msgspec.convert(msgspec.to_builtins(request), VaryRequest)
    first = vary(request)
    told = msgspec.json.encode(first)
    for note in [*given, *(note for each in first.variations for note in each.notes)]:
        note.velocity, note.start_time = 1.0, note.start_time + 0.01
    assert msgspec.json.encode(vary(plain)) == told


def test_what_was_not_changed_is_the_very_note_that_was_given() -> None:
    given = beat()
    own = {id(note) for note in given}
    made = vary(VaryRequest(notes=given, length=16.0, count=1, distance=10.0, seed=3)).variations[0].notes
    assert sum(id(note) in own for note in made) > len(given) / 2


def test_a_clip_of_another_chord_or_place_is_another_clip() -> None:
    _taken_apart.cache_clear()
    others: list[dict[str, Any]] = [{}, {"start": 4.0, "length": 8.0}, {"chords": [AM]}, {"role": "bass"}]
    for more in others:
        asked: dict[str, Any] = {"notes": tune(), "length": 16.0, "count": 1, "seed": 3, **more}
        vary(VaryRequest(**asked))
    assert _taken_apart.cache_info().misses == 4
    assert _taken_apart.cache_info().hits == 0

"""Colour keeps root and quality; what is put between chords leads where it should."""

from itertools import pairwise

import msgspec
import pytest

from engine.compose.chords import ChordsRequest, compose_chords
from engine.compose.colour import Palette, colour, local_scale
from engine.compose.dice import Dice
from engine.compose.inserts import insert_chords, suspend
from engine.compose.spans import lay_out
from engine.compose.stock import styles
from engine.theory.key import Key
from engine.theory.progressions import read_bars
from engine.theory.romans import read_roman
from engine.theory.symbols import read_symbol

HOME = Key("C", "major")


def palette(style: str = "jazz", complexity: float = 50, tension: float = 50, seed: int = 1, **more) -> Palette:
    scale = tuple(sorted(HOME.scale_pcs))
    return Palette(styles()[style], scale, complexity, tension, more.get("quartal", False), Dice(seed))


@pytest.mark.parametrize("style", list(styles()))
def test_root_third_and_fifth_stay_whatever_the_knobs(style: str) -> None:
    for figure in ("I", "ii7", "iii", "IVmaj7", "V7", "vi", "viio", "bVII", "iv", "V7/ii", "I+", "Isus4", "I5", "I6"):
        chord = read_roman(figure, HOME)
        for seed in range(6):
            for complexity in (0, 30, 70, 100):
                for tension in (0, 30, 70, 100):
                    for falls in (False, True):
                        worn = colour(chord, 0, falls, palette(style, complexity, tension, seed))
                        core = {tone for tone in chord.intervals if tone <= 5}
                        assert (worn.root, worn.bass, worn.figure) == (chord.root, chord.bass, chord.figure)
                        assert core <= set(worn.intervals)
                        # A fifth may only give way to a dominant's flat thirteenth.
                        assert 7 not in chord.intervals or 7 in worn.intervals or {4, 10, 20} <= set(worn.intervals)
                        assert read_symbol(worn.symbol).intervals == worn.intervals


@pytest.mark.parametrize("style", list(styles()))
def test_nothing_is_added_at_zero(style: str) -> None:
    for figure in ("I", "ii", "V", "iv7", "viio", "IVmaj7"):
        chord = read_roman(figure, HOME)
        assert colour(chord, 0, True, palette(style, 0, 0)) is chord
        assert colour(chord, 0, True, palette(style, 0, 0, quartal=True)) is chord


def test_the_five_is_dominant_and_the_four_is_major_seventh() -> None:
    for style in styles():
        rich = palette(style, 100, 35)
        assert 10 in colour(read_roman("V", HOME), 0, True, rich).intervals
        if style != "funk_soul":
            assert 11 in colour(read_roman("IV", HOME), 1, False, rich).intervals
    assert 10 in colour(read_roman("IV", HOME), 1, False, palette("funk_soul", 35, 35)).intervals


def test_added_tones_come_from_the_key() -> None:
    iii = colour(read_roman("iii", HOME), 0, False, palette("deep_house", 100, 35))
    assert 14 not in iii.intervals, "the ninth of iii would be F#"
    assert 18 in colour(read_roman("IV", HOME), 0, False, palette("ambient", 100, 35)).intervals


def test_borrowed_chords_bring_their_own_scale() -> None:
    assert 10 in local_scale(read_roman("iv", HOME), HOME.scale_pcs)
    assert 6 in local_scale(read_roman("bII", HOME), HOME.scale_pcs)
    assert local_scale(read_roman("ii", HOME), HOME.scale_pcs) == {0, 2, 3, 5, 7, 9, 10}


def spans_of(text: str, bars: int = 8):
    return lay_out(read_bars(text, HOME), bars, (4, 4), bars * 4.0, trim=False)


def test_what_a_person_typed_keeps_its_roots() -> None:
    for seed in range(20):
        loud = palette("jazz", 100, 100, seed)
        assert insert_chords(spans_of("I vi ii V"), HOME, True, loud) == spans_of("I vi ii V")
        result = compose_chords(
            ChordsRequest(style="jazz", progression="C Am Dm G", seed=seed, tension=100, complexity=100)
        )
        roots = [read_symbol(chord.symbol).root for chord in result.chords]
        assert [root for index, root in enumerate(roots) if not index or root != roots[index - 1]] == [0, 9, 2, 7] * 2


def test_secondary_dominants_lie_a_fifth_above_what_follows() -> None:
    found = 0
    for seed in range(20):
        spans = insert_chords(spans_of("I vi ii V"), HOME, False, palette("jazz", 0, 100, seed))
        assert sum(span.duration for span in spans) == 32
        for span, following in zip(spans, [*spans[1:], spans[0]], strict=True):
            if not span.written:
                found += 1
                assert (span.chord.root - following.chord.root) % 12 == 7
                assert {4, 10} <= set(span.chord.intervals)
    assert found > 20


def test_passing_chords_lead_by_step_fifth_or_tritone() -> None:
    for style in ("house", "funk_soul", "jazz"):
        found = 0
        for seed in range(20):
            spans = insert_chords(spans_of("I vi ii V"), HOME, False, palette(style, 100, 0, seed))
            for span, following in zip(spans, [*spans[1:], spans[0]], strict=True):
                if not span.written:
                    found += 1
                    assert (span.chord.root - following.chord.root) % 12 in (1, 2, 7, 10, 11)
        assert found > 10


def test_suspensions_resolve_to_the_chord_they_delay() -> None:
    found = 0
    for seed in range(20):
        spans = suspend(spans_of("I vi IV V"), palette("pop", 0, 100, seed))
        for span, following in pairwise(spans):
            if "sus" in span.chord.symbol:
                found += 1
                assert following.chord.root == span.chord.root
                assert {3, 4} & set(following.chord.intervals)
    assert found > 20


def test_a_higher_knob_keeps_what_a_lower_one_put_in() -> None:
    for seed in range(10):
        before: set[tuple[float, int]] = set()
        for tension in range(0, 101, 10):
            spans = insert_chords(spans_of("I vi ii V"), HOME, False, palette("jazz", 0, tension, seed))
            here = {(span.start, span.chord.root) for span in spans if not span.written}
            assert before <= here
            before = here


def test_chords_without_a_name_are_left_alone() -> None:
    odd = read_symbol("C7#5#9")
    for seed in range(30):
        worn = colour(odd, 0, True, msgspec.structs.replace(palette("jazz", 100, 100), dice=Dice(seed)))
        assert read_symbol(worn.symbol).intervals == worn.intervals

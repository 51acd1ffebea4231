"""Strikes: where they lie, how long they last, and that no chord goes unheard."""

import pytest

from engine.compose.dice import Dice
from engine.compose.rhythm import Feel, strikes
from engine.compose.spans import lay_out
from engine.compose.stock import rhythms
from engine.theory.key import Key
from engine.theory.progressions import read_bars

PLAIN = Feel(16, 1.0)


def placed(
    rhythm: str, density: float = 50, bars: int = 4, text: str = "i VI III VII", metre=(4, 4), seed: int = 1, feel=PLAIN
):
    length = bars * metre[0] * 4 / metre[1]
    spans = lay_out(read_bars(text, Key("A", "minor")), bars, metre, length, trim=False)
    return spans, strikes(spans, rhythms()[rhythm], density=density, metre=metre, feel=feel, dice=Dice(seed))


def starts(rhythm: str, **more) -> list[float]:
    return [hit.start for hit in placed(rhythm, **more)[1]]


@pytest.mark.parametrize("rhythm", list(rhythms()))
@pytest.mark.parametrize("text", ["i VI III VII", "i", "ii7 V7 | i", "i V i V i V i V | VI"])
def test_every_chord_is_heard_and_nothing_overlaps(rhythm: str, text: str) -> None:
    for density in (0, 30, 60, 100):
        for seed in range(4):
            spans, hits = placed(rhythm, density, text=text, seed=seed)
            changes = {span.start for i, span in enumerate(spans) if not i or span.chord != spans[i - 1].chord}
            heard = {spans[hit.span].start for hit in hits}
            assert changes <= heard or rhythm == "pads"
            for hit, following in zip(hits, [*hits[1:], None], strict=True):
                assert hit.duration > 0
                assert hit.start + hit.duration <= (following.start if following else spans[-1].end) + 1e-9


def test_pads_hold_to_the_next_strike() -> None:
    _, hits = placed("pads", density=10)
    assert [hit.start for hit in hits] == [0, 4, 8, 12]
    assert [hit.duration for hit in hits] == [4, 4, 4, 4]


def test_a_pad_on_one_chord_is_left_sounding_when_sparse() -> None:
    assert len(starts("pads", density=0, bars=8, text="i")) == 1
    assert len(starts("pads", density=60, bars=8, text="i")) >= 4


def test_off_beats_stay_off_the_beat() -> None:
    assert all(start % 1 == 0.5 for start in starts("offbeat", density=50))
    assert len(starts("offbeat", density=50)) == 16


def test_a_pulse_goes_with_the_kick() -> None:
    assert starts("pulse", density=45) == [float(beat) for beat in range(16)]


def test_charleston_is_the_beat_and_the_push_after_the_second() -> None:
    assert any(set(starts("charleston", density=20, bars=1, text="i", seed=seed)) == {0.0, 1.5} for seed in range(8))


def test_tresillo_is_three_three_two() -> None:
    assert any(starts("tresillo", density=30, bars=1, text="i", seed=seed) == [0, 1.5, 3] for seed in range(8))
    assert any(
        set(starts("tresillo", density=50, bars=1, text="i", seed=seed)) >= {0, 0.75, 1.5, 2} for seed in range(8)
    )


def test_a_push_arrives_with_the_chord_to_come() -> None:
    spans, hits = placed("push", density=0)
    assert hits[0].start == 0
    early = [hit for hit in hits if hit.start % 4 == 3.5]
    assert len(early) == 4
    for hit in early[:-1]:
        assert spans[hit.span].start == hit.start + 0.5
    assert early[-1].span == 0, "the last one leads back to the loop's first chord"


def test_jazz_plays_no_sixteenths() -> None:
    for rhythm in rhythms():
        for metre in ((4, 4), (3, 4), (7, 8)):
            hits = placed(rhythm, density=100, metre=metre, feel=Feel(8, 1.0))[1]
            assert all((hit.start * 2).is_integer() for hit in hits)


@pytest.mark.parametrize("metre", [(3, 4), (6, 8), (7, 8), (5, 4), (12, 8), (5, 16)])
def test_a_bar_in_any_signature_begins_like_the_others(metre: tuple[int, int]) -> None:
    bar = metre[0] * 4 / metre[1]
    for rhythm in rhythms():
        found = starts(rhythm, bars=5, metre=metre, text="i")
        first = [start for start in found if start < bar]
        fifth = [start - 4 * bar for start in found if start >= 4 * bar]
        if rhythm not in ("push", "pads"):
            assert first == fifth, "a phrase of four bars comes round"


def test_stabs_are_short_and_pads_are_long() -> None:
    assert max(hit.duration for hit in placed("stabs")[1]) <= 0.5
    assert min(hit.duration for hit in placed("pads", density=20)[1]) >= 1
    gated = placed("stabs", feel=Feel(16, 0.5))[1]
    assert max(hit.duration for hit in gated) <= 0.25


def test_seeds_pick_other_grids() -> None:
    assert len({tuple(starts("stabs", seed=seed, bars=1)) for seed in range(20)}) > 4

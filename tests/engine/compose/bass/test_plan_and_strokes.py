"""When the bass plays: bars of any metre, kicks that go round, chords that are all heard, clips that end early."""

import pytest

from engine.compose.bass.plan import metre_of, of_own
from engine.compose.part.request import ChordAt
from tests.engine.compose.bass.asked import METRES, STYLES, asked


@pytest.mark.parametrize(
    ("signature", "groups", "even"),
    [
        ((4, 4), (4, 4, 4, 4), True),
        ((3, 4), (4, 4, 4), False),
        ((6, 8), (6, 6), False),
        ((7, 8), (4, 4, 6), False),
        ((5, 4), (4, 4, 4, 4, 4), False),
        ((1, 16), (1,), False),
    ],
)
def test_a_bar_is_read_in_sixteenths(signature: tuple[int, int], groups: tuple[int, ...], even: bool) -> None:
    metre = metre_of(*signature)
    assert (metre.groups, metre.even) == (groups, even)
    assert metre.steps == sum(groups)
    assert [metre.pulse(begin) for begin in metre.pulses] == list(range(len(groups)))


def test_a_knob_of_ones_own_goes_from_nothing_over_the_usual_to_the_most() -> None:
    assert [of_own(percent, 0.2, 0.8) for percent in (0, 25, 50, 75, 100)] == pytest.approx([0, 0.1, 0.2, 0.5, 0.8])


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("metre", METRES)
def test_pulse_groups_are_kept_in_every_metre(style: str, metre: tuple[int, int]) -> None:
    """On the grid of sixteenths, and not the same pattern run on over the bar lines."""
    result = asked(
        style=style,
        signature_numerator=metre[0],
        signature_denominator=metre[1],
        progression="i",
        variation=0,
        swing_grid="16",
        movement=0,
    )
    bar = metre_of(*metre).bar
    rows = [
        [
            round(note.start_time - number * bar, 6)
            for note in result.notes
            if number == int((note.start_time + 1e-6) // bar)
        ]
        for number in range(8)
    ]
    assert all(row == rows[0] for row in rows)
    assert all(start * 4 == int(start * 4) for start in rows[0])


def test_a_walk_in_six_eight_is_long_and_short() -> None:
    notes = asked(style="walking", signature_numerator=6, signature_denominator=8, swing_grid="16", bars=2).notes
    assert [note.start_time for note in notes] == [0, 1, 1.5, 2.5, 3, 4, 4.5, 5.5]


def test_a_kick_goes_round_in_whole_bars() -> None:
    one = asked(style="funk", kick=[0.0, 1.5], lock=100, swing_grid="16", bars=4).notes
    assert [note.start_time for note in one] == [start + 4 * bar for bar in range(4) for start in (0.0, 1.5)]
    two = asked(style="funk", kick=[0.0, 6.5], lock=100, swing_grid="16", bars=4).notes
    assert [note.start_time for note in two] == [0.0, 6.5, 8.0, 14.5]


def test_a_bar_without_a_kick_plays_on() -> None:
    notes = asked(style="hip_hop", kick=[0.0, 8.5], lock=100, bars=3, swing_grid="16").notes
    assert {note.start_time for note in notes if note.start_time >= 8} == {8.5}
    assert any(4 <= note.start_time < 8 for note in notes)


@pytest.mark.parametrize("style", STYLES)
def test_every_chord_of_a_beat_or_more_is_heard(style: str) -> None:
    chords = [ChordAt(start=place, duration=1, symbol=symbol) for place, symbol in enumerate(("C", "F", "Am", "G"))]
    for seed in range(5):
        result = asked(style=style, key="C major", chords=chords, seed=seed, complexity=0, movement=0, bars=4)
        line = [note for note in result.notes if note.velocity >= 60]
        for beat, root in enumerate((0, 5, 9, 7) * 4):
            within = [note.pitch % 12 for note in line if beat - 1e-6 <= note.start_time < beat + 1 - 1e-6]
            assert within, (style, beat)
            assert within[0] == root


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("length", [0.0625, 0.3, 4.25, 6.0])
def test_a_clip_that_ends_early_is_served_to_its_end(style: str, length: float) -> None:
    result = asked(style=style, clip_length=length)
    assert result.length == length
    assert result.notes
    assert max(note.end_time for note in result.notes) <= length
    if length == 4.25:
        assert any(note.start_time >= 4 - 1e-6 or note.end_time > 4 for note in result.notes)

"""Arpeggios over progressions and held notes: what is asked is what sounds."""

from typing import Any

import msgspec
import pytest
from hypothesis import given, settings

from engine.compose.arp.compose import compose_arp
from engine.compose.arp.request import ArpRequest
from engine.compose.part.request import ChordAt
from engine.errors import InvalidValue
from engine.notes import Note, beats_per_bar
from engine.theory.symbols import read_symbol
from tests.engine.compose.arp.asked import pitches, take, wishes

HANDS = [Note(60, 0.02, 1.9), Note(64, 0.0, 2.01), Note(67, 0.01, 1.98), Note(65, 2.0, 1.5), Note(57, 2.01, 1.49)]


@settings(max_examples=100, deadline=None)
@given(wishes())
def test_whatever_is_asked_the_notes_are_in_order_inside_the_clip_and_none_twice_at_once(request: ArpRequest) -> None:
    result = compose_arp(request)
    length = min(
        request.bars * beats_per_bar(request.signature_numerator, request.signature_denominator),
        request.clip_length or 1e9,
    )
    assert result.length == pytest.approx(length)
    assert [(note.start_time, note.pitch) for note in result.notes] == sorted(
        (note.start_time, note.pitch) for note in result.notes
    )
    ends: dict[int, float] = {}
    for note in result.notes:
        assert 0 <= note.pitch <= 127
        assert 1 <= note.velocity <= 127
        assert note.start_time >= ends.get(note.pitch, 0.0)
        assert note.duration > 0
        assert note.end_time <= length
        ends[note.pitch] = note.end_time
    # A single dry note may be played early into nothing, where the clip has not begun.
    tiny = length < 2 * result.resolved.rate_beats or (request.humanise > 0 and (request.gate or 99) < 50)
    assert result.notes or request.held_notes is not None or tiny
    assert compose_arp(msgspec.structs.replace(request)) == result


@settings(max_examples=40, deadline=None)
@given(wishes())
def test_more_bars_change_nothing_in_those_before(request: ArpRequest) -> None:
    plain = msgspec.structs.replace(request, humanise=0.0, swing=0.0, clip_length=None, progression="Am F C G")
    if plain.held_notes is not None:
        plain = msgspec.structs.replace(plain, held_notes=None)
    bar = beats_per_bar(plain.signature_numerator, plain.signature_denominator)
    short = msgspec.structs.replace(plain, bars=4)
    long = msgspec.structs.replace(plain, bars=8)
    edge = 4 * bar - 2 * 16.0  # where nothing of the short one was cut
    said = [(n.start_time, n.pitch) for n in compose_arp(short).notes if n.start_time < max(edge, bar)]
    assert said == [(n.start_time, n.pitch) for n in compose_arp(long).notes if n.start_time < max(edge, bar)]


def test_every_step_sounds_a_tone_of_the_chord_beneath_it() -> None:
    symbols = ["Am", "F", "C", "G"]
    for note in take(octaves=3, figure="random").notes:
        chord = read_symbol(symbols[int(note.start_time // 4)])
        assert note.pitch % 12 in chord.pcs


def test_no_note_rings_into_another_chord_even_legato() -> None:
    for note in take(gate=200.0, rate="1/4").notes:
        assert int(note.start_time // 4) == int((note.end_time - 1e-9) // 4)


def test_each_chord_begins_the_figure_anew_from_its_lowest_note() -> None:
    notes = take().notes
    for bar in range(4):
        here = [note.pitch for note in notes if bar * 4 <= note.start_time < bar * 4 + 4]
        assert here[0] == min(here)


def test_restart_says_where_the_steps_begin_anew() -> None:
    def starts(restart: str) -> list[float]:
        return [note.start_time for note in take(restart=restart, rate="1/8D", progression="C", bars=2).notes]

    free = [0.75 * step for step in range(11)]
    assert starts("never") == starts("chord") == free  # one chord lasts through both bars
    assert starts("bar") == [*(0.75 * step for step in range(6)), *(4 + 0.75 * step for step in range(6))]
    two = [note.start_time for note in take(restart="chord", rate="1/8D", progression="C G", bars=1).notes]
    assert two == [0, 0.75, 1.5, 2, 2.75, 3.5]


def test_steps_go_on_over_chords_when_they_never_restart() -> None:
    # Three notes, eight steps a bar: bar two begins on the third of them.
    assert pitches(held=[60, 64, 67], rate="1/8", restart="never", bars=2)[8] == 67
    assert pitches(held=[60, 64, 67], rate="1/8", restart="bar", bars=2)[8] == 60


def test_held_notes_go_before_the_harmony_and_in_the_order_struck() -> None:
    result = take(held=[67, 60, 64], figure="played", bars=1)
    assert [note.pitch for note in result.notes] == [67, 60, 64] * 5 + [67]
    assert result.chords == []
    assert result.steps == [[67], [60], [64]]
    assert result.resolved.key == ""


def test_the_table_of_steps_is_what_is_played() -> None:
    for figure in ("up", "down", "converge", "thumb", "played"):
        result = take(held=[67, 60, 64, 71], figure=figure, octaves=2, bars=1)
        heard = [[note.pitch] for note in result.notes]
        laps = (result.steps * 16)[: len(heard)]
        assert heard == laps


def test_notes_of_a_clip_are_held_where_they_sound() -> None:
    heard = [(note.start_time, note.pitch) for note in take(held_notes=HANDS, bars=1, rate="1/8").notes]
    assert heard == [(0, 60), (0.5, 64), (1, 67), (1.5, 60), (2, 57), (2.5, 65), (3, 57)]


def test_hold_goes_on_until_others_are_struck() -> None:
    heard = [(note.start_time, note.pitch) for note in take(held_notes=HANDS, bars=1, rate="1/8", hold=True).notes]
    assert heard[-1] == (3.5, 65)


def test_a_clip_that_is_shorter_goes_round() -> None:
    once = pitches(held_notes=HANDS, bars=1)
    assert pitches(held_notes=HANDS, bars=3) == once * 3


def test_a_rolled_chord_is_one_chord_and_its_steps_lie_on_the_grid() -> None:
    rolled = [Note(60, 0.012, 3.9), Note(64, 0.03, 3.9), Note(67, 0.051, 3.9)]
    assert [note.start_time for note in take(held_notes=rolled, bars=1, rate="1/4").notes] == [0, 1, 2, 3]


def test_nothing_held_is_said_in_words() -> None:
    result = take(held_notes=[Note(60, 0.0, 1.0, mute=True)])
    assert result.notes == []
    assert result.notices[-1] == "Nothing is held, so nothing sounds."


def test_the_harmony_may_be_chords_in_time_or_notes() -> None:
    given_chords = [ChordAt(start=0, duration=2, symbol="C"), ChordAt(start=2, duration=2, symbol="F")]
    low = [note.pitch % 12 for note in take(chords=given_chords, bars=1, rate="1/2").notes]
    assert low == [0, 0]  # F led smoothly from C keeps its C below
    notes = [Note(pitch, start, 4.0) for start, chord in ((0, (57, 60, 64)), (4, (53, 57, 60))) for pitch in chord]
    assert {pitch % 12 for pitch in pitches(harmony_notes=notes, bars=1)} == {9, 0, 4}


@pytest.mark.parametrize("metre", [(3, 4), (5, 4), (6, 8), (7, 8), (11, 16)])
def test_every_metre_is_filled_to_its_end(metre: tuple[int, int]) -> None:
    asked = {"signature_numerator": metre[0], "signature_denominator": metre[1], "bars": 2}
    bar = beats_per_bar(*metre)
    starts = [note.start_time for note in take(**asked, progression="C G").notes]
    assert starts == [step * 0.25 for step in range(round(2 * bar / 0.25))]


@pytest.mark.parametrize("rate", ["1/4T", "1/8T", "1/16T", "1/32"])
def test_triplets_fall_where_they_should(rate: str) -> None:
    result = take(rate=rate, bars=1, progression="C")
    step = result.resolved.rate_beats
    assert [note.start_time for note in result.notes] == pytest.approx(
        [number * step for number in range(round(4 / step))], abs=1e-6
    )


def test_the_auto_of_a_style_stays_in_the_style_and_differs_by_seed() -> None:
    taken = {(r.figure, r.rate, r.rhythm) for r in (take_of_style(seed) for seed in range(40))}
    assert len(taken) > 6
    assert {rate for _, rate, _ in taken} == {"1/16"}


def take_of_style(seed: int) -> Any:
    return compose_arp(ArpRequest(style="trance", seed=seed, bars=1)).resolved


def test_the_track_name_speaks_for_a_style() -> None:
    result = compose_arp(msgspec.convert({"context": {"track_name": "Chip lead"}, "seed": 1}, ArpRequest))
    assert result.resolved.style == "chiptune"


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("octaves", {"octaves": 5}),
        ("gate", {"gate": float("nan")}),
        ("rate", {"rate": "1/7"}),
        ("rate_beats", {"rate": "free"}),
        ("rate_beats", {"rate": "free", "rate_beats": 0.001}),
        ("rhythm", {"rhythm": "polka"}),
        ("accents", {"accents": "polka"}),
        ("held", {"held": []}),
        ("held", {"held": [60, 300]}),
        ("held", {"held": [True]}),
        ("held_notes", {"held_notes": [Note(60, float("nan"), 1.0)]}),
        ("ratchet_count", {"ratchet_count": 1}),
        ("ratchets", {"ratchets": 101}),
        ("rests", {"rests": -1}),
        ("accent_depth", {"accent_depth": float("inf")}),
        ("voices", {"voices": 0}),
        ("voices", {"voices": 2.5}),
        ("register", {"register": 5}),
        ("velocity", {"velocity": 128}),
        ("voicing", {"voicing": "open"}),
        ("restart", {"restart": "often"}),
        ("figure", {"figure": "sideways"}),
        ("style", {"style": "polka"}),
        ("rate", {"rate": "1/32T", "bars": 64, "signature_numerator": 32}),
    ],
)
def test_what_cannot_be_is_refused_by_name(field: str, wrong: dict[str, Any]) -> None:
    with pytest.raises(InvalidValue) as refused:
        take(**wrong)
    assert refused.value.field == field
    assert refused.value.hint.endswith(".")


def test_takes_are_named_after_all_that_they_hang_on() -> None:
    ids = [take().take, take(seed=12).take, take(held=[60]).take, take(held=[60], bars=2).take, take(gate=50).take]
    ids += [take(held=[62]).take, take(progression="Am F C E").take]
    assert len(set(ids)) == len(ids)
    assert take().take == take().take


@pytest.mark.parametrize("metre", [(3, 4), (4, 4), (5, 4), (7, 8)])
@pytest.mark.parametrize("rate", ["1/1", "1/1T", "1/2D", "1/4"])
def test_no_rhythm_is_silent_at_a_slow_rate(metre: tuple[int, int], rate: str) -> None:
    for restart in ("chord", "bar", "never"):
        asked = {"signature_numerator": metre[0], "signature_denominator": metre[1], "bars": 2, "progression": "C G"}
        assert take(**asked, rate=rate, rhythm="off_beat", restart=restart, density=0).notes

"""What the user said stands everywhere, and nothing beside it says otherwise."""

from __future__ import annotations

import time
from typing import Any

import msgspec
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from engine.errors import InvalidValue
from engine.hear.corrected import corrected, corrected_key, corrected_rhythm
from engine.hear.corrections import Correction
from engine.hear.key_result import Key, KeyChoice, KeySection
from engine.hear.rhythm_result import Meter, Rhythm, Swing, Tempo, TempoChoice, TempoPoint


def heard(bpm: float = 87.0, bars: int = 4, numerator: int = 4, lead: int = 0, **more: Any) -> Rhythm:
    """Beats of a steady piece; `lead` of them come before the first downbeat."""
    beat = 60 / bpm
    beats = [round(0.1 + beat * index, 4) for index in range(lead + bars * numerator)]
    tempo = Tempo(
        bpm=bpm,
        confidence=0.7,
        candidates=[TempoChoice(bpm=bpm, confidence=0.7), TempoChoice(bpm=2 * bpm, confidence=0.2)],
        steady=True,
        curve=[TempoPoint(time=0.1, bpm=bpm)],
        words="as heard",
    )
    made = {
        "tempo": tempo,
        "beats": beats,
        "downbeats": beats[lead::numerator],
        "meter": Meter(numerator=numerator, confidence=0.9),
        "swing": Swing(amount=0.5, ratio=0.58, grid=16, confidence=0.8),
        "grid_offset": 0.1,
    }
    return Rhythm(**{**made, **more})


def test_twice_the_tempo_has_beats_between_the_beats_and_bars_of_half_the_length() -> None:
    before, after = heard(), corrected_rhythm(heard(), 174)
    assert (after.tempo.bpm, after.tempo.confidence) == (174, 1.0)
    assert [(each.bpm, each.confidence) for each in after.tempo.candidates] == [(174, 1.0), (87.0, 0.0)]
    assert after.tempo.curve == [TempoPoint(time=0.1, bpm=174)]
    assert after.tempo.words == "174 BPM, set by you; 87 was heard."
    assert after.beats[::2] == before.beats
    assert after.beats[1] == pytest.approx((before.beats[0] + before.beats[1]) / 2, abs=1e-4)
    assert after.downbeats == after.beats[::4]
    assert (after.meter.numerator, after.meter.confidence) == (4, 0.9)
    assert after.swing == Swing(amount=0.5, ratio=0.58, grid=8, confidence=0.8)
    assert after.grid_offset == pytest.approx(0.1)


@pytest.mark.parametrize("lead", [0, 1, 2, 3])
def test_half_the_tempo_keeps_every_second_beat_the_downbeats_among_them(lead: int) -> None:
    before = heard(174, lead=lead, swing=Swing(amount=0.4, grid=8, confidence=0.5))
    after = corrected_rhythm(before, 87)
    assert set(after.beats) <= set(before.beats)
    assert after.downbeats == before.downbeats[::2]
    assert before.downbeats[0] in after.beats
    assert after.beats == before.beats[lead % 2 :: 2]
    assert after.swing.grid == 16
    assert after.grid_offset == pytest.approx(after.beats[0] % (60 / 87), abs=1e-4)


def test_bars_of_three_have_three_of_the_new_beats() -> None:
    after = corrected_rhythm(heard(80, numerator=3), 160)
    assert after.downbeats == after.beats[::3]
    slower = corrected_rhythm(heard(160, numerator=3), 80)
    assert slower.downbeats == slower.beats[::3]


def test_three_halves_of_the_tempo_are_counted_out_too() -> None:
    after = corrected_rhythm(heard(80), 120)
    assert after.beats[1] - after.beats[0] == pytest.approx(0.5, abs=1e-3)
    assert after.downbeats == after.beats[::4]
    assert after.meter.confidence == 0.0
    assert after.swing == Swing()


def test_a_tempo_that_has_nothing_to_do_with_it_leaves_no_beats() -> None:
    after = corrected_rhythm(heard(87), 100)
    assert (after.beats, after.downbeats, after.grid_offset) == ([], [], None)
    assert (after.meter.confidence, after.swing) == (0.0, Swing())
    assert "left out" in after.tempo.words
    assert (after.tempo.bpm, after.tempo.steady, len(after.tempo.curve)) == (100, True, 1)


def test_a_tempo_that_is_nearly_the_same_leaves_the_beats_where_they_were_heard() -> None:
    before = heard(127.6)
    after = corrected_rhythm(before, 128)
    assert (after.beats, after.downbeats, after.swing) == (before.beats, before.downbeats, before.swing)
    assert (after.tempo.bpm, after.tempo.curve) == (128, [TempoPoint(time=0.1, bpm=128)])


def test_a_tempo_that_changes_goes_on_changing() -> None:
    tempo = msgspec.structs.replace(
        heard().tempo, steady=False, curve=[TempoPoint(time=0, bpm=86), TempoPoint(time=3, bpm=88)]
    )
    after = corrected_rhythm(heard(tempo=tempo, grid_offset=None), 174)
    assert [each.bpm for each in after.tempo.curve] == [172, 176]
    assert (after.tempo.steady, after.grid_offset) == (False, None)


def test_a_bar_that_was_heard_shorter_keeps_its_place() -> None:
    beats = [0.5 * index for index in range(15)]
    downbeats = [0.0, 2.0, 3.5, 5.5]  # the second bar has three beats
    after = corrected_rhythm(heard(120, beats=beats, downbeats=downbeats), 240)
    assert set(downbeats) <= set(after.downbeats) | {5.5}
    assert set(beats) <= set(after.beats)


def test_where_no_beat_was_heard_the_tempo_stands_alone() -> None:
    after = corrected_rhythm(Rhythm(), 120)
    assert (after.tempo.bpm, after.beats, after.tempo.words) == (120, [], "120 BPM, set by you.")


def test_an_hour_of_beats_is_corrected_within_the_time_of_an_answer() -> None:
    rhythm = msgspec.to_builtins(heard(174, bars=2500))
    whole = {"bpm": 174.0, "rhythm": rhythm, "key": None, "key_detail": None, "corrected": False, "heard": {}}
    took = []
    for _ in range(5):
        began = time.process_time()
        told = corrected(whole, Correction(bpm=87))
        took.append(time.process_time() - began)
    assert len(told["rhythm"]["downbeats"]) == 1250
    assert min(took) < 0.1


@given(
    st.floats(30, 300),
    st.floats(20, 999),
    st.integers(1, 6),
    st.sampled_from([2, 3, 4, 5, 7]),
    st.integers(0, 4),
    st.booleans(),
)
@example(30.0, 20.0, 2, 2, 0, True)  # two thirds: a new bar is one and a half of those that were heard
@example(98.0, 33.0, 3, 2, 0, True)  # a third: the last bar that was heard is no end of a new one
def test_beats_stay_in_order_inside_what_was_heard(
    bpm: float, said: float, bars: int, numerator: int, lead: int, told: bool
) -> None:
    before = heard(bpm, bars, numerator, lead)
    if not told:
        before = msgspec.structs.replace(before, downbeats=[])
    after = corrected_rhythm(before, said)
    assert after.tempo.bpm == said
    assert after.beats == sorted(set(after.beats))
    assert set(after.downbeats) <= set(after.beats)
    assert bool(after.downbeats) == bool(after.beats and told)
    for beat in after.beats:
        assert before.beats[0] <= beat <= before.beats[-1]
    if len(after.beats) > 1:
        step = (after.beats[-1] - after.beats[0]) / (len(after.beats) - 1)
        assert step == pytest.approx(60 / said, rel=0.03, abs=2e-4)


def key(name: str, camelot: str, notation: str, tonic: int, mode: str, share: float) -> KeyChoice:
    return KeyChoice(key=name, camelot=camelot, notation=notation, tonic=tonic, mode=mode, confidence=share)


A_MINOR = key("A minor", "8A", "Am", 9, "minor", 0.6)
C_MAJOR = key("C major", "8B", "C", 0, "major", 0.3)


def section(start: float, end: float, of: KeyChoice) -> KeySection:
    return KeySection(start=start, end=end, key=of.key, camelot=of.camelot, notation=of.notation, confidence=0.5)


def detail(**more: Any) -> dict[str, Any]:
    made = Key(
        **{name: getattr(A_MINOR, name) for name in A_MINOR.__struct_fields__},
        second=C_MAJOR,
        ambiguity="C major is the relative of A minor.",
        words="A minor (8A).",
        sections=[section(0, 10, A_MINOR)],
        scores=[1 / 24] * 24,
    )
    found: dict[str, Any] = msgspec.to_builtins(msgspec.structs.replace(made, **more))
    return found


def test_a_key_that_was_set_is_the_only_one_that_is_told() -> None:
    told = corrected_key(detail(), "8B")
    assert [told[name] for name in ("key", "camelot", "notation", "tonic", "mode", "confidence")] == [
        *("C major", "8B", "C", 0, "major", 1.0),
    ]
    assert told["second"] == msgspec.to_builtins(A_MINOR)
    assert (told["ambiguity"], told["scores"]) == ("", [])
    assert told["words"] == "C major (8B), set by you; A minor was heard."
    assert [each["key"] for each in told["sections"]] == ["C major"]
    assert msgspec.convert(told, Key).key == "C major"


def test_sections_in_the_key_that_was_heard_follow_and_others_stay() -> None:
    e_minor = key("E minor", "9A", "Em", 4, "minor", 0.5)
    parts = [section(0, 10, A_MINOR), section(10, 20, e_minor), section(20, 30, A_MINOR), section(30, 40, C_MAJOR)]
    told = corrected_key(detail(sections=parts), "C")
    assert [(each["start"], each["end"], each["key"]) for each in told["sections"]] == [
        (0, 10, "C major"),
        (10, 20, "E minor"),
        (20, 40, "C major"),
    ]


def test_a_key_where_none_was_heard() -> None:
    told = corrected_key(msgspec.to_builtins(Key(words="No key.")), "F#m")
    assert (told["key"], told["second"], told["sections"]) == ("F# minor", None, [])
    assert told["words"] == "F# minor (11A), set by you."


def test_the_key_that_was_heard_may_be_confirmed() -> None:
    told = corrected_key(detail(), "Am")
    assert (told["key"], told["confidence"], told["second"]) == ("A minor", 1.0, msgspec.to_builtins(C_MAJOR))


def test_a_correction_touches_only_what_was_heard() -> None:
    rhythm = msgspec.to_builtins(heard(87))
    whole = {"bpm": 87.0, "rhythm": rhythm, "key": None, "key_detail": None, "corrected": False, "heard": {}}
    told = corrected(whole, Correction(bpm=174, key="F# minor"))
    assert (told["bpm"], told["key"], told["corrected"]) == (174, None, True)
    assert told["heard"] == {"bpm": 87.0, "rhythm": rhythm}
    assert corrected(whole, Correction(key="F# minor")) == whole
    assert whole["bpm"] == 87.0


def test_a_key_that_is_none_is_refused() -> None:
    with pytest.raises(InvalidValue):
        corrected_key(detail(), "H dur")

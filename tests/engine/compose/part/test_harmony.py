"""Where a part's harmony comes from, and that it is the one that was given."""

import pytest

from engine.compose.chords import ChordsRequest, compose_chords
from engine.compose.dice import Dice
from engine.compose.part.harmony import Harmony, find_harmony
from engine.compose.part.request import ChordAt, PartRequest, check_part
from engine.compose.request import ChordsContext
from engine.errors import InvalidValue
from engine.notes import Note


def harmony(request: PartRequest, seed: int = 1) -> Harmony:
    return find_harmony(request, "house", check_part(request), Dice(seed))


def shown(found: Harmony) -> list[tuple[float, str]]:
    return [(span.start, span.chord.symbol) for span in found.spans]


def test_chords_in_time_go_first_and_go_round() -> None:
    chords = [ChordAt(start=0, duration=4, symbol="Dm7"), ChordAt(start=4, duration=4, pitch_classes=[7, 11, 2, 5])]
    found = harmony(PartRequest(chords=chords, progression="I IV", bars=3))
    assert shown(found) == [(0.0, "Dm7"), (4.0, "G7"), (8.0, "Dm7")]
    assert found.source == "chords"
    assert found.spans[-1].end == 12.0


def test_chords_leave_no_gap_and_reach_back_to_the_start() -> None:
    chords = [ChordAt(start=4, duration=1, symbol="C"), ChordAt(start=6, duration=2, symbol="F/A")]
    found = harmony(PartRequest(chords=chords, bars=4))
    assert [(span.start, span.end) for span in found.spans] == [(0, 6), (6, 12), (12, 14), (14, 16)]
    assert found.at(7).chord.bass == 9


def test_a_chord_behind_the_end_is_the_harmony_all_the_same() -> None:
    found = harmony(PartRequest(chords=[ChordAt(start=4, duration=1, symbol="Dm")], bars=1))
    assert shown(found) == [(0.0, "Dm")]


def test_the_root_may_be_told_apart_from_the_bass() -> None:
    chord = ChordAt(start=0, duration=4, root=0, pitch_classes=[0, 4, 7], bass=4)
    found = harmony(PartRequest(chords=[chord], bars=1))
    assert (found.at(0).chord.root, found.at(0).chord.bass, found.at(0).chord.symbol) == (0, 4, "C/E")


@pytest.mark.parametrize("style", ["house", "pop", "lo_fi", "techno"])
def test_a_chord_clip_is_heard_as_what_it_is(style: str) -> None:
    right = total = 0
    for seed in range(12):
        clip = compose_chords(ChordsRequest(key="A minor", style=style, seed=seed, bars=4, complexity=20, tension=0))
        found = harmony(PartRequest(harmony_notes=clip.notes, bars=4))
        assert found.source == "notes"
        for beat in range(16):
            played = next(one for one in clip.chords if one.start <= beat < one.start + one.duration)
            tones = {pitch % 12 for pitch in played.pitches}
            right += len(tones & set(found.at(beat).chord.pcs)) / len(tones) >= 2 / 3
            total += 1
    assert right / total > 0.9


def test_an_arpeggio_is_one_chord() -> None:
    notes = [Note((57, 60, 64, 67)[step % 4], step * 0.5, 0.4) for step in range(8)]
    found = harmony(PartRequest(harmony_notes=notes, bars=1))
    assert shown(found) == [(0.0, "Am7")]


def test_silent_notes_tell_nothing_and_the_stock_is_used() -> None:
    found = harmony(PartRequest(harmony_notes=[Note(60, 0, 1, 100, mute=True)], key="C major"))
    assert found.source == "stock"


def test_own_text_and_stock() -> None:
    assert shown(harmony(PartRequest(progression="i VI", key="D minor", bars=2))) == [(0.0, "Dm"), (4.0, "Bb")]
    stock = harmony(PartRequest(key="D minor", bars=4))
    assert stock.source == "stock"
    assert stock.key.name == "D minor"


def test_the_seed_draws_what_the_chord_composer_draws() -> None:
    for seed in range(6):
        made = compose_chords(ChordsRequest(style="house", key="D minor", seed=seed)).resolved.progression_name
        assert harmony(PartRequest(key="D minor"), seed).text == made


def test_the_key_is_asked_for_or_of_live_or_of_the_chords() -> None:
    chords = [ChordAt(start=0, duration=4, symbol=symbol) for symbol in ("Dm",)]
    live = ChordsContext(scale_mode=True, scale_root=0, scale_name="Major")
    assert harmony(PartRequest(chords=chords)).key.name == "D minor"
    assert harmony(PartRequest(chords=chords, context=live)).key.name == "C major"
    assert harmony(PartRequest(chords=chords, context=live, key="F major")).key.name == "F major"


def test_the_next_chord_is_the_next_that_differs() -> None:
    found = harmony(PartRequest(progression="i | i | VI | VI", key="A minor", bars=4))
    following = found.after(1)
    assert following is not None
    assert following.start == 8
    assert found.after(8) is None


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"chords": []}, "chords"),
        ({"chords": [ChordAt(start=0, duration=4)]}, "chords"),
        ({"chords": [ChordAt(start=0, duration=4, symbol="Hm")]}, "chords"),
        ({"chords": [ChordAt(start=float("nan"), duration=4, symbol="C")]}, "chords"),
        ({"progression": "x y"}, "progression"),
        ({"progression": " "}, "progression"),
        ({"density": 101}, "density"),
        ({"swing": float("nan")}, "swing"),
        ({"swing_grid": "32"}, "swing_grid"),
        ({"bars": 0}, "bars"),
        ({"seed": -1}, "seed"),
        ({"tempo": 5}, "tempo"),
        ({"clip_length": 0.01}, "clip_length"),
        ({"signature_denominator": 3}, "signature_denominator"),
        ({"harmony_notes": [Note(60, 0, float("nan"))]}, "harmony_notes"),
        ({"harmony_notes": [Note(300, 0, 1)]}, "harmony_notes"),
    ],
)
def test_what_cannot_be_is_refused_with_its_field(change: dict[str, object], field: str) -> None:
    with pytest.raises(InvalidValue) as refused:
        harmony(PartRequest(**change))
    assert refused.value.field == field
    assert refused.value.hint

"""The composer as a caller meets it: the golden call, repeatability, what is decided and said."""

import msgspec
import pytest

from engine.compose.chords import ChordsContext, ChordsRequest, compose_chords
from engine.compose.stock import rhythms, styles, voicings
from engine.theory.symbols import read_symbol

GOLDEN = ChordsRequest(key="10B", progression="i-VI-III-VII", bars=8, rhythm="stabs", tempo=125, seed=125)


def roots(result) -> list[int]:
    return [read_symbol(chord.symbol).root for chord in result.chords]


def test_the_golden_call_moves_to_the_relative_minor_and_says_so() -> None:
    result = compose_chords(GOLDEN)
    assert (result.resolved.key, result.resolved.camelot) == ("B minor", "10A")
    assert "10B is D major; this progression is minor, so B minor (10A) was used." in result.notices
    assert result.summary == "4 chords, 8 bars, B minor"
    assert result.length == 32
    assert roots(result) == [11, 7, 2, 9] * 2
    for chord in result.chords:
        pcs = {pitch % 12 for pitch in chord.pitches}
        triad = {"i": {11, 2}, "VI": {7, 11}, "III": {2, 6}, "VII": {9, 1}}[chord.figure]
        assert triad <= pcs, "root and third sound"
    assert result.resolved.rhythm == "stabs"
    assert max(note.duration for note in result.notes) <= 0.75, "stabs are short"
    for bar in range(8):
        assert any(bar * 4 <= note.start_time < bar * 4 + 4 for note in result.notes)


def test_same_seed_same_notes_bit_for_bit() -> None:
    first, second = compose_chords(GOLDEN), compose_chords(GOLDEN)
    assert msgspec.json.encode(first) == msgspec.json.encode(second)


def test_notes_written_down_once_come_back_for_ever() -> None:
    # A change here means RECIPE must change: people keep seeds.
    result = compose_chords(msgspec.structs.replace(GOLDEN, style="house", voicing="stab", humanise=0.0))
    assert [chord.symbol for chord in result.chords[:4]] == SYMBOLS
    assert [chord.pitches for chord in result.chords[:4]] == PITCHES
    assert [note.start_time for note in result.notes if note.start_time < 4 and note.pitch == PITCHES[0][0]] == STARTS


SYMBOLS = ["Bm7", "G", "Dmaj7", "A7"]
PITCHES = [[59, 62, 66, 69], [59, 62, 67], [61, 62, 66, 69], [61, 64, 67, 69]]
STARTS = [0.0, 0.75, 1.5, 2.5]


def test_another_seed_sounds_different() -> None:
    takes = {compose_chords(msgspec.structs.replace(GOLDEN, seed=seed)).take for seed in range(10)}
    assert len(takes) == 10
    heard = {
        tuple(
            (note.pitch, note.start_time)
            for note in compose_chords(ChordsRequest(style="house", seed=seed, humanise=0)).notes
        )
        for seed in range(20)
    }
    assert len(heard) == 20


def test_a_seed_is_drawn_and_echoed() -> None:
    open_seed = msgspec.structs.replace(GOLDEN, seed=None)
    seeds = {compose_chords(open_seed).seed for _ in range(12)}
    assert len(seeds) > 6
    drawn = compose_chords(open_seed)
    again = compose_chords(msgspec.structs.replace(GOLDEN, seed=drawn.seed))
    assert (again.notes, again.take) == (drawn.notes, drawn.take)


@pytest.mark.parametrize("style", list(styles()))
def test_the_resolved_parameters_make_the_same_take_again(style: str) -> None:
    for seed in range(4):
        first = compose_chords(ChordsRequest(style=style, seed=seed, bars=4))
        told = msgspec.to_builtins(first.resolved)
        known = {name: told[name] for name in ChordsRequest.__struct_fields__ if name in told}
        again = compose_chords(ChordsRequest(seed=first.seed, **known))
        assert (again.notes, again.chords, again.take) == (first.notes, first.chords, first.take)


def test_the_same_bars_come_whatever_the_length() -> None:
    # Inserts, colours and strikes belong to their bar; only the voicings know how long the clip is.
    short = compose_chords(ChordsRequest(style="house", progression="#1", key="C minor", seed=3, bars=4, humanise=0))
    long = compose_chords(ChordsRequest(style="house", progression="#1", key="C minor", seed=3, bars=8, humanise=0))
    starts = lambda result: sorted({note.start_time for note in result.notes if note.start_time < 12})  # noqa: E731
    assert starts(short) == starts(long)


def test_turning_one_knob_leaves_the_rest_alone() -> None:
    plain = compose_chords(ChordsRequest(style="pop", seed=5, density=30, humanise=0))
    dense = compose_chords(ChordsRequest(style="pop", seed=5, density=70, humanise=0))
    assert dense.chords == plain.chords
    assert {note.start_time for note in plain.notes} < {note.start_time for note in dense.notes}


def test_auto_decisions_are_told() -> None:
    result = compose_chords(ChordsRequest(context=ChordsContext(track_name="Deep Keys"), tempo=174, seed=1))
    assert result.resolved.style == "deep_house"
    assert any("track's name" in notice for notice in result.notices)
    assert any("at home" in notice for notice in result.notices)
    assert result.resolved.rhythm in rhythms()
    assert result.resolved.voicing in voicings()


def test_what_was_asked_for_needs_no_words() -> None:
    result = compose_chords(ChordsRequest(style="jazz", key="F major", progression="jazz.two_five_one", seed=1))
    assert result.notices == []


def test_auto_draws_by_weight_and_fits_the_mode_asked_for() -> None:
    drawn = [
        compose_chords(ChordsRequest(style="house", seed=seed, bars=1)).resolved.progression for seed in range(300)
    ]
    assert drawn.count("house.anthem") > 2 * drawn.count("house.warehouse")
    assert len(set(drawn)) == 12
    for seed in range(30):
        major = compose_chords(ChordsRequest(style="house", key="C major", seed=seed, bars=1))
        assert major.resolved.key == "C major"
        assert all("progression is" not in notice for notice in major.notices)
        dorian = compose_chords(ChordsRequest(style="modal", key="D dorian", seed=seed, bars=1))
        assert dorian.resolved.key == "D dorian"
        assert dorian.resolved.progression in (
            "modal.dorian_vamp", "modal.dorian_steps", "modal.half_step_bridge", "modal.dorian_ridge",
        )  # fmt: skip


def test_a_numbered_progression_is_the_menus() -> None:
    for number, item in enumerate(styles()["trap"].progressions, start=1):
        result = compose_chords(ChordsRequest(style="trap", progression=f"#{number}", seed=1))
        assert result.resolved.progression == item.id
        assert result.resolved.figures == item.figures.split()


def test_chord_names_are_played_as_written() -> None:
    result = compose_chords(ChordsRequest(progression="Dm7 G7 Cmaj7", style="jazz", seed=2, complexity=0, tension=0))
    assert [chord.symbol for chord in result.chords[:3]] == ["Dm7", "G7", "Cmaj7"]
    assert result.resolved.key == "C major"
    asked = compose_chords(ChordsRequest(progression="Dm7 G7 Cmaj7", key="F# minor", style="jazz", seed=2))
    assert asked.resolved.key == "F# minor"
    assert roots(asked)[:3] == [2, 7, 0]
    assert any("played as written" in notice for notice in asked.notices)


def test_bar_lines_in_own_text_are_kept() -> None:
    result = compose_chords(ChordsRequest(progression="Dm7 G7 | Cmaj7", style="pop", bars=2, seed=1, tension=0))
    assert [(chord.start, chord.duration) for chord in result.chords] == [(0, 2), (2, 2), (4, 4)]


def test_a_slash_puts_its_note_lowest() -> None:
    for voicing in voicings():
        for text in ("C/E C", "C/F# C", "i64 V"):
            result = compose_chords(ChordsRequest(progression=text, key="A minor", voicing=voicing, seed=4))
            wanted = {"C/E": 4, "C/F#": 6, "i64": 4}.get(result.chords[0].figure)
            assert result.chords[0].pitches[0] % 12 == wanted


def test_a_clip_shorter_than_the_bars_is_filled_to_its_end() -> None:
    result = compose_chords(ChordsRequest(style="house", bars=8, clip_length=6.0, seed=1, rhythm="pads", humanise=0))
    assert result.length == 6
    assert max(note.start_time + note.duration for note in result.notes) == 6
    assert any("6 beats long" in notice for notice in result.notices)
    longer = compose_chords(ChordsRequest(style="house", bars=2, clip_length=64.0, seed=1))
    assert longer.length == 8


def test_what_sounded_before_is_led_on_from() -> None:
    def first(previous: list[int]) -> float:
        context = ChordsContext(previous=previous)
        chord = compose_chords(
            ChordsRequest(style="pop", key="C major", progression="I V vi IV", voicing="close", seed=3, context=context)
        ).chords[0]
        return sum(chord.pitches) / len(chord.pitches)

    assert first([52, 55, 60]) + 4 < first([67, 72, 76])


def test_the_request_is_also_the_shape_on_the_wire() -> None:
    asked = msgspec.json.decode(b'{"key":"D minor","bars":4,"seed":7,"density":80}', type=ChordsRequest)
    assert compose_chords(asked).resolved.key == "D minor"
    for text in WRONG_ON_THE_WIRE:
        with pytest.raises(msgspec.ValidationError):
            msgspec.json.decode(text, type=ChordsRequest)


WRONG_ON_THE_WIRE = (
    b'{"bars":65}',
    b'{"bars":0}',
    b'{"tension":100.5}',
    b'{"tempo":19}',
    b'{"clip_length":0}',
    b'{"nonsense":1}',
    b'{"signature_denominator":3}',
    b'{"context":{"pitch_classes":[1]}}',
)

"""What holds for every request that is allowed, however odd; and how the others are refused."""

import math
import random

import msgspec
import pytest

from engine.compose.chords import ChordsContext, ChordsRequest, ChordsResult, compose_chords
from engine.compose.request import LONGEST_BEATS
from engine.compose.shapes import essential_tones
from engine.compose.stock import rhythms, styles, voicings
from engine.errors import InvalidValue
from engine.notes import beats_per_bar
from engine.theory.keys import MODES
from engine.theory.symbols import read_symbol

SIGNATURES = [
    (4, 4),
    (3, 4),
    (6, 8),
    (7, 8),
    (5, 4),
    (12, 8),
    (2, 4),
    (9, 8),
    (7, 16),
    (1, 4),
    (11, 8),
    (2, 2),
    (1, 16),
    (13, 4),
]
TEXTS = ["auto", "auto", "#3", "#12", "i-VI-III-VII", "Dm7 G7 Cmaj7", "C5 G5", "ii7 V7 | Imaj7", "C/F#", "Am C/G"]
TEXTS += ["bVII bVI V7 i", "C13 F#m7b5 G7alt", "Csus4 Gsus2", "viio7 i", "C+ F#dim7", "Dm(maj7)", "C7#5#9 F13#11"]
TEXTS += ["i", "I64 V7 I6", "C6/9 Eb6"]
KEYS = [None, "follow", "C", "F#", "Bb minor", "7A", "10B", "D dorian", "E phrygian", "Gb major", "g", "B locrian"]
KNOBS = ("tension", "complexity", "movement", "density", "humanise")


def any_request(chance: random.Random) -> ChordsRequest:
    numerator, denominator = chance.choice(SIGNATURES)
    knobs = {name: chance.choice([0.0, 100.0, 35.0, chance.uniform(0, 100)]) for name in KNOBS}
    context = ChordsContext(
        track_name=chance.choice(["", "Deep keys", "jazz"]),
        scale_root=chance.randrange(12),
        scale_name=chance.choice(["Minor", "Dorian", "Whole Tone", "Hijaz", "nothing"]),
        scale_mode=chance.random() < 0.5,
        pitch_classes=[chance.random() * 3 for _ in range(12)],
        previous=chance.choice([None, [], [60, 64, 67], [0, 127], list(range(40, 56))]),
    )
    return ChordsRequest(
        key=chance.choice(KEYS),
        mode=chance.choice([None, "auto", *MODES]),
        progression=chance.choice(TEXTS),
        style=chance.choice(["auto", *styles()]),
        bars=chance.choice([1, 2, 3, 4, 5, 7, 8]),
        voicing=chance.choice(["auto", *voicings()]),
        rhythm=chance.choice(["auto", *rhythms()]),
        seed=chance.randrange(2**31),
        tempo=chance.choice([20.0, 60.0, 90.0, 125.0, 174.0, 999.0]),
        signature_numerator=numerator,
        signature_denominator=denominator,
        clip_length=chance.choice([None, None, None, 4.0, 0.5, 7.3, 0.0625, 33.0]),
        context=chance.choice([None, context]),
        **knobs,
    )


def check_sound(result: ChordsResult) -> None:
    assert result.notes
    assert result.notes == sorted(result.notes, key=lambda note: (note.start_time, note.pitch))
    ends: dict[int, float] = {}
    for note in result.notes:
        assert note.start_time >= 0
        assert note.duration > 0
        assert note.start_time + note.duration <= result.length
        assert 40 <= note.pitch <= 84
        assert 1 <= note.velocity <= 127
        assert ends.get(note.pitch, 0.0) <= note.start_time, "the same pitch twice at once"
        ends[note.pitch] = note.start_time + note.duration


def check_bars(result: ChordsResult) -> None:
    bar = beats_per_bar(result.resolved.signature_numerator, result.resolved.signature_denominator)
    for index in range(math.ceil(result.length / bar - 1e-9)):
        start, end = index * bar, min(result.length, (index + 1) * bar)
        heard = any(
            note.start_time < end - 1e-6 and note.start_time + note.duration > start + 1e-6 for note in result.notes
        )
        assert heard, f"bar {index} is empty"


def check_chords(result: ChordsResult) -> None:
    at = 0.0
    for chord in result.chords:
        assert chord.start == pytest.approx(at)
        at = chord.start + chord.duration
        assert chord.pitches == sorted(set(chord.pitches))
        assert not any(b - a <= 2 and a < 48 for a, b in zip(chord.pitches, chord.pitches[1:], strict=False))
        said = read_symbol(chord.symbol)
        assert {pitch % 12 for pitch in chord.pitches} <= {*said.pcs, said.bass}, chord.symbol
    assert at == pytest.approx(result.length)


@pytest.mark.parametrize("batch", range(8))
def test_whatever_is_asked_the_music_is_sound(batch: int) -> None:
    chance = random.Random(batch)
    made = 0
    for _ in range(70):
        request = any_request(chance)
        try:
            result = compose_chords(request)
        except InvalidValue as refused:
            # The one thing these requests may ask too much of: many own chords in a tiny bar.
            if refused.field != "bars" and "but a bar of" not in refused.hint:
                raise
            continue
        made += 1
        check_sound(result)
        check_bars(result)
        check_chords(result)
    assert made > 50


@pytest.mark.parametrize("rhythm", list(rhythms()))
@pytest.mark.parametrize("metre", [(4, 4), (3, 4), (6, 8), (7, 8), (5, 4)])
def test_every_rhythm_fills_every_bar_in_any_signature(rhythm: str, metre: tuple[int, int]) -> None:
    for density in (0.0, 50.0, 100.0):
        for style in ("house", "jazz", "ambient"):
            result = compose_chords(
                ChordsRequest(
                    style=style, rhythm=rhythm, density=density, seed=9, bars=9,
                    signature_numerator=metre[0], signature_denominator=metre[1],
                )
            )  # fmt: skip
            assert result.length == 9 * beats_per_bar(*metre)
            check_sound(result)
            check_bars(result)
            first = min(note.start_time for note in result.notes)
            assert first < 1.1, "the first chord is not waited for"


@pytest.mark.parametrize("rhythm", list(rhythms()))
@pytest.mark.parametrize("clip", [4.001, 4.04, 4.1, 4.2, 4.25, 4.3, 4.5, 5.0])
def test_a_bar_that_the_clip_cuts_short_sounds_all_the_same(rhythm: str, clip: float) -> None:
    # Every style with two of the six ways, every way with four styles or more.
    ways = [(humanise, density) for humanise in (0.0, 60.0) for density in (0.0, 50.0, 100.0)]
    for seed, style in enumerate(styles()):
        for humanise, density in (ways[seed % 6], ways[(seed + 3) % 6]):
            result = compose_chords(
                ChordsRequest(
                    style=style, rhythm=rhythm, seed=seed * 7 + 1, key="C", clip_length=clip,
                    humanise=humanise, density=density,
                )
            )  # fmt: skip
            check_sound(result)
            assert max(note.start_time + note.duration for note in result.notes) > 4.0


@pytest.mark.parametrize("voicing", list(voicings()))
def test_a_symbol_promises_only_what_sounds(voicing: str) -> None:
    # Some voicings leave a tone out by what they are: nobody misses the fifth of a shell or the root of the rootless.
    for seed, style in enumerate(list(styles()) * 6):
        chance = random.Random(f"{voicing} {seed}")
        result = compose_chords(
            ChordsRequest(
                style=style, voicing=voicing, seed=chance.randrange(2**31), key=chance.choice(["C", "F#", "A minor"]),
                tension=chance.choice([0.0, 35.0, 70.0, 100.0]), complexity=chance.choice([0.0, 35.0, 70.0, 100.0]),
                movement=chance.choice([0.0, 40.0, 100.0]), bars=12,
            )
        )  # fmt: skip
        for chord in result.chords:
            said = read_symbol(chord.symbol)
            needed = set(essential_tones(said.intervals))
            if voicing == "shell":
                needed -= {6, 8}
            if voicing == "rootless":
                needed -= {0}
            missing = {(said.root + tone) % 12 for tone in needed} - {pitch % 12 for pitch in chord.pitches}
            assert not missing, (chord.symbol, chord.pitches)


@pytest.mark.parametrize("metre", [(1, 16), (3, 16), (1, 8)])
def test_the_shelf_fits_into_the_shortest_bars(metre: tuple[int, int]) -> None:
    for style in styles():
        for seed in range(12):
            result = compose_chords(
                ChordsRequest(
                    style=style, bars=1, seed=seed, tension=90, complexity=90,
                    signature_numerator=metre[0], signature_denominator=metre[1],
                )
            )  # fmt: skip
            assert result.length == beats_per_bar(*metre)
            check_sound(result)
            check_bars(result)


@pytest.mark.parametrize("bars", [1, 2, 63, 64])
def test_any_number_of_bars(bars: int) -> None:
    result = compose_chords(ChordsRequest(bars=bars, seed=1, style="deep_house"))
    assert result.length == 4 * bars
    check_sound(result)
    check_bars(result)
    check_chords(result)


NAN, INF = math.nan, math.inf


@pytest.mark.parametrize(
    ("field", "value"),
    [
        *(("bars", value) for value in (0, -1, 65, 1.5, True, None, "8", NAN)),
        *((knob, value) for knob in KNOBS for value in (-0.1, 100.1, NAN, INF, "50", None)),
        *(("seed", value) for value in (-1, 2**31, 1.5, True)),
        *(("tempo", value) for value in (19.9, 1000, NAN, INF, 0)),
        *(("context", value) for value in (5, "house", {"track_name": "Pads"}, [])),
        *(("signature_numerator", value) for value in (0, 100, 2.5)),
        *(("signature_denominator", value) for value in (0, 3, 32, True)),
        *(("clip_length", value) for value in (0, -4.0, NAN, INF, "4", 1e-300, 0.00001, 0.06)),
        *(("style", value) for value in ("polka", "", "  ", "houses", None, 3)),
        *(("voicing", value) for value in ("drop4", "", "   ")),
        *(("rhythm", value) for value in ("waltz", "", "   ")),
        *(("key", value) for value in ("H", "13A", "0B", "C minorish", 5, "", "   ")),
        *(("mode", value) for value in ("blues", "7", "", "   ")),
        *(("progression", value) for value in ("i-XI", "Hm7", "#0", "#13", "house.polka", "qwerty", "|", "", "   ")),
        *(("progression", value) for value in ("I " * 300, "x" * 5000)),
    ],
)  # fmt: skip
def test_what_is_not_allowed_is_refused_by_name_with_a_hint(field: str, value: object) -> None:
    with pytest.raises(InvalidValue) as refused:
        compose_chords(ChordsRequest(style="house") if field == "" else ChordsRequest(**{field: value}))  # type: ignore[arg-type]
    assert refused.value.field == field
    assert len(refused.value.hint) > 8
    assert len(str(refused.value)) < 900


@pytest.mark.parametrize(
    ("field", "context"),
    [
        ("context.pitch_classes", {"pitch_classes": [1.0] * 11}),
        ("context.pitch_classes", {"pitch_classes": [NAN] * 12}),
        ("context.pitch_classes", {"pitch_classes": [-1.0] * 12}),
        ("context.scale_root", {"scale_root": 12}),
        ("context.previous", {"previous": [128]}),
        ("context.previous", {"previous": [60] * 17}),
        ("context.track_name", {"track_name": "x" * 401}),
    ],
)
def test_a_context_that_cannot_be_is_refused(field: str, context: dict[str, object]) -> None:
    with pytest.raises(InvalidValue) as refused:
        compose_chords(ChordsRequest(context=ChordsContext(**context)))  # type: ignore[arg-type]
    assert refused.value.field == field


def test_music_without_end_is_refused_with_what_fits() -> None:
    with pytest.raises(InvalidValue) as refused:
        compose_chords(ChordsRequest(bars=64, signature_numerator=99, signature_denominator=1))
    assert refused.value.field == "bars"
    assert f"1 to {LONGEST_BEATS // 396}" in refused.value.hint


def test_a_request_is_not_changed() -> None:
    request = ChordsRequest(context=ChordsContext(previous=[67, 60, 64]))
    before = msgspec.json.encode(request)
    compose_chords(request)
    assert msgspec.json.encode(request) == before

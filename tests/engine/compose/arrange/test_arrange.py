"""From a loop to a song: who plays when, how much, and what leads on."""

from itertools import pairwise

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.compose.arrange.compose import arrange
from engine.compose.arrange.forms import forms
from engine.compose.arrange.request import ArrangePart, ArrangeRequest, ArrangeResult, SectionClip, SectionMade
from engine.errors import InvalidValue
from engine.notes import Note

HATS = [Note(42, step / 4, 0.1, 90 if step % 2 == 0 else 60) for step in range(32)]
DRUMS = [
    *HATS,
    *(Note(36, float(beat), 0.2, 112) for beat in range(8)),
    *(Note(38, beat, 0.2, 104) for beat in (1.0, 3.0, 5.0, 7.0)),
    Note(49, 0.0, 0.5, 100),
]
BASS = [Note(33 + 2 * (step // 8), step / 2, 0.4, 100) for step in range(16)]
CHORDS = [
    Note(pitch, start, 0.3, 90)
    for start in (0.0, 0.75, 1.5, 4.0, 4.75)
    for pitch in ((57, 60, 64) if start < 4 else (55, 59, 62))
]
LEAD = [Note(76 + step % 5, step * 0.75, 0.5, 96) for step in range(10)]
PARTS = [
    ArrangePart(name="Drums", notes=DRUMS, length=8),
    ArrangePart(name="Sub", notes=BASS, length=8),
    ArrangePart(name="Keys", notes=CHORDS, length=8),
    ArrangePart(name="Lead", notes=LEAD, length=8),
]


def made(**wanted: object) -> ArrangeResult:
    return arrange(ArrangeRequest(**{"parts": PARTS, "form": "club", "seed": 1, "variation": 0, **wanted}))


def section(result: ArrangeResult, name: str) -> SectionMade:
    return next(one for one in result.sections if one.name == name)


def clip(result: ArrangeResult, name: str, part: int) -> SectionClip | None:
    return next((one for one in section(result, name).clips if one.part == part), None)


def notes(result: ArrangeResult, name: str, part: int) -> list[Note]:
    found = clip(result, name, part)
    return found.notes if found else []


def test_roles_are_found_and_sections_follow_each_other() -> None:
    result = made()
    assert result.roles == ["drums", "bass", "chords", "melody"]
    assert all(one.start + one.bars * 4 == two.start for one, two in pairwise(result.sections))
    assert result.length == result.bars * 4 == sum(one.bars for one in result.sections) * 4
    assert len(result.curve) == result.bars
    assert result.summary == "Club: 9 sections, 120 bars, 4:00 min"


def test_the_drop_is_the_loop() -> None:
    bass = notes(made(), "Drop", 1)
    assert [(n.start_time, n.pitch, n.velocity) for n in bass] == [
        (n.start_time + lap, n.pitch, n.velocity) for lap in range(0, 64, 8) for n in BASS
    ]


def test_who_rests_rests() -> None:
    result = made()
    assert {one.part for one in section(result, "Breakdown").clips} == {2, 3}
    assert {n.pitch for n in notes(result, "Build", 0)} == {38, 42}
    kicks = [n for n in notes(result, "Intro", 0) if n.pitch == 36]
    assert len(kicks) > 40
    assert not [n for n in notes(result, "Intro", 0) if n.pitch == 38 and n.start_time < 60]


def test_less_energy_is_fewer_and_softer_notes_and_never_others() -> None:
    whole = {(n.start_time % 8, n.pitch) for n in DRUMS}
    count, loud = [], []
    for energy in (0.2, 0.5, 0.8, 1.0):
        groove = [n for n in notes(made(energy=[1, energy]), "Groove", 0) if n.start_time < 60]
        assert {(n.start_time % 8, n.pitch) for n in groove} <= whole
        count.append(len(groove))
        loud.append(sum(n.velocity for n in groove if n.pitch == 36) / sum(n.pitch == 36 for n in groove))
    assert count == sorted(count)
    assert loud == sorted(loud)
    assert count[0] < 0.8 * count[-1]


def test_a_section_can_be_meant_by_its_name() -> None:
    curve = {one.name: one.energy for one in made().sections}
    moved = {one.name: one.energy for one in made(levels={"Drop": 0.3, "Verse": 0.1}, energy=[0.9, 0.1]).sections}
    assert moved["Drop"] == pytest.approx((0.3, 0.3))
    assert sum(moved["Intro"]) / 2 == pytest.approx(0.8875)
    assert moved["Drop 2"] == curve["Drop 2"]
    assert len(notes(made(levels={"Drop": 0.1}), "Drop", 1)) < len(notes(made(), "Drop", 1))
    assert made(levels={"Drop": 0.3}).take != made().take


def test_contrast_at_nothing_keeps_every_part_whole() -> None:
    flat = notes(made(contrast=0), "Groove", 1)
    assert len(flat) == len(BASS) * 8
    assert len(notes(made(contrast=100), "Groove", 1)) < len(flat)


def test_chords_ring_in_the_breakdown() -> None:
    held = notes(made(contrast=0), "Breakdown", 2)
    assert {n.start_time % 8 for n in held} == {0, 4}
    assert all(n.duration == 4 for n in held)


def test_a_build_rolls_faster_and_louder() -> None:
    rolled = [n for n in notes(made(), "Build", 0) if n.pitch == 38 and n.start_time >= 16]
    gaps = [two.start_time - one.start_time for one, two in pairwise(rolled)]
    assert gaps == sorted(gaps, reverse=True)
    assert (gaps[0], gaps[-1]) == (1.0, 0.125)
    assert [n.velocity for n in rolled] == sorted(n.velocity for n in rolled)


def test_a_drop_begins_with_a_crash_and_a_verse_before_a_hook_ends_in_silence() -> None:
    assert any(n.pitch == 49 and n.start_time == 0 for n in notes(made(), "Drop", 0))
    beat = made(form="beat")
    for part in (0, 1, 2):
        assert all(n.end_time <= 63 for n in notes(beat, "Verse", part))
        assert notes(beat, "Verse", part)


def test_a_rack_without_snare_gets_no_snare() -> None:
    kit = [ArrangePart(name="Beat", notes=[Note(36, 0, 1), Note(42, 1, 1), Note(42, 3, 1)], length=4)]
    result = made(parts=kit)
    assert {n.pitch for one in result.sections for each in one.clips for n in each.notes} <= {36, 42, 49}


def test_forms_are_found_by_name_and_tempo() -> None:
    assert made(form="auto", tempo=172).form == "roller"
    assert made(form="auto", tempo=128).form == "club"
    assert made(form="auto", tempo=120).form == "club"
    assert made(form="sketch", tempo=120).form == "sketch"
    short = [msgspec.structs.replace(PARTS[0], name="Reel drums")]
    assert made(form="auto", tempo=120, parts=short).form == "sketch"
    named = [msgspec.structs.replace(PARTS[0], name="trap beat")]
    assert made(form="auto", tempo=128, parts=named).form == "beat"


def test_scale_halves_and_doubles() -> None:
    assert made(scale=50).bars * 2 == made().bars
    assert made(scale=200).bars == 2 * made().bars


def test_every_section_sounds_whoever_is_there() -> None:
    for form in forms():
        for part in PARTS:
            assert all(one.clips for one in made(form=form, parts=[part]).sections), (form, part.name)


def test_what_comes_back_is_varied_as_far_as_asked() -> None:
    def apart(variation: float) -> int:
        result = made(variation=variation, contrast=0)
        one, two = ({(n.start_time, n.pitch) for n in notes(result, name, 1)} for name in ("Drop", "Drop 2"))
        return len(one ^ two)

    assert apart(0) == 0
    assert 0 < apart(30) < apart(90)
    assert notes(made(variation=90), "Drop", 1) == notes(made(variation=0), "Drop", 1)


def test_a_recording_plays_whole_where_its_role_plays() -> None:
    vocal = ArrangePart(name="Vocal take", notes=[], length=16, sound=True)
    result = made(parts=[*PARTS, vocal])
    assert result.roles[-1] == "melody"
    assert [4 in one.plays for one in result.sections] == [3 in one.plays for one in made().sections]
    assert not [each for one in result.sections for each in one.clips if each.part == 4]
    noise = msgspec.structs.replace(vocal, name="Take 7")
    alone = made(parts=[noise])
    assert alone.roles == ["other"]
    assert all(one.plays == [0] and not one.clips for one in alone.sections)


def test_the_plan_is_who_plays_where() -> None:
    whole, plan = made(variation=40), made(variation=40, plan=True)
    assert [one.plays for one in plan.sections] == [[each.part for each in one.clips] for one in whole.sections]
    assert not [each for one in plan.sections for each in one.clips]
    assert (plan.curve, plan.take, plan.summary) == (whole.curve, whole.take, whole.summary)


def test_the_same_seed_arranges_the_same() -> None:
    assert made(seed=5) == made(seed=5)
    assert made(seed=5).take != made(seed=6).take


ANY = st.lists(
    st.builds(
        Note,
        pitch=st.integers(30, 90),
        start_time=st.floats(0, 7.9),
        duration=st.floats(0.05, 6),
        velocity=st.floats(1, 127),
    ),
    min_size=1,
    max_size=30,
)


@settings(max_examples=40, deadline=None)
@given(
    ANY,
    st.floats(0.5, 9),
    st.sampled_from(list(forms())),
    st.sampled_from([(4, 4), (3, 4), (6, 8), (7, 8), (5, 4)]),
    st.floats(0, 100),
    st.floats(0, 100),
    st.integers(0, 9999),
)
def test_whatever_loop_it_is(
    given_notes: list[Note],
    length: float,
    form: str,
    metre: tuple[int, int],
    contrast: float,
    variation: float,
    seed: int,
) -> None:
    parts = [ArrangePart(notes=[*given_notes, Note(60, 0, 1)], length=length), PARTS[0]]
    before = msgspec.json.encode(parts)
    numerator, denominator = metre
    request = ArrangeRequest(
        parts=parts,
        form=form,
        contrast=contrast,
        variation=variation,
        seed=seed,
        signature_numerator=numerator,
        signature_denominator=denominator,
    )
    result = arrange(request)
    assert msgspec.json.encode(parts) == before
    for one in result.sections:
        assert one.clips
        for each in one.clips:
            assert each.notes == sorted(each.notes, key=lambda n: (n.start_time, n.pitch))
            assert all(n.start_time >= 0 and n.end_time <= each.length for n in each.notes)
            for pitch in {n.pitch for n in each.notes}:
                row = [n for n in each.notes if n.pitch == pitch]
                assert all(a.end_time <= b.start_time for a, b in pairwise(row))


@pytest.mark.parametrize(
    ("wanted", "field"),
    [
        ({"parts": []}, "parts"),
        ({"parts": [ArrangePart(notes=[], length=4)]}, "parts"),
        ({"parts": [ArrangePart(notes=[Note(60, 9, 1)], length=4)]}, "parts"),
        ({"parts": [ArrangePart(notes=HATS, length=0)]}, "parts"),
        ({"parts": [ArrangePart(notes=HATS, length=8, sound=True)]}, "parts"),
        ({"form": "opera"}, "form"),
        ({"scale": 75}, "scale"),
        ({"contrast": 101}, "contrast"),
        ({"variation": float("nan")}, "variation"),
        ({"energy": [2.0]}, "energy"),
        ({"levels": {"Drop": float("nan")}}, "levels"),
        ({"tempo": 0}, "tempo"),
        ({"seed": -1}, "seed"),
    ],
)
def test_what_cannot_be_arranged_is_refused(wanted: dict[str, object], field: str) -> None:
    with pytest.raises(InvalidValue) as refused:
        made(**wanted)
    assert refused.value.field == field

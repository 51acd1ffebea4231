"""What holds for every take, whatever is asked."""

from __future__ import annotations

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.compose.drums.compose import DrumsRequest, LaneWish, Pad, compose_drums
from engine.compose.drums.roles import ROLES
from engine.compose.drums.vocabulary import genres
from engine.notes import Note, beats_per_bar

PERCENT = st.floats(0, 100)
KEPT = st.lists(
    st.builds(Note, pitch=st.integers(36, 51), start_time=st.floats(-1, 9), duration=st.floats(0.05, 2)), max_size=5
)
WISHES = st.dictionaries(
    st.sampled_from(sorted(ROLES)),
    st.builds(
        LaneWish,
        density=st.floats(0, 2),
        mute=st.sampled_from([None, True, False]),
        reroll=st.integers(0, 9999),
        keep=st.one_of(st.none(), KEPT),
    ),
    max_size=3,
)
NAMES = st.sampled_from(["Kick", "Snare 1", "CH", "OH", "Clap", "Tom Hi", "Perc", "Ride", "808", "Vox", ""])
KITS = st.one_of(
    st.none(),
    st.dictionaries(st.sampled_from(sorted(ROLES)), st.integers(0, 127), min_size=1, max_size=8),
    st.lists(st.builds(Pad, pitch=st.integers(0, 127), name=NAMES), min_size=1, max_size=8),
)
REQUESTS = st.builds(
    DrumsRequest,
    style=st.sampled_from(["auto", *genres()]),
    bars=st.integers(1, 9),
    phrase=st.sampled_from([4, 8, 16]),
    density=st.floats(0.1, 2.0),
    complexity=PERCENT,
    variation=PERCENT,
    fills=PERCENT,
    ghosts=PERCENT,
    humanise=PERCENT,
    swing=PERCENT,
    swing_grid=st.sampled_from(["style", "8", "16"]),
    build=st.sampled_from(["none", "build", "drop"]),
    lanes=st.one_of(st.none(), WISHES),
    kit=KITS,
    seed=st.integers(0, 2**31 - 1),
    tempo=st.floats(20, 999),
    signature_numerator=st.sampled_from([1, 2, 3, 4, 5, 6, 7, 9, 12, 15]),
    signature_denominator=st.sampled_from([2, 4, 8, 16]),
    clip_length=st.one_of(st.none(), st.floats(0.0625, 20)),
)


@settings(max_examples=150, deadline=None)
@given(REQUESTS)
def test_every_take_is_a_clip_that_live_can_hold(request: DrumsRequest) -> None:
    result = compose_drums(request)
    bar = beats_per_bar(request.signature_numerator, request.signature_denominator)
    assert result.length == min(request.bars * bar, request.clip_length or request.bars * bar)
    assert [(note.start_time, note.pitch) for note in result.notes] == sorted(
        (note.start_time, note.pitch) for note in result.notes
    )
    ends: dict[int, float] = {}
    for note in result.notes:
        assert note.start_time >= 0
        assert note.duration > 0
        assert note.end_time <= result.length
        assert 0 <= note.pitch <= 127
        assert 1 <= note.velocity <= 127
        assert note.start_time >= ends.get(note.pitch, 0.0)
        ends[note.pitch] = note.end_time
    for lane in result.lanes:
        assert lane.role in ROLES
        assert len(lane.steps) == len(lane.velocities) == len(lane.tunes)
        assert lane.steps == sorted(lane.steps)
    assert all(sentence.endswith(".") for sentence in result.notices)


@settings(max_examples=60, deadline=None)
@given(REQUESTS)
def test_the_same_request_gives_the_same_notes_and_what_was_given_is_left_as_it_was(request: DrumsRequest) -> None:
    before = msgspec.json.encode(request)
    assert msgspec.json.encode(compose_drums(request)) == msgspec.json.encode(compose_drums(request))
    assert msgspec.json.encode(request) == before


@settings(max_examples=60, deadline=None)
@given(REQUESTS)
def test_what_was_resolved_makes_the_same_take_again(request: DrumsRequest) -> None:
    result = compose_drums(request)
    resolved = {key: value for key, value in msgspec.structs.asdict(result.resolved).items() if key != "style_name"}
    again = DrumsRequest(
        **resolved, seed=result.seed, lanes=request.lanes, kit=request.kit, clip_length=request.clip_length
    )
    repeated = compose_drums(again)
    assert (repeated.take, repeated.notes) == (result.take, result.notes)


@settings(max_examples=60, deadline=None)
@given(REQUESTS, st.integers(1, 6))
def test_a_bar_does_not_depend_on_how_many_follow(request: DrumsRequest, fewer: int) -> None:
    request = msgspec.structs.replace(request, clip_length=None, humanise=0.0)
    short = msgspec.structs.replace(request, bars=min(fewer, request.bars))
    bar = beats_per_bar(request.signature_numerator, request.signature_denominator)
    until = short.bars * bar - 0.13
    whole, part = compose_drums(request), compose_drums(short)

    def starts(notes: list[Note]) -> list[tuple[float, int, float]]:
        return [(note.start_time, note.pitch, note.velocity) for note in notes if note.start_time < until]

    assert starts(part.notes) == starts(whole.notes)


def test_without_a_seed_one_is_drawn_and_told() -> None:
    drawn = compose_drums(DrumsRequest(style="funk"))
    assert drawn.notes == compose_drums(DrumsRequest(style="funk", seed=drawn.seed)).notes


def test_different_recipes_have_different_ids() -> None:
    takes = {
        compose_drums(DrumsRequest(style="house", seed=1, **wish)).take
        for wish in (
            {},
            {"density": 1.1},
            {"build": "drop"},
            {"kit": {"kick": 36}},
            {"lanes": {"kick": LaneWish(mute=True)}},
            {"bars": 4},
        )
    }
    assert len(takes) == 6

"""Clips brought into a key: golden moves, and what holds for any notes at all."""

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.compose.fit import AudioFitRequest, FitRequest, FitResult, fit, fit_audio
from engine.compose.fit_notes import likely_mode, nearest_interval
from engine.compose.request import ChordsContext
from engine.errors import InvalidValue
from engine.notes import Note
from engine.theory.keys import MODES, Key, parse_key, relative, usual_key

C_MAJOR = (60, 62, 64, 65, 67, 69, 71, 72)
A_MINOR = (57, 59, 60, 62, 64, 65, 67, 69)
TUNE = (60, 64, 67, 65, 69, 67, 71, 72, 67, 64, 62, 60)  # C major, plainly


def line(*pitches: int) -> list[Note]:
    return [Note(pitch=pitch, start_time=float(at), duration=1.0) for at, pitch in enumerate(pitches)]


def moved(*pitches: int, **asked: object) -> FitResult:
    return fit(FitRequest(notes=line(*pitches), **asked))  # type: ignore[arg-type]


def pitches_of(result: FitResult) -> list[int]:
    return [note.pitch for note in result.notes]


@pytest.mark.parametrize(
    ("key", "interval"),
    [("D major", 2), ("F major", 5), ("F# major", -6), ("G major", -5), ("Bb major", -2), ("B major", -1)],
)
def test_same_mode_goes_the_shortest_way_and_bends_nothing(key: str, interval: int) -> None:
    result = moved(*TUNE, key=key)
    assert pitches_of(result) == [pitch + interval for pitch in TUNE]
    assert (result.transposed, result.bent, result.moved) == (interval, 0, len(TUNE))
    assert result.words == f"Transposed {interval:+d} to {key}"
    assert result.clip_key == "C major"


def test_what_lies_in_the_key_already_is_left_alone_also_from_the_relative() -> None:
    for key in ("C major", "A minor", "D dorian"):
        result = moved(*TUNE, key=key)
        assert pitches_of(result) == list(TUNE)
        assert result.words == f"Already in {key}: nothing moved"
        assert (result.moved, result.transposed) == (0, 0)


def test_degrees_keep_their_places_when_the_mode_changes() -> None:
    # D is two steps up, Eb's relative of C minor three down: home to home is nearer.
    result = moved(*C_MAJOR, key="D minor", clip_key="C major")
    assert pitches_of(result) == [62, 64, 65, 67, 69, 70, 72, 74]
    assert (result.transposed, result.bent) == (2, 3)
    assert result.words == "Transposed +2 to D minor, 3 notes bent"
    same_home = moved(*C_MAJOR, key="C minor", clip_key="C major")
    assert pitches_of(same_home) == [60, 62, 63, 65, 67, 68, 70, 72]
    assert same_home.words == "Moved 3 notes into C minor"


def test_the_relative_is_taken_where_it_is_nearer() -> None:
    # G minor has the notes of Bb major, two down; G itself is five down.
    result = moved(*TUNE, key="G minor")
    assert pitches_of(result) == [pitch - 2 for pitch in TUNE]
    assert result.bent == 0
    assert result.words == "Transposed -2: Bb major fits G minor"
    assert "It sounds in Bb major, the relative of G minor: the same notes, another home." in result.notices


def test_altered_notes_go_to_the_degree_they_are_a_form_of() -> None:
    # Leading tone and raised sixth of A minor, blue third and raised fourth of C major.
    result = moved(57, 60, 64, 66, 68, 69, key="A minor", clip_key="A minor")
    assert pitches_of(result) == [57, 60, 64, 65, 67, 69]
    result = moved(60, 63, 66, 67, 70, 68, 61, key="C major", clip_key="C major")
    assert pitches_of(result) == [60, 64, 65, 67, 71, 69, 62]


def test_a_dorian_clip_keeps_its_sixth_degree() -> None:
    dorian = (62, 64, 65, 67, 69, 71, 72, 74)
    assert likely_mode(line(*dorian), 2, "minor") == "dorian"
    result = moved(*dorian, key="E minor", clip_key="D minor")
    assert pitches_of(result) == [64, 66, 67, 69, 71, 72, 74, 76]


def test_two_notes_at_once_never_become_one() -> None:
    # C major with both thirds and a tritone: Eb wants E, which has an owner.
    chord = [Note(pitch=pitch, start_time=0.0, duration=4.0) for pitch in (60, 63, 64, 66, 67)]
    result = fit(FitRequest(notes=chord, key="C major", clip_key="C major"))
    assert pitches_of(result) == [60, 62, 64, 65, 67]


def test_the_ends_of_the_keyboard() -> None:
    high = fit(FitRequest(notes=line(127, 125, 122, 118), key="C major", clip_key="F major"))
    assert pitches_of(high) == [122, 120, 117, 113]
    # Upwards there is no room: an octave down instead.
    assert fit(FitRequest(notes=line(127, 115, 120), key="D major", clip_key="C major")).transposed == -10
    wide = fit(FitRequest(notes=line(0, 127), key="F# major", clip_key="C major"))
    assert all(0 <= pitch <= 127 for pitch in pitches_of(wide))


def test_a_note_alone_leaves_the_mode_to_the_clip() -> None:
    assert moved(*A_MINOR, key="D", clip_key="A minor").key == "D minor"
    assert moved(*TUNE, key="D").key == "D major"
    assert moved(*TUNE, key="D", mode="dorian").key == "D dorian"


def test_the_key_comes_from_live_or_from_what_plays() -> None:
    live = ChordsContext(scale_root=2, scale_name="Minor", scale_mode=True, pitch_classes=[8.0, *[0.0] * 11])
    result = moved(*TUNE, context=live)
    assert (result.key, result.camelot) == ("D minor", "7A")
    assert result.notices[0] == "Key: D minor, from Live's scale."
    off = msgspec.structs.replace(live, scale_mode=False, pitch_classes=[0, 4, 0, 1, 0, 0, 8, 0, 1, 6, 0, 3])
    result = moved(*TUNE, context=off)
    assert result.key == "F# minor"
    assert "from what plays in the Set" in result.notices[0]


@pytest.mark.parametrize("context", [None, ChordsContext(), ChordsContext(scale_root=2, scale_name="Minor")])
def test_without_a_key_to_fit_to_nothing_moves(context: ChordsContext | None) -> None:
    result = moved(*TUNE, context=context)
    assert pitches_of(result) == list(TUNE)
    assert result.words == "No key to fit to: choose one, or switch Live's scale on"
    assert result.key is None


@pytest.mark.parametrize(
    ("notes", "drums", "words"),
    [
        (line(36, 38, 42, 46), True, "No key: a drum clip"),
        ([], False, "No key: the clip holds no notes"),
        (line(61, 61, 61), False, "No key: one note alone"),
    ],
)
def test_a_clip_without_a_key_is_left_alone_in_words(notes: list[Note], drums: bool, words: str) -> None:
    result = fit(FitRequest(notes=notes, drums=drums, key="C major"))
    assert (result.notes, result.words, result.moved) == (notes, words, 0)
    assert fit(FitRequest(notes=notes, drums=drums)).moved == 0


def test_the_key_is_heard_where_the_clip_plays() -> None:
    inside = [Note(pitch=pitch, start_time=float(at), duration=1.0) for at, pitch in enumerate(TUNE * 2)]
    outside = [Note(pitch=pitch + 6, start_time=100.0 + at, duration=2.0) for at, pitch in enumerate(TUNE * 4)]
    result = fit(FitRequest(notes=[*inside, *outside], key="D major", start=0.0, length=24.0))
    assert (result.clip_key, result.transposed) == ("C major", 2)
    assert fit(FitRequest(notes=[*inside, *outside], key="D major")).clip_key == "F# major"


def test_a_guess_is_called_one() -> None:
    result = moved(61, 62, 61, 62, key="C major")
    assert result.confidence < 0.5
    assert any(notice.startswith("The clip's own key is a guess: ") for notice in result.notices)


@pytest.mark.parametrize(("asked", "field"), [({"key": "H dur"}, "key"), ({"mode": "locrain"}, "mode")])
def test_a_wrong_wish_is_refused(asked: dict[str, str], field: str) -> None:
    with pytest.raises(InvalidValue) as caught:
        moved(*TUNE, **{"key": "C", **asked})
    assert caught.value.field == field


def test_the_shortest_way_between_pitch_classes() -> None:
    assert [nearest_interval(step) for step in range(-6, 7)] == [-6, -5, -4, -3, -2, -1, 0, 1, 2, 3, 4, 5, -6]


NOTES = st.builds(
    Note,
    pitch=st.integers(0, 127),
    start_time=st.integers(0, 32).map(lambda sixteenths: sixteenths / 4),
    duration=st.sampled_from([0.25, 0.5, 1.0, 3.0]),
    velocity=st.floats(1, 127),
    mute=st.booleans(),
    probability=st.floats(0, 1),
    release_velocity=st.floats(0, 127),
)
KEYS = st.builds(usual_key, st.integers(0, 11), st.sampled_from(MODES))


@settings(max_examples=150, deadline=None)
@given(
    notes=st.lists(NOTES, max_size=24),
    target=KEYS,
    home=st.builds(usual_key, st.integers(0, 11), st.sampled_from(["major", "minor"])),
)
def test_any_clip_ends_in_the_key_with_all_that_is_not_pitch_as_it_was(
    notes: list[Note], target: Key, home: Key
) -> None:
    asked = FitRequest(notes=notes, key=target.name, clip_key=home.name)
    result = fit(asked)
    scale = set(parse_key(asked.key).scale_pcs)  # type: ignore[arg-type]
    assert all(note.pitch % 12 in scale and 0 <= note.pitch <= 127 for note in result.notes)
    assert [msgspec.structs.replace(note, pitch=0) for note in result.notes] == [
        msgspec.structs.replace(note, pitch=0) for note in notes
    ]
    assert result.moved == sum(a.pitch != b.pitch for a, b in zip(notes, result.notes, strict=True))
    # Doing it again does nothing more.
    assert fit(msgspec.structs.replace(asked, notes=result.notes)).moved == 0
    assert fit(msgspec.structs.replace(asked, notes=result.notes, clip_key=None)).moved == 0


@settings(max_examples=150, deadline=None)
@given(notes=st.lists(NOTES, max_size=24), target=KEYS)
def test_voices_that_sound_together_stay_apart(notes: list[Note], target: Key) -> None:
    result = fit(FitRequest(notes=notes, key=target.name, clip_key="C major"))
    pairs = list(zip(notes, result.notes, strict=True))
    for i, (was, now) in enumerate(pairs):
        for other_was, other in pairs[:i]:
            together = was.start_time < other_was.end_time and other_was.start_time < was.end_time
            if together:
                assert (was.pitch == other_was.pitch) == (now.pitch == other.pitch)


@settings(max_examples=100, deadline=None)
@given(pitches=st.lists(st.integers(24, 100), min_size=2, max_size=16), target=KEYS)
def test_a_line_that_rises_never_falls_afterwards(pitches: list[int], target: Key) -> None:
    result = moved(*pitches, key=target.name, clip_key="C major")
    after = pitches_of(result)
    for a, b in zip(range(len(pitches)), range(1, len(pitches)), strict=False):
        assert (pitches[b] - pitches[a]) * (after[b] - after[a]) >= 0


@pytest.mark.parametrize(
    ("clip", "key", "coarse", "sounds", "words"),
    [
        ("F# minor", "A minor", 3, "A minor", "Transposed +3 to A minor"),
        ("C major", "D major", 2, "D major", "Transposed +2 to D major"),
        ("C major", "A minor", 0, "C major", "Already in A minor: nothing moved"),
        ("E minor", "F major", -2, "D minor", "Transposed -2: D minor fits F major"),
        ("C major", "F# major", -6, "F# major", "Transposed -6 to F# major"),
        ("C major", "D dorian", 0, "C major", "Already in D dorian: nothing moved"),
        ("A minor", "D dorian", 5, "D minor", "Transposed +5 to D dorian"),
    ],
)
def test_a_recording_is_transposed_the_shortest_way(clip: str, key: str, coarse: int, sounds: str, words: str) -> None:
    result = fit_audio(AudioFitRequest(clip_key=clip, key=key))
    assert (result.coarse, result.sounds, result.transposed, result.words) == (coarse, sounds, coarse, words)


def test_how_a_recording_is_transposed_now_counts() -> None:
    up = AudioFitRequest(clip_key="C major", key="D major", coarse=12)
    assert fit_audio(up).coarse == 14
    assert fit_audio(msgspec.structs.replace(up, coarse=2)).words == "Already in D major: nothing moved"
    assert fit_audio(msgspec.structs.replace(up, coarse=47)).coarse == 38
    assert fit_audio(msgspec.structs.replace(up, coarse=-48)).coarse == -46
    edge = fit_audio(AudioFitRequest(clip_key="C major", key="F major", coarse=48))
    assert (edge.coarse, edge.transposed, edge.sounds) == (41, -7, "F major")


def test_a_recording_that_is_out_of_tune_is_told_and_heard_where_it_sounds() -> None:
    flat = fit_audio(AudioFitRequest(clip_key="A minor", key="B minor", tuning_cents=-31.0))
    assert flat.coarse == 2
    assert flat.notices == ["It is 31 cents flat: Detune is as it was."]
    assert fit_audio(AudioFitRequest(clip_key="A minor", key="B minor", tuning_cents=-31.0, fine=30.0)).notices == []
    # 40 cents sharp and detuned by 40 more it sounds nearer to the next key.
    both = fit_audio(AudioFitRequest(clip_key="A minor", key="B minor", tuning_cents=40.0, fine=40.0))
    assert (both.coarse, both.notices) == (1, [])


def test_a_recording_without_a_key_to_fit_to_stays() -> None:
    result = fit_audio(AudioFitRequest(clip_key="A minor", coarse=-3))
    assert (result.coarse, result.key, result.sounds) == (-3, None, "F# minor")
    assert result.words.startswith("No key to fit to")
    guess = fit_audio(AudioFitRequest(clip_key="A minor", key="C", confidence=0.31))
    assert guess.key == "C minor"
    assert "The clip's own key is a guess: A minor, 31% sure." in guess.notices


@settings(max_examples=100, deadline=None)
@given(clip=KEYS, key=KEYS, coarse=st.integers(-48, 48))
def test_a_recording_ends_within_reach_in_a_key_that_fits(clip: Key, key: Key, coarse: int) -> None:
    result = fit_audio(AudioFitRequest(clip_key=clip.name, key=key.name, coarse=coarse))
    assert -48 <= result.coarse <= 48
    sounds, target = parse_key(result.sounds), parse_key(key.name)
    same_home = sounds.tonic_pc == target.tonic_pc
    assert same_home if sounds.minor_third == target.minor_third else sounds.tonic_pc == relative(target).tonic_pc
    again = fit_audio(AudioFitRequest(clip_key=clip.name, key=key.name, coarse=result.coarse))
    assert (again.coarse, again.transposed) == (result.coarse, 0)

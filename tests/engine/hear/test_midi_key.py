import json
import subprocess
import sys

import msgspec
import pytest

from engine.compose.chords import ChordsRequest, compose_chords
from engine.hear.midi_key import clip_key
from engine.notes import Note

MAJOR_STEPS = (0, 2, 4, 5, 7, 9, 11, 12)
CADENCE = {
    "major": ((0, 4, 7), (5, 9, 12), (7, 11, 14), (0, 4, 7)),
    "minor": ((0, 3, 7), (5, 8, 12), (7, 11, 14), (0, 3, 7)),
}


def chords(tonic: int, mode: str, length: float = 4.0) -> list[Note]:
    return [
        Note(pitch=48 + tonic + step, start_time=bar * length, duration=length * 0.95)
        for bar, steps in enumerate(CADENCE[mode] * 2)
        for step in (steps[0] - 12, *steps)
    ]


@pytest.mark.parametrize("mode", ["major", "minor"])
@pytest.mark.parametrize("tonic", range(12))
def test_a_cadence_says_its_key(tonic, mode):
    answer = clip_key(chords(tonic, mode))
    assert (answer.tonic, answer.mode) == (tonic, mode)
    assert answer.confidence > 0.6
    assert sum(answer.scores) == pytest.approx(1, abs=0.01)


def test_names_follow_the_theory():
    answer = clip_key(chords(6, "minor"))
    assert (answer.key, answer.camelot, answer.notation) == ("F# minor", "11A", "F#m")
    assert answer.tuning_cents is None
    assert answer.sections[0].end == pytest.approx(32, abs=1)


@pytest.mark.parametrize("style", ["house", "pop", "jazz", "trap"])
@pytest.mark.parametrize(("shift", "seed"), [(1, 5), (4, 17), (6, 303), (11, 40)])
def test_a_transposed_clip_has_the_transposed_key_and_the_same_confidence(shift, style, seed):
    notes = compose_chords(ChordsRequest(key="C minor", style=style, seed=seed)).notes
    # Inside one register, so that no note changes its role.
    notes = [msgspec.structs.replace(note, pitch=53 + (note.pitch - 53) % 12) for note in notes]
    moved = [msgspec.structs.replace(note, pitch=note.pitch + shift) for note in notes]
    here, there = clip_key(notes), clip_key(moved)
    assert here.tonic is not None
    assert here.mode == there.mode
    assert there.tonic == (here.tonic + shift) % 12
    assert there.confidence == pytest.approx(here.confidence, abs=1e-3)


def test_few_notes_say_little():
    two = clip_key([Note(pitch=p, start_time=i, duration=1) for i, p in enumerate((60, 67, 60, 67))])
    scale = clip_key([Note(pitch=60 + p, start_time=i, duration=1) for i, p in enumerate(MAJOR_STEPS)])
    assert two.key is not None
    assert two.confidence < 0.5
    assert scale.key == "C major"
    assert two.confidence < scale.confidence


def test_a_pentatonic_tune_is_less_sure_than_a_cadence():
    tune = clip_key([Note(pitch=60 + p, start_time=i, duration=1) for i, p in enumerate((0, 2, 4, 7, 9, 7, 4, 2))])
    assert tune.confidence < clip_key(chords(0, "major")).confidence


@pytest.mark.parametrize(
    ("notes", "drums", "words"),
    [
        ([], False, "no notes"),
        ([Note(pitch=36, start_time=0, duration=1), Note(pitch=38, start_time=1, duration=1)], True, "drum"),
        ([Note(pitch=60, start_time=k, duration=0.5) for k in range(8)], False, "one note"),
        ([Note(pitch=60, start_time=0, duration=1, mute=True)], False, "no notes"),
    ],
)
def test_no_key_is_said_in_words(notes, drums, words):
    answer = clip_key(notes, drums=drums)
    assert answer.key is None
    assert answer.camelot is None
    assert answer.second is None
    assert answer.sections == []
    assert words in answer.words


def test_a_change_of_key_is_two_sections():
    first = [
        msgspec.structs.replace(note, start_time=note.start_time + 32 * k)
        for k in range(2)
        for note in chords(0, "major")
    ]
    second = [
        msgspec.structs.replace(note, start_time=note.start_time + 64 + 32 * k)
        for k in range(2)
        for note in chords(6, "major")
    ]
    answer = clip_key(first + second)
    assert [section.key for section in answer.sections] == ["C major", "F# major"]
    assert answer.sections[0].end == answer.sections[1].start == pytest.approx(64, abs=8)


def test_muted_notes_and_notes_of_no_chance_do_not_count():
    loud = [Note(pitch=p, start_time=k, duration=1, mute=True) for k, p in enumerate(range(61, 73))]
    never = [msgspec.structs.replace(note, mute=False, probability=0.0) for note in loud]
    assert clip_key(chords(9, "minor") + loud + never) == clip_key(chords(9, "minor"))


def test_a_clip_of_a_hundred_thousand_beats_is_answered():
    notes = [*chords(2, "major"), Note(pitch=62, start_time=100_000, duration=1)]
    assert clip_key(notes).key is not None


def test_the_answer_is_json():
    assert json.loads(msgspec.json.encode(clip_key(chords(4, "minor"))))["key"] == "E minor"


def test_it_is_there_at_once_without_what_sound_needs():
    asked = (
        "import sys; from engine.hear.midi_key import clip_key; from engine.notes import Note; "
        "assert clip_key([Note(pitch=60 + p, start_time=p, duration=1) for p in (0, 4, 7, 5)]).key; "
        "print(*{name.partition('.')[0] for name in sys.modules})"
    )
    loaded = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True).stdout.split()
    assert "numpy" in loaded
    heavy = {"scipy", "librosa", "sklearn", "numba", "music21", "soxr", "soundfile"}
    assert not heavy & set(loaded)

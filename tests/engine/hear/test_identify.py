"""Recordings that were remembered are known again; what is lost is said, and comes back."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

import numpy as np
import pytest
import soundfile
import soxr

from engine.errors import NoSuchFile, NotAudio, StoreDamaged, StoreUnavailable
from engine.hear.fingerprint import FRAME_RATE, VERSION
from engine.hear.fingerprint_index import Index, asked_for, confidence, pairs
from engine.hear.identify import densest, identify, rebuild, remember
from engine.hear.parts import PARTS
from engine.hear.recordings_result import Identified
from engine.hear.remembered import Memory
from engine.hear.sound import HEARING_RATE, Samples
from engine.settings import fingerprints_path, home
from tests.engine.hear.test_fingerprint import heard, song

SONGS = range(5)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("songs")
    for seed in SONGS:
        soundfile.write(root / f"song {seed}.flac", 0.5 * song(seed), HEARING_RATE)
    return root


@pytest.fixture
def memory(folder: Path) -> Memory:
    memory = Memory()
    for seed in SONGS:
        remember(folder / f"song {seed}.flac", memory.recordings, memory.cache)
    return memory


def asked(memory: Memory, path: Path, signal: Samples, **more: float) -> Identified:
    soundfile.write(path, np.clip(signal, -1, 1), HEARING_RATE)
    return identify(path, memory.recordings, **more)


def part(seed: int, start: float = 4.0, seconds: float = 5.0) -> Samples:
    return 0.5 * song(seed)[int(start * HEARING_RATE) : int((start + seconds) * HEARING_RATE)]


def noisy(signal: Samples) -> Samples:
    level = np.sqrt(np.mean(signal**2)) * 10 ** (-6 / 20)
    return signal + np.float32(level) * np.random.default_rng(4).standard_normal(len(signal)).astype(np.float32)


def equalised(signal: Samples) -> Samples:
    """Four decibels more for each octave: thin, as from a telephone."""
    spectrum = np.fft.rfft(signal)
    octaves = np.log2(np.maximum(np.fft.rfftfreq(len(signal), 1 / HEARING_RATE), 40) / 800)
    return np.asarray(np.fft.irfft(spectrum * 10 ** (4 * octaves / 20), len(signal)), np.float32)


def paced(signal: Samples, speed: float) -> Samples:
    return np.asarray(soxr.resample(signal, HEARING_RATE, HEARING_RATE / speed), np.float32)


@pytest.mark.parametrize(
    ("change", "speed"),
    [
        (lambda signal: signal, 1.0),
        (noisy, 1.0),
        (equalised, 1.0),
        (lambda signal: paced(signal, 0.96), 0.96),
        (lambda signal: paced(signal, 1.04), 1.04),
        (lambda signal: equalised(noisy(paced(signal, 1.02))), 1.02),
    ],
)
def test_five_seconds_are_known_whatever_was_done_to_them(memory, folder, tmp_path, change, speed) -> None:  # type: ignore[no-untyped-def]
    found = asked(memory, tmp_path / "part.wav", change(part(3)))
    best = found.matches[0]
    assert (best.name, best.path) == ("song 3.flac", str(folder / "song 3.flac"))
    assert best.offset == pytest.approx(4.0, abs=0.25)
    assert best.speed == pytest.approx(speed, abs=0.009)
    assert (best.duration, found.recordings, found.missing) == (12.0, 5, 0)
    assert best.votes > 20
    assert best.confidence > 0.9
    assert "song 3.flac" in found.words


def test_a_range_of_a_file_is_looked_up_and_a_stranger_has_no_match(memory: Memory, tmp_path: Path) -> None:
    both = np.concatenate([0.5 * song(77)[: 6 * HEARING_RATE], part(1)])
    found = asked(memory, tmp_path / "both.wav", both, start=6.0, end=11.0)
    assert found.matches[0].name == "song 1.flac"
    stranger = identify(tmp_path / "both.wav", memory.recordings, end=6.0)
    assert stranger.matches == []
    assert stranger.words == "None of the 5 recordings that are known."


@pytest.mark.parametrize("signal", [np.zeros(HEARING_RATE, np.float32), np.ones(1, np.float32)])
def test_silence_is_too_little(memory: Memory, tmp_path: Path, signal: Samples) -> None:
    found = asked(memory, tmp_path / "silence.wav", signal)
    assert (found.matches, found.recordings) == ([], 5)
    assert "too little" in found.words
    kept = remember(tmp_path / "silence.wav", memory.recordings, memory.cache)
    assert (kept.landmarks, kept.new) == (0, True)


def test_nothing_known_is_said(tmp_path: Path) -> None:
    assert "No recording is known yet" in asked(Memory(), tmp_path / "part.wav", part(1)).words


def test_looking_one_by_one_answers_as_one_large_index_does() -> None:
    whole, sieved = Index(FRAME_RATE), Index(FRAME_RATE)
    for excerpt in (part(2), part(9), noisy(part(4))):
        print_ = heard(excerpt)
        wanted = asked_for(print_)
        for seed in SONGS:
            if f"{seed}" not in whole:
                whole.add(f"{seed}", heard(0.5 * song(seed)))
            found = heard(0.5 * song(seed))
            hashes, frames = pairs(found.frames, found.pitches)
            sieved.remove(f"{seed}")
            sieved.add_pairs(f"{seed}", hashes[wanted[hashes]], frames[wanted[hashes]])
        assert sieved.identify(print_) == whole.identify(print_)


def test_the_second_remembering_is_at_once_and_a_copy_is_the_same_recording(memory: Memory, folder: Path) -> None:
    path = folder / "song 0.flac"
    known = memory.known(path)
    assert known is not None
    assert (known.name, known.new, known.recordings) == ("song 0.flac", False, 5)
    assert remember(path, memory.recordings, memory.cache) == known
    copy = path.with_name("copy.flac")
    copy.write_bytes(path.read_bytes())
    again = remember(copy, memory.recordings, memory.cache)
    assert (again.new, again.recordings) == (True, 5)
    assert memory.known(path) is None  # it is known as the copy now
    copy.unlink()


def test_a_file_that_changed_is_another_recording_in_the_place_of_the_old(memory: Memory, tmp_path: Path) -> None:
    path = tmp_path / "bounce.wav"
    soundfile.write(path, part(10, 0, 12), HEARING_RATE)
    remember(path, memory.recordings, memory.cache)
    soundfile.write(path, part(11, 0, 12), HEARING_RATE)
    os.utime(path, (1, 1))
    assert remember(path, memory.recordings, memory.cache).recordings == 6
    assert asked(memory, tmp_path / "old.wav", part(10)).matches == []
    assert asked(memory, tmp_path / "new.wav", part(11)).matches[0].name == "bounce.wav"


def test_what_is_forgotten_is_not_known_even_when_its_file_is_gone(
    memory: Memory, tmp_path: Path, folder: Path
) -> None:
    path = tmp_path / "gone.wav"
    soundfile.write(path, part(12, 0, 12), HEARING_RATE)
    remember(path, memory.recordings, memory.cache)
    path.unlink()
    assert asked(memory, tmp_path / "part.wav", part(12)).matches
    assert memory.unremember(path)
    assert not memory.unremember(path)
    assert asked(memory, tmp_path / "part.wav", part(12)).matches == []
    assert memory.unremember(folder / "song 4.flac")
    assert len(memory.recordings) == 4


def damage(how: str) -> None:
    path = fingerprints_path()
    data = path.read_bytes()
    for rest in ("-wal", "-shm"):
        path.with_name(path.name + rest).unlink(missing_ok=True)
    if how == "overwritten":
        path.write_bytes(os.urandom(9000))
    elif how == "cut off":
        path.write_bytes(data[: len(data) // 3])
    else:
        path.write_bytes(data[:4096] + os.urandom(len(data) - 4096))


@pytest.mark.parametrize("how", ["overwritten", "cut off", "scribbled over"])
def test_a_damaged_file_is_an_error_with_a_way_out(memory: Memory, tmp_path: Path, folder: Path, how: str) -> None:
    with sqlite3.connect(fingerprints_path()) as direct:
        direct.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    damage(how)
    with pytest.raises(StoreDamaged) as caught:
        asked(memory, tmp_path / "part.wav", part(3))
    assert "hear.rebuild" in caught.value.hint
    with pytest.raises(StoreUnavailable):
        remember(folder / "song 0.flac", memory.recordings, memory.cache)
    done = rebuild(memory.recordings)
    assert (done.recordings, done.rebuilt, done.missing) == (5, 5, [])
    assert asked(memory, tmp_path / "part.wav", part(3)).matches[0].name == "song 3.flac"
    assert (home() / "fingerprints.damaged").exists()
    assert rebuild(memory.recordings).rebuilt == 0


def test_a_fingerprint_that_rotted_is_missing_and_said(memory: Memory, tmp_path: Path) -> None:
    with sqlite3.connect(fingerprints_path()) as direct:
        direct.execute("UPDATE prints SET frames = zeroblob(LENGTH(frames)) WHERE CAST(path AS TEXT) LIKE '%song 2%'")
        direct.execute("UPDATE prints SET version = 0 WHERE CAST(path AS TEXT) LIKE '%song 1%'")
    found = asked(memory, tmp_path / "part.wav", part(2))
    assert (found.matches, found.recordings, found.missing) == ([], 3, 2)
    assert "2 remembered recordings have lost their fingerprint" in found.words
    assert rebuild(memory.recordings).rebuilt == 2
    assert asked(memory, tmp_path / "part.wav", part(2)).matches[0].name == "song 2.flac"


def test_what_cannot_be_heard_again_is_named_and_stays_on_the_list(memory: Memory, tmp_path: Path) -> None:
    for name, seed in (("gone.wav", 20), ("changed.wav", 21)):
        soundfile.write(tmp_path / name, part(seed, 0, 12), HEARING_RATE)
        remember(tmp_path / name, memory.recordings, memory.cache)
    (tmp_path / "gone.wav").unlink()
    (tmp_path / "changed.wav").write_bytes(b"another")
    fingerprints_path().unlink()
    done = rebuild(memory.recordings)
    assert (done.recordings, done.rebuilt, done.missing) == (5, 5, ["gone.wav", "changed.wav"])
    assert asked(memory, tmp_path / "part.wav", part(1)).missing == 2


def test_bad_input_is_refused_and_leaves_nothing(memory: Memory, tmp_path: Path) -> None:
    with pytest.raises(NoSuchFile):
        remember(tmp_path / "gone.wav", memory.recordings, memory.cache)
    (tmp_path / "text.wav").write_bytes(b"no sound at all")
    for ask in (
        lambda path: remember(path, memory.recordings, memory.cache),
        lambda path: identify(path, memory.recordings),
    ):
        with pytest.raises(NotAudio):
            ask(tmp_path / "text.wav")
    assert len(memory.recordings) == len(memory.recordings.listed()) == 5


def test_of_a_long_excerpt_the_fullest_twenty_seconds_are_taken() -> None:
    quiet = np.zeros(30 * HEARING_RATE, np.float32)
    whole = heard(np.concatenate([quiet, song(1), song(2), quiet]))
    taken, before = densest(whole)
    assert 29 < before < 35
    assert taken.frames[-1] <= 20 * FRAME_RATE
    assert len(taken) > 0.7 * len(whole)
    short = heard(song(1))
    assert densest(short) == (short, 0.0)


def test_where_a_long_excerpt_begins_is_told_from_its_own_beginning(memory: Memory, tmp_path: Path) -> None:
    long = np.concatenate([np.zeros(30 * HEARING_RATE, np.float32), part(1, 0, 12)])
    assert asked(memory, tmp_path / "long.wav", long).matches[0].offset == pytest.approx(-30.0, abs=0.2)


def test_confidence_rises_with_the_score() -> None:
    told = [confidence(score) for score in (0, 20, 30, 60, 500)]
    assert told == sorted(told)
    assert told[0] < 0.05
    assert told[-1] > 0.99


def test_the_engine_knows_the_version_without_the_library() -> None:
    assert PARTS["fingerprint"].version == VERSION

"""Every kind of file is either heard right or refused in words, in bounded time."""

from __future__ import annotations

import os
import shutil
import struct
import subprocess
from pathlib import Path

import numpy as np
import pytest
import soundfile

from engine.errors import (
    EngineError,
    InvalidValue,
    NoSound,
    NoSuchFile,
    NotAFile,
    NotAudio,
    NotReadable,
    TooLong,
)
from engine.hear import load as loading
from engine.hear.load import load, probe

RATE = 44_100
NEEDS_FFMPEG = pytest.mark.skipif(shutil.which("ffmpeg") is None, reason="ffmpeg is not installed")


def stereo(seconds: float = 0.5, rate: int = RATE) -> np.ndarray:
    time = np.arange(int(seconds * rate)) / rate
    return np.stack([0.5 * np.sin(2 * np.pi * 440 * time), 0.25 * np.sin(2 * np.pi * 660 * time)], axis=1)


def written(path: Path, samples: np.ndarray, rate: int = RATE, **how: str) -> Path:
    soundfile.write(path, samples, rate, **how)
    return path


@pytest.mark.parametrize(
    ("name", "subtype", "bits", "lossy"),
    [
        ("a.wav", "PCM_U8", 8, False),
        ("a.wav", "PCM_16", 16, False),
        ("a.wav", "PCM_24", 24, False),
        ("a.wav", "FLOAT", 32, False),
        ("a.aiff", "PCM_24", 24, False),
        ("a.flac", "PCM_16", 16, False),
        ("a.ogg", "VORBIS", 0, True),
        ("a.mp3", "MPEG_LAYER_III", 0, True),
    ],
)
def test_what_libsndfile_reads(tmp_path: Path, name: str, subtype: str, bits: int, lossy: bool) -> None:
    heard = load(written(tmp_path / name, stereo(), subtype=subtype))
    assert (heard.rate, heard.channels) == (RATE, 2)
    assert heard.duration == pytest.approx(0.5, abs=0.06)
    assert (heard.source.name, heard.source.subtype) == (name, subtype)
    assert (heard.source.bits, heard.source.lossy) == (bits, lossy)
    assert np.abs(heard.samples[2000:20000, 0]).max() == pytest.approx(0.5, abs=0.03)


def test_a_range_is_the_same_samples(tmp_path: Path) -> None:
    path = written(tmp_path / "a.wav", stereo(2), subtype="FLOAT")
    whole, part = load(path), load(path, 0.5, 1.25)
    assert np.array_equal(part.samples, whole.samples[22_050:55_125])
    assert part.source.start == 0.5
    assert len(load(path, 1.5, 99).samples) == 22_050


@pytest.mark.parametrize(("start", "end"), [(-1, None), (2.5, None), (1, 1), (1, 0.5), (float("nan"), None)])
def test_a_range_that_does_not_fit(tmp_path: Path, start: float, end: float | None) -> None:
    with pytest.raises(InvalidValue):
        load(written(tmp_path / "a.wav", stereo(2)), start, end)


def test_the_name_tells_nothing(tmp_path: Path) -> None:
    path = written(tmp_path / "song.flac", stereo())
    for name in ("song.mp3", "song.wav", "song.txt", "song", "sóng 🎛️ ♯.wav"):
        assert load(path.rename(tmp_path / name)).source.container == "FLAC"
        path = tmp_path / name


def test_a_name_that_is_not_utf8(tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"\xff\xfe.wav")
    try:
        written(tmp_path / "a.wav", stereo()).rename(path)
    except OSError:
        pytest.skip("this file system takes no such name")
    assert load(path).channels == 2


def test_values_beyond_full_scale_are_kept(tmp_path: Path) -> None:
    assert load(written(tmp_path / "a.wav", 8 * stereo(), subtype="FLOAT")).samples.max() == pytest.approx(4, abs=0.01)


def test_other_rates_and_channels(tmp_path: Path) -> None:
    high = load(written(tmp_path / "a.wav", stereo(0.2, 192_000), 192_000))
    assert (high.rate, len(high.hearing)) == (192_000, pytest.approx(4410, abs=1))
    assert load(written(tmp_path / "b.wav", np.zeros((100, 6)))).channels == 6
    assert load(written(tmp_path / "c.wav", stereo()[:1])).frames == 1
    for read in (load, probe):
        with pytest.raises(InvalidValue, match="channels"):
            read(written(tmp_path / "d.wav", np.zeros((100, 96))))


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
def test_values_that_are_no_numbers_are_named_with_their_place(tmp_path: Path, value: float) -> None:
    samples = stereo()
    samples[11_025, 1] = value
    path = written(tmp_path / "a.wav", samples, subtype="FLOAT")
    with pytest.raises(NotAudio, match=r"1 samples .* 0\.250 s"):
        load(path)
    assert load(path, 0.3).frames == 8820


def test_huge_but_finite_values_are_no_error(tmp_path: Path) -> None:
    assert load(written(tmp_path / "a.wav", np.full(100, 3e30), subtype="FLOAT")).samples.max() > 1e30


def test_empty_of_two_kinds(tmp_path: Path) -> None:
    (tmp_path / "a.wav").write_bytes(b"")
    with pytest.raises(NoSound, match="empty"):
        load(tmp_path / "a.wav")
    with pytest.raises(NoSound, match="no sound"):
        load(written(tmp_path / "b.wav", np.zeros((0, 2))))


def test_a_truncated_file_gives_what_it_has(tmp_path: Path) -> None:
    path = written(tmp_path / "a.wav", stereo(), subtype="PCM_16")
    path.write_bytes(path.read_bytes()[:40_000])
    assert load(path).frames == pytest.approx(10_000, abs=20)


def test_a_header_that_lies_takes_no_memory(tmp_path: Path) -> None:
    path = written(tmp_path / "a.wav", stereo(), subtype="PCM_16")
    content = bytearray(path.read_bytes())
    content[content.index(b"data") + 4 :][:4] = struct.pack("<I", 0xFFFFFF00)
    at = content.index(b"data") + 4
    content[at : at + 4] = struct.pack("<I", 200_000_000)
    path.write_bytes(content)
    assert load(path).frames == pytest.approx(22_050, abs=20)


@pytest.mark.parametrize(
    "content", [b"not audio at all\n" * 50, b"RIFF\x00\x00\x00\x00WAVE", b"RIFF", bytes(5000), b"<html></html>"]
)
def test_no_audio(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.wav").write_bytes(content)
    for read in (load, probe):
        with pytest.raises((NotAudio, NoSound)) as caught:
            read(tmp_path / "a.wav")
        assert caught.value.hint


def test_a_playlist_cannot_make_ffmpeg_read_other_files(tmp_path: Path) -> None:
    other = written(tmp_path / "secret.wav", stereo())
    (tmp_path / "list.wav").write_text(f"ffconcat version 1.0\nfile {other.name}\n")
    (tmp_path / "list.m3u8").write_text(f"#EXTM3U\n#EXTINF:1,\n{other.name}\n#EXT-X-ENDLIST\n")
    for name in ("list.wav", "list.m3u8"):
        with pytest.raises(NotAudio):
            load(tmp_path / name)


def test_what_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(NotAFile, match="folder"):
        load(tmp_path)
    with pytest.raises(NoSuchFile):
        load(tmp_path / "gone.wav")
    with pytest.raises(NoSuchFile):
        load(tmp_path / "a.wav" / "b.wav")
    with pytest.raises(NoSuchFile):
        load("zero\0byte")
    with pytest.raises(NoSuchFile):
        load(tmp_path / ("long" * 500))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes in this file system")
@pytest.mark.timeout(5)
def test_a_pipe_or_a_device_does_not_block(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.wav")
    for path in (tmp_path / "pipe.wav", Path("/dev/zero")):
        with pytest.raises(NotAFile):
            load(path)


def test_links_are_followed_and_loops_end(tmp_path: Path) -> None:
    path = written(tmp_path / "a.wav", stereo())
    try:
        (tmp_path / "b.wav").symlink_to(path)
        (tmp_path / "c.wav").symlink_to(tmp_path / "c.wav")
    except OSError:
        pytest.skip("no links here")
    assert load(tmp_path / "b.wav").channels == 2
    with pytest.raises(NoSuchFile):
        load(tmp_path / "c.wav")


def test_no_permission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = written(tmp_path / "a.wav", stereo())
    if hasattr(os, "geteuid") and os.geteuid():
        path.chmod(0)
    else:  # root reads everything: let the system call say no

        def refuse(*_: object) -> int:
            raise PermissionError

        monkeypatch.setattr(loading.os, "open", refuse)
    with pytest.raises(NotReadable, match="may not be read"):
        load(path)


def test_too_long_names_the_way_out(tmp_path: Path) -> None:
    path = written(tmp_path / "a.wav", np.zeros(8000 * 1300), 8000, subtype="PCM_U8")
    with pytest.raises(TooLong, match="22 minutes") as caught:
        load(path)
    assert "1200 seconds" in caught.value.hint
    assert load(path, 1250).duration == 50
    assert load(path, 100, 130).frames == 240_000
    assert probe(path).duration == 1300


def test_many_channels_make_the_limit_shorter(tmp_path: Path) -> None:
    path = written(tmp_path / "a.wav", np.zeros((8000 * 20, 8)), 8000, subtype="PCM_U8")
    assert load(path).channels == 8
    assert loading.MAX_VALUES / 8 / 192_000 < 80


@NEEDS_FFMPEG
def test_ffmpeg_reads_what_libsndfile_cannot(tmp_path: Path) -> None:
    source = written(tmp_path / "a.wav", stereo(3), subtype="PCM_16")
    for name, codec in (("a.m4a", "aac"), ("b.m4a", "alac"), ("c.wma", "wmav2")):
        command = ["ffmpeg", "-v", "error", "-i", str(source), "-c:a", codec, str(tmp_path / name)]
        subprocess.run(command, check=True)
        heard = load(tmp_path / name)
        assert (heard.rate, heard.channels, heard.source.lossy) == (RATE, 2, codec != "alac")
        assert heard.duration == pytest.approx(3, abs=0.1)
        part = load(tmp_path / name, 1, 2)
        assert np.array_equal(part.samples, heard.samples[RATE : 2 * RATE])
        assert probe(tmp_path / name).duration == pytest.approx(3, abs=0.1)


def test_without_ffmpeg_the_words_say_what_would_help(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    (tmp_path / "a.m4a").write_bytes(b"\0\0\0\x20ftypM4A ")
    with pytest.raises(NotAudio) as caught:
        load(tmp_path / "a.m4a")
    assert "ffmpeg" in caught.value.hint


def test_no_error_tells_a_path(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "gone.wav"):
        with pytest.raises(EngineError) as caught:
            load(path)
        assert str(tmp_path) not in f"{caught.value} {caught.value.hint}"

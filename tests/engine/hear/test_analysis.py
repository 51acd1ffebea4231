"""Everything together: all kinds of odd sound get a right, modest answer; the same sound gets the same one."""

from __future__ import annotations

import math
import os
import subprocess
import sys
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pytest
import soundfile
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from engine.errors import EngineError, InvalidValue, NoSound, NotAudio
from engine.hear.analysis import Analysis, analyze, cut, function
from engine.hear.parts import ALL, GIVEN, PARTS, hangs_on, needed, version
from engine.hear.result import FLAT
from engine.hear.rhythm_result import Rhythm
from engine.hear.sound import Sound
from engine.hear.spectrum import Spectra
from engine.hear.views import VIEWS, forget, make
from tests.engine.hear.signals import Wave, click, kick, noise, placed, silence, sine, sound

RATE = 44_100
FIELDS = [
    *("bpm", "key", "key_notation", "energy", "duration", "sample_rate", "spectral_centroid", "spectral_rolloff"),
    *("rhythm_complexity", "loudness_db", "harmonic_ratio", "percussive_ratio", "stereo_width"),
]
RANGES = {
    "bpm": (20, 300),
    "energy": (1, 10),
    "duration": (0, 1200),
    "sample_rate": (1, 768_000),
    "spectral_centroid": (0, 11_025),
    "spectral_rolloff": (0, 11_025),
    "rhythm_complexity": (0, 1),
    "loudness_db": (-70, 130),
    "harmonic_ratio": (0, 1),
    "percussive_ratio": (0, 1),
    "stereo_width": (0, 1),
}


CHORDS = [
    *[(220.00, (1.0, 1.1892, 1.4983))] * 2,  # A minor, twice as long as the others
    *[(220.00, (1.0, 1.1892, 1.4983))] * 2,
    *[(146.83, (1.0, 1.1892, 1.4983))] * 2,  # D minor
    *[(164.81, (1.0, 1.1892, 1.4983))] * 2,  # E minor
]


def triad(hz: float, thirds: tuple[float, ...]) -> Wave:
    """Half a second of a chord, five partials each."""
    tones = [sine(hz * third * partial, 0.5, 0.06 / partial) for third in thirds for partial in range(1, 6)]
    return np.asarray(sum(tones) * np.exp(-2 * np.arange(tones[0].size) / RATE), dtype=np.float32)


@lru_cache(1)
def music() -> Sound:
    """Twelve seconds at 120 BPM in A minor: kick, off-beat hats, chords on the beats."""
    beats = [beat / 2 for beat in range(24)]
    drums = placed(12, [(beat, kick(level=0.5)) for beat in beats])
    hats = placed(12, [(beat + 0.25, click(level=0.2, seed=1)) for beat in beats])
    chords = placed(12, [(beat, triad(hz, thirds)) for beat, (hz, thirds) in zip(beats, 3 * CHORDS, strict=True)])
    return sound(drums + hats + chords, drums + 0.8 * hats + 0.9 * chords)


@lru_cache(1)
def heard() -> Analysis:
    return analyze(music())


def louder(what: Sound, db: float) -> Sound:
    return Sound(what.samples * np.float32(10 ** (db / 20)), what.rate)


def numbers(found: Any, place: str = "") -> Iterator[tuple[str, float]]:
    """All numbers in a result, with the names that lead to them."""
    if isinstance(found, dict):
        for name, each in found.items():
            yield from numbers(each, f"{place}.{name}")
    elif isinstance(found, list):
        for number, each in enumerate(found):
            yield from numbers(each, f"{place}[{number}]")
    elif isinstance(found, float | int):
        yield place, found


def check(analysis: Analysis) -> None:
    """What holds for every analysis of anything."""
    told = msgspec.to_builtins(analysis)
    assert [place for place, value in numbers(told) if not math.isfinite(value)] == []
    assert msgspec.json.decode(msgspec.json.encode(analysis)) == told
    for name, (low, high) in RANGES.items():
        assert told[name] is None or low <= told[name] <= high, name
    outside = [
        place
        for place, value in numbers(told)
        if place.endswith(("confidence", "probability", "severity")) and not 0 <= value <= 1
    ]
    assert outside == []
    shares = (told["harmonic_ratio"], told["percussive_ratio"])
    assert shares == (None, None) or sum(shares) == pytest.approx(1, abs=1e-3)


ODD = {
    "one sample": sound(silence(1)[:1] + np.float32(0.5)),
    "two samples": sound(silence(1)[:2] + np.float32(0.5), silence(1)[:2]),
    "ten milliseconds": sound(noise(0.01)),
    "silence": sound(silence(3), silence(3)),
    "a short silence": sound(silence(0.05)),
    "a constant": sound(silence(2) + np.float32(0.7)),
    "one click": sound(placed(2, [(1.0, click())])),
    "white noise": sound(noise(3), noise(3, seed=1)),
    "a sine": sound(sine(440, 3)),
    "out of phase": sound(sine(440, 2), -sine(440, 2)),
    "one side": sound(noise(2), silence(2)),
    "far beyond full scale": sound(np.float32(1e6) * noise(2)),
    "next to nothing": sound(np.float32(1e-12) * noise(2)),
    "denormal": sound(np.float32(1e-42) * noise(1)),
    "a square at full scale": sound(np.sign(sine(100, 2))),
    "8 kHz": sound(noise(2, rate=8000), rate=8000),
    "96 kHz": sound(noise(1, rate=96_000), noise(1, rate=96_000, seed=2), rate=96_000),
    "192 kHz": sound(noise(0.5, rate=192_000), rate=192_000),
    "a strange rate": sound(noise(1, rate=12_345), rate=12_345),
    "six channels": sound(*(noise(1, seed=seed) for seed in range(6))),
    "eight channels": sound(*(noise(1, seed=seed) for seed in range(8))),
}


# What another test left open and the collector finds meanwhile says nothing of the sounds.
@pytest.mark.filterwarnings("error", "ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("kind", ODD)
def test_odd_sounds_get_a_modest_answer(kind: str) -> None:
    check(analyze(ODD[kind]))


@pytest.mark.parametrize("kind", ["one sample", "ten milliseconds", "silence", "a short silence", "a constant"])
def test_where_nothing_is_to_be_heard_nothing_is_claimed(kind: str) -> None:
    found = analyze(ODD[kind])
    assert (found.bpm, found.key, found.key_notation) == (None, None, None)


@settings(max_examples=25)
@given(
    arrays(
        np.float32,
        st.tuples(st.integers(1, 3000), st.integers(1, 3)),
        elements=st.floats(-4, 4, width=32),
        fill=st.sampled_from([np.float32(0), np.float32(1)]),
    ),
    st.sampled_from([8000, 22_050, 44_100]),
)
def test_any_short_sound_gets_an_answer(samples: np.ndarray, rate: int) -> None:
    check(analyze(Sound(np.ascontiguousarray(samples), rate)))


def test_music_is_heard() -> None:
    found = heard()
    check(found)
    assert [name for name in FIELDS if name not in Analysis.__struct_fields__] == []
    assert [name for name in FLAT if getattr(found, name) is None] == []
    assert found.parts == list(ALL)
    assert (found.key, found.key_notation) == ("8A", "Am")
    assert (found.sample_rate, found.channels, found.duration) == (RATE, 2, 12)
    assert 0 < found.stereo_width < 0.3


@pytest.mark.skipif("rhythm" not in PARTS, reason="no part hears a tempo")
def test_the_tempo_is_heard() -> None:
    assert heard().bpm == pytest.approx(120, abs=0.1)


def test_the_same_sound_gets_the_same_answer() -> None:
    assert msgspec.json.encode(analyze(music())) == msgspec.json.encode(heard())


def test_another_process_gives_the_same_answer(tmp_path: Path) -> None:
    path = tmp_path / "music.wav"
    soundfile.write(path, music().samples, RATE, subtype="FLOAT")
    code = (
        "import sys, msgspec; from engine.hear.analysis import analyze\n"
        "print(msgspec.json.encode(analyze(sys.argv[1])).hex())"
    )
    shown = subprocess.run([sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == msgspec.json.encode(analyze(path)).hex()


@pytest.mark.parametrize("db", [-10, -20])
def test_the_level_changes_nothing_but_the_level(db: float) -> None:
    quiet, loud = analyze(louder(music(), db)), heard()
    for name in ("bpm", "key", "key_notation", "energy"):
        assert getattr(quiet, name) == getattr(loud, name), name
    for name in ("spectral_centroid", "spectral_rolloff", "rhythm_complexity", "harmonic_ratio", "stereo_width"):
        assert getattr(quiet, name) == pytest.approx(getattr(loud, name), rel=0.01, abs=0.01), name
    assert quiet.loudness_db == pytest.approx(loud.loudness_db + db, abs=0.05)


@pytest.mark.parametrize("name", ALL)
def test_a_part_alone_says_what_it_says_in_company(name: str) -> None:
    alone = analyze(music(), parts=[name])
    assert alone.parts == [part.name for part in needed([name])]
    field = PARTS[name].field
    assert msgspec.json.encode(getattr(alone, field)) == msgspec.json.encode(getattr(heard(), field))
    for other in PARTS.values():
        assert (getattr(alone, other.field) is None) == (other.name not in alone.parts)


def test_a_question_for_one_part_loads_only_what_it_needs() -> None:
    code = (
        "import sys, numpy as np; from engine.hear.analysis import analyze; from engine.hear.sound import Sound\n"
        "analyze(Sound(np.ones((4410, 1), np.float32), 44100), parts=['loudness'])\n"
        "print(sorted(m for m in sys.modules if m in ('engine.hear.key', 'engine.hear.timbre', 'librosa')))"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"


def test_naming_parts_loads_nothing_heavy() -> None:
    heavy = ("numba", "scipy", "soxr", "soundfile", "librosa")
    code = f"import sys, engine.hear.remembered; print([m for m in {heavy} if m in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"


def test_the_table_holds_together() -> None:
    before: set[str] = set(GIVEN)
    for part in PARTS.values():
        assert set(part.takes) <= before, part.name
        assert part.field in Analysis.__struct_fields__
        assert set(part.views) <= VIEWS
        assert callable(function(part))
        assert part.words
        before.add(part.name)
    assert {place[0] for place in FLAT.values()} <= {part.field for part in PARTS.values()}
    assert set(FLAT) <= set(FIELDS)


@pytest.mark.parametrize(("parts", "word"), [(["keys"], "key"), ([], "loudness"), (["key", "x"], "loudness")])
def test_parts_there_are_none_of(parts: list[str], word: str) -> None:
    with pytest.raises(InvalidValue, match=word) as caught:
        analyze(music(), parts=parts)
    assert caught.value.field == "parts"


def test_a_new_version_is_one_of_the_part_and_of_those_that_need_it(monkeypatch: pytest.MonkeyPatch) -> None:
    before = {name: version(name) for name in ALL}
    assert len(set(before.values())) == len(ALL)
    part = PARTS["rhythm"]
    changed = tuple(type(part)(**{**vars(each), "version": each.version + (each is part)}) for each in PARTS.values())
    monkeypatch.setattr("engine.hear.parts._TABLE", changed)
    assert {name for name in ALL if version(name) != before[name]} == {
        *("rhythm", "complexity", "energy", "sections", "traits")
    }


def test_what_is_told_reaches_only_what_hangs_on_it() -> None:
    assert {name for name in ALL if hangs_on(name, "hints")} == {"rhythm", "complexity", "energy", "sections", "traits"}
    assert {name for name in ALL if hangs_on(name, "profile")} == {"release_check"}
    assert hangs_on("sections", "rhythm")
    assert not hangs_on("key", "rhythm")


def test_what_is_known_is_taken_as_it_is() -> None:
    rhythm = analyze(music(), parts=["rhythm"]).rhythm
    halved = msgspec.structs.replace(rhythm, beats=rhythm.beats[::2], downbeats=rhythm.downbeats[::2])
    told: list[str] = []
    found = analyze(
        music(), parts=["complexity"], known={"rhythm": halved}, progress=lambda _done, _total, text: told.append(text)
    )
    assert found.rhythm is halved
    assert found.parts == ["rhythm", "complexity"]
    assert "Listening for the beat" not in told
    assert found.complexity != heard().complexity


def test_what_is_revised_counts_for_the_parts_that_need_it() -> None:
    silent = analyze(music(), parts=["complexity"], revised={"rhythm": lambda _: Rhythm()})
    assert silent.rhythm == Rhythm()
    assert silent.rhythm_complexity is None


def test_progress_is_told_in_order_and_may_end_the_work() -> None:
    told: list[tuple[int, int, str]] = []
    analyze(music(), parts=["loudness", "key"], progress=lambda *step: told.append(step))
    dones = [done for done, _, _ in told]
    assert dones == sorted(dones)
    assert dones[0] == 0
    assert dones[-1] == told[-1][1]
    assert all(text for _, _, text in told)

    class EnoughError(Exception):
        pass

    def stop(done: int, _total: int, _text: str) -> None:
        if done:
            raise EnoughError

    with pytest.raises(EnoughError):
        analyze(music(), progress=stop)


def test_a_range_of_a_file_is_a_range_of_its_sound(tmp_path: Path) -> None:
    path = tmp_path / "music.wav"
    soundfile.write(path, music().samples, RATE, subtype="FLOAT")
    one, other = analyze(path, start=2, end=7), analyze(music(), start=2, end=7)
    assert (one.start, one.duration) == (2, 5)
    assert msgspec.json.encode(one.loudness) == msgspec.json.encode(other.loudness)
    assert (one.name, other.name, one.subtype, one.bits) == ("music.wav", "", "FLOAT", 32)
    assert cut(music(), 11.5, 99).duration == 0.5
    for start, end in ((12, None), (-1, None), (3, 2), (float("nan"), None)):
        with pytest.raises(InvalidValue):
            analyze(music(), start=start, end=end)


@pytest.mark.parametrize("tempo", [19, 1000, float("nan")])
def test_a_hint_that_is_none_is_refused_before_the_file_is_read(tempo: float) -> None:
    with pytest.raises(InvalidValue, match="tempo"):
        analyze("there is no such file", tempo=tempo)


def test_files_that_cannot_be_heard_say_so(tmp_path: Path) -> None:
    (tmp_path / "text.wav").write_text("no audio")
    (tmp_path / "empty.wav").write_bytes(b"")
    for name, kind in (("text.wav", NotAudio), ("empty.wav", NoSound), ("gone.wav", EngineError), (".", EngineError)):
        with pytest.raises(kind):
            analyze(tmp_path / name)


@pytest.mark.parametrize("subtype", ["PCM_U8", "PCM_16", "PCM_24", "FLOAT", "DOUBLE"])
def test_the_coding_of_samples_hardly_matters(tmp_path: Path, subtype: str) -> None:
    path = tmp_path / os.fsdecode("mu\N{MUSICAL SYMBOL G CLEF}sic.wav")
    soundfile.write(path, music().samples, RATE, subtype=subtype)
    found = analyze(path, parts=["loudness", "key"])
    assert found.key == heard().key
    assert found.loudness_db == pytest.approx(heard().loudness_db, abs=0.1)
    check(found)


def test_views_are_made_and_forgotten() -> None:
    spectra = Spectra(Sound(music().samples, RATE))
    make(spectra, ("spectra.mel",))
    assert {"fine", "mel"} <= set(vars(spectra))
    assert "mono" not in vars(spectra.sound)
    first = spectra.mel
    forget(spectra, ("spectra.mel", "spectra.pitch"))
    assert set(vars(spectra)) == {"sound", "mel"}
    assert {"hearing", "pitch", "mono"} & set(vars(spectra.sound)) == {"hearing"}  # what the other is made from
    forget(spectra, ())
    assert set(vars(spectra)) == {"sound"}
    assert np.array_equal(spectra.mel, first)


@pytest.mark.parametrize("view", sorted(VIEWS))
def test_every_view_is_there(view: str) -> None:
    spectra = Spectra(Sound(music().samples[:4410], RATE))
    make(spectra, (view,))
    owner, _, name = view.partition(".")
    assert name in vars({"sound": spectra.sound, "spectra": spectra}[owner])

"""From clip to file: on time, exactly as long as the clip, never too loud, over no other file."""

import io
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.compose.drums.request import Pad
from engine.compose.kit.general_midi import roles_by_pitch
from engine.compose.kit.render import render, rendered_samples
from engine.compose.kit.request import RenderRequest, check_render
from engine.compose.kit.voices import VOICES, pitched_note
from engine.compose.kit.wav import limited, true_peak, wav_bytes
from engine.errors import InvalidValue
from engine.hear import true_peak as measured
from engine.hear.sound import Sound
from engine.notes import Note

RATE = 44100


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("BANDMATE_HOME", str(tmp_path / "home"))
    return tmp_path


def samples(notes: list[Note], **asked: Any) -> np.ndarray:
    request = RenderRequest(**{"notes": notes, "length": 4.0, "tail": "cut", **asked})
    check_render(request)
    return rendered_samples(request).samples


def onset(sound: np.ndarray) -> float:
    level = np.abs(sound).max(axis=1)
    return float(np.flatnonzero(level > 0.05 * level.max())[0] / RATE)


@pytest.mark.parametrize("pitch", [36, 38, 42, 46, 39, 37, 49])
@pytest.mark.parametrize("beat", [0.0, 1.0, 2.37])
def test_a_hit_is_where_its_note_is(pitch: int, beat: float) -> None:
    assert onset(samples([Note(pitch, beat, 0.25)], tempo=120)) == pytest.approx(beat / 2, abs=0.008)


@pytest.mark.parametrize(("length", "tempo", "rate"), [(4.0, 120.0, 44100), (16.0, 174.0, 48000), (3.5, 93.7, 44100)])
@pytest.mark.parametrize("tail", ["loop", "cut"])
def test_a_file_is_exactly_as_long_as_its_clip(length: float, tempo: float, rate: int, tail: str) -> None:
    result = render(
        RenderRequest(notes=[Note(49, length - 0.5, 1.0)], length=length, tempo=tempo, rate=rate, tail=tail)
    )
    info = soundfile.info(result.path)
    assert info.frames == result.frames == round(length * 60 / tempo * rate)
    assert (info.samplerate, info.channels, info.subtype, info.format) == (rate, 2, "PCM_24", "WAV")


def test_what_becomes_of_a_tail() -> None:
    crash = [Note(49, 15.5, 0.25, 127)]
    loop, cut, keep = (samples(crash, tail=tail, length=16.0) for tail in ("loop", "cut", "keep"))
    assert np.abs(cut[: RATE // 2]).max() == 0
    assert np.abs(loop[: RATE // 2]).max() > 0.01
    assert np.abs(cut[-1]).max() == 0
    assert len(loop) == len(cut) < len(keep)
    # What is folded onto the beginning is what would have come after the end.
    assert loop[:1000] == pytest.approx(keep[len(loop) : len(loop) + 1000], abs=1e-6)


def test_a_closed_hat_silences_an_open_one() -> None:
    alone = samples([Note(46, 0.0, 0.25)])
    choked = samples([Note(46, 0.0, 0.25), Note(42, 0.5, 0.25, 1.0)])
    later = slice(int(0.27 * RATE), int(0.5 * RATE))
    assert np.abs(choked[: int(0.24 * RATE)]) == pytest.approx(np.abs(alone[: int(0.24 * RATE)]), abs=1e-6)
    assert (choked[later] ** 2).sum() < 0.02 * (alone[later] ** 2).sum()
    ringing = samples([Note(46, 0.0, 0.25), Note(38, 0.5, 0.25, 1.0)])
    assert (ringing[later] ** 2).sum() > 0.5 * (alone[later] ** 2).sum()


def test_in_a_loop_the_first_hat_silences_the_last() -> None:
    notes = [Note(42, 0.25, 0.2, 1.0), Note(46, 3.9, 0.1)]
    looped = samples(notes, tail="loop")
    assert np.abs(looped[int(0.16 * RATE) : int(0.4 * RATE)]).max() < 0.1 * np.abs(looped[: int(0.1 * RATE)]).max()


def test_louder_notes_are_louder_and_brighter() -> None:
    soft, hard = samples([Note(38, 0.0, 1.0, 30)]), samples([Note(38, 0.0, 1.0, 127)])
    assert np.abs(hard).max() > 4 * np.abs(soft).max()


def test_muted_and_improbable_notes_stay_out() -> None:
    quiet = [
        Note(36, 0.0, 1.0, mute=True),
        Note(38, 1.0, 1.0, probability=0.0),
        Note(38, 4.0, 1.0),
        Note(36, -1.0, 1.0),
    ]
    assert not samples(quiet).any()
    notes = [Note(42, beat / 4, 0.2, probability=0.5) for beat in range(16)]
    assert not np.array_equal(samples(notes, seed=1), samples(notes, seed=2))
    assert np.array_equal(samples(notes, seed=1), samples(notes, seed=1))


LOUD = [Note(pitch, beat / 4, 0.2, 127) for beat in range(16) for pitch in (36, 38, 39, 46, 49, 45)]


def peak_of(path: str) -> float:
    data, rate = soundfile.read(path, dtype="float32", always_2d=True)
    return 20 * np.log10(max(measured.peaks(Sound(np.ascontiguousarray(data), rate))[1]))


@pytest.mark.parametrize("rate", [44100, 48000])
@pytest.mark.parametrize("role", ["drums", "chords"])
def test_the_true_peak_stays_a_decibel_below_full_scale(rate: int, role: str) -> None:
    notes = LOUD if role == "drums" else [Note(pitch, 0.0, 4.0, 127) for pitch in range(40, 90, 2)]
    result = render(RenderRequest(notes=notes, length=4.0, rate=rate, role=role))
    assert peak_of(result.path) <= -1.0
    assert result.peak == pytest.approx(peak_of(result.path), abs=0.1)
    assert result.peak > -1.2  # turned down to the ceiling, no farther


def test_a_quiet_clip_is_not_blown_up() -> None:
    assert render(RenderRequest(notes=[Note(36, 0.0, 1.0, 30)], length=4.0)).peak < -12


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 2**32 - 1), st.floats(0.01, 3.0))
def test_our_true_peak_is_that_of_the_ears(seed: int, level: float) -> None:
    dice = np.random.default_rng(seed)
    noise = (dice.standard_normal((2000, 2)) * level * 0.3).astype(np.float32)
    assert true_peak(noise.astype(np.float64)) == pytest.approx(max(measured.peaks(Sound(noise, RATE))[1]), rel=2e-3)
    turned, peak = limited(noise.astype(np.float64))
    assert max(measured.peaks(Sound(turned.astype(np.float32), RATE))[1]) <= 10 ** (-1 / 20)
    assert peak <= -1.0


def test_a_wav_of_24_bits_holds_what_it_was_given() -> None:
    noise = np.clip(np.random.default_rng(1).standard_normal((999, 2)) * 0.4, -1, 1)
    data, rate = soundfile.read(io.BytesIO(wav_bytes(noise, 48000)))
    assert rate == 48000
    assert np.abs(data - noise).max() <= 2**-22
    assert wav_bytes(noise, 48000)[:4] == b"RIFF"
    assert int.from_bytes(wav_bytes(noise, 48000)[4:8], "little") == len(wav_bytes(noise, 48000)) - 8


def pitch_of(sound: np.ndarray) -> float:
    mono = sound.mean(axis=1)
    power = np.abs(np.fft.rfft(mono * np.hanning(len(mono)), 1 << 18)) ** 2
    hertz = np.fft.rfftfreq(1 << 18, 1 / RATE)
    return float(hertz[power.argmax()])


@pytest.mark.parametrize("voice", sorted(set(VOICES) - {"808"}))
def test_a_voice_plays_the_pitch_it_is_given(voice: str) -> None:
    low = pitched_note(VOICES[voice], 57, 1.0, 90, RATE)
    power = np.abs(np.fft.rfft(low[:, 0], 1 << 18)) ** 2
    hertz = np.fft.rfftfreq(1 << 18, 1 / RATE)
    around = [power[(hertz > f * 0.97) & (hertz < f * 1.03)].sum() for f in (220.0, 233.1)]
    assert around[0] > 20 * around[1]
    soft = pitched_note(VOICES[voice], 57, 1.0, 30, RATE)

    def brightness(sound: np.ndarray) -> float:
        bins = np.abs(np.fft.rfft(sound[:, 0])) ** 2
        return float((bins * np.fft.rfftfreq(len(sound), 1 / RATE)).sum() / bins.sum())

    assert brightness(low) > brightness(soft)


def test_notes_of_the_808_that_touch_slide() -> None:
    apart = samples([Note(36, 0.0, 1.5, 110), Note(43, 2.0, 1.5, 110)], role="bass", sound="808")
    slid = samples([Note(36, 0.0, 2.1, 110), Note(43, 2.0, 1.5, 110)], role="bass", sound="808")
    settled = slice(int(1.3 * RATE), int(1.7 * RATE))
    assert pitch_of(apart[settled]) == pytest.approx(98.0, rel=0.02)
    assert pitch_of(slid[settled]) == pytest.approx(98.0, rel=0.02)
    # Right after the change a slide is still on its way, and a new note is not.
    just = slice(int(1.005 * RATE), int(1.045 * RATE))
    assert 66 < pitch_of(slid[just]) < 93


def test_styles_choose_kit_and_voice() -> None:
    def sound(role: str, style: str) -> str:
        return rendered_samples(RenderRequest(notes=[], length=1.0, role=role, style=style)).sound

    assert [sound("drums", style) for style in ("", "techno", "trap", "Lo-Fi", "jungle")] == [
        "club",
        "club",
        "boom",
        "dusty",
        "dusty",
    ]
    assert [sound("bass", "trap"), sound("bass", "house"), sound("chords", "ambient")] == ["808", "bass", "pad"]
    assert [sound(role, "") for role in ("melody", "chords", "arp")] == ["lead", "keys", "pluck"]


def test_every_key_of_general_midi_is_played_and_others_are_named() -> None:
    assert set(range(35, 82)) <= set(roles_by_pitch(None))
    result = render(RenderRequest(notes=[Note(100, 0.0, 1.0), Note(36, 1.0, 1.0)], length=4.0))
    assert result.notices == ["No drum lies on 100: these notes are silent."]


def test_a_kit_of_the_users_own_map() -> None:
    result = render(RenderRequest(notes=[Note(60, 0.0, 1.0)], length=4.0, kit={"kick": 60, "Snare 1": 61}))
    assert [(each.role, each.source) for each in result.roles] == [("kick", "Club")]
    assert roles_by_pitch({"kick": 60}).get(36) is None
    pads = [Pad(pitch=40, name="Kick 909"), Pad(pitch=41, name="HH Open"), Pad(pitch=42, name="vox")]
    assert {pitch: roles_by_pitch(pads)[pitch] for pitch in (40, 41)} == {40: "kick", 41: "open_hat"}
    rack = render(RenderRequest(notes=[Note(40, 0.0, 1.0)], length=4.0, kit=pads))
    assert [each.role for each in rack.roles] == ["kick"]


def test_silence_is_a_file_too() -> None:
    result = render(RenderRequest(notes=[], length=2.0))
    assert result.peak == -120
    assert result.notices == ["Nothing sounds in this clip, so the file is silent."]
    assert soundfile.info(result.path).frames == RATE


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("length", {"length": 0.01}),
        ("length", {"length": float("nan")}),
        ("length", {"length": 2000.0}),
        ("tempo", {"tempo": 5}),
        ("rate", {"rate": 96000}),
        ("role", {"role": "kazoo"}),
        ("sound", {"sound": "lead"}),
        ("sound", {"sound": "club", "role": "bass"}),
        ("sound", {"sound": "clubb"}),
        ("tail", {"tail": "long"}),
        ("kit", {"kit": {}}),
        ("kit", {"kit": []}),
        ("kit", {"kit": {"banana": 3}}),
        ("kit.kick", {"kit": {"kick": 200}}),
        ("notes", {"notes": [Note(60, float("inf"), 1.0)]}),
        ("seed", {"seed": -1}),
        ("samples", {"samples": "drums/here"}),
        ("samples", {"samples": "/no/such/folder"}),
        ("folder", {"folder": "here"}),
        ("folder", {"folder": "/no/such/folder"}),
        ("folder", {"folder": "/bad\0name"}),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(field: str, wrong: dict[str, Any], home: Path) -> None:
    with pytest.raises(InvalidValue) as refused:
        render(RenderRequest(**{"notes": [Note(36, 0.0, 1.0)], "length": 4.0, **wrong}))
    assert refused.value.field == field
    assert refused.value.hint.endswith(".")
    assert list(home.rglob("*.wav")) == []


def test_rendering_waits_for_no_heavy_library() -> None:
    heavy = ("scipy", "numba", "librosa", "soundfile", "soxr", "mido", "pretty_midi")
    code = (
        "import sys, engine.compose.kit.render, engine.compose.arp.compose; "
        f"print([name for name in {heavy!r} if name in sys.modules])"
    )
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "[]"

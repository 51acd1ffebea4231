"""Is it ready to go out: a list of checks against a profile of `presets/release`."""

from __future__ import annotations

import msgspec

import presets
from engine import typed
from engine.hear.forensics.finding import Forensics
from engine.hear.loudness import Loudness
from engine.hear.parts import USUAL_PROFILE, known_profile
from engine.hear.sound import Sound
from engine.hear.stereo import Stereo


class Profile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A file of `presets/release`; its schema says what each member means."""

    name: str
    description: str
    bits: int | None
    rates: list[int]
    loudness: tuple[float, float] | None
    true_peak: float | None
    clip_runs: bool
    correlation: float | None
    dc: bool


class Check(msgspec.Struct, frozen=True, kw_only=True):
    """One check.

    Attributes:
        name: bits, rate, loudness, true_peak, clip_runs, correlation or dc.
        passed: Whether it is as it should be.
        value: What it is, with its unit.
        limit: What it should be, with its unit.
        words: The verdict in a sentence that says what to do.
    """

    name: str
    passed: bool
    value: str
    limit: str
    words: str


class Release(msgspec.Struct, frozen=True, kw_only=True):
    """Whether a file is ready to go out.

    Attributes:
        profile: Name of the profile it was held against.
        passed: True when every check is.
        checks: All checks, the failed ones first.
    """

    profile: str
    passed: bool
    checks: list[Check]


def profile(name: str) -> Profile:
    """Read a profile.

    Args:
        name: Of a file in `presets/release`.

    Raises:
        InvalidValue: there is no such profile.
    """
    return typed.convert(presets.load(f"release/{known_profile(name)}"), Profile)


def release(
    sound: Sound, loudness: Loudness, stereo: Stereo, forensics: Forensics, held_against: str = USUAL_PROFILE
) -> Release:
    """Hold a file against a profile.

    Args:
        sound: The file.
        loudness: Its levels.
        stereo: Its image.
        forensics: Its faults.
        held_against: Name of the profile.

    Raises:
        InvalidValue: there is no such profile.
    """
    wanted = profile(held_against)
    checks = [
        *_format(sound, wanted),
        *_levels(loudness, forensics, wanted),
        *_image(stereo, wanted),
        *_faults(forensics, wanted),
    ]
    checks.sort(key=lambda check: check.passed)
    return Release(profile=wanted.name, passed=all(check.passed for check in checks), checks=checks)


def _format(sound: Sound, wanted: Profile) -> list[Check]:
    out = []
    if wanted.bits is not None:
        bits = sound.source.bits
        value = f"{bits} bit" if bits else "lossy" if sound.source.lossy else "not a file"
        out.append(
            Check(
                name="bits",
                passed=bits >= wanted.bits,
                value=value,
                limit=f"{wanted.bits} bit or more",
                words="Fine." if bits >= wanted.bits else f"Export it as WAV or AIFF with {wanted.bits} bit.",
            )
        )
    if wanted.rates:
        rates = ", ".join(f"{rate / 1000:g}" for rate in wanted.rates)
        good = sound.rate in wanted.rates
        out.append(
            Check(
                name="rate",
                passed=good,
                value=f"{sound.rate / 1000:g} kHz",
                limit=f"{rates} kHz",
                words="Fine." if good else f"Export it at {wanted.rates[0] / 1000:g} kHz.",
            )
        )
    return out


def _levels(loudness: Loudness, forensics: Forensics, wanted: Profile) -> list[Check]:
    out = []
    if wanted.loudness is not None:
        low, high = wanted.loudness
        lufs = loudness.integrated_lufs
        words = "Fine."
        if lufs is None:
            words = "There is too little sound to measure."
        elif lufs < low:
            words = f"Raise it by {low - lufs:.1f} to {high - lufs:.1f} dB."
        elif lufs > high:
            words = f"Lower it by {lufs - high:.1f} to {lufs - low:.1f} dB."
        out.append(
            Check(
                name="loudness",
                passed=lufs is not None and low <= lufs <= high,
                value="silence" if lufs is None else f"{lufs:.1f} LUFS",
                limit=f"{low:g} to {high:g} LUFS",
                words=words,
            )
        )
    if wanted.true_peak is not None:
        peak = loudness.true_peak_db
        good = peak is None or peak <= wanted.true_peak
        words = "Fine." if good else f"Set the limiter's ceiling to {wanted.true_peak:g} dB, true peak."
        over = next((each for each in forensics.findings if each.kind == "true_peak_over"), None)
        if over is not None and not good:
            words += f" {over.evidence}"
        out.append(
            Check(
                name="true_peak",
                passed=good,
                value="silence" if peak is None else f"{peak:.1f} dBTP",
                limit=f"{wanted.true_peak:g} dBTP or less",
                words=words,
            )
        )
    return out


def _image(stereo: Stereo, wanted: Profile) -> list[Check]:
    if wanted.correlation is None:
        return []
    found = stereo.correlation
    good = found is not None and found >= wanted.correlation
    return [
        Check(
            name="correlation",
            passed=good,
            value="one side is silent" if found is None else f"{found:.2f}",
            limit=f"{wanted.correlation:g} or more",
            words="Fine." if good else "Part of it vanishes in mono: widen less, and make the low end mono.",
        )
    ]


def _faults(forensics: Forensics, wanted: Profile) -> list[Check]:
    out = []
    for name, kind, asked in (("clip_runs", "clipping", wanted.clip_runs), ("dc", "dc_offset", wanted.dc)):
        if not asked:
            continue
        found = next((each for each in forensics.findings if each.kind == kind), None)
        out.append(
            Check(
                name=name,
                passed=found is None,
                value="none" if found is None else found.evidence,
                limit="none",
                words="Fine." if found is None else found.hint,
            )
        )
    return out

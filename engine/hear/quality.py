"""One figure for how sound a recording is, and every point of it accounted for."""

from __future__ import annotations

import msgspec

from engine.hear.forensics.finding import Forensics
from engine.hear.loudness import Loudness
from engine.hear.stereo import Stereo

_MOST = {
    "clipping": 35,
    "dropout": 35,
    "repeat": 30,
    "inverted_channel": 30,
    "compression": 15,
    "edit": 15,
    "lossy": 30,
    "resampled": 30,
    "true_peak_over": 20,
    "mono_loss": 15,
    "channel_delay": 10,
    "dc_offset": 10,
}
"""Points that a fault costs at most, at severity 1 and beyond doubt."""

_FLOOR = 0.35  # a fault costs at least this share of its points, however slight


class Reason(msgspec.Struct, frozen=True, kw_only=True):
    """Why points are missing.

    Attributes:
        points: How many, above 0.
        words: For what.
    """

    points: float
    words: str


class Quality(msgspec.Struct, frozen=True, kw_only=True):
    """How sound a recording is.

    Attributes:
        score: 0 to 100; 100 is nothing to complain of. None for silence.
        reasons: What is missing to 100, the costliest first; their points sum to what is missing, but for the floor
            at 0.
    """

    score: float | None = None
    reasons: list[Reason] = []


def quality(forensics: Forensics, loudness: Loudness, stereo: Stereo | None = None) -> Quality:
    """Judge a recording from what was found in it.

    Args:
        forensics: Faults.
        loudness: Levels.
        stereo: The stereo image; None for mono.
    """
    if loudness.sample_peak_db is None:
        return Quality()
    worst: dict[str, Reason] = {}
    for finding in forensics.findings:  # two clipped channels are one fault
        cost = _MOST.get(finding.kind, 10) * finding.probability * max(_FLOOR, finding.severity)
        if finding.kind not in worst or cost > worst[finding.kind].points:
            worst[finding.kind] = Reason(points=round(cost, 1), words=finding.evidence)
    reasons = [*worst.values(), *_levels(loudness, "true_peak_over" in worst), *_image(stereo)]
    reasons = sorted((each for each in reasons if each.points > 0), key=lambda each: -each.points)
    return Quality(score=round(max(0.0, 100 - sum(each.points for each in reasons)), 1), reasons=reasons)


def _levels(loudness: Loudness, told: bool) -> list[Reason]:
    """Whether it is above full scale, unless that has been told, and whether it has any dynamics."""
    out = []
    peak, plr = loudness.true_peak_db, loudness.plr
    if peak is not None and peak > 0 and not told:
        points = round(min(15.0, 3 + 4 * peak), 1)
        out.append(Reason(points=points, words=f"Between samples it reaches {peak:+.1f} dBTP: converters will clip."))
    if plr is not None and plr < 7:
        points = round(min(15.0, 4 * (7 - plr)), 1)
        out.append(Reason(points=points, words=f"Peaks are only {plr:.1f} dB above its loudness: hardly any dynamics."))
    return out


def _image(stereo: Stereo | None) -> list[Reason]:
    if stereo is None or abs(stereo.balance) < 0.25:
        return []
    side = "left" if stereo.balance < 0 else "right"
    return [Reason(points=round(min(8.0, 16 * (abs(stereo.balance) - 0.25)), 1), words=f"It leans to the {side}.")]

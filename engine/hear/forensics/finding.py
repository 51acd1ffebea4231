"""What a detector tells."""

from __future__ import annotations

import msgspec

REPORTED = 0.5
"""A finding less likely than this is not told."""


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """One fault.

    Attributes:
        kind: clipping, true_peak_over, compression, lossy, resampled, edit, dc_offset, dropout, repeat,
            inverted_channel, mono_loss, channel_delay.
        probability: 0.5..1 that it is there.
        severity: 0 (nobody hears it) to 1.
        start, end: Seconds from the beginning of what was heard; the worst stretch, or all of it.
        channel: Which channel, 0 is left; None for all.
        evidence: What was seen, in a sentence with figures.
        hint: What can be done about it.
    """

    kind: str
    probability: float
    severity: float
    start: float
    end: float
    channel: int | None = None
    evidence: str = ""
    hint: str = ""


class Forensics(msgspec.Struct, frozen=True, kw_only=True):
    """All faults that were found.

    Attributes:
        findings: The likeliest and worst first; empty for clean material.
    """

    findings: list[Finding] = []


def channel_name(channel: int, channels: int) -> str:
    """How a channel is called in a sentence."""
    if channels == 1:
        return "the signal"
    return ("the left channel", "the right channel")[channel] if channels == 2 else f"channel {channel + 1}"

"""All detectors, one after the other."""

from __future__ import annotations

from engine.hear.forensics.clipping import clipping
from engine.hear.forensics.compression import compression
from engine.hear.forensics.dc import dc_offset
from engine.hear.forensics.dropouts import dropouts
from engine.hear.forensics.edits import edits
from engine.hear.forensics.finding import REPORTED, Forensics
from engine.hear.forensics.lossy import lossy
from engine.hear.forensics.overs import overs
from engine.hear.forensics.phase import phase
from engine.hear.sound import Sound

DETECTORS = (clipping, overs, compression, lossy, edits, dc_offset, dropouts, phase)


def forensics(sound: Sound) -> Forensics:
    """Look for every fault we know.

    Args:
        sound: What to look at, at its native rate.
    """
    found = [finding for detect in DETECTORS for finding in detect(sound) if finding.probability >= REPORTED]
    return Forensics(findings=sorted(found, key=lambda each: (-each.probability * each.severity, each.kind)))

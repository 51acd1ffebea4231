"""The one door to keys: what they are, how they are written, what Live calls them, how they are heard."""

from __future__ import annotations

from engine.theory.estimate import estimate_key
from engine.theory.key import MODE_STEPS, MODES, Key, from_camelot, parallel, relative, usual_key
from engine.theory.key_text import parse_key, parse_mode
from engine.theory.live_scales import LIVE_SCALES, key_from_live

__all__ = [
    "LIVE_SCALES",
    "MODES",
    "MODE_STEPS",
    "Key",
    "estimate_key",
    "from_camelot",
    "key_from_live",
    "parallel",
    "parse_key",
    "parse_mode",
    "relative",
    "usual_key",
]

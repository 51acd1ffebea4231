"""How long a progression may be, for whoever reads one or declares that it takes one."""

from __future__ import annotations

__all__ = ["LONGEST_PROGRESSION", "LONGEST_PROGRESSION_TEXT"]

LONGEST_PROGRESSION = 256
"""The most chords one progression may hold."""

LONGEST_PROGRESSION_TEXT = 4000
"""The most characters one progression may be written in."""

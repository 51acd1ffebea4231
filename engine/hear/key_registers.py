"""The registers that chroma is kept in; a module of its own, so that notes need none of what sound needs."""

from __future__ import annotations

REGISTERS = 3
"""Bass (below E3), middle (to E5) and treble: the tonic lives in the bass, the mode above it."""

REGISTER_EDGES = (52.0, 76.0)
"""MIDI numbers where the middle and the treble register begin."""

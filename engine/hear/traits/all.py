"""All traits of production of one sound."""

from __future__ import annotations

import msgspec

from engine.hear.spectrum import Spectra
from engine.hear.traits.acid import Acid, acid
from engine.hear.traits.drums import FourFloor, OffbeatHats, four_floor, offbeat_hats
from engine.hear.traits.grid import Beaten
from engine.hear.traits.pumping import Pumping, pumping
from engine.hear.traits.pumping import warm as warm_pumping
from engine.hear.traits.supersaw import Supersaw, supersaw


class Traits(msgspec.Struct, frozen=True, kw_only=True):
    """Traits of production; each has a `probability` of 0 to 1, None where it cannot be told, and `evidence` in words.

    Attributes:
        pumping: Ducking in time with the beat: depth in dB, note value, release, phase lock.
        acid: A resonant line as of a TB-303.
        supersaw: Voices and detune of an isolated note.
        offbeat_hats: Hats half-way between the beats.
        four_floor: A kick on every beat.
    """

    pumping: Pumping
    acid: Acid
    supersaw: Supersaw
    offbeat_hats: OffbeatHats
    four_floor: FourFloor


def traits(spectra: Spectra, rhythm: Beaten) -> Traits:
    """Hear all traits.

    Args:
        spectra: The sound.
        rhythm: Its tempo and beats, as `engine.hear.rhythm` hears them; beats may be missing.
    """
    return Traits(
        pumping=pumping(spectra, rhythm),
        acid=acid(spectra, rhythm),
        supersaw=supersaw(spectra),
        offbeat_hats=offbeat_hats(spectra, rhythm),
        four_floor=four_floor(spectra, rhythm),
    )


def warm() -> None:
    """Compile what is compiled."""
    warm_pumping()

"""What a style of one's own is: counts of what followed what, in words and numbers a person can read.

Rhythm and hits are learnt as cells, one for each beat; pitches as steps from the note before and as tones of the chord.
Every table maps a context to what came then and how often; a context that was never met is shortened until one is
found (variable order with back-off, as in Begleiter, El-Yaniv and Yona 2004).
"""

from __future__ import annotations

from typing import Annotated, Literal, get_args

import msgspec
from msgspec import Meta

from engine.compose.request import Text
from engine.errors import InvalidValue

__all__ = ["FORMAT", "ROLES", "Counts", "GrooveStep", "OwnRole", "OwnStyle", "Source", "check_role"]

FORMAT = 1
"""Of the tables; a style of another format is not used."""

OwnRole = Literal["drums", "bass", "melody"]
ROLES: tuple[OwnRole, ...] = get_args(OwnRole)

Counts = dict[str, dict[str, int]]
"""Context -> what came then -> how often."""


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """One clip or file that was learnt from.

    Attributes:
        name: as the user knows it.
        notes: how many notes were learnt.
        bars: how many bars.
    """

    name: Text
    notes: int
    bars: float


class GrooveStep(msgspec.Struct, frozen=True, kw_only=True):
    """How one sixteenth of the bar was played.

    Attributes:
        hits: how many notes fell on it.
        late: mean offset, beats; below 0 is early.
        velocity: mean velocity, 1..127.
    """

    hits: int
    late: float
    velocity: float


class OwnStyle(msgspec.Struct, frozen=True, kw_only=True):
    """A style learnt from the user's own music.

    Attributes:
        id: how it is asked for.
        name: as the user called it.
        role: what it plays: "drums", "bass" or "melody".
        format: of the tables.
        version: how often it was learnt into, from 1.
        sources: what it was learnt from, oldest first.
        tempo: beats per minute of the clips, their mean.
        low, high: lowest and highest pitch that were played.
        cells: context -> cell -> count. A cell is one beat: "0 6" are onsets in twelfths of the beat, for drums with
            pitch and velocity ("0:36:100 6:42:70"), for the others with length in twelfths ("0/6 6/6"). Contexts are
            "beat|the one before it|last cell", "beat|last cell", "beat" and "" (anywhere).
        steps: context -> step in semitones -> count; contexts are "", the last step, and the last two.
        tones: "strong" (on a beat) or "weak" -> semitones above the chord's root -> count.
        groove: sixteenth of the bar -> how it was played.
    """

    id: Text
    name: Text
    role: OwnRole
    format: int = FORMAT
    version: Annotated[int, Meta(ge=1)] = 1
    sources: list[Source]
    tempo: float
    low: int
    high: int
    cells: Counts
    steps: Counts
    tones: Counts
    groove: dict[str, GrooveStep]

    @property
    def bars(self) -> float:
        """Bars it was learnt from."""
        return sum(source.bars for source in self.sources)

    @property
    def notes(self) -> int:
        """Notes it was learnt from."""
        return sum(source.notes for source in self.sources)


def check_role(role: str) -> OwnRole:
    """Takes a role as typed.

    Raises:
        InvalidValue: field "role".
    """
    for known in ROLES:
        if role.strip().lower() == known:
            return known
    raise InvalidValue("role", role, f"A style can be learnt for {', '.join(ROLES[:-1])} or {ROLES[-1]}.")

"""What a part plays in a section: the loop, with as much of it as the section's energy asks for, and how it ends."""

from __future__ import annotations

import msgspec

from engine.compose.arrange.forms import Section
from engine.compose.arrange.loop import Loop
from engine.compose.metre import groups
from engine.compose.part.finish import finished
from engine.notes import Note, beats_per_bar

__all__ = ["Stage", "play_section"]

_LEAST_KEPT = 0.25
"""Share of a part that plays at no energy and full contrast."""

_QUIETER = 0.3
"""Share of the velocity that is taken away at no energy and full contrast."""

_CLOSE = 1e-6
_SNARES = (38, 40, 39, 37)
_TOMS = (50, 48, 47, 45, 43, 41)
_CRASHES = (49, 57, 55, 52)


class Stage(msgspec.Struct, frozen=True):
    """Where a section is played.

    Attributes:
        section: of the form.
        bars: its length.
        energy: at its start and end, 0..1.
        contrast: 0..1.
        metre: numerator and denominator of the signature.
        opens: whether a louder section begins here: a crash marks it.
    """

    section: Section
    bars: int
    energy: tuple[float, float]
    contrast: float
    metre: tuple[int, int]
    opens: bool

    @property
    def bar(self) -> float:
        """Beats in a bar."""
        return beats_per_bar(*self.metre)

    @property
    def length(self) -> float:
        """Beats of the section."""
        return self.bars * self.bar

    def at(self, bar: int) -> float:
        """Energy of a bar of the section: even steps from its start to its end."""
        first, last = self.energy
        return first if self.bars < 2 else first + (last - first) * bar / (self.bars - 1)


def play_section(loop: Loop, stage: Stage) -> tuple[list[Note], str]:
    """Plays one part through one section.

    Args:
        loop: the part.
        stage: the section.

    Returns:
        Notes by start, then pitch, in beats from the section's start, and what was done in words; no notes when the
        part rests here.
    """
    families = stage.section.drums if loop.role == "drums" else None
    out: list[Note] = []
    lap = 0.0
    while lap < stage.length - _CLOSE:
        for note, rank, family in zip(loop.notes, loop.ranks, loop.families, strict=True):
            start = lap + note.start_time
            if start >= stage.length - _CLOSE or (families is not None and family not in families):
                continue
            energy = stage.at(max(0, int((start + _CLOSE) // stage.bar)))
            calm = stage.contrast * (1 - energy)
            if rank <= 1 - (1 - _LEAST_KEPT) * calm or rank * len(loop.notes) < 1.5:
                velocity = max(1.0, note.velocity * (1 - _QUIETER * calm))
                out.append(msgspec.structs.replace(note, start_time=max(0.0, start), velocity=velocity))
        lap += loop.length
    words = [_kept_words(loop, stage, families)]
    if out and stage.section.hold and loop.role == "chords":
        out = _held(out, stage.length)
        words.append("held")
    if loop.role == "drums" and (out or stage.section.ending == "roll"):
        out, told = _led_on(out, loop, stage)
        words.extend(told)
    elif out and stage.section.ending == "cut":
        out = _silenced(out, stage)
    return finished(out, stage.length), ", ".join(word for word in words if word)


def _kept_words(loop: Loop, stage: Stage, families: tuple[str, ...] | None) -> str:
    there = {family for family in loop.families if family}
    if families is not None and there - set(families):
        kept = [family for family in families if family in there]
        return f"{' and '.join(kept)} only" if kept else ""
    mean = sum(stage.energy) / 2
    share = 1 - (1 - _LEAST_KEPT) * stage.contrast * (1 - mean)
    return "as it is" if share > 0.99 else f"about {round(share * 20) * 5} % of it"


def _held(notes: list[Note], length: float) -> list[Note]:
    """Chords that ring until the next chord: of repeated strikes only the first is left."""
    strikes: list[list[Note]] = []
    for note in sorted(notes, key=lambda one: one.start_time):
        if strikes and note.start_time - strikes[-1][0].start_time < 0.1:
            strikes[-1].append(note)
        else:
            strikes.append([note])
    kept: list[list[Note]] = []
    for strike in strikes:
        if not kept or {note.pitch for note in strike} != {note.pitch for note in kept[-1]}:
            kept.append(strike)
    out: list[Note] = []
    for number, strike in enumerate(kept):
        until = kept[number + 1][0].start_time if number + 1 < len(kept) else length
        out.extend(msgspec.structs.replace(note, duration=max(0.05, until - note.start_time)) for note in strike)
    return out


def _led_on(notes: list[Note], loop: Loop, stage: Stage) -> tuple[list[Note], list[str]]:
    """The drums' way into the next section, and the mark of their own beginning."""
    pitches = {note.pitch for note in loop.notes}
    told = []
    ending = stage.section.ending
    if ending == "fill":
        notes = _fill(notes, pitches, stage)
        told.append("fill at the end")
    elif ending == "roll":
        notes = _roll(notes, pitches, stage)
        told.append("snare roll that quickens")
    elif ending == "cut":
        notes = _silenced(notes, stage)
        told.append("silent on the last beat")
    crash = next((pitch for pitch in _CRASHES if pitch in pitches), 49 if pitches & {36, 38, 42} else None)
    if stage.opens and crash is not None and notes:
        notes = [*notes, Note(crash, 0.0, 1.0, 112.0)]
        told.append("crash on the first beat")
    return notes, told


def _silenced(notes: list[Note], stage: Stage) -> list[Note]:
    last = stage.length - groups(*stage.metre)[-1]
    return [
        note if note.end_time <= last else msgspec.structs.replace(note, duration=last - note.start_time)
        for note in notes
        if note.start_time < last - 0.06
    ]


def _voice(pitches: set[int], wanted: tuple[int, ...]) -> int | None:
    return next((pitch for pitch in wanted if pitch in pitches), None)


def _fill(notes: list[Note], pitches: set[int], stage: Stage) -> list[Note]:
    """Sixteenths over the last group of the bar: from the snare down the toms where the kit has them."""
    snare = _voice(pitches, _SNARES)
    voices = [pitch for pitch in _TOMS if pitch in pitches]
    if snare is None and not voices:
        return notes
    group = groups(*stage.metre)[-1]
    begin = stage.length - group
    steps = max(2, round(group / 0.25))
    ladder = ([snare] if snare is not None else []) + voices
    made = []
    for step in range(steps):
        pitch = ladder[step * len(ladder) // steps]
        made.append(Note(pitch, begin + step * group / steps, group / steps * 0.9, 78.0 + 34.0 * step / (steps - 1)))
    kicks = {35, 36}
    return [*(note for note in notes if note.start_time < begin - _CLOSE or note.pitch in kicks), *made]


def _roll(notes: list[Note], pitches: set[int], stage: Stage) -> list[Note]:
    """A roll over the last half of the section, quarters to thirty-seconds, ever louder; the last moment breathes."""
    snare = _voice(pitches, _SNARES)
    if snare is None:
        return notes
    span = stage.length / 2
    begin, end = stage.length - span, stage.length - groups(*stage.metre)[-1] / 2
    made, at = [], begin
    while at < end - _CLOSE:
        way = (at - begin) / span
        gap = 1.0 if way < 0.25 else 0.5 if way < 0.5 else 0.25 if way < 0.75 else 0.125
        made.append(Note(snare, at, gap * 0.8, 58.0 + 62.0 * way))
        at += gap
    return [*(note for note in notes if note.pitch != snare or note.start_time < begin - _CLOSE), *made]

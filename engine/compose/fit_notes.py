"""Moving notes into a key: by an interval, then each degree to its place in the scale, and no two onto one pitch.

What lies outside a scale is read as the altered form of a degree (in C major Eb is a lowered third, F# a raised fourth)
and takes that degree's pitch. Degrees keep their order, so a line that rises never falls afterwards.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from engine.notes import Note
from engine.theory.keys import MODE_STEPS, Key

__all__ = ["best_octave", "in_scale", "into_key", "likely_mode", "nearest_interval"]

HIGHEST = 127

_DEGREE = (0, 1, 1, 2, 2, 3, 3, 4, 5, 5, 6, 6)
"""The degree each semitone above a tonic is a form of, where the scale itself does not say."""


class _Voice(NamedTuple):
    """One or more notes of a pitch that move together: start and end in beats, members as places in the list."""

    pitch: int
    start: float
    end: float
    members: tuple[int, ...]


def nearest_interval(semitones: int) -> int:
    """The shortest way between two pitch classes, -6..5 semitones."""
    return (semitones + 6) % 12 - 6


def in_scale(notes: Iterable[Note], key: Key) -> bool:
    """Whether every note is one of the key's seven."""
    scale = set(key.scale_pcs)
    return all(note.pitch % 12 in scale for note in notes)


def likely_mode(notes: Sequence[Note], tonic_pc: int, mode: str) -> str:
    """The mode of a clip whose key was heard only as major or minor.

    Args:
        notes: the clip's.
        tonic_pc: its tonic, 0..11.
        mode: "major" or "minor".

    Returns:
        Of the modes with the same third the one that leaves out the fewest beats of the notes; ``mode`` itself
        when none is better.
    """
    beats = [0.0] * 12
    for note in notes:
        beats[(note.pitch - tonic_pc) % 12] += note.duration
    third = MODE_STEPS[mode][2]
    modes = [mode, *(other for other, steps in MODE_STEPS.items() if steps[2] == third and other != mode)]
    return min(modes, key=lambda each: sum(beats[step] for step in range(12) if step not in MODE_STEPS[each]))


def best_octave(notes: Sequence[Note], interval: int) -> int:
    """The interval, an octave up or down where it would push notes past either end.

    Args:
        notes: at least one.
        interval: semitones.
    """
    low, high = min(note.pitch for note in notes), max(note.pitch for note in notes)

    def outside(shift: int) -> int:
        return max(0, -(low + shift)) + max(0, high + shift - HIGHEST)

    return min((interval, interval - 12, interval + 12), key=lambda shift: (outside(shift), abs(shift)))


def into_key(notes: Sequence[Note], interval: int, mode: str, key: Key) -> list[int]:
    """Where each note goes.

    Args:
        notes: any; times, lengths and velocities play no part but for what sounds together.
        interval: semitones all are moved by first.
        mode: whose degrees the moved notes are read as, from the key's tonic.
        key: whose scale they end in.

    Returns:
        A pitch 0..127 for each note, in the order given: all in the scale; notes of different pitch that sound
        together stay different, in their order where there is room. Several dozen notes at once may use the scale up;
        what then finds no pitch of its own takes the nearest.
    """
    voices = _voices(notes)
    wanted = [_degree_pitch(voice.pitch + interval, mode, key) for voice in voices]
    scale = _pitches(key)
    # Notes of the scale come first: what was altered gives way to them.
    own = MODE_STEPS[mode]
    altered = [(voice.pitch + interval - key.tonic_pc) % 12 not in own for voice in voices]
    beside = _beside(voices)
    placed: dict[int, int] = {}
    for i in sorted(range(len(voices)), key=lambda each: altered[each]):
        there = [(voices[j].pitch, placed[j]) for j in beside[i] if j in placed]
        placed[i] = _free(voices[i].pitch, wanted[i], scale, there)
    pitches = [0] * len(notes)
    for i, voice in enumerate(voices):
        for member in voice.members:
            pitches[member] = placed[i]
    return pitches


def _degree_pitch(pitch: int, mode: str, key: Key) -> int:
    """A pitch moved to the place its degree has in the key; may lie past either end."""
    octave, offset = divmod(pitch - key.tonic_pc, 12)
    steps = MODE_STEPS[key.mode]
    own = MODE_STEPS[mode]
    degree = own.index(offset) if offset in own else _DEGREE[offset]
    return key.tonic_pc + 12 * octave + steps[degree]


def _pitches(key: Key) -> list[int]:
    scale = set(key.scale_pcs)
    return [pitch for pitch in range(HIGHEST + 1) if pitch % 12 in scale]


def _voices(notes: Sequence[Note]) -> list[_Voice]:
    """By start, then pitch: each note, and where notes of one pitch overlap, those together."""
    voices: list[_Voice] = []
    last: dict[int, int] = {}
    for i in sorted(range(len(notes)), key=lambda each: (notes[each].start_time, notes[each].pitch)):
        note = notes[i]
        before = last.get(note.pitch)
        if before is not None and voices[before].end > note.start_time:
            voice = voices[before]
            voices[before] = voice._replace(end=max(voice.end, note.end_time), members=(*voice.members, i))
        else:
            last[note.pitch] = len(voices)
            voices.append(_Voice(note.pitch, note.start_time, note.end_time, (i,)))
    return voices


def _beside(voices: Sequence[_Voice]) -> list[list[int]]:
    """For each voice the places of those that sound while it does."""
    beside: list[list[int]] = [[] for _ in voices]
    sounding: list[int] = []
    for i, voice in enumerate(voices):
        sounding = [j for j in sounding if voices[j].end > voice.start]
        for j in sounding:
            beside[i].append(j)
            beside[j].append(i)
        sounding.append(i)
    return beside


def _free(pitch: int, wanted: int, scale: Sequence[int], there: Sequence[tuple[int, int]]) -> int:
    """The pitch of the scale nearest to the wanted one that nobody beside has; in order with them where one is.

    Args:
        pitch: where the note was.
        wanted: where it would go if it were alone.
        scale: all pitches there are, from low to high.
        there: of those that sound beside: where they were, and where they went.
    """
    taken = {place for _, place in there}
    below = max((place for was, place in there if was < pitch), default=-1)
    above = min((place for was, place in there if was > pitch), default=HIGHEST + 1)
    between = scale[bisect_right(scale, below) : bisect_left(scale, above)]
    for room in (between, scale):
        free = [each for each in room if each not in taken]
        if free:
            return min(free, key=lambda each: (abs(each - wanted), each))
    return min(scale, key=lambda each: (abs(each - wanted), each))

"""Transformations of pitch: upside down, by octaves, into a key, under other chords."""

from __future__ import annotations

from msgspec.structs import replace

from engine.compose.fit import FitRequest, fit
from engine.compose.vary.chord_edits import diatonic_chords, nearest_tone
from engine.compose.vary.mirror import mirrored
from engine.compose.vary.work import Work, strikes
from engine.notes import Note

__all__ = ["fitted", "invert", "octave", "reharmonise"]


def _no_pitches(work: Work) -> bool:
    """Says that drums have no pitches, where the clip is one of drums."""
    if work.material.drums:
        work.notices.append("A drum clip: its notes are sounds, not pitches, so nothing was changed.")
    return work.material.drums


def invert(work: Work) -> list[Note]:
    """Turns the last part of the range upside down: in the key, or by semitones."""
    turn = work.last - work.share * (work.last - work.first)
    inside = [note for note in work.notes if note.start_time >= turn]
    if not inside or work.share == 0 or _no_pitches(work):
        return list(work.notes)
    scale = work.degrees() if work.request.diatonic else None
    pitches = mirrored([note.pitch for note in inside], scale, work.request.axis)
    made = [note for note in work.notes if note.start_time < turn]
    return made + [replace(note, pitch=pitch) for note, pitch in zip(inside, pitches, strict=True)]


def octave(work: Work) -> list[Note]:
    """Moves notes by octaves, those on weak places first; what would leave the range of pitches stays."""
    if _no_pitches(work):
        return list(work.notes)
    by = 12 * work.request.octaves
    chosen = work.chosen(work.notes, work.strength)
    return [
        replace(note, pitch=note.pitch + by) if id(note) in chosen and 0 <= note.pitch + by <= 127 else note
        for note in work.notes
    ]


def fitted(work: Work) -> list[Note]:
    """Moves notes into the key, those on strong places first."""
    request = work.request
    wanted = FitRequest(
        notes=work.notes, key=request.key, mode=request.mode, context=request.context, drums=work.material.drums
    )
    found = fit(wanted)
    work.notices.extend([found.words + ".", *found.notices])
    moving = [note for note, new in zip(work.notes, found.notes, strict=True) if new.pitch != note.pitch]
    chosen = work.chosen(moving, lambda note: -work.strength(note))
    return [new if id(note) in chosen else note for note, new in zip(work.notes, found.notes, strict=True)]


def reharmonise(work: Work) -> list[Note]:
    """Puts other chords of the key under the top notes.

    A chord's top note stays, and its substitute contains it; the other notes go to the nearest tones of the substitute,
    the lowest to its root. Chords on weak places change first, the very first chord last.
    """
    chords = [chord for chord in strikes(work.notes) if len(chord) > 1]
    if work.material.role != "chords" or not chords:
        work.notices.append(f"Only chords can be put under other chords: this clip was taken for {work.material.role}.")
        return list(work.notes)
    scale = work.degrees()
    first = work.notes[0].start_time
    firsts = [chord[0] for chord in chords]
    chosen = work.chosen(firsts, lambda note: 2.0 if note.start_time == first else work.strength(note))
    substitutes: dict[tuple[int, ...], tuple[int, frozenset[int]] | None] = {}
    changed: dict[int, Note] = {}
    for number, chord in enumerate(chords):
        if id(chord[0]) not in chosen:
            continue
        pitches = tuple(sorted(note.pitch for note in chord))
        if pitches not in substitutes:
            # The same chord becomes the same one wherever it comes again.
            substitutes[pitches] = _substitute(work, pitches, scale, number)
        found = substitutes[pitches]
        if found is not None:
            changed.update(_under_its_top(chord, *found))
    return [changed.get(id(note), note) for note in work.notes]


def _substitute(
    work: Work, pitches: tuple[int, ...], scale: tuple[int, ...], number: int
) -> tuple[int, frozenset[int]] | None:
    """Another chord of the key with the same top note, by chance; None where there is none."""
    tones, top = frozenset(pitch % 12 for pitch in pitches), pitches[-1] % 12
    size = 4 if len(tones) > 3 else 3
    near = [(root, chord) for root, chord in diatonic_chords(scale, size) if top in chord and not chord <= tones]
    if not near:
        return None
    weights = {place: 1.0 + len(chord & tones) for place, (_, chord) in enumerate(near)}
    mark = work.dice.uniform("chord", number) * sum(weights.values())
    for place, weight in weights.items():
        mark -= weight
        if mark < 0:
            return near[place]
    return near[-1]


def _under_its_top(chord: list[Note], root: int, tones: frozenset[int]) -> dict[int, Note]:
    """A chord's notes by id, moved to the tones of another under its top note."""
    ordered = sorted(chord, key=lambda note: note.pitch)
    top, low = ordered[-1], ordered[0]
    bass = nearest_tone(low.pitch, frozenset((root,)), {note.pitch for note in chord if note.pitch >= top.pitch})
    changed, taken = {id(low): replace(low, pitch=min(bass, top.pitch))}, {top.pitch, bass}
    for note in ordered[1:-1]:
        pitch = nearest_tone(note.pitch, tones, taken)
        if pitch < top.pitch:
            taken.add(pitch)
            changed[id(note)] = replace(note, pitch=pitch)
    return changed

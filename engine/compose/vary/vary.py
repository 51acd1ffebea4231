"""Variations of a clip: as many as asked for, as far from it as asked for, and no two alike."""

from __future__ import annotations

from functools import cached_property, partial
from hashlib import blake2s
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from engine.compose.checks import check_choice, check_number, check_percent
from engine.compose.dice import Dice, draw_seed
from engine.compose.part.finish import finished
from engine.compose.part.harmony import take_id
from engine.compose.steer.apply import steered
from engine.compose.steer.map import SteerMap, map_of
from engine.compose.steer.request import Steer, check_steer
from engine.compose.vary.apart import Made, Seen
from engine.compose.vary.climb import Climb, climb
from engine.compose.vary.kept import taken_apart
from engine.compose.vary.material import Material, split_off
from engine.compose.vary.measure import difference_of_bars, moved, placed
from engine.compose.vary.request import ClipRequest, Percent, check_clip
from engine.errors import InvalidValue
from engine.notes import Note

__all__ = ["FARTHEST", "MOST_VARIED", "Variation", "VaryRequest", "VaryResult", "vary"]

Count = Annotated[int, Meta(ge=1, le=16)]

MOST_VARIED = 2_000
"""Notes that are varied at once: one variation of so many takes a fifth of a second."""

FARTHEST = {"drums": 0.36, "bass": 0.3, "melody": 0.55, "chords": 0.42}
"""Measured difference that distance 100 asks for: about that between two passages of one piece.

Neighbouring passages differ by 0.29 (drums, Groove MIDI Dataset), 0.37 (bass, Weimar Jazz Database), 0.61 (melody,
POP909) and 0.49 (chords, POP909) in the median; passages of different pieces of one style by 0.58, 0.40, 0.82 and 0.72.
A clip that leaves less room (four kicks and two snares that have to stay) ends nearer.
"""

_KEEPS = ("none", "rhythm", "pitch")
_TRIES, _LOOSE_TRIES = 6, 6


class VaryRequest(ClipRequest, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A clip, and how many variations of it, how far away.

    Attributes:
        notes: the clip's notes, in any order; those before its start and behind its end come back as they are.
        length: beats of the clip, counted from ``start``.
        role: what the clip is; "auto" finds out from its notes and the track's name.
        key: a key in any usual spelling or a Camelot code, for new notes to lie in; left out (or "follow"), the key
            comes from ``context``, or is heard in the notes.
        mode: a mode's name that overrides the key's own; left out or "auto": none.
        chords: the harmony, where it is known; left out, it is heard in the notes.
        context: what surrounds the clip in the Set.
        tempo: beats (quarter notes) per minute.
        signature_numerator: beats in the signature, 1..99.
        signature_denominator: 1, 2, 4, 8 or 16.
        start: beat at which the clip's first bar begins, on the time line of the notes.
        seed: repeats the variations; left out, one is drawn and told in the answer.
        count: how many variations, 1..16.
        distance: how far from the clip, percent: 0 is the clip itself, 100 another idea in the same style.
        keep: what stays as it is: "rhythm" (where notes begin), "pitch" (which pitches, in their order), or "none".
        steer: where the knobs stand that steer every generator at once; left out, at rest. The distance is moved from
            where the request has it, and the answer tells where to.
    """

    count: Count = 4
    distance: Percent = 30.0
    keep: Literal["none", "rhythm", "pitch"] = "none"
    steer: Steer | None = None


class Variation(msgspec.Struct, frozen=True):
    """One variation.

    Attributes:
        notes: by start, then pitch; on the time line of the request's notes.
        distance: how different it is from the clip, 0..1, as ``compose.vary`` measures it.
        words: what was changed, in a sentence.
        take: id of the variation: the same for the same notes from the same recipe.
        number: which of the answer it is, 1 first, as the seed makes them: the order may be another one.
    """

    notes: list[Note]
    distance: float
    words: str
    take: str
    number: int = 1


class VaryResult(msgspec.Struct, frozen=True, kw_only=True):
    """The variations.

    Attributes:
        variations: as many as asked for, or fewer where the clip does not allow so many different ones.
        seed: given or drawn.
        role: what the clip was taken for.
        key: name of the key new notes lie in; null for drums, where none can be told, and where none was needed.
        length: beats of the clip.
        summary: one line for the foot of a device.
        notices: what was decided without being asked for.
        steered: every parameter that ``steer`` moved and where it stands. Empty where nothing was.
        stretched: what learnt curves were stretched by; sent as ``steer.stretch`` it makes the same notes again.
    """

    variations: list[Variation]
    seed: int
    role: str
    key: str | None
    length: float
    summary: str
    notices: list[str]
    steered: dict[str, float] = {}
    stretched: dict[str, float] = {}


def vary(request: VaryRequest, steering: SteerMap | None = None) -> VaryResult:
    """Makes variations of a clip.

    Above distance 0 no two of them are alike, and none is like the clip. The measured distance of each (see
    ``engine.compose.vary.measure``) does not fall when ``distance`` rises.

    Args:
        request: the clip and the wish.
        steering: what the request's ``steer`` means; left out, what is on the shelf.

    Returns:
        The variations; the request is left as it is.

    Raises:
        InvalidValue: for a clip without notes, and for values that are not allowed.
    """
    check_clip(request)
    check_number("count", request.count, 1, 16, "Use a whole number of variations from 1 to 16.", whole=True)
    check_percent("distance", request.distance)
    check_choice("keep", request.keep, _KEEPS)
    check_steer(request.steer)
    led = steered(request, map_of("vary", request.steer, steering))
    request = led.request
    seed = draw_seed() if request.seed is None else request.seed
    inside, outside = split_off(request)
    if len(inside) > MOST_VARIED:
        hint = f"Up to {MOST_VARIED:,} notes are varied at once: give a part of the clip by start and length."
        raise InvalidValue("notes", len(inside), hint)
    work = _Work(request, inside, outside, seed)
    variations, notices = work.all() if request.distance > 0 else work.none()
    key, told = work.material.known_key()
    many = len(variations)
    return VaryResult(
        variations=variations,
        seed=seed,
        role=work.material.role,
        key=key.name if key else None,
        length=request.length,
        summary=f"{many} variation{'s' * (many > 1)} of {len(inside)} notes, {work.material.role}",
        notices=[*told, *notices],
        steered=led.told,
        stretched=led.stretched,
    )


class _Work:
    """One request being answered."""

    def __init__(self, request: VaryRequest, inside: list[Note], outside: list[Note], seed: int) -> None:
        self._request, self._outside = request, outside
        self.material, self._plan = taken_apart(request, request.keep)
        # The request's own notes by those of the material.
        own = zip(self.material.notes, Material.in_order(inside), strict=True)
        self._given = {id(kept): note for kept, note in own}
        self._dice, self._seed = Dice(seed), seed
        self._seen = Seen(self.material.notes)
        self._last: Made | None = None

    def none(self) -> tuple[list[Variation], list[str]]:
        """The clip itself, as often as asked for."""
        notes = sorted(self._request.notes, key=lambda note: (note.start_time, note.pitch))
        same = Variation(notes, 0.0, "The clip as it is", self._take(0, 0))
        all_of_them = [msgspec.structs.replace(same, number=number + 1) for number in range(self._request.count)]
        return all_of_them, ["Distance 0 is the clip as it is: turn it up for variations."]

    def all(self) -> tuple[list[Variation], list[str]]:
        """As many variations as there are, up to what was asked for."""
        wanted = FARTHEST[self.material.role] * self._request.distance / 100.0
        found: list[Variation] = []
        loose = False
        for number in range(self._request.count):
            variation, detail = self._one(number, wanted)
            if variation is None:
                break
            found.append(variation)
            loose |= detail
        notices = []
        if loose:
            notices.append("So little can be changed here that some differ only in loudness and length.")
        if len(found) < self._request.count:
            notices.append(f"This clip allows {len(found)} different variations and no more.")
        return found, notices

    def _one(self, number: int, wanted: float) -> tuple[Variation | None, bool]:
        """The variation of a number or None, and whether it is new only in how its notes are played."""
        for attempt in range(_TRIES + _LOOSE_TRIES):
            is_new = partial(self._is_new, attempt >= _TRIES)
            dice = Dice(int(self._dice.uniform("variation", number, attempt) * 2**53))
            state = climb(self._plan, dice, wanted, is_new)
            if is_new(state):
                made = self._made(state)
                self._seen.add(made)
                return self._told(number, attempt, state, made), attempt >= _TRIES
        return None, False

    def _is_new(self, loosely: bool, state: Climb) -> bool:
        made = self._made(state)
        return bool(made.notes) and not self._seen.has(made, loosely=loosely)

    def _made(self, state: Climb) -> Made:
        """A state as notes; looked at more than once, they are made once."""
        last = self._last
        if last is None or last.state is not state or last.taken != state.taken:
            last = self._last = self._make(state)
        return last

    def _make(self, state: Climb) -> Made:
        start = self._request.start
        raw = list(self.material.out(state.bars))
        if start == 0:
            notes = finished(raw, self._request.length)
            return Made(state, notes, as_they_were=set(map(id, notes)) == set(map(id, raw)))
        # Finishing counts from 0; what was not changed comes back to the last bit all the same.
        given = {(note.pitch, note.start_time - start): note for note in raw}
        out = finished((moved(note, -start) for note in raw), self._request.length)
        notes = [_restored(note, given.get((note.pitch, note.start_time)), start) for note in out]
        return Made(state, notes, as_they_were=False)

    def _told(self, number: int, attempt: int, state: Climb, made: Made) -> Variation:
        material = self.material
        # Measured on the way already, unless finishing changed something.
        distance = (
            state.difference
            if made.as_they_were
            else difference_of_bars(
                material.given, placed(made.notes, material.grid), material.grid.step, drums=material.drums
            )
        )
        whole = [self._given.get(id(note), note) for note in made.notes]
        if self._outside:
            whole = sorted([*whole, *self._outside], key=lambda note: (note.start_time, note.pitch))
        take = self._take(number, attempt)
        return Variation(whole, round(distance, 4), _words(state.done), take, number + 1)

    def _take(self, number: int, attempt: int) -> str:
        return take_id("vary/1", self._recipe, self._seed, self._request.length, number, attempt)

    @cached_property
    def _recipe(self) -> str:
        """All of the request but its seed, once for all of its variations."""
        given = msgspec.structs.asdict(msgspec.structs.replace(self._request, seed=None))
        del given["steer"]
        return blake2s(msgspec.json.encode(given)).hexdigest()


def _restored(note: Note, given: Note | None, start: float) -> Note:
    if given is not None and given.duration == note.duration and given.velocity == note.velocity:
        return given
    return moved(note, start)


def _words(done: dict[str, int]) -> str:
    """What was changed, most first: "Hats, fills and kick changed"."""
    names = sorted(done, key=lambda name: -done[name])[:4]
    if not names:
        return "Nothing changed"
    text = ", ".join(names[:-1]) + (" and " if len(names) > 1 else "") + names[-1]
    return f"{text[0].upper()}{text[1:]} changed"

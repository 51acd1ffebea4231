"""Arranges: from one loop, a song's sections with what each part plays in them."""

from __future__ import annotations

import msgspec

from engine.compose.arrange.forms import Form, Section, forms
from engine.compose.arrange.loop import Loop, loop_of
from engine.compose.arrange.play import Stage, play_section
from engine.compose.arrange.request import (
    ArrangePart,
    ArrangeRequest,
    ArrangeResult,
    SectionClip,
    SectionMade,
    check_arrange,
)
from engine.compose.dice import SEEDS, Dice, draw_seed
from engine.compose.part.auto import choose_style, named_in
from engine.compose.part.harmony import take_id
from engine.compose.request import ChordsContext
from engine.compose.vary.roles import role_named, role_of
from engine.compose.vary.vary import VaryRequest, vary

__all__ = ["arrange"]

RECIPE = "arrange/1"
_LOUDER = 0.25
"""How much more energy than the section before makes a beginning worth a crash."""


def arrange(request: ArrangeRequest) -> ArrangeResult:
    """Arranges a loop.

    Args:
        request: the loop's parts and what is wanted of them.

    Returns:
        The sections; every note of theirs comes from the loop or leads on to the next section.

    Raises:
        InvalidValue: for anything outside what is allowed, naming field and range.
    """
    check_arrange(request)
    seed = draw_seed() if request.seed is None else request.seed
    dice = Dice(seed)
    form, notices = _form(request)
    roles = [_role(part) for part in request.parts]
    metre = (request.signature_numerator, request.signature_denominator)
    loops = [
        loop_of(part.notes, part.length, role, metre, Dice(dice_seed(dice, number)), sound=part.sound)
        for number, (part, role) in enumerate(zip(request.parts, roles, strict=True))
    ]
    stages = _stages(form, request, metre)
    sections, start = [], 0.0
    met: dict[str, int] = {}
    for stage in stages:
        kind = stage.section.kind
        met[kind] = met.get(kind, 0) + 1
        again = loops if request.plan else [_again(loop, met[kind], request, seed) for loop in loops]
        sections.append(_section(stage, start, again, request.plan))
        start += stage.length
    curve = [stage.at(bar) for stage in stages for bar in range(stage.bars)]
    bars = len(curve)
    facts = (request.scale, request.contrast, request.variation, request.energy, request.levels, metre)
    return ArrangeResult(
        take=take_id(RECIPE, [form.id, facts, request.parts], seed, start),
        seed=seed,
        form=form.id,
        form_name=form.name,
        roles=roles,
        bars=bars,
        length=start,
        sections=sections,
        curve=[round(value, 4) for value in curve],
        summary=f"{form.name}: {len(sections)} sections, {bars} bars, {_clock(start, request.tempo)}",
        notices=[*notices, *_missing(roles)],
    )


def _again(loop: Loop, time: int, request: ArrangeRequest, seed: int) -> Loop:
    """What a part plays when a kind of section comes round again: a variation, another one each time."""
    if time == 1 or request.variation <= 0 or not loop.notes:
        return loop
    metre = (request.signature_numerator, request.signature_denominator)
    wanted = VaryRequest(
        notes=list(loop.notes),
        length=loop.length,
        role="melody" if loop.role == "other" else loop.role,  # type: ignore[arg-type] # the other roles are the same words
        count=1,
        distance=request.variation,
        seed=(seed + time) % SEEDS,
        context=request.context,
        tempo=request.tempo,
        signature_numerator=request.signature_numerator,
        signature_denominator=request.signature_denominator,
    )
    found = vary(wanted).variations  # none for a loop that allows no other
    return loop_of(found[0].notes, loop.length, loop.role, metre, Dice(seed)) if found else loop


def dice_seed(dice: Dice, part: int) -> int:
    """A seed for each part, so that one part's chance does not hang on the others."""
    return int(dice.uniform("part", part) * 2**31)


def _form(request: ArrangeRequest) -> tuple[Form, tuple[str, ...]]:
    names = " ".join([request.context.track_name if request.context else "", *(part.name for part in request.parts)])
    names = names[:400]
    shelf = forms()
    if request.form == "auto" and not named_in(names, shelf.values()):
        shelf = {form.id: form for form in shelf.values() if not form.only_named}
    return choose_style(shelf, request.form, ChordsContext(track_name=names), request.tempo, "form")


def _role(part: ArrangePart) -> str:
    if part.role != "auto":
        return part.role
    heard = [note for note in part.notes if not note.mute]
    return role_of(heard, part.name) if heard else role_named(part.name) or "other"


def _stages(form: Form, request: ArrangeRequest, metre: tuple[int, int]) -> list[Stage]:
    stages: list[Stage] = []
    before = 1.0
    for number, section in enumerate(form.sections):
        energy = _energy(section, request, number)
        bars = max(2, section.bars * request.scale // 100)
        opens = energy[0] - before >= _LOUDER or (number > 0 and section.kind in ("drop", "chorus"))
        stages.append(Stage(section, bars, energy, request.contrast / 100, metre, opens))
        before = energy[1]
    return stages


def _energy(section: Section, request: ArrangeRequest, number: int) -> tuple[float, float]:
    """The form's own slope, moved to where the user wants the section."""
    given = request.energy or []
    wanted = (request.levels or {}).get(section.name, given[number] if number < len(given) else None)
    if wanted is None:
        return section.energy
    first, last = section.energy
    middle = wanted - (first + last) / 2
    return min(1.0, max(0.0, first + middle)), min(1.0, max(0.0, last + middle))


def _section(stage: Stage, start: float, loops: list[Loop], plan: bool) -> SectionMade:
    section = stage.section
    playing = [number for number, loop in enumerate(loops) if loop.role in section.parts and loop.there]
    if not playing:
        # Nobody of this section is in the loop: silence would be a hole in the song.
        playing = [number for number, loop in enumerate(loops) if loop.there and loop.role != "drums"]
        playing = playing or [number for number, loop in enumerate(loops) if loop.there]
    plays, clips = [], []
    for number in playing:
        loop = loops[number]
        if loop.sound:
            plays.append(number)
            continue
        here = stage
        if loop.role == "drums" and not section.drums:
            here = msgspec.structs.replace(stage, section=msgspec.structs.replace(section, drums=("hat", "other")))
        notes, words = play_section(loop, here)
        if notes:
            plays.append(number)
            clips.append(SectionClip(part=number, notes=notes, length=stage.length, words=words))
    return SectionMade(
        name=section.name,
        kind=section.kind,
        start=start,
        bars=stage.bars,
        energy=stage.energy,
        plays=plays,
        clips=[] if plan else clips,
    )


def _missing(roles: list[str]) -> list[str]:
    absent = [role for role in ("drums", "bass", "chords") if role not in roles]
    return [f"No {' and no '.join(absent)} in the loop: its sections go without."] if absent else []


def _clock(beats: float, tempo: float) -> str:
    seconds = round(beats * 60 / tempo)
    return f"{seconds // 60}:{seconds % 60:02d} min"

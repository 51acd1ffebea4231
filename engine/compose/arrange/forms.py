"""The song forms on the shelf."""

from __future__ import annotations

from functools import cache

import msgspec

import presets
from engine import typed
from engine.compose.arrange.request import ArrangeOptions, FormOption

__all__ = ["Form", "Section", "arrange_options", "forms"]


class Section(msgspec.Struct, frozen=True):
    """One section of a form; see ``presets/schema/forms.schema.json``."""

    name: str
    kind: str
    bars: int
    energy: tuple[float, float]
    parts: tuple[str, ...]
    drums: tuple[str, ...]
    ending: str
    hold: bool = False


class Form(msgspec.Struct, frozen=True):
    """A song form; see ``presets/schema/forms.schema.json``."""

    id: str
    name: str
    tempo: tuple[int, int]
    words: tuple[str, ...]
    description: str
    sections: tuple[Section, ...]
    only_named: bool = False


@cache
def forms() -> dict[str, Form]:
    """Every form by id, in the order menus show them."""
    return {form.id: form for form in typed.convert(presets.load("forms"), list[Form])}


def arrange_options() -> ArrangeOptions:
    """What ``compose.arrange`` can be asked for."""
    return ArrangeOptions(
        [
            FormOption(
                form.id,
                form.name,
                form.description,
                sum(section.bars for section in form.sections),
                [section.name for section in form.sections],
                [section.bars for section in form.sections],
                [round(sum(section.energy) / 2, 3) for section in form.sections],
            )
            for form in forms().values()
        ]
    )

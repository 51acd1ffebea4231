"""Where the user's own styles are kept: whole, as JSON one can read, in Bandmate's SQLite file."""

from __future__ import annotations

import threading
import time

import msgspec

from engine import typed
from engine.compose.own.learn import Lesson, learn, style_id
from engine.compose.own.model import FORMAT, OwnStyle
from engine.errors import InvalidValue, closest
from engine.store import Store

__all__ = ["Shelf"]

_MOST = 200
"""Styles that can be kept."""

_MOST_STEPS = 16
"""Lessons of a style that can be taken back."""

_HOLD = threading.Lock()
"""Learning reads and writes a style; two at once would forget what one of them learnt."""


class Shelf:
    """The user's styles.

    Args:
        store: the file they are in.
    """

    def __init__(self, store: Store) -> None:
        self._store = store

    def all(self) -> list[OwnStyle]:
        """Every style, by name; those of another format are left out.

        Raises:
            StoreUnavailable: the store cannot be read.
        """
        rows = self._store.read("SELECT style FROM own_styles")
        found = [typed.decode(row[0], OwnStyle) for row in rows]
        return sorted((style for style in found if style.format == FORMAT), key=lambda style: style.name.lower())

    def get(self, wanted: str, field: str = "style") -> OwnStyle:
        """One style, by its id or name.

        Raises:
            InvalidValue: naming the field: there is none.
            StoreUnavailable: the store cannot be read.
        """
        styles = self.all()
        text = wanted.strip().lower()
        for style in styles:
            if text in (style.id, style.name.lower()):
                return style
        names = [style.name for style in styles]
        known = f"Use one of: {', '.join(names)}." if names else "Nothing was learnt yet: learn one from a clip first."
        raise InvalidValue(field, wanted, f"{closest(wanted, names)}{known}")

    def learn(self, name: str, role: str, lessons: list[Lesson]) -> OwnStyle:
        """Learns a new style, or more of the one of that name.

        Raises:
            InvalidValue: as `engine.compose.own.learn.learn`, or field "name" when no more can be kept.
            StoreUnavailable: nothing was learnt.
        """
        with _HOLD:
            styles = {style.id: style for style in self.all()}
            begun = styles.get(style_id(name))
            if begun is None and len(styles) >= _MOST:
                raise InvalidValue("name", name, f"{_MOST} styles are kept already: forget one first.")
            made = learn(name, role, lessons, begun)
            statements = [_put(made)]
            if begun is not None:
                kept = (begun.id, begun.version, msgspec.json.encode(begun).decode())
                statements += [
                    ("INSERT OR REPLACE INTO own_styles_before (id, version, style) VALUES (?, ?, ?)", kept),
                    (
                        "DELETE FROM own_styles_before WHERE id = ? AND version < ?",
                        (begun.id, made.version - _MOST_STEPS),
                    ),
                ]
            self._store.write(*statements)
            return made

    def unlearn(self, wanted: str, version: int | None = None) -> OwnStyle | None:
        """Takes back the last lesson of a style, by its id or name.

        Args:
            wanted: the style.
            version: the one that lesson made; None for whichever is the last.

        Returns:
            The style as it was before; None when that lesson was its first, and so it is forgotten.

        Raises:
            InvalidValue: field "style": there is none, or what it was is not kept any more; field "version": it has
                learnt since.
            StoreUnavailable: nothing has changed.
        """
        with _HOLD:
            style = self.get(wanted)
            if version is not None and version != style.version:
                raise InvalidValue("version", version, f'"{style.name}" has learnt more since: it was left alone.')
            if style.version == 1:
                self._store.write(*_gone(style))
                return None
            step = (style.id, style.version - 1)
            rows = self._store.read("SELECT style FROM own_styles_before WHERE id = ? AND version = ?", step)
            if not rows:
                hint = f'What "{style.name}" was before is not kept any more: forget it, and learn it anew.'
                raise InvalidValue("style", wanted, hint)
            before = typed.decode(rows[0][0], OwnStyle)
            self._store.write(_put(before), ("DELETE FROM own_styles_before WHERE id = ? AND version = ?", step))
            return before

    def forget(self, wanted: str) -> OwnStyle:
        """Deletes a style, by its id or name, and returns what it was.

        Raises:
            InvalidValue: field "style": there is none.
            StoreUnavailable: it is still there.
        """
        with _HOLD:
            style = self.get(wanted)
            self._store.write(*_gone(style))
            return style


_Statement = tuple[str, tuple[object, ...]]


def _put(style: OwnStyle) -> _Statement:
    row = (style.id, msgspec.json.encode(style).decode(), time.time_ns())
    return "INSERT OR REPLACE INTO own_styles (id, style, changed_ns) VALUES (?, ?, ?)", row


def _gone(style: OwnStyle) -> list[_Statement]:
    of = (style.id,)
    return [("DELETE FROM own_styles WHERE id = ?", of), ("DELETE FROM own_styles_before WHERE id = ?", of)]

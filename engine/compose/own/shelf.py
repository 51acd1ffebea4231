"""Where the user's own styles are kept: whole, as JSON one can read, in Bandmate's SQLite file."""

from __future__ import annotations

import threading
import time

import msgspec

from engine.compose.own.learn import Lesson, learn, style_id
from engine.compose.own.model import FORMAT, OwnStyle
from engine.errors import InvalidValue, closest
from engine.store import Store

__all__ = ["Shelf"]

_MOST = 200
"""Styles that can be kept."""

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
        found = [msgspec.json.decode(row[0], type=OwnStyle) for row in rows]
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
            row = (made.id, msgspec.json.encode(made).decode(), time.time_ns())
            self._store.write(("INSERT OR REPLACE INTO own_styles (id, style, changed_ns) VALUES (?, ?, ?)", row))
            return made

    def forget(self, wanted: str) -> OwnStyle:
        """Deletes a style, by its id or name, and returns what it was.

        Raises:
            InvalidValue: field "style": there is none.
            StoreUnavailable: it is still there.
        """
        with _HOLD:
            style = self.get(wanted)
            self._store.write(("DELETE FROM own_styles WHERE id = ?", (style.id,)))
            return style

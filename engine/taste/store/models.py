"""What was learnt for each profile, as text of a version: lost or of another version, it is learnt anew."""

from __future__ import annotations

import time

from engine.taste.store.book import Book
from engine.taste.store.profiles import number_of
from engine.taste.store.records import Model

__all__ = ["keep_model", "kept_model"]


def kept_model(book: Book, version: int, profile: str | None = None) -> Model | None:
    """The model of a profile.

    Args:
        book: where.
        version: of the form its owner reads.
        profile: by name or uid; None for the one in use.

    Returns:
        None where there is none, or one of another version: learn it from ``rewards.lessons``. Else bring it up by
        ``rewards.news`` since its ``upto``.

    Raises:
        StoreUnavailable: the file cannot be read.
    """
    with book.asking() as connection:
        asked = (number_of(connection, profile), version)
        row = connection.execute(
            "SELECT version, upto, state FROM models WHERE profile = ? AND version = ?", asked
        ).fetchone()
    return Model(version=row[0], upto=row[1], state=row[2]) if row else None


def keep_model(book: Book, model: Model, profile: str | None = None) -> None:
    """Keeps the model of a profile in place of the one before.

    Raises:
        StoreUnavailable: the one before stays.
    """
    with book.changing() as connection:
        connection.execute(
            "INSERT OR REPLACE INTO models (profile, version, upto, state, changed_ns) VALUES (?, ?, ?, ?, ?)",
            (number_of(connection, profile), model.version, model.upto, model.state, time.time_ns()),
        )

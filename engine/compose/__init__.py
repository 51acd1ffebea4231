"""Making music: chords now. Pure functions of a request and a seed."""

from __future__ import annotations

__all__ = ["warm"]


def warm() -> None:
    """Reads every preset and fills the tables the first request would wait for.

    Takes a few tens of milliseconds; meant for a thread right after the engine starts.
    """
    from engine.compose.chords import warm_tables  # noqa: PLC0415 - importing the package stays free

    warm_tables()

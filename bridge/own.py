"""Where a request's style of the user's own comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bridge.call import Call
    from engine.compose.own.model import OwnStyle
    from engine.compose.own.shelf import Shelf


def own_of(call: Call | None, wanted: str | None) -> OwnStyle | None:
    """Find the style a request names.

    Args:
        call: Who asks; None where no engine runs and the command line computes by itself.
        wanted: Its id or name; None for none.

    Raises:
        InvalidValue: there is no such style.
        StoreUnavailable: what was learnt cannot be read.
    """
    return None if wanted is None else shelf_of(call).get(wanted, "own")


def shelf_of(call: Call | None) -> Shelf:
    """Find where the user's styles are kept.

    Args:
        call: Who asks; None where no engine runs and the command line computes by itself.
    """
    if call is not None:
        return call.runtime.shelf
    from engine.compose.own.shelf import Shelf  # noqa: PLC0415 - SQLite, on first use
    from engine.store import own_store  # noqa: PLC0415

    return Shelf(own_store())

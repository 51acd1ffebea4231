"""Where a request's style of the user's own comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bridge.call import Call
    from engine.compose.own.model import OwnStyle


def own_of(call: Call | None, wanted: str | None) -> OwnStyle | None:
    """Find the style a request names.

    Args:
        call: Who asks; None where no engine runs and the command line computes by itself.
        wanted: Its id or name; None for none.

    Raises:
        InvalidValue: there is no such style.
        StoreUnavailable: what was learnt cannot be read.
    """
    if wanted is None:
        return None
    if call is not None:
        shelf = call.runtime.shelf
    else:
        from engine.compose.own.shelf import Shelf  # noqa: PLC0415 - SQLite, on first use
        from engine.store import own_store  # noqa: PLC0415

        shelf = Shelf(own_store())
    return shelf.get(wanted, "own")

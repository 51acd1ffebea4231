"""compose.arrange: from one loop to a song form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bridge.registry import method
from bridge.tasting.takes import keep_takes

if TYPE_CHECKING:
    from engine.compose.arrange.request import ArrangeOptions, ArrangeRequest, ArrangeResult


@method("compose.arrange", needs=("engine.compose.arrange.compose", "engine.compose.arrange.request"), then=keep_takes)
def arrange(request: ArrangeRequest) -> ArrangeResult:
    """Arrange a loop: the sections of a song, with what each part plays in them, as clips for scenes.

    Every note is one of the loop's or leads on to the next section; the same seed gives the same arrangement.
    """
    from engine.compose.arrange.compose import arrange as arranged  # noqa: PLC0415 - loads on first use

    return arranged(request)


@method("compose.arrange_options", needs=("engine.compose.arrange.request",))
def arrange_options() -> ArrangeOptions:
    """List the song forms: their sections, bars and energy."""
    from engine.compose.arrange.forms import arrange_options as options  # noqa: PLC0415 - as above

    return options()

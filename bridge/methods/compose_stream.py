"""compose.stream: parts bar by bar, steered by macros while they play."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bridge.registry import method
from bridge.tasting.steering import as_learnt

if TYPE_CHECKING:
    from engine.compose.stream.request import Role, StreamOptions, StreamRequest, StreamResult


@method(
    "compose.stream",
    needs=("engine.compose.stream.compose", "engine.compose.stream.request"),
    first=as_learnt,
    plays=True,
)
def stream(request: StreamRequest) -> StreamResult:
    """Compose 1 to 8 bars of a part that goes on for ever, steered by nine macros that may move inside the bars.

    Each bar hangs on the seed, its number, its signature and tempo, the harmony and where the macros stand in it, and
    on nothing else: after a jump, in a loop and in a render it is the same. `held` tells what sounds on as it begins.
    """
    from engine.compose.stream.compose import compose_stream  # noqa: PLC0415 - loads on first use or in the warm-up

    return compose_stream(request)


@method("compose.stream_options", needs=("engine.compose.stream.options", "engine.compose.stream.request"))
def stream_options(role: Role) -> StreamOptions:
    """List the styles of a role, and what each macro means for it.

    Args:
        role: Who plays.
    """
    from engine.compose.stream.options import stream_options as options  # noqa: PLC0415 - as above

    return options(role)

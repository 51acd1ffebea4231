"""compose.*, where files are made: audio from a clip. A file lies where the user said, whole, and over no other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from bridge.call import Call
from bridge.jobs import JobStarted
from bridge.registry import method

if TYPE_CHECKING:
    from engine.compose.kit.request import RenderRequest

RENDER = "engine.compose.kit.render:render_job"


@method("compose.render", needs=("engine.compose.kit.request",))
async def render(call: Call, request: RenderRequest) -> JobStarted:
    """Render a clip to a WAV file that a clip slot can take: drums with a kit, the rest with a voice.

    `job` names the job that does it: it tells job.progress, can be cancelled, and its job.done brings path, seconds,
    frames, rate, peak, sound, roles and notices. What cannot be is refused at once, and nothing is written.
    """
    from engine.compose.kit.place import folder_for  # noqa: PLC0415 - nothing of the engine loads at start
    from engine.compose.kit.request import check_render  # noqa: PLC0415

    check_render(request)
    if request.folder is not None:
        folder_for(request.folder)
    asked = {name: value for name, value in msgspec.to_builtins(request).items() if value is not None}
    # A worker that is kept for hearing has the libraries and the kit's sounds already; without one, a fresh one is
    # quicker than getting one ready.
    jobs = call.runtime.jobs
    return jobs.start(call, RENDER, kept=jobs.crew.idle > 0, **asked)

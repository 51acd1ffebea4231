"""hear.remember, hear.identify ...: recordings that are known again by a few seconds of them.

The list is looked at here; hearing and comparing are the work of a kept worker.
"""

from __future__ import annotations

from bridge.call import Call
from bridge.ears import whole_path
from bridge.methods.hear import Path, Seconds, given
from bridge.methods.hear_answers import IdentifyHeard, RebuildHeard, RememberHeard, Unremembered
from bridge.registry import method
from engine.hear.places import regular

ERRANDS = "engine.hear.errands:"


@method("hear.remember")
async def remember(call: Call, path: Path) -> RememberHeard:
    """Remember what a recording sounds like, so that hear.identify knows it again by five seconds of it.

    It is kept by its content until hear.unremember; the same path names one recording at a time.

    Args:
        call: Who asks.
        path: Whole path of an audio file of at most 20 minutes.
    """
    where = whole_path(path)
    known = await call.runtime.ears.remembering(lambda memory: memory.known(where))
    if known is not None:
        return RememberHeard(result=known)
    return RememberHeard(job=call.runtime.jobs.start(call, ERRANDS + "remember", kept=True, path=path).job)


@method("hear.identify")
async def identify(call: Call, path: Path, start: Seconds | None = None, end: Seconds | None = None) -> IdentifyHeard:
    """Find the remembered recordings that a file, or a range of it, comes from: which, where, at which speed.

    Five seconds are enough, through noise, equalisers and lossy coding, up to 6 % faster or slower. Of more than
    twenty seconds those twenty are looked up that say most. A stranger has no match.

    Args:
        call: Who asks.
        path: Whole path of an audio file.
        start: Seconds into the file where the excerpt begins; left out: its beginning.
        end: Seconds into the file up to where; left out: its end.
    """
    where = whole_path(path)
    await call.runtime.ears.aside(lambda: regular(where))
    asked = given(start=start, end=end)
    started = call.runtime.jobs.start(call, ERRANDS + "identify", kept=True, path=path, **asked)
    return IdentifyHeard(job=started.job)


@method("hear.unremember")
async def unremember(call: Call, path: Path) -> Unremembered:
    """Forget a recording: hear.identify does not know it any more. What the user set right stays.

    Args:
        call: Who asks.
        path: Whole path of the file, which need not be there any more.
    """
    where = whole_path(path)
    return Unremembered(await call.runtime.ears.remembering(lambda memory: memory.unremember(where)))


@method("hear.rebuild")
async def rebuild(call: Call) -> RebuildHeard:
    """Hear again every remembered recording that has lost its fingerprint, because the file of them was damaged.

    The damaged file is laid aside, not deleted. Recordings whose own file is gone or changed are named, and stay on
    the list.

    Args:
        call: Who asks.
    """
    return RebuildHeard(job=call.runtime.jobs.start(call, ERRANDS + "rebuild", kept=True).job)

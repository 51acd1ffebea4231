"""job.*: long work that is under way."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from bridge.call import Call
from bridge.jobs import JobStatus
from bridge.registry import method

JobId = Annotated[str, Meta(max_length=32)]


@method("job.status")
async def status(call: Call, job: JobId) -> JobStatus:
    """Say how one of this client's jobs stands, with its result when it is done.

    Args:
        call: Who asks.
        job: The id from the method that started it.
    """
    return call.runtime.jobs.status(call.session, job)


@method("job.cancel")
async def cancel(call: Call, job: JobId) -> JobStatus:
    """End one of this client's jobs at once. A job that ended already stays as it is.

    Args:
        call: Who asks.
        job: The id from the method that started it.
    """
    return await call.runtime.jobs.cancel(call.session, job)

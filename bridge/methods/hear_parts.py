"""hear.tempo, hear.key, hear.loudness ...: one part of the analysis each, from the table of parts.

They differ in what they hear and in the shape of the answer alone, so they are made from the table: a part that is
added there is a method here at once.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from bridge.call import Call
from bridge.methods.hear import Path, Seconds, Tempo, given, recalled
from bridge.methods.hear_answers import ANSWERS, NAMES
from bridge.registry import method
from engine.hear.parts import PARTS, Part

_WORDS = """{words} in a file, and nothing else; as hear.analyze.

What was heard before comes at once in `result`; otherwise `job` names the job whose job.done brings it. What the user
set right (hear.correct) stands here too, and its words say so.

Args:
    call: Who asks.
    path: Whole path of an audio file.
    start: Seconds into the file from where to hear; left out: its beginning.
    end: Seconds into the file up to where; left out: its end.
    tempo: BPM of the Set. A prior, never the answer.
"""


def _hearing(name: str, part: Part) -> Callable[..., Coroutine[Any, Any, Any]]:
    async def hear(
        call: Call,
        path: Path,
        start: Seconds | None = None,
        end: Seconds | None = None,
        tempo: Tempo | None = None,
    ) -> Any:
        asked = given(start=start, end=end, tempo=tempo) | {"parts": [part.name]}
        found, asked = await recalled(call, path, asked)
        if found is not None:
            return ANSWERS[name](result=found[part.field])
        asked |= {"path": path, "field": part.field}
        started = call.runtime.jobs.start(call, "engine.hear.errands:one_part", kept=True, **asked)
        return ANSWERS[name](job=started.job)

    hear.__doc__ = _WORDS.format(words=part.words)
    hear.__annotations__["return"] = ANSWERS[name]
    return hear


for _part in PARTS.values():
    _name = NAMES.get(_part.name, _part.name)
    if _name in ANSWERS:
        method(f"hear.{_name}")(_hearing(_name, _part))

"""What hear.* answers. The shapes of results are read from `hear_results.json`, which `hear_schema` writes.

The parts' own types live beside what computes them, with libraries that the engine's process does not load; their
JSON Schemas, words and units included, are all it needs to describe them.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import msgspec
from msgspec import Meta

from engine.hear.recordings_result import Identified, Rebuilt, Remembered

RESULTS = Path(__file__).with_name("hear_results.json")

NAMES = {"rhythm": "tempo", "sections": "structure"}
"""Methods whose name is not that of the part they hear."""


class Corrections(msgspec.Struct, frozen=True, kw_only=True):
    """What the user set right of a file, by its content; it stands in place of what is heard.

    Attributes:
        bpm: BPM, 20 to 999; null where what is heard stands.
        key: "F# minor"; null where what is heard stands.
    """

    bpm: float | None = None
    key: str | None = None


class Capture(msgspec.Struct, frozen=True):
    """Where to record.

    Attributes:
        path: A file that is not there yet, for a WAV.
    """

    path: str


class ReleaseProfile(msgspec.Struct, frozen=True):
    """What a file can be held against before it goes out.

    Attributes:
        id: What `profile` of hear.analyze takes.
        name: For people.
        description: What it is for.
    """

    id: str
    name: str
    description: str


class Released(msgspec.Struct, frozen=True):
    """What became of a capture.

    Attributes:
        released: False when there was none.
    """

    released: bool


_ALL: dict[str, Any] = msgspec.json.decode(RESULTS.read_bytes()) if RESULTS.exists() else {}


def _or_null(name: str) -> Meta:
    return Meta(extra_json_schema={"anyOf": [_ALL.get(name, {}), {"type": "null"}]})


class RememberHeard(msgspec.Struct, frozen=True, kw_only=True):
    """A recording that is known from now on, or the job that makes it so.

    Attributes:
        job: Its id when the file has to be heard first; job.done then brings the result.
        result: What is known of it when it was remembered before, else null.
    """

    job: str | None = None
    result: Remembered | None = None


class IdentifyHeard(msgspec.Struct, frozen=True, kw_only=True):
    """The job that finds what an excerpt is of.

    Attributes:
        job: Its id; job.done brings the result.
        result: Null; as in the other answers of hear.
    """

    job: str | None = None
    result: Identified | None = None


class RebuildHeard(msgspec.Struct, frozen=True, kw_only=True):
    """The job that hears again what lost its fingerprint.

    Attributes:
        job: Its id; job.done brings the result.
        result: Null; as in the other answers of hear.
    """

    job: str | None = None
    result: Rebuilt | None = None


class Unremembered(msgspec.Struct, frozen=True):
    """What became of a recording.

    Attributes:
        forgotten: False when it was not known.
    """

    forgotten: bool


class AnalysisHeard(msgspec.Struct, frozen=True, kw_only=True):
    """What was heard, or the job that hears it.

    Attributes:
        job: Its id when the file has to be heard first; job.done then brings the analysis.
        analysis: What was heard when that is known already, else null.
    """

    job: str | None = None
    analysis: Annotated[Any, _or_null("analysis")] = None


class ClipKeyHeard(msgspec.Struct, frozen=True, kw_only=True):
    """The key of a clip.

    Attributes:
        job: Null; as in the other answers of hear.
        result: The key.
    """

    job: str | None = None
    result: Annotated[Any, _or_null("clip_key")] = None


def _answer(name: str) -> type[msgspec.Struct]:
    struct = f"{name.title().replace('_', '')}Heard"
    fields: list[Any] = [("job", str | None, None), ("result", Annotated[Any, _or_null(name)], None)]
    made = msgspec.defstruct(struct, fields, frozen=True, kw_only=True)
    made.__doc__ = (
        "What was heard, or the job that hears it.\n\nAttributes:\n    job: Its id when the file has to be heard "
        "first; job.done then brings the result.\n    result: What was heard when that is known already, else null."
    )
    return made


ANSWERS = {name: _answer(name) for name in _ALL if name not in {"analysis", "clip_key"}}
"""The answer of each method that hears one part."""

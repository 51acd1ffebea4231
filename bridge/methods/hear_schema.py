"""Writes `hear_results.json`: the JSON Schemas of what is heard, from the types of those who hear it.

    python -m bridge.methods.hear_schema

Imports all of `engine.hear`, so it is run by whoever changes a result, never by the engine.
"""

from __future__ import annotations

import typing
from pathlib import Path
from typing import Any

import msgspec

from bridge.methods.hear_answers import NAMES, RESULTS


def schemas() -> dict[str, Any]:
    """Return the schema of an analysis, of a clip's key, and of each part under the name of its method."""
    from engine.hear.analysis import function  # noqa: PLC0415 - numba and scipy; see above
    from engine.hear.key_result import Key  # noqa: PLC0415
    from engine.hear.parts import PARTS  # noqa: PLC0415
    from engine.hear.result import Analysis  # noqa: PLC0415

    types = {name: typing.get_type_hints(function(part))["return"] for name, part in PARTS.items()}
    found = {NAMES.get(name, name): _plain(type_) for name, type_ in types.items()}
    whole = _resolved(Analysis, {each.__name__: each for type_ in types.values() for each in _named(type_)})
    return {"analysis": _plain(whole), "clip_key": _plain(Key)} | dict(sorted(found.items()))


def _resolved(struct: type[msgspec.Struct], known: dict[str, Any]) -> type[msgspec.Struct]:
    """The same Struct with types in place of the names that only a type checker knows."""
    hints = typing.get_type_hints(struct, localns=known)
    names, defaults = struct.__struct_fields__, struct.__struct_defaults__
    given = dict(zip(names[len(names) - len(defaults) :], defaults, strict=True))
    fields: list[Any] = [
        (name, hints[name]) if given.get(name, msgspec.NODEFAULT) is msgspec.NODEFAULT else (name, hints[name], None)
        for name in names
    ]
    made = msgspec.defstruct(struct.__name__, fields, kw_only=True)
    made.__doc__ = struct.__doc__
    return made


def _named(type_: Any) -> list[Any]:
    """A result's type, or that of the elements of the list it is."""
    return list(typing.get_args(type_)) or [type_]


def _plain(type_: Any) -> dict[str, Any]:
    """A JSON Schema that stands by itself: what it refers to is put in its place."""
    schema = msgspec.json.schema(type_)
    found: dict[str, Any] = _inlined(schema, schema.get("$defs", {}))
    return found


def _inlined(value: Any, definitions: dict[str, Any]) -> Any:
    if isinstance(value, list):
        return [_inlined(each, definitions) for each in value]
    if not isinstance(value, dict):
        return value
    if "$ref" in value:
        return _inlined(definitions[value["$ref"].rsplit("/", 1)[1]], definitions)
    return {name: _inlined(each, definitions) for name, each in value.items() if name != "$defs"}


def main() -> None:
    """Write the file."""
    Path(RESULTS).write_bytes(msgspec.json.format(msgspec.json.encode(schemas()), indent=1) + b"\n")


if __name__ == "__main__":
    main()

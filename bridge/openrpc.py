"""The OpenRPC document, made from the registry: what rpc.discover answers.

Types become JSON Schemas by msgspec; words come from docstrings and from `Meta(description=...)`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from bridge import __version__
from bridge.registry import Method
from engine import typed

_REF = "#/components/schemas/{name}"


def document(methods: Mapping[str, Method]) -> dict[str, Any]:
    """Return the OpenRPC document of a registry.

    Args:
        methods: The methods, by name. Those not used yet are loaded, which takes a moment.
    """
    with typed.MEETING:
        return _document(methods)


def _document(methods: Mapping[str, Method]) -> dict[str, Any]:
    structs = [each.signature.check.struct for each in methods.values()]
    results = [each.signature.returns for each in methods.values()]
    schemas, components = msgspec.json.schema_components([*structs, *results], ref_template=_REF)
    described = [
        _method(each, components[struct.__name__], result)
        for each, struct, result in zip(methods.values(), structs, schemas[len(structs) :], strict=True)
    ]
    made_here = {struct.__name__ for each, struct in zip(methods.values(), structs, strict=True) if _is_own(each)}
    return {
        "openrpc": "1.3.2",
        "info": {
            "title": "Bandmate",
            "version": __version__,
            "description": "The methods of Bandmate's engine, JSON-RPC 2.0 over a local websocket.",
        },
        "methods": described,
        "components": {"schemas": {name: each for name, each in components.items() if name not in made_here}},
    }


def _is_own(method: Method) -> bool:
    """True when the parameter Struct exists only as the list of this method's parameters."""
    return not method.signature.whole


def _method(method: Method, params: dict[str, Any], result: dict[str, Any]) -> dict[str, Any]:
    words = method.words()
    required = set(params.get("required", ()))
    return {
        "name": method.name,
        "summary": method.summary,
        "description": method.description,
        "paramStructure": "either",
        "params": [
            _descriptor(name, schema, words.get(name, ""), name in required)
            for name, schema in params.get("properties", {}).items()
        ],
        "result": {"name": "result", "schema": result},
    }


def _descriptor(name: str, schema: dict[str, Any], words: str, required: bool) -> dict[str, Any]:
    described = words or schema.get("description", "")
    descriptor: dict[str, Any] = {"name": name, "required": required, "schema": schema}
    return descriptor | ({"description": described} if described else {})

"""OSC arguments as the parameters of a method.

Controllers send what they have: a button is 1.0 or 0.0, a whole number may be a float, a list may be JSON in a text.
What can be meant in one way only is taken so; all else is left to the method's own check, whose words are told.
"""

from __future__ import annotations

from typing import Any

import msgspec
from msgspec import inspect as types

from bridge.osc.packet import Refused
from bridge.registry import Method
from engine import typed
from engine.errors import shorten

_kinds: dict[str, dict[str, frozenset[str]]] = {}


def named(method: Method, args: list[Any]) -> dict[str, Any]:
    """Return the arguments of `/bandmate/<namespace>/<verb>` as parameters.

    Args:
        method: The method.
        args: One text that is a JSON object; or names and values by turns; or values in the order of the parameters.

    Raises:
        Refused: they are none of these.
    """
    if len(args) == 1 and isinstance(args[0], str) and args[0].lstrip().startswith("{"):
        return _object(args[0])
    names = method.signature.check.names
    pairs = args[0::2]
    if len(args) % 2 == 0 and all(isinstance(each, str) for each in pairs) and any(each in names for each in pairs):
        return dict(zip(pairs, args[1::2], strict=True))
    if len(args) > len(names):
        allowed = f"In this order: {', '.join(names)}." if names else "This method takes no parameters."
        raise Refused(f"{method.name} takes at most {len(names)} values, not {len(args)}", allowed)
    return dict(zip(names, args, strict=False))


def fitted(method: Method, params: dict[str, Any]) -> dict[str, Any]:
    """Return parameters as the method takes them, where there is one way only to take them.

    Args:
        method: The method.
        params: By name; None is left out.
    """
    kinds = _kinds_of(method)
    return {name: _fit(value, kinds.get(name, frozenset())) for name, value in params.items() if value is not None}


def takes(method: Method, name: str) -> bool:
    """Return whether a method has a parameter of that name."""
    return name in method.signature.check.names


def _object(text: str) -> dict[str, Any]:
    try:
        found = msgspec.json.decode(text)
    except (msgspec.DecodeError, RecursionError):
        raise Refused("That is no JSON", 'An object of parameters looks like {"bars": 4}.') from None
    if not isinstance(found, dict):
        raise Refused("That is no JSON object", 'An object of parameters looks like {"bars": 4}.')
    return found


def _fit(value: Any, kinds: frozenset[str]) -> Any:
    number = isinstance(value, int | float) and not isinstance(value, bool)
    if number and "bool" in kinds and not kinds & {"int", "float"} and value in {0, 1}:
        return value == 1
    if isinstance(value, float) and "int" in kinds and "float" not in kinds and value.is_integer():
        return int(value)
    if isinstance(value, str) and kinds & {"list", "object"} and value.lstrip()[:1] in {"[", "{"}:
        try:
            return msgspec.json.decode(value)
        except (msgspec.DecodeError, RecursionError):
            raise Refused(f"{shorten(value)} is no JSON", "Lists and objects are sent as JSON in a text.") from None
    return value


def _kinds_of(method: Method) -> dict[str, frozenset[str]]:
    """Return what each parameter of a method may be, worked out once."""
    found = _kinds.get(method.name)
    if found is None:
        with typed.MEETING:
            info: Any = types.type_info(method.signature.check.struct)
        found = {field.encode_name: frozenset(_flat(field.type)) for field in info.fields}
        _kinds[method.name] = found
    return found


_NAMES: dict[type[types.Type], str] = {
    types.BoolType: "bool",
    types.IntType: "int",
    types.FloatType: "float",
    types.StrType: "text",
    types.ListType: "list",
    types.VarTupleType: "list",
    types.TupleType: "list",
    types.DictType: "object",
    types.StructType: "object",
}


def _flat(info: types.Type) -> list[str]:
    if isinstance(info, types.Metadata):
        return _flat(info.type)
    if isinstance(info, types.UnionType):
        return [kind for each in info.types for kind in _flat(each)]
    name = _NAMES.get(type(info))
    return [name] if name else []

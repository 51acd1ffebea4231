"""Turns a method's type hints into a check of its parameters, with messages a producer can read.

A check never repairs: an unknown name, a missing value, a value of another kind or outside its range
is an `InvalidParams` that names the field, the value and what is allowed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from msgspec import inspect as types

from bridge.errors import InvalidParams
from engine import typed
from engine.errors import closest, shorten

_AT = re.compile(r" - at `\$\.?(?P<path>[^`]*)`$")
_STEP = re.compile(r"\[(\d+)\]|\[\.\.\.\]|([^.\[\]]+)")


LEFT_OUT = ", or left out"
"""Said of what may be null, which is what leaving it out means; a producer knows no null."""


class Check:
    """Checks the parameters of one method.

    Attributes:
        struct: The msgspec Struct that lists the parameters.
        names: Their names, in the order of positions.
    """

    def __init__(self, struct: type[msgspec.Struct]) -> None:
        self.struct = struct
        typed.meet(struct)
        with typed.MEETING:
            info = types.type_info(struct)
        if not isinstance(info, types.StructType):
            raise TypeError(f"{struct.__name__} lists no parameters")
        self._info = info
        self.names = tuple(field.encode_name for field in info.fields)
        self._known = frozenset(self.names)

    def __call__(self, params: Mapping[str, Any] | Sequence[Any]) -> msgspec.Struct:
        """Return the parameters as an instance of `struct`.

        Args:
            params: By name (a mapping) or by position (a list).

        Raises:
            InvalidParams: naming the field, the value and what is allowed.
        """
        named = params if isinstance(params, Mapping) else self._by_position(params)
        unknown = [name for name in named if name not in self._known]
        if unknown:
            raise self._unknown(unknown[0])
        try:
            return msgspec.convert(named, self.struct)
        except msgspec.ValidationError as problem:
            raise self._explain(str(problem), named) from None

    def _by_position(self, params: Sequence[Any]) -> dict[str, Any]:
        if len(params) > len(self.names):
            raise InvalidParams(
                f"{len(params)} parameters were given; this method takes at most {len(self.names)}",
                f"In this order: {', '.join(self.names)}." if self.names else "This method takes no parameters.",
            )
        return dict(zip(self.names, params, strict=False))

    def _unknown(self, name: str) -> InvalidParams:
        allowed = f"Allowed: {', '.join(self.names)}." if self.names else "This method takes no parameters."
        hint = closest(name[:64], self.names) + allowed
        return InvalidParams(f"unknown parameter {shorten(name)}", hint, _field(name))

    def _explain(self, words: str, named: Mapping[str, Any]) -> InvalidParams:
        """Say in a producer's words what msgspec said in a programmer's."""
        found = _AT.search(words)
        path = found["path"] if found else ""
        missing = re.search(r"missing required field `(.+?)`", words)
        if missing:
            field = f"{path}.{missing[1]}" if path else missing[1]
            return InvalidParams(f"{field} is missing", f"{field}: {self._allowed(field)}.", field)
        unknown = re.search(r"unknown field `(.+?)`", words)
        if unknown:
            field = f"{path}.{_field(unknown[1])}" if path else _field(unknown[1])
            return InvalidParams(f"unknown parameter {field}", f"{path} may be {self._allowed(path)}.", field)
        if not path:
            return InvalidParams(words.removesuffix("."), field=None)
        allowed = self._allowed(path)
        value = shorten(_value_at(named, path))
        return InvalidParams(f"{path} is {value}; allowed: {allowed}", f"{path} must be {allowed}.", path)

    def _allowed(self, path: str) -> str:
        info: types.Type | None = self._info
        for index, name in _STEP.findall(path):
            info = _inside(info, name or None, index) if info else None
        return describe(info) if info else "another value"


def _field(name: str) -> str:
    """A name that a client made up may hold anything, and be as long as its frame."""
    return shorten(name, 64).strip("'")


def _value_at(value: Any, path: str) -> Any:
    for index, name in _STEP.findall(path):
        try:
            value = value[name] if name else value[int(index)] if index else value
        except (KeyError, IndexError, TypeError, ValueError):
            return value
    return value


def _inside(info: types.Type, name: str | None, index: str) -> types.Type | None:
    """Return the type one step into `info`: a member by name, or an element of a list."""
    if isinstance(info, types.Metadata):
        return _inside(info.type, name, index)
    if isinstance(info, types.UnionType):
        inner = (_inside(each, name, index) for each in info.types)
        return next((each for each in inner if each), None)
    if name is not None and isinstance(info, types.StructType):
        return next((field.type for field in info.fields if field.encode_name == name), None)
    if name is None:
        return _element(info, index)
    return info.value_type if isinstance(info, types.DictType) else None


def _element(info: types.Type, index: str) -> types.Type | None:
    if isinstance(info, types.ListType | types.VarTupleType | types.SetType | types.FrozenSetType):
        return info.item_type
    if isinstance(info, types.TupleType) and index and int(index) < len(info.item_types):
        return info.item_types[int(index)]
    return info.value_type if isinstance(info, types.DictType) else None


def describe(info: types.Type) -> str:
    """Say what values a type allows.

    Args:
        info: From `msgspec.inspect.type_info`.

    Returns:
        Words that fit behind "must be", such as "a whole number from 1 to 64".
    """
    if isinstance(info, types.Metadata):
        return describe(info.type)
    if isinstance(info, types.UnionType):
        words = " or ".join(describe(each) for each in info.types if not isinstance(each, types.NoneType))
        return words + LEFT_OUT if any(isinstance(each, types.NoneType) for each in info.types) else words
    if isinstance(info, types.IntType | types.FloatType):
        return ("a whole number" if isinstance(info, types.IntType) else "a number") + _range(info)
    if isinstance(info, types.LiteralType):
        return "one of " + ", ".join(str(each) for each in info.values)
    if isinstance(info, types.EnumType):
        return "one of " + ", ".join(str(each.value) for each in info.cls)
    return _describe_container(info)


def _describe_container(info: types.Type) -> str:
    if isinstance(info, types.StrType):
        return "text" + _length(info.min_length, info.max_length, "characters")
    if isinstance(info, types.StructType):
        return "an object with " + ", ".join(field.encode_name for field in info.fields)
    if isinstance(info, types.ListType | types.VarTupleType):
        size = _length(info.min_length, info.max_length, "elements")
        return f"a list{size}, each {describe(info.item_type)}"
    plain: dict[type[types.Type], str] = {
        types.BoolType: "true or false",
        types.NoneType: "null",
        types.DictType: "an object",
        types.AnyType: "any value",
    }
    return plain.get(type(info), "a value of another kind")


def _range(info: types.IntType | types.FloatType) -> str:
    if isinstance(info, types.IntType):
        return _whole_range(info)
    low = info.ge if info.ge is not None else info.gt
    high = info.le if info.le is not None else info.lt
    above = "above" if info.ge is None else "from"
    below = "below" if info.le is None else "to"
    if low is not None and high is not None:
        return f" {above} {low:g} {'and ' if below == 'below' else ''}{below} {high:g}"
    if low is not None:
        return f" above {low:g}" if info.ge is None else f" of at least {low:g}"
    if high is not None:
        return f" below {high:g}" if info.le is None else f" of at most {high:g}"
    return ""


def _whole_range(info: types.IntType) -> str:
    """Both ends are among the numbers allowed, and are written out: 2.14748e+09 is no seed."""
    low = info.ge if info.ge is not None or info.gt is None else info.gt + 1
    high = info.le if info.le is not None or info.lt is None else info.lt - 1
    if low is not None and high is not None:
        return f" from {low} to {high}"
    if low is not None:
        return f" of at least {low}"
    return f" of at most {high}" if high is not None else ""


def _length(low: int | None, high: int | None, unit: str) -> str:
    if low is not None and low == high:
        return f" of {low} {unit}"
    if low is not None and high is not None:
        return f" of {low} to {high} {unit}"
    if high is not None:
        return f" of at most {high} {unit}"
    return f" of at least {low} {unit}" if low is not None else ""

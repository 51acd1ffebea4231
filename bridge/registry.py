"""The closed list of methods. A method is a typed function with a docstring; all else follows from it.

    @method("engine.log")
    def log(call: Call, lines: Annotated[int, Meta(ge=1, le=500)] = 100) -> LogLines:
        '''Return the newest lines of the engine's log.'''

* The first parameter may be annotated `Call`: who asks, and the engine's own parts.
* A method whose only other parameter is named `request` and is a msgspec Struct takes the Struct's
  fields as its parameters.
* A plain function runs in a worker thread, so that it cannot hold the event loop; a coroutine
  function runs on the loop and must not compute.
* `first` is called with what was asked before the method is, in the same thread, and gives what is to be asked.
* `then` is called with what was asked and answered before the answer leaves, in the same thread, and gives the answer.
* `plays` says that music waits for the answer: it is worked out before and beside whatever else is asked.
* `needs` names modules of the engine that are imported when the method is first used (or by the
  warm-up), never at start; the type hints may use their public names.
"""

from __future__ import annotations

import importlib
import inspect
import re
import sys
import typing
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

import msgspec

from bridge.validation import Check

_F = TypeVar("_F", bound=Callable[..., Any])

Then = Callable[[object, str, Any, Any], Any]
"""What happens to an answer before it leaves: (the `Call`, the method, the request, the result) -> the result."""

First = Callable[[object, str, Any], Any]
"""What happens to a request before it is answered: (the `Call`, the method, the request) -> the request."""

_NAME = re.compile(r"[a-z]+\.[a-z_]+")


class Signature(msgspec.Struct, frozen=True):
    """What a method takes and gives, resolved from its type hints.

    Attributes:
        check: Validates the parameters.
        whole: True when the method takes the checked Struct itself (the `request` form).
        wants_call: True when the method's first parameter is the `Call`.
        returns: The type of the result.
    """

    check: Check
    whole: bool
    wants_call: bool
    returns: Any


class Method:
    """One method of the wire.

    Attributes:
        name: `namespace.verb`.
        function: The typed function.
        needs: Modules imported on first use.
        seconds: Time limit of one call; None for the engine's usual one.
        then: What happens to the answer before it leaves; None for nothing.
        first: What happens to the request before it is answered; None for nothing.
        plays: Whether music waits for the answer.
    """

    def __init__(
        self,
        name: str,
        function: Callable[..., Any],
        needs: tuple[str, ...],
        seconds: float | None,
        *,
        then: Then | None = None,
        first: First | None = None,
        plays: bool = False,
    ) -> None:
        if not _NAME.fullmatch(name):
            raise ValueError(f"{name}: a method is named namespace.verb")
        if not function.__doc__:
            raise ValueError(f"{name}: a method has a docstring; devices and people read it")
        self.name = name
        self.function = function
        self.needs = needs
        self.seconds = seconds
        self.then = then
        self.first = first
        self.plays = plays
        self.is_async = inspect.iscoroutinefunction(function)
        if (then or first) is not None and self.is_async:
            raise ValueError(f"{name}: on the event loop there is no time for what comes then, or first")
        self._signature: Signature | None = None

    @property
    def signature(self) -> Signature:
        """What the method takes and gives; the first look imports what it needs."""
        return self._signature or self.resolve()

    def resolve(self) -> Signature:
        """Work out the signature, importing what the method needs; safe from any thread."""
        self._signature = self._resolve()
        return self._signature

    @property
    def summary(self) -> str:
        """The first line of the docstring."""
        return inspect.getdoc(self.function).partition("\n")[0].rstrip(".")  # type: ignore[union-attr]

    @property
    def description(self) -> str:
        """The docstring up to its sections."""
        text = inspect.getdoc(self.function) or ""
        return re.split(r"\n\n(?=(?:Args|Returns|Raises):\n)", text)[0]

    def words(self) -> dict[str, str]:
        """Return what is written about each parameter: in the docstring, or in that of its `request` Struct."""
        if self.signature.whole:
            # What a Struct has from its bases is described there.
            kinds = reversed(self.signature.check.struct.__mro__)
            found = [_entries(inspect.cleandoc(kind.__doc__ or ""), "Attributes") for kind in kinds]
            return {name: words for each in found for name, words in each.items()}
        return _entries(inspect.getdoc(self.function) or "", "Args")

    def call(self, context: object, params: Mapping[str, Any] | Sequence[Any]) -> Any:
        """Check the parameters and call the function; a coroutine function gives its coroutine.

        Args:
            context: The `Call`, given to functions that want it.
            params: By name or by position.

        Raises:
            InvalidParams: the parameters are not what the method takes.
        """
        signature = self.signature
        checked = signature.check(params)
        first = (context,) if signature.wants_call else ()
        if signature.whole:
            if self.first is not None:
                checked = self.first(context, self.name, checked)
            result = self.function(*first, checked)
            return result if self.then is None else self.then(context, self.name, checked, result)
        return self.function(*first, **{name: getattr(checked, name) for name in checked.__struct_fields__})

    def _resolve(self) -> Signature:
        names: dict[str, Any] = {}
        for module in self.needs:
            names.update(vars(importlib.import_module(module)))
        names.update(vars(sys.modules[self.function.__module__]))
        hints = typing.get_type_hints(self.function, globalns=names, include_extras=True)
        parameters = list(inspect.signature(self.function).parameters.values())
        wants_call = bool(parameters) and getattr(hints.get(parameters[0].name), "__name__", "") == "Call"
        own = parameters[wants_call:]
        if [each.name for each in own] == ["request"]:
            return Signature(Check(hints["request"]), True, wants_call, hints["return"])
        fields = [
            (each.name, hints[each.name])
            if each.default is inspect.Parameter.empty
            else (each.name, hints[each.name], each.default)
            for each in own
        ]
        struct = msgspec.defstruct(self.name, fields, kw_only=True)
        return Signature(Check(struct), False, wants_call, hints["return"])


def _entries(text: str, section: str) -> dict[str, str]:
    """Return the entries of one section of a Google style docstring, each as one line."""
    block = re.search(rf"^{section}:\n((?:    .*\n?|\n)+)", text, re.MULTILINE)
    found = re.findall(r"^    (\w+): ((?:.+\n?)(?:^     +.+\n?)*)", block[1], re.MULTILINE) if block else []
    return {name: " ".join(words.split()) for name, words in found}


class Registry(Mapping[str, Method]):
    """The methods of one engine, by name."""

    def __init__(self) -> None:
        self._methods: dict[str, Method] = {}

    def method(
        self,
        name: str,
        *,
        needs: Sequence[str] = (),
        seconds: float | None = None,
        then: Then | None = None,
        first: First | None = None,
        plays: bool = False,
    ) -> Callable[[_F], _F]:
        """Return a decorator that adds a function to the list.

        Args:
            name: `namespace.verb`.
            needs: Modules imported on first use; the type hints may use their names.
            seconds: Time limit of one call, when the usual one does not fit.
            then: What happens to the answer before it leaves; for plain functions that take a `request`.
            first: What happens to the request before it is answered; likewise.
            plays: Music waits for the answer; for plain functions that take a few milliseconds.

        Raises:
            ValueError: the name is taken or not of that form, the function has no docstring, or it is a coroutine
                function and shall do something then.
        """

        def add(function: _F) -> _F:
            if name in self._methods:
                raise ValueError(f"{name} is there already")
            self._methods[name] = Method(name, function, tuple(needs), seconds, then=then, first=first, plays=plays)
            return function

        return add

    def __getitem__(self, name: str) -> Method:
        return self._methods[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._methods)

    def __len__(self) -> int:
        return len(self._methods)


REGISTRY = Registry()
"""The methods of Bandmate's engine; filled by importing `bridge.methods`."""

method = REGISTRY.method

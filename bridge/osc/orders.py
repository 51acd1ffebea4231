"""From an address with its arguments to what is asked of the engine."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, unquote

import msgspec

from bridge.osc import arguments
from bridge.osc.packet import Message, Refused
from bridge.osc.table import ACTIONS, KINDS, NUMBERS, RULES, SPECIAL, Rule
from bridge.registry import Method
from engine.errors import closest, shorten

FORCE = "force"
"""A last argument that also moves what the user automates."""

_GENERIC = 3  # "bandmate", namespace, verb


class Unknown(Refused):
    """There is no such address. Which one is near takes some milliseconds to find: see `Orders.near`."""


class Order(msgspec.Struct, frozen=True):
    """What to ask of the engine.

    Attributes:
        address: As it was sent.
        method: Of the registry.
        params: By name, as the method takes them.
        tells: The sender wants to know, so the whole answer is sent.
        key: Of orders with the same key the newest is enough; "" where each counts.
    """

    address: str
    method: str
    params: dict[str, Any]
    tells: bool = False
    key: str = ""


class Orders:
    """Reads messages.

    Args:
        methods: The registry.
    """

    def __init__(self, methods: Mapping[str, Method]) -> None:
        self._methods = methods
        self._rules = [(each.address.split("/")[1:], each) for each in RULES]

    def method_of(self, message: Message) -> Method | None:
        """Return the method that a message may have to load before it can be read."""
        parts = message.address.split("/")[1:]
        name = f"{parts[1]}.{parts[2]}" if len(parts) == _GENERIC else ""
        if message.address == "/sergik/generate":
            name = f"compose.{message.args[0] if message.args else KINDS[0]}"
        return self._methods.get(name)

    def read(self, message: Message) -> Order | None:
        """Return what a message asks for; None for a button that is let go.

        Args:
            message: To one of the fixed addresses, or to `/bandmate/<namespace>/<verb>`.

        Raises:
            Refused: there is no such address, or its arguments cannot be meant.
        """
        parts = message.address.split("/")[1:]
        for pattern, rule in self._rules:
            slots = _match(pattern, parts)
            if slots is not None:
                return self._fixed(rule, slots, message)
        if parts[0] == "bandmate" and len(parts) == _GENERIC:
            name = f"{parts[1]}.{parts[2]}"
            if name in self._methods:
                method = self._methods[name]
                return Order(
                    message.address, name, arguments.fitted(method, arguments.named(method, message.args)), True
                )
        raise Unknown(f"There is no address {shorten(message.address)}", "docs/osc.md lists all addresses.")

    def action(self, message: Message) -> Order | None:
        """Return what `/sergik/action` asks for.

        Args:
            message: Its first argument is a word of `ACTIONS`.

        Raises:
            Refused: there is no such word.
        """
        if not message.args or not isinstance(message.args[0], str):
            raise Refused("An action needs its name", f"One of: {', '.join(ACTIONS)}.")
        word, *rest = message.args
        if word not in ACTIONS:
            raise Refused(
                f"There is no action {shorten(word)}", closest(word, ACTIONS) + f"One of: {', '.join(ACTIONS)}."
            )
        address = ACTIONS[word]
        names = [each[1:-1] for each in address.split("/") if each.startswith("<")]
        if len(rest) < len(names):
            raise Refused(f"{word} needs {' and '.join(names)}", "Numbers count from 0.")
        for name, value in zip(names, rest, strict=False):
            address = address.replace(f"<{name}>", _part(value))
        order = self.read(Message(address, rest[len(names) :]))
        return msgspec.structs.replace(order, address=message.address) if order else None

    def generate(self, message: Message) -> tuple[Order, dict[str, Any]]:
        """Return what `/sergik/generate` asks for.

        Args:
            message: A kind of `KINDS`, then parameters as `/bandmate/compose/<kind>` takes them, with track and slot.

        Returns:
            The order to compose, and where to write it.

        Raises:
            Refused: it cannot be meant.
        """
        kind, *rest = message.args or ["chords"]
        if not isinstance(kind, str) or kind not in KINDS:
            near = closest(kind, KINDS) if isinstance(kind, str) else ""
            raise Refused(f"{shorten(kind)} cannot be generated", near + f"One of: {', '.join(KINDS)}.")
        if len(rest) % 2 or not all(isinstance(each, str) for each in rest[0::2]):
            raise Refused("Parameters are names and values by turns", "Such as: key, F minor, bars, 8.")
        params = dict(zip(rest[0::2], rest[1::2], strict=True))
        place = {name: params.pop(name) for name in ("track", "slot") if name in params}
        method = self._methods[f"compose.{kind}"]
        order = Order(message.address, method.name, arguments.fitted(method, params))
        return order, arguments.fitted(self._methods["live.write"], place)

    def _fixed(self, rule: Rule, slots: dict[str, Any], message: Message) -> Order | None:
        method = self._methods[rule.method]
        args = list(message.args)
        given: dict[str, Any] = {}
        if args and args[-1] == FORCE and arguments.takes(method, FORCE):
            args.pop()
            given[FORCE] = True
        if rule.button:
            if len(args) > 1 or (args and not isinstance(args[0], int | float)):
                raise Refused("A button takes 1, 0 or nothing", "Send no argument to press it.")
            if args and not args[0]:
                return None
        elif len(args) > len(rule.args):
            takes = f"In this order: {', '.join(rule.args)}." if rule.args else "Send no argument."
            raise Refused(f"{rule.address} takes at most {len(rule.args)} arguments, not {len(args)}", takes)
        else:
            given |= dict(zip(rule.args, args, strict=False))
        params = arguments.fitted(method, {**rule.fixed, **slots, **given})
        sets = rule.button or (any(name in given for name in rule.args) and rule.address != "/ableton/device/get")
        key = message.address if rule.continuous and sets else ""
        return Order(message.address, rule.method, params, not sets, key)

    def near(self, address: str) -> str:
        """Return words for the address nearest to one that is not there, or "".

        Args:
            address: As it was sent.
        """
        known = [each.address for each in RULES] + list(SPECIAL)
        known += [f"/bandmate/{name.replace('.', '/')}" for name in self._methods]
        return closest(address[:100], known)


def spelled(name: int | str) -> str:
    """Return a name as it stands in an address."""
    return str(name) if isinstance(name, int) else quote(name, safe="")


def _part(value: Any) -> str:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return spelled(value if isinstance(value, int) else str(value))


def _match(pattern: list[str], parts: list[str]) -> dict[str, Any] | None:
    """Return what stands in the places of a pattern's angle brackets; None when the address is another."""
    if len(pattern) != len(parts):
        return None
    slots: dict[str, Any] = {}
    for wanted, part in zip(pattern, parts, strict=True):
        if not wanted.startswith("<"):
            if wanted != part:
                return None
            continue
        name = wanted[1:-1]
        whole = part.isdecimal() and len(part) <= 9
        if name in NUMBERS and not whole:
            return None
        slots[name] = int(part) if whole else unquote(part, errors="replace")
    return slots

"""What Max knows about the objects we use: their inlets, their outlets and the type of each outlet.

If a box is saved with too few outlets, Max drops cords without a word when it loads the patch, so these counts
must be true. They were taken from patches saved by Max 8.6 and 9 (reference 2.4).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from m4l_devices.errors import PatchError


@dataclass(frozen=True)
class Ports:
    """Inlets and outlets of one box.

    Attributes:
        inlets: How many inlets.
        outlets: Type of each outlet: "" (anything), "bang", "int", "float", "signal", or a fixed word.
        signals: How many of the inlets, from the left, take signals.
    """

    inlets: int
    outlets: tuple[str, ...]
    signals: int = field(default=0, compare=False)


_UI = {
    "comment": Ports(1, ()),
    "inlet": Ports(0, ("",)),
    "outlet": Ports(1, ()),
    "live.comment": Ports(1, ()),
    "live.dial": Ports(1, ("", "float")),
    "live.menu": Ports(1, ("", "", "float")),
    "live.numbox": Ports(1, ("", "float")),
    "live.text": Ports(1, ("", "")),
    "live.toggle": Ports(1, ("",)),
    "message": Ports(2, ("",)),
    "textedit": Ports(1, ("", "int", "", "")),
}
"""Objects with a box class of their own."""

SCRIPTED = ("v8", "v8ui")
"""Objects whose ports are declared by their own code."""

_TRIGGER = {"b": "bang", "i": "int", "f": "float", "s": "", "l": ""}


def _trigger(arguments: Sequence[str]) -> Ports:
    return Ports(1, tuple(_trigger_outlet(argument) for argument in arguments or ("i", "i")))


def _trigger_outlet(argument: str) -> str:
    """An argument that is no type letter is a constant; a word that comes out is itself the outlet's type."""
    if argument in _TRIGGER:
        return _TRIGGER[argument]
    for kind in (int, float):
        try:
            kind(argument)
        except ValueError:
            continue
        return kind.__name__
    return argument


def _route(arguments: Sequence[str]) -> Ports:
    count = len(arguments) + 1
    return Ports(count, ("",) * count)


def _pipe(arguments: Sequence[str]) -> Ports:
    # The last argument is the delay; it has an inlet but no outlet.
    count = max(len(arguments), 2)
    return Ports(count, ("",) * (count - 1))


def _record(arguments: Sequence[str]) -> Ports:
    # Signal inlets by the second argument, then the start and the end of the region.
    channels = int(arguments[1]) if len(arguments) > 1 and arguments[1].isdigit() else 1
    return Ports(max(channels, 1) + 2, ("signal",), max(channels, 1))


def _gate(arguments: Sequence[str]) -> Ports:
    return Ports(2, ("",) * int(arguments[0] if arguments else 1))


def _select(arguments: Sequence[str]) -> Ports:
    # With one argument the second inlet sets it.
    count = max(len(arguments), 1)
    return Ports(2 if count == 1 else 1, ("bang",) * count + ("",))


def _number(arguments: Sequence[str]) -> Ports:
    """A dot in the argument makes an object of whole numbers one of fractions."""
    return Ports(2, ("float" if arguments and "." in arguments[0] else "int",))


_TYPED: dict[str, Callable[[Sequence[str]], Ports]] = {
    **dict.fromkeys(("+", "-", "*", "/", "%", "!/"), _number),
    **dict.fromkeys(("maximum", "minimum"), lambda arguments: Ports(2, (*_number(arguments).outlets, "int"))),
    **dict.fromkeys(("==", ">", "&&"), lambda _: Ports(2, ("int",))),
    **{
        f"zl.{name}": lambda _: Ports(2, ("", ""))
        for name in ["reg", "group", "join", "filter", "len", "lookup", "slice", "iter", "sort", "thin"]
    },
    "*~": lambda _: Ports(2, ("signal",), 2),
    "+~": lambda _: Ports(2, ("signal",), 2),
    "-~": lambda _: Ports(2, ("signal",), 2),
    "/~": lambda _: Ports(2, ("signal",), 2),
    "buffer~": lambda _: Ports(1, ("float", "bang")),
    "change": lambda _: Ports(1, ("", "int", "int")),
    "coll": lambda _: Ports(1, ("", "", "", "")),
    "deferlow": lambda _: Ports(1, ("",)),
    "dspstate~": lambda _: Ports(1, ("int", "float", "int", "int")),
    "edge~": lambda _: Ports(1, ("bang", "bang"), 1),
    "float": lambda _: Ports(2, ("float",)),
    "freebang": lambda _: Ports(1, ("bang",)),
    "gate": _gate,
    "int": lambda _: Ports(2, ("int",)),
    "iter": lambda _: Ports(1, ("",)),
    "live.miditool.in": lambda _: Ports(1, ("", "", "")),
    "live.miditool.out": lambda _: Ports(1, ()),
    "live.thisdevice": lambda _: Ports(1, ("bang", "int", "int")),
    "makenote": lambda _: Ports(3, ("float", "float")),
    "metro": lambda _: Ports(2, ("bang",)),
    "midiflush": lambda _: Ports(1, ("int",)),
    "midiformat": lambda _: Ports(7, ("int", "")),
    "midiin": lambda _: Ports(1, ("int",)),
    "midiout": lambda _: Ports(1, ()),
    "midiparse": lambda _: Ports(1, ("", "", "", "int", "int", "", "int", "")),
    "node.script": lambda _: Ports(1, ("", "")),
    "opendialog": lambda _: Ports(1, ("", "bang")),
    "savedialog": lambda _: Ports(1, ("", "", "bang")),
    "pack": lambda arguments: Ports(max(len(arguments), 2), ("",)),
    "pattr": lambda _: Ports(1, ("", "", "")),
    "pipe": _pipe,
    "plugin~": lambda _: Ports(2, ("signal", "signal"), 2),
    "plugout~": lambda _: Ports(2, ("signal", "signal"), 2),
    "prepend": lambda _: Ports(1, ("",)),
    "qmetro": lambda _: Ports(2, ("bang",)),
    "receive": lambda arguments: Ports(0 if arguments else 1, ("",)),
    "record~": _record,
    "route": _route,
    "select": _select,
    "sig~": lambda _: Ports(1, ("signal",), 1),
    "slide~": lambda _: Ports(3, ("signal",), 1),
    "snapshot~": lambda _: Ports(2, ("float",), 1),
    "split": lambda arguments: Ports(3, ("float" if "." in "".join(arguments) else "int",) * 2),
    "thresh~": lambda _: Ports(3, ("signal",), 1),
    "transport": lambda _: Ports(2, ("int", "int", "float", "float", "float", "", "int", "float", "")),
    "trigger": _trigger,
    "uzi": lambda _: Ports(2, ("bang", "bang", "int")),
    "unpack": lambda arguments: Ports(1, ("",) * len(arguments) if arguments else ("", "")),
}
"""Objects one types into a box, by what their arguments make of them."""

ALIASES = {"t": "trigger", "r": "receive", "s": "send", "i": "int", "f": "float", "sel": "select", "p": "patcher"}
"""Short forms Max understands in a box, and what they stand for."""


def ports_of(maxclass: str, text: str = "") -> Ports:
    """Give the ports of an object whose ports follow from its name and arguments.

    Args:
        maxclass: Box class, such as "live.dial"; "newobj" for objects typed into a box.
        text: What is typed into the box, such as "route seed busy".

    Raises:
        PatchError: An object this table does not know, or one whose code decides (v8, v8ui).
    """
    if maxclass in _UI:
        return _UI[maxclass]
    words = text.split()
    name = ALIASES.get(words[0], words[0]) if words else ""
    if maxclass == "newobj" and name in _TYPED:
        # Attributes such as @autostart 0 make no ports.
        first_attribute = next((i for i, word in enumerate(words) if word.startswith("@")), len(words))
        return _TYPED[name](words[1:first_attribute])
    raise PatchError(
        f"unknown object {name or maxclass!r}",
        f"box `{text or maxclass}`",
        "Add its ports to m4l_devices/objects.py after looking at a patch that Max saved.",
    )

"""A device's patch as the rules see it."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from m4l_devices.amxd import Amxd, is_tool
from m4l_devices.document import Json
from m4l_devices.objects import ALIASES
from m4l_devices.patcher import Rect
from m4l_devices.table import DeviceTable


@dataclass(frozen=True)
class Finding:
    """One place where a rule is broken: where, and what is wrong there."""

    where: str
    what: str


@dataclass(frozen=True)
class Violation:
    """A finding under its rule's id."""

    rule: str
    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.rule}: {self.where}: {self.what}"


@dataclass(frozen=True)
class BoxView:
    """One box: its JSON, and the words rules ask for most."""

    keys: Json

    @property
    def id(self) -> str:
        """Its id, or "?" when it has none."""
        return str(self.keys.get("id", "?"))

    @property
    def maxclass(self) -> str:
        """Its class."""
        return str(self.keys.get("maxclass", ""))

    @property
    def text(self) -> str:
        """What is typed into it."""
        return str(self.keys.get("text", ""))

    @property
    def object(self) -> str:
        """The object's name: the first typed word of a newobj, else the class. Short forms are spelled out."""
        words = self.text.split()
        name = words[0] if self.maxclass == "newobj" and words else self.maxclass
        return ALIASES.get(name, name)

    @property
    def valueof(self) -> Json:
        """Its parameter declaration; empty when it is no parameter."""
        found: Json = self.keys.get("saved_attribute_attributes", {}).get("valueof", {})
        return found

    @property
    def is_parameter(self) -> bool:
        """Whether it is a parameter of the device."""
        return bool(self.keys.get("parameter_enable")) or bool(self.valueof)

    @property
    def long(self) -> str:
        """Its long name."""
        return str(self.valueof.get("parameter_longname", ""))

    @property
    def visibility(self) -> int:
        """0 automated and stored, 1 stored only, 2 hidden."""
        return int(self.valueof.get("parameter_invisible", 0))

    @property
    def is_button(self) -> bool:
        """Whether it is a button that only sends, such as live.text in button mode."""
        return self.maxclass == "live.button" or (self.maxclass == "live.text" and self.keys.get("mode") == 0)

    @property
    def code(self) -> str:
        """The script it holds, or nothing."""
        return str(self.keys.get("textfile", {}).get("text", ""))

    @property
    def place(self) -> Rect | None:
        """Where it stands on the device, when it does and in whole pixels."""
        numbers: list[Any] = self.keys.get("presentation_rect", [])
        if not self.keys.get("presentation") or len(numbers) != 4 or any(n != int(n) for n in numbers):
            return None
        return Rect(*(int(n) for n in numbers))

    def named(self) -> str:
        """Give a name a person can find it by."""
        return f"{self.id} ({self.long or self.text or self.maxclass})"


@dataclass(frozen=True)
class Cord:
    """One cord: box and outlet, box and inlet."""

    source: str
    outlet: int
    destination: str
    inlet: int

    def __str__(self) -> str:
        return f"cord {self.source}:{self.outlet} -> {self.destination}:{self.inlet}"


class View:
    """A device as the rules see it."""

    def __init__(self, device: Amxd, table: DeviceTable | None = None, patcher: Json | None = None) -> None:
        """Parse the device's patch.

        Args:
            device: The device.
            table: Its controls as data, when known.
            patcher: A patch within it, where that is what is looked at.
        """
        self.device = device
        self.table = table
        self.patcher = device.patcher() if patcher is None else patcher

    @property
    def is_tool(self) -> bool:
        """Whether it is a MIDI Tool."""
        return is_tool(self.device.kind)

    @property
    def size(self) -> tuple[int, int]:
        """Width and height that Live gives it."""
        openrect = self.patcher.get("openrect", [0, 0, 0, 0])
        width = openrect[2] if self.is_tool else self.patcher.get("devicewidth", 0)
        return int(width), int(openrect[3])

    @cached_property
    def boxes(self) -> list[BoxView]:
        """All boxes of the main patch."""
        return [BoxView(entry["box"]) for entry in self.patcher.get("boxes", [])]

    @cached_property
    def patches(self) -> list["View"]:
        """This patch, and those within it."""
        inner = [box.keys["patcher"] for box in self.boxes if "patcher" in box.keys]
        return [self, *(view for each in inner for view in View(self.device, self.table, each).patches)]

    @cached_property
    def by_id(self) -> dict[str, BoxView]:
        """Boxes by id."""
        return {box.id: box for box in self.boxes}

    @cached_property
    def cords(self) -> list[Cord]:
        """All cords of the main patch."""
        lines = (entry["patchline"] for entry in self.patcher.get("lines", []))
        return [Cord(*line["source"], *line["destination"]) for line in lines]

    @property
    def parameters(self) -> Iterator[BoxView]:
        """Boxes that are parameters."""
        return (box for box in self.boxes if box.is_parameter)

    @property
    def shown(self) -> Iterator[BoxView]:
        """Boxes that stand on the device."""
        return (box for box in self.boxes if box.keys.get("presentation"))

    def called(self, name: str) -> list[BoxView]:
        """Give all objects of a name, such as "live.thisdevice"."""
        return [box for box in self.boxes if box.object == name]

    def into(self, box: BoxView) -> list[Cord]:
        """Give the cords that end at a box."""
        return [cord for cord in self.cords if cord.destination == box.id]

    def out_of(self, box: BoxView, outlet: int | None = None) -> list[BoxView]:
        """Give the boxes a box sends to, from one outlet or from any."""
        ends = [c.destination for c in self.cords if c.source == box.id and outlet in (None, c.outlet)]
        return [self.by_id[end] for end in ends if end in self.by_id]

    def reaches(self, source: str, sink: str) -> bool:
        """Say whether some object called `source` has a cord to one called `sink`, straight or through a patch."""
        ends = [end for box in self.called(source) for end in self.out_of(box)]
        ends += [after for end in ends if end.object == "patcher" for after in self.out_of(end)]
        return any(end.object == sink for end in ends)


@dataclass(frozen=True)
class Rule:
    """One rule.

    Attributes:
        id: Short fixed name.
        text: What it asks, in words.
        check: Gives every place where it is broken.
    """

    id: str
    text: str
    check: Callable[[View], Iterable[Finding]]


def rule_maker(rules: list[Rule]) -> Callable[[str], Callable[[Callable[[View], Iterable[Finding]]], None]]:
    """Give a decorator that adds a function to a module's list of rules; its docstring is the rule's text.

    Args:
        rules: The list.
    """

    def named(ident: str) -> Callable[[Callable[[View], Iterable[Finding]]], None]:
        def keep(check: Callable[[View], Iterable[Finding]]) -> None:
            rules.append(Rule(ident, (check.__doc__ or "").strip(), check))

        return keep

    return named

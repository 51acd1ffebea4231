"""A patch under construction: boxes, cords, and the words around them that Live needs.

Nothing here depends on the clock, the machine or a hash: boxes are numbered in the order they are added, dates
are fixed, so that the same declaration gives the same bytes.
"""

from dataclasses import dataclass, field
from typing import Any

from m4l_devices.amxd import amxdtype, is_tool
from m4l_devices.document import Json
from m4l_devices.errors import PatchError
from m4l_devices.frozen import FIXED_DATE, Entry
from m4l_devices.objects import Ports
from m4l_devices.table import DeviceTable

DEVICE_HEIGHT = 169
"""Height of every device in Live, in pixels."""
BANK_SIZE = 8
APP_VERSION: Json = {"major": 9, "minor": 0, "revision": 10, "architecture": "x64", "modernui": 1}
"""The oldest Max we support: a newer one opens it without a word, the other way round it warns."""


@dataclass(frozen=True)
class Rect:
    """A place in whole pixels: left, top, width, height."""

    x: int
    y: int
    width: int
    height: int

    def as_list(self) -> list[float]:
        """Give it as Max writes it."""
        return [float(self.x), float(self.y), float(self.width), float(self.height)]


@dataclass(frozen=True)
class Box:
    """One box before it stands in a patch.

    Attributes:
        maxclass: Its class.
        ports: Its inlets and outlets.
        keys: All further keys of its JSON.
        size: Width and height in the editor.
        presentation: Where it stands on the device; None for what a user does not see.
    """

    maxclass: str
    ports: Ports
    keys: Json = field(default_factory=dict)
    size: tuple[int, int] = (100, 22)
    presentation: Rect | None = None


@dataclass(frozen=True)
class Placed:
    """A box that stands in a patch, under its id."""

    id: str
    box: Box


class Boxes:
    """Boxes and the cords between them."""

    def __init__(self) -> None:
        """Start with none."""
        self._boxes: list[Json] = []
        self._placed: dict[str, Box] = {}
        self._lines: list[Json] = []

    def add(self, box: Box, at: tuple[int, int]) -> Placed:
        """Put a box into the patch.

        Args:
            box: The box.
            at: Left and top in the editor, pixels.

        Returns:
            It, with its id.
        """
        ident = f"obj-{len(self._boxes) + 1}"
        keys: Json = {"id": ident, "maxclass": box.maxclass, "numinlets": box.ports.inlets}
        keys["numoutlets"] = len(box.ports.outlets)
        if box.ports.outlets:
            keys["outlettype"] = list(box.ports.outlets)
        keys["patching_rect"] = Rect(*at, *box.size).as_list()
        if box.presentation is not None:
            keys["presentation"] = 1
            keys["presentation_rect"] = box.presentation.as_list()
        self._boxes.append({"box": keys | box.keys})
        self._placed[ident] = box
        return Placed(ident, box)

    def connect(self, source: Placed, outlet: int, destination: Placed, inlet: int = 0) -> None:
        """Draw a cord.

        Args:
            source: Where it starts.
            outlet: Outlet, counted from 0.
            destination: Where it ends.
            inlet: Inlet, counted from 0.

        Raises:
            PatchError: A box that stands in another patch, a port that is not there, a signal where none is heard, or
                a cord drawn twice.
        """
        where = f"cord {source.id}:{outlet} -> {destination.id}:{inlet}"
        for end in (source, destination):
            if self._placed.get(end.id) is not end.box:
                raise PatchError(f"{end.id} does not stand in this patch", where, "Add the box first.")
        if not 0 <= outlet < len(source.box.ports.outlets):
            raise PatchError(f"{source.id} has {len(source.box.ports.outlets)} outlets", where, "Outlets count from 0.")
        if not 0 <= inlet < destination.box.ports.inlets:
            raise PatchError(
                f"{destination.id} has {destination.box.ports.inlets} inlets", where, "Inlets count from 0."
            )
        if source.box.ports.outlets[outlet] == "signal" and inlet >= destination.box.ports.signals:
            raise PatchError(
                f"inlet {inlet} of {destination.id} takes no signal", where, "Max drops a signal cord that ends there."
            )
        line = {"patchline": {"source": [source.id, outlet], "destination": [destination.id, inlet]}}
        if line in self._lines:
            raise PatchError("this cord is there already", where, "Draw it once.")
        self._lines.append(line)


class Patcher(Boxes):
    """The main patch of one device."""

    def __init__(self, kind: str, table: DeviceTable) -> None:
        """Start an empty patch.

        Args:
            kind: Kind code, such as "mmmm".
            table: The device's controls: width, banks and parameter order come from it.
        """
        super().__init__()
        self._kind = kind
        self._table = table
        self._files: list[Entry] = []

    def needs(self, file: Entry) -> None:
        """Note a file that is frozen into the device, so that Max finds it in its list.

        Args:
            file: The same that goes into the device file.
        """
        self._files.append(file)

    def to_json(self) -> Json:
        """Give the whole patch, as the value of the root key `patcher`."""
        width, height = float(self._table.width), float(self._table.height)
        return {
            "fileversion": 1,
            "appversion": APP_VERSION,
            "classnamespace": "box",
            "rect": [60.0, 100.0, 1500.0, 640.0],
            "openrect": [0.0, 0.0, width, height],
            "openinpresentation": 1,
            "default_fontsize": 10.0,
            "default_fontname": "Ableton Sans Medium",
            "gridsize": [8.0, 8.0],
            "boxanimatetime": 200,
            # Tools saved by Max say nothing here: Clip View takes their size from openrect.
            "devicewidth": 0.0 if is_tool(self._kind) else width,
            "description": self._table.info,
            "boxes": self._boxes,
            "lines": self._lines,
            "parameters": self._parameters(),
            "dependency_cache": [
                {"name": file.name, "bootpath": ".", "patcherrelativepath": ".", "type": file.type, "implicit": 1}
                for file in self._files
            ],
            "latency": 0,
            # Notes pass through untouched, per-note expression with them.
            "is_mpe": 1,
            "external_mpe_tuning_enabled": 0,
            "minimum_live_version": "12.2",
            "minimum_max_version": "9.0",
            "platform_compatibility": 0,
            "project": self._project(),
            "autosave": 0,
            "saved_attribute_attributes": {"default_plcolor": {"expression": ""}},
        }

    def _parameters(self) -> Json:
        """List every parameter box with its names and order, then Push's pages (reference 2.6)."""
        block: Json = {}
        for entry in self._boxes:
            value: dict[str, Any] = entry["box"].get("saved_attribute_attributes", {}).get("valueof", {})
            if value:
                names = [value["parameter_longname"], value["parameter_shortname"], value.get("parameter_order", 0)]
                block[entry["box"]["id"]] = names
        banks = {}
        for index, bank in enumerate(self._table.banks):
            slots = [*bank.parameters, *["-"] * (BANK_SIZE - len(bank.parameters))]
            banks[str(index)] = {"index": index, "name": bank.name, "parameters": slots}
        block["parameterbanks"] = banks
        block["inherited_shortname"] = 1
        return block

    def _project(self) -> Json:
        return {
            "version": 1,
            "creationdate": FIXED_DATE,
            "modificationdate": FIXED_DATE,
            "viewrect": [0.0, 0.0, 300.0, 500.0],
            # At 1 Max would move files into folders of its own when somebody edits the device.
            "autoorganize": 0,
            "hideprojectwindow": 1,
            "showdependencies": 1,
            "autolocalize": 0,
            "contents": {"patchers": {}},
            "layout": {},
            "searchpath": {},
            "detailsvisible": 0,
            "amxdtype": amxdtype(self._kind),
            "readonly": 0,
            "devpathtype": 0,
            "devpath": ".",
            "sortmode": 0,
            "viewmode": 0,
            "includepackages": 0,
        }

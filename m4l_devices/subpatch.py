"""A patch within a patch: boxes that do one thing together, behind inlets and outlets of their own."""

from m4l_devices.document import Json
from m4l_devices.objects import Ports, ports_of
from m4l_devices.patcher import APP_VERSION, Box, Boxes, Placed

_PORT_DISTANCE = 90
"""Between the inlets, and between the outlets: Max counts them from the left."""


class Subpatch(Boxes):
    """A patch that goes into a box."""

    def __init__(self, name: str) -> None:
        """Start an empty patch.

        Args:
            name: What is typed behind "p".
        """
        super().__init__()
        self._name = name
        self._inlets = 0
        self._outlets = 0

    def inlet(self, comment: str) -> Placed:
        """Add an inlet, to the right of those there are.

        Args:
            comment: What comes in.
        """
        box = Box("inlet", ports_of("inlet"), {"comment": comment, "index": self._inlets + 1}, (30, 30))
        placed = self.add(box, (20 + _PORT_DISTANCE * self._inlets, 20))
        self._inlets += 1
        return placed

    def outlet(self, comment: str, top: int) -> Placed:
        """Add an outlet, to the right of those there are.

        Args:
            comment: What goes out.
            top: In the editor.
        """
        box = Box("outlet", ports_of("outlet"), {"comment": comment, "index": self._outlets + 1}, (30, 30))
        placed = self.add(box, (20 + _PORT_DISTANCE * self._outlets, top))
        self._outlets += 1
        return placed

    def box(self) -> Box:
        """Give the box that holds all of it."""
        inside: Json = {
            "fileversion": 1,
            "appversion": APP_VERSION,
            "classnamespace": "box",
            "rect": [80.0, 120.0, 1400.0, 900.0],
            "default_fontsize": 10.0,
            "default_fontname": "Ableton Sans Medium",
            "gridsize": [8.0, 8.0],
            "boxes": self._boxes,
            "lines": self._lines,
        }
        text = f"p {self._name}"
        ports = Ports(self._inlets, ("",) * self._outlets)
        return Box("newobj", ports, {"text": text, "patcher": inside}, (max(60, 7 * len(text) + 10), 22))

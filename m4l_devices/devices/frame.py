"""What a device begins with: its controls and labels, its script, the cords between them and Live."""

from collections.abc import Mapping
from dataclasses import dataclass

from m4l_devices.boxes import label, note, obj, script
from m4l_devices.devices.wiring import COLUMN, place_controls, wire_controls, wire_life
from m4l_devices.patcher import Patcher, Placed, Rect
from m4l_devices.table import load_table


@dataclass(frozen=True)
class Layout:
    """Where things stand on a device.

    Attributes:
        places: Long name of each control -> its place.
        labels: Text, place, and whether it is centred.
        main: Long name of the one control painted in the accent colour.
    """

    places: Mapping[str, Rect]
    labels: tuple[tuple[str, Rect, bool], ...]
    main: str


@dataclass(frozen=True)
class Frame:
    """A device that has its controls and its script, and nothing to show or to play yet.

    Attributes:
        name: As it stands in the browser.
        patch: The patch.
        controls: Long name -> its box.
        brain: The v8.
        active: What gives all controls their active or inactive look: 1 or 0.
    """

    name: str
    patch: Patcher
    controls: Mapping[str, Placed]
    brain: Placed
    active: Placed


def frame(kind: str, name: str, layout: Layout, code: str) -> Frame:
    """Begin a device.

    Args:
        kind: The four letters of its kind.
        name: Of its table in presets/devices.
        layout: Where its controls stand.
        code: The bundled script.

    Raises:
        KeyError: A control of the table has no place on the device.
        PatchError: The script does not declare its ports.
    """
    table = load_table(name)
    patch = Patcher(kind, table)
    controls = place_controls(patch, table, layout.places, layout.main)
    for index, (text, place, centred) in enumerate(layout.labels):
        patch.add(label(text, place, centred), (20 + COLUMN * index, 130))
    brain = patch.add(script(code), (420, 400))
    patch.add(note("Start, and whether the device is on."), (20, 270))
    wire_controls(patch, table, controls, brain)
    return Frame(table.name, patch, controls, brain, wire_life(patch, table, controls, brain))


def hear_hub(patch: Patcher, brain: Placed) -> None:
    """Let a device hear what the Hub says to all of them.

    Args:
        patch: The patch.
        brain: The v8.
    """
    patch.add(note("What the Hub says to all devices."), (420, 340))
    patch.connect(patch.add(obj("r bandmate.res"), (420, 364)), 0, brain)


def hear_board(patch: Patcher, brain: Placed) -> None:
    """Let a device hear when something is new on the board of the Macros (js/devices/shared/board.js).

    Args:
        patch: The patch.
        brain: The v8.
    """
    patch.add(note("When a Macros turns, comes or goes."), (640, 340))
    patch.connect(patch.add(obj("r bandmate.macros.news"), (640, 364)), 0, brain)

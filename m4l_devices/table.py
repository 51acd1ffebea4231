"""A device's controls, as data: the JSON in presets/devices, read strictly.

The same file is bundled into the device's own script, so builder and script cannot disagree about a name, an
item or a range. Its schema for people and editors: presets/schema/device.schema.json.
"""

from typing import Literal

import msgspec

import presets
from m4l_devices.errors import PatchError

Control = Literal["menu", "dial", "numbox", "toggle", "button", "text", "memory"]
Visibility = Literal["automated", "stored", "hidden"]
# Max stores a unit and a modulation as its place in these lists, counted from 0 (reference 2.5).
Unit = Literal[
    "int", "float", "time", "hertz", "decibel", "percent", "pan", "semitone", "midi_note", "custom", "native"
]
Modulation = Literal["none", "unipolar", "bipolar", "additive", "absolute"]


class Parameter(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One control.

    Attributes:
        long: Long name: the parameter's identity in Sets, mappings and presets. Never changes after a release.
        short: Short name: its label on the device and on Push.
        selector: The message the device's script hears when the control moves.
        kind: Which control: menu, dial, numbox, toggle, button, text to type in, or memory: text that the
            script keeps in the Set and nobody sees.
        type: How Live stores it: float, int (at most 256 values), enum, or blob (text, not automatable).
        visibility: automated (and stored), stored only, or hidden.
        info: What the Info View says: what a person will hear.
        items: Texts of an enum, in order.
        ids: The engine's word for each item.
        dynamic_items: The script fills the items while the device runs (their number stays).
        text: What is written on a button or toggle.
        min: Lower end, in the unit.
        max: Upper end, in the unit.
        initial: Value of a fresh device; of an enum, the item's index.
        unit: How the value is shown.
        units: Text for the unit "custom", printf form.
        exponent: Curve of a dial; 1 is straight.
        steps: Places a dial can stand at; 0: it moves freely.
        modmode: How Live modulates it.
        defer: Whether automation comes in the thread that draws. Where it does not, the device ties the control to
            Max's own objects, and its script hears nothing of it.
    """

    long: str
    short: str
    selector: str
    kind: Control
    type: Literal["float", "int", "enum", "blob"]
    visibility: Visibility
    info: str
    items: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()
    dynamic_items: bool = False
    text: str = ""
    min: float = 0
    max: float = 127
    initial: float = 0
    unit: Unit = "float"
    units: str = ""
    exponent: float = 1
    steps: int = 0
    modmode: Modulation = "none"
    defer: bool = True


class Bank(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One page of eight knobs on Push, by long name."""

    name: str
    parameters: tuple[str, ...]


class DeviceTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All controls of one device.

    Attributes:
        id: Name of the file in presets/devices.
        name: What the device is called in Live's browser.
        device_class: Kind of device in words, as in `amxd.KINDS`.
        width: Width of the device in pixels.
        info: Info text of the device itself.
        banks: Pages for Push.
        parameters: The controls, in Live's order.
        height: Height in pixels; only MIDI Tools have another than 169.
    """

    id: str
    name: str
    device_class: str
    width: int
    info: str
    banks: tuple[Bank, ...]
    parameters: tuple[Parameter, ...]
    height: int = 169

    def find(self, long: str) -> Parameter:
        """Give the control with a long name.

        Raises:
            PatchError: There is none.
        """
        for parameter in self.parameters:
            if parameter.long == long:
                return parameter
        names = ", ".join(p.long for p in self.parameters)
        raise PatchError(f"no control is called {long!r}", f"presets/devices/{self.id}.json", f"There are {names}.")


def load_table(device_id: str) -> DeviceTable:
    """Read presets/devices/<device_id>.json.

    Args:
        device_id: Such as "chords".

    Raises:
        PatchError: No such table, or one that does not fit.
    """
    where = f"presets/devices/{device_id}.json"
    try:
        return msgspec.json.decode(presets.read_bytes(f"devices/{device_id}.json"), type=DeviceTable)
    except FileNotFoundError:
        raise PatchError("there is no table for this device", where, "Add it, or check the device's id.") from None
    except msgspec.MsgspecError as error:
        raise PatchError(
            f"the table does not fit: {error}", where, "Compare with presets/schema/device.schema.json."
        ) from None

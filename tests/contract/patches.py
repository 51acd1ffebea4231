"""The built devices as the contract sees them: their scripts, and which words reach which script."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from m4l_devices import built_devices
from m4l_devices.amxd import read
from m4l_devices.guidelines.view import BoxView, View


@dataclass(frozen=True)
class Built:
    """One built device."""

    name: str
    view: View

    @cached_property
    def scripts(self) -> dict[str, BoxView]:
        """Boxes that hold a script: "v8", "v8ui" for the picture, and by name what a device draws beside it."""
        return {self._which(box): box for box in self.view.boxes if box.code}

    @staticmethod
    def _which(box: BoxView) -> str:
        named = str(box.keys.get("varname", "picture"))
        return box.object if box.object == "v8" or named == "picture" else f"{box.object} {named}"

    @property
    def files(self) -> dict[str, str]:
        """Files frozen into the device."""
        return {entry.name: entry.body.decode() for entry in self.view.device.files()}

    def code(self, which: str = "v8") -> str:
        """The code of a script."""
        return self.scripts[which].code

    def words_into(self, which: str) -> set[str]:
        """The first words that reach a script by cords; what another object makes up is "<its name>"."""
        box = self.scripts[which]
        return {self._said(self.view.by_id[cord.source], cord.outlet) for cord in self.view.into(box)}

    @staticmethod
    def _said(source: BoxView, outlet: int) -> str:
        typed = source.text.split()
        if source.object == "prepend":
            return typed[1]
        if source.maxclass == "message":
            return typed[0]
        if source.object == "trigger":
            return typed[1 + outlet]
        if source.object == "receive":
            return f"<{typed[1]}>"
        return f"<{source.object}>"


def built() -> dict[str, Built]:
    """The committed devices, by name without "Bandmate"."""
    return {
        device.name.removeprefix("Bandmate "): Built(device.name, View(read(device.path.read_bytes())))
        for device in built_devices()
    }

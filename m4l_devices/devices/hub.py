"""Bandmate Hub: starts the engine, shows how it is, and carries messages between it and the other devices.

It is the one device with a node.script, so it is built frozen with that one bundled file inside: flag 8, which
is how Max marks files that another program opens from disk. Its own v8 and its picture are embedded in the
patch, as in every other device, so nothing but Node ever looks for a file.
"""

from collections.abc import Mapping

from m4l_devices.amxd import Amxd, frozen
from m4l_devices.boxes import node_script, note, obj, picture
from m4l_devices.devices.frame import Layout, frame
from m4l_devices.devices.wiring import wire_midi_through
from m4l_devices.frozen import ON_DISK_FLAG, Entry
from m4l_devices.patcher import Patcher, Placed, Rect

KIND = "mmmm"
SCRIPT = "hub.js"
PICTURE = "hubpanel.js"
NODE_FILE = "bandmate-hub.mjs"

_PLACES = {
    "Idle Minutes": Rect(6, 18, 80, 15),
    "Start": Rect(6, 104, 80, 20),
    "Stop": Rect(6, 128, 38, 15),
    "Restart": Rect(48, 128, 38, 15),
    "Open Folder": Rect(6, 147, 80, 15),
}
_PICTURE_PLACE = Rect(92, 6, 122, 156)

_LAYOUT = Layout(_PLACES, (("Sleep after", Rect(6, 6, 80, 12), False),), main="Start")


def build_hub(bundles: Mapping[str, str]) -> Amxd:
    """Build the device.

    Args:
        bundles: File name in js/dist -> its text; needs `SCRIPT`, `PICTURE` and `NODE_FILE`.

    Raises:
        KeyError: A bundle is missing, or a control of the table has no place on the device.
        PatchError: A bundle does not declare its ports.
    """
    begun = frame(KIND, "hub", _LAYOUT, bundles[SCRIPT])
    patch, brain = begun.patch, begun.brain
    _wire_devices(patch, brain)
    _wire_node(patch, brain)
    patch.add(note("How things stand."), (20, 440))
    panel = patch.add(
        picture(bundles[PICTURE], _PICTURE_PLACE, "Engine", "How the engine is, its version, and what it did last."),
        (20, 464),
    )
    patch.connect(brain, 1, panel)
    wire_midi_through(patch, (900, 460))
    code = Entry(NODE_FILE, "TEXT", bundles[NODE_FILE].encode(), ON_DISK_FLAG)
    patch.needs(code)
    return frozen(KIND, f"{begun.name}.amxd", patch.to_json(), [code])


def _wire_devices(patch: Patcher, brain: Placed) -> None:
    patch.add(note("What devices ask for. (A bare `open` would open the script's editor.)"), (420, 310))
    heard = patch.add(obj("r bandmate.req"), (420, 334))
    prefix = patch.add(obj("prepend device"), (420, 368))
    patch.connect(heard, 0, prefix)
    patch.connect(prefix, 0, brain)


def _wire_node(patch: Patcher, brain: Placed) -> None:
    patch.add(note("The socket to the engine lives in Node: left what it says, right how it lives."), (420, 440))
    node = patch.add(node_script(NODE_FILE), (420, 464))
    life = patch.add(obj("prepend node"), (560, 500))
    patch.connect(brain, 0, node)
    patch.connect(node, 0, brain)
    patch.connect(node, 1, life)
    patch.connect(life, 0, brain)

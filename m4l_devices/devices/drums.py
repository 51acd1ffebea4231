"""Bandmate Drums: a MIDI effect that writes drums into clips, with a grid of lanes.

Middle, four columns of 44: the dials, how the clip becomes sound, and at the foot swing, bars, the menu of what was
learnt from the user, under how much of it there is to be, and in words what was asked of single lanes. Right: the grid.
"""

from collections.abc import Mapping

from m4l_devices.amxd import Amxd
from m4l_devices.boxes import note, obj
from m4l_devices.devices.frame import Layout
from m4l_devices.devices.maker import COLUMN, OFFERED, SEED_LABEL, Answers, Screen, build_maker
from m4l_devices.devices.part import OWN_ABLE, OWN_ANSWERS, ROWS, dial
from m4l_devices.patcher import Patcher, Placed, Rect

SCRIPT = "drums.js"
PICTURE = "drumpanel.js"
BUNDLES = (SCRIPT, PICTURE)

# Drums have no key; in its place stands how the phrase goes.
_COLUMN = {long: place for long, place in COLUMN.items() if long not in ("Key", "Mode")}
_PLACES = {
    **_COLUMN,
    "Build": Rect(6, 45, 80, 15),
    "Phrase": Rect(6, 61, 80, 15),
    "Density": dial(0, 0),
    "Complexity": dial(1, 0),
    "Variation": dial(2, 0),
    "Fills": dial(0, 1),
    "Ghosts": dial(1, 1),
    "Humanise": dial(2, 1),
    "Own Style": Rect(188, 130, 92, 15),
    "Own Amount": Rect(236, ROWS[1], 44, 48),
    "Swing": Rect(92, 130, 44, 15),
    "Swing Grid": Rect(92, 147, 44, 15),
    "Bars": Rect(140, 130, 44, 15),
    "Preview": Rect(140, 147, 44, 15),
    "Lanes": Rect(188, 147, 92, 15),
    "Kit": Rect(236, 18, 44, 15),
    "Render": Rect(236, 35, 44, 15),
}
_LABELS = (
    ("Style", Rect(6, 6, 80, 12), False),
    ("Build, phrase", Rect(6, 33, 80, 12), False),
    SEED_LABEL,
    ("Own, lanes", Rect(188, 118, 92, 12), False),
    ("Macros", Rect(6, 149, 40, 12), False),
    ("Swing", Rect(92, 118, 44, 12), True),
    ("Bars", Rect(140, 118, 44, 12), True),
    ("Kit", Rect(236, 6, 44, 12), True),
)
_LAYOUT = Layout(_PLACES, _LABELS, main="Generate")
_ANSWERS = Answers(
    {
        **{"lanes": "Lanes", **OFFERED, **OWN_ANSWERS, "kit": "Kit", "sample_folder": "Sample Folder"},
        **{"busy": "Generate", "render": "Render"},
    },
    "What the script shows: what is wanted of lanes, the seed of its take, own styles and samples, what cancels.",
    OWN_ABLE,
)


def build_drums(bundles: Mapping[str, str]) -> Amxd:
    """Build the device.

    Args:
        bundles: File name in js/dist -> its text; needs `BUNDLES`.

    Raises:
        KeyError: A bundle is missing, or a control of the table has no place on the device.
        PatchError: A bundle does not declare its ports.
    """
    screen = Screen(
        bundles[PICTURE],
        Rect(286, 6, 208, 156),
        "Drums",
        "Lanes by steps; bright is loud. Press a lane's name to mute it, drag it up or down for more or fewer hits, "
        "double-click it to have it as the style does; press its square to lock it, its dot to roll it anew; the strip "
        "above to see other bars, the grid to hear it.",
        "The grid; a press on it plays, mutes, thins, locks or rolls.",
    )
    return build_maker("drums", _LAYOUT, bundles[SCRIPT], screen, _ANSWERS, _wire_folder)


def _wire_folder(patch: Patcher, brain: Placed) -> None:
    """Ask for a folder when the script says so, and tell it which one was picked."""
    patch.add(note("The user's own samples: Max's dialog for a folder."), (900, 260))
    gate = patch.add(obj("route open_folder"), (900, 284))
    dialog = patch.add(obj("opendialog fold"), (900, 320))
    tell = patch.add(obj("prepend folder"), (900, 356))
    patch.connect(brain, 1, gate)
    patch.connect(gate, 0, dialog)
    patch.connect(dialog, 0, tell)
    patch.connect(tell, 0, brain)

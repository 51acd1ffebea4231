"""Bandmate Jam: a MIDI effect that plays along, bar by bar, steered by nine macros.

Left: who plays what, Freeze, and how much the Macros of the Set move it. Middle: the macros. Right: whose chords are
followed, what steers the part from outside, and the picture.
"""

from collections.abc import Mapping

from m4l_devices.amxd import Amxd, unfrozen
from m4l_devices.boxes import note, obj, picture
from m4l_devices.devices.frame import Frame, Layout, frame, hear_board, hear_hub
from m4l_devices.devices.jam_player import jam_player
from m4l_devices.devices.part import dial
from m4l_devices.devices.wiring import wire_midi_through
from m4l_devices.patcher import Rect

KIND = "mmmm"
SCRIPT = "jam.js"
PICTURE = "jampanel.js"
BUNDLES = (SCRIPT, PICTURE)

MACROS = ("Density", "Complexity", "Tension", "Energy", "Brightness", "Swing", "Humanise", "Variation", "Surprise")
"""Long names, in the order in which the player takes them."""

_PLACES = {
    "Role": Rect(6, 18, 80, 15),
    "Style": Rect(6, 35, 80, 15),
    "Key": Rect(6, 52, 80, 15),
    "Mode": Rect(6, 69, 80, 15),
    "Freeze": Rect(6, 88, 54, 20),
    "Dice": Rect(62, 88, 24, 20),
    "Undo": Rect(6, 111, 38, 15),
    "Restore": Rect(48, 111, 38, 15),
    "Seed": Rect(33, 129, 27, 15),
    "Seed Lock": Rect(62, 129, 24, 15),
    "Macros": Rect(48, 147, 38, 15),
    **{long: dial(each % 3, each // 3) for each, long in enumerate(MACROS)},
    "Harmony": Rect(238, 18, 84, 15),
    "Own Progression": Rect(238, 35, 84, 17),
    "Follow": Rect(330, 18, 84, 15),
    "Follow Amount": Rect(376, 36, 38, 15),
}
_LABELS = (
    ("Role, style, key", Rect(6, 6, 80, 12), False),
    ("Seed", Rect(6, 131, 27, 12), False),
    ("Macros", Rect(6, 149, 40, 12), False),
    ("Harmony, text", Rect(238, 6, 84, 12), False),
    ("Follow", Rect(330, 6, 84, 12), False),
    ("Amount", Rect(330, 38, 44, 12), False),
)
_LAYOUT = Layout(_PLACES, _LABELS, main="Freeze")
_PICTURE_PLACE = Rect(238, 56, 176, 106)
_ANSWERS = {"harmony": "Harmony", "follow": "Follow", "seed": "Seed"}
"""The script's word -> the control that shows it, in the order of the outlets."""
_PLAY = 2
"""Outlet of the script that fills the player's tables."""


def build_jam(bundles: Mapping[str, str]) -> Amxd:
    """Build the device.

    Args:
        bundles: File name in js/dist -> its text; needs `BUNDLES`.

    Raises:
        KeyError: A bundle is missing, or a control of the table has no place on the device.
        PatchError: A bundle does not declare its ports.
    """
    begun = frame(KIND, "jam", _LAYOUT, bundles[SCRIPT])
    hear_hub(begun.patch, begun.brain)
    hear_board(begun.patch, begun.brain)
    _wire_picture(bundles[PICTURE], begun)
    _wire_answers(begun)
    _wire_player(begun)
    return unfrozen(KIND, begun.patch.to_json())


def _wire_picture(code: str, begun: Frame) -> None:
    patch = begun.patch
    patch.add(note("What plays now and next."), (20, 440))
    words = "The bar that plays and the one to come, with the chords they follow, and how things stand."
    drawn = patch.add(picture(code, _PICTURE_PLACE, "Jam", words), (20, 464))
    patch.connect(begun.brain, 0, drawn)
    patch.connect(drawn, 0, begun.brain)


def _wire_answers(begun: Frame) -> None:
    patch = begun.patch
    patch.add(note("What the script shows: the Set's tracks, the seed it drew."), (420, 440))
    route = patch.add(obj(" ".join(["route", *_ANSWERS])), (420, 464))
    patch.connect(begun.brain, 1, route)
    for outlet, long in enumerate(_ANSWERS.values()):
        patch.connect(route, outlet, begun.controls[long])


def _wire_player(begun: Frame) -> None:
    """Let the track's MIDI through, and play beside it."""
    patch = begun.patch
    patch.add(note("Played by Max itself; the script fills its tables ahead of time."), (900, 300))
    player = patch.add(jam_player(), (900, 340))
    sink = wire_midi_through(patch, (900, 460))
    patch.connect(begun.brain, _PLAY, player)
    for inlet, long in enumerate(MACROS, start=1):
        patch.connect(begun.controls[long], 0, player, inlet)
    patch.connect(player, 0, sink)
    patch.connect(player, 1, begun.brain)

"""Bandmate Taste: a MIDI effect with what was learnt from ratings, and how far an offer may go from it.

Left, 80 wide: the profile in use, then what can be done with profiles and the one button that does it. Middle: Explore,
and which part the words are about. Right: the picture.
"""

from collections.abc import Mapping

from m4l_devices.amxd import Amxd, unfrozen
from m4l_devices.boxes import note, obj, picture
from m4l_devices.devices.frame import Frame, Layout, frame, hear_hub
from m4l_devices.devices.maker import Answers, wire_answers
from m4l_devices.devices.wiring import wire_midi_through
from m4l_devices.patcher import Patcher, Placed, Rect

KIND = "mmmm"
SCRIPT = "taste.js"
PICTURE = "tastepanel.js"
BUNDLES = (SCRIPT, PICTURE)

_PLACES = {
    "Profile": Rect(6, 18, 80, 15),
    "Action": Rect(6, 59, 80, 15),
    "Target": Rect(6, 76, 80, 15),
    "Name": Rect(6, 111, 80, 15),
    "Act": Rect(6, 142, 80, 20),
    "Explore": Rect(92, 6, 44, 48),
    "Part": Rect(92, 72, 44, 15),
}
_PICTURE_PLACE = Rect(142, 6, 172, 156)
_LABELS = (
    ("Profile", Rect(6, 6, 80, 12), False),
    ("Action", Rect(6, 47, 80, 12), False),
    ("Name", Rect(6, 99, 80, 12), False),
    ("Part", Rect(92, 60, 44, 12), True),
)
_LAYOUT = Layout(_PLACES, _LABELS, main="Act")
_ANSWERS = Answers(
    {"profile": "Profile", "target": "Target", "name": "Name", "act": "Act", "set_profile": "Set Profile"},
    "What the script shows: profiles, what the action can be done with, what the button does.",
    {"target_able": "Target", "explore_able": "Explore"},
)


def build_taste(bundles: Mapping[str, str]) -> Amxd:
    """Build the device.

    Args:
        bundles: File name in js/dist -> its text; needs `BUNDLES`.

    Raises:
        KeyError: A bundle is missing, or a control of the table has no place on the device.
        PatchError: A bundle does not declare its ports.
    """
    begun = frame(KIND, "taste", _LAYOUT, bundles[SCRIPT])
    patch, brain = begun.patch, begun.brain
    hear_hub(patch, brain)
    _hear_others(patch, brain)
    _wire_picture(bundles[PICTURE], begun)
    wire_answers(patch, _ANSWERS, begun.controls, brain)
    _wire_files(patch, brain)
    wire_midi_through(patch, (900, 460))
    return unfrozen(KIND, patch.to_json())


def _hear_others(patch: Patcher, brain: Placed) -> None:
    """Let the device hear of ratings, and where the Explore of others stands (js/devices/shared/exploring.js)."""
    patch.add(note("When something was rated, or another Taste turns, comes or goes."), (640, 340))
    patch.connect(patch.add(obj("r bandmate.taste.news"), (640, 364)), 0, brain)


def _wire_picture(code: str, begun: Frame) -> None:
    begun.patch.add(note("What was learnt, and how things stand."), (20, 440))
    words = (
        "How your ratings lie from one star to five, what you prefer and what the knobs of Macros came to mean to you "
        "as far as it is known (one dot: likely, three: very sure), how near guesses came to your stars, and how "
        "things stand."
    )
    drawn = begun.patch.add(picture(code, _PICTURE_PLACE, "Taste", words), (20, 464))
    begun.patch.connect(begun.brain, 0, drawn)


def _wire_files(patch: Patcher, brain: Placed) -> None:
    """Ask for a file when the script says so, and tell it which one was picked."""
    patch.add(note("A profile as a file: Max's windows to read one and to write one."), (900, 260))
    gate = patch.add(obj("route open save"), (900, 284))
    patch.connect(brain, 1, gate)
    for outlet, (window, word) in enumerate((("opendialog JSON", "import_from"), ("savedialog JSON", "export_to"))):
        at = 900 + 160 * outlet
        dialog = patch.add(obj(window), (at, 320))
        tell = patch.add(obj(f"prepend {word}"), (at, 356))
        patch.connect(gate, outlet, dialog)
        patch.connect(dialog, 0, tell)
        patch.connect(tell, 0, brain)

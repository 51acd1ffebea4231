"""Bandmate Chords: a MIDI effect that writes progressions into clips.

Left, 80 wide: what it makes (Style, Key) and the action (Generate, then Undo, Restore, seed, Dice, Lock).
Middle: the progression on top, under it five dials and Bars. Right: voicing, rhythm, and the picture.

Seed is Stored Only, though a hand may turn it: Generate and Dice draw it, so it must not be an automation
target that the patch moves, and yet it belongs to the Set, since the seed is the take.
"""

from collections.abc import Mapping

from m4l_devices.amxd import Amxd, unfrozen
from m4l_devices.boxes import note, obj, picture
from m4l_devices.devices.frame import Layout, frame, hear_hub
from m4l_devices.devices.wiring import wire_midi_through
from m4l_devices.patcher import Patcher, Placed, Rect

KIND = "mmmm"
SCRIPT = "chords.js"
PICTURE = "pianoroll.js"

_PLACES = {
    "Style": Rect(6, 18, 80, 15),
    "Key": Rect(6, 47, 80, 15),
    "Mode": Rect(6, 64, 80, 15),
    "Generate": Rect(6, 85, 80, 20),
    "Undo": Rect(6, 109, 38, 15),
    "Restore": Rect(48, 109, 38, 15),
    "Seed": Rect(48, 128, 38, 15),
    "Dice": Rect(6, 147, 38, 15),
    "Seed Lock": Rect(48, 147, 38, 15),
    "Progression": Rect(92, 18, 140, 15),
    "Own Progression": Rect(118, 37, 114, 17),
    "Tension": Rect(92, 60, 44, 48),
    "Complexity": Rect(140, 60, 44, 48),
    "Movement": Rect(188, 60, 44, 48),
    "Density": Rect(92, 114, 44, 48),
    "Humanise": Rect(140, 114, 44, 48),
    "Bars": Rect(188, 126, 44, 15),
    "Audition": Rect(188, 147, 44, 15),
    "Voicing": Rect(238, 18, 66, 15),
    "Rhythm": Rect(308, 18, 66, 15),
}
_PICTURE_PLACE = Rect(238, 37, 136, 125)
_LABELS = (
    ("Style", Rect(6, 6, 80, 12), False),
    ("Key, mode", Rect(6, 35, 80, 12), False),
    ("Seed", Rect(6, 130, 40, 12), False),
    ("Progression", Rect(92, 6, 140, 12), False),
    ("Own", Rect(92, 40, 26, 12), False),
    ("Bars", Rect(188, 114, 44, 12), True),
    ("Voicing", Rect(238, 6, 66, 12), False),
    ("Rhythm", Rect(308, 6, 66, 12), False),
)
_LAYOUT = Layout(_PLACES, _LABELS, main="Generate")


def build_chords(bundles: Mapping[str, str]) -> Amxd:
    """Build the device.

    Args:
        bundles: File name in js/dist -> its text; needs `SCRIPT` and `PICTURE`.

    Raises:
        KeyError: A bundle is missing, or a control of the table has no place on the device.
        PatchError: A bundle does not declare its ports.
    """
    begun = frame(KIND, "chords", _LAYOUT, bundles[SCRIPT])
    patch, brain = begun.patch, begun.brain
    hear_hub(patch, brain)
    _wire_picture(patch, bundles[PICTURE], brain)
    _wire_answers(patch, begun.controls, brain)
    _wire_audition(patch, brain, wire_midi_through(patch, (900, 460)))
    return unfrozen(KIND, patch.to_json())


def _wire_picture(patch: Patcher, code: str, brain: Placed) -> None:
    patch.add(note("The picture; a press on it plays the chords."), (20, 440))
    roll = patch.add(
        picture(code, _PICTURE_PLACE, "Chords", "What was written last, and how things stand. Press to hear it."),
        (20, 464),
    )
    patch.connect(brain, 0, roll)
    patch.connect(roll, 0, brain)


def _wire_answers(patch: Patcher, controls: Mapping[str, Placed], brain: Placed) -> None:
    patch.add(
        note("What the script shows: the style's progressions, the seed it drew, Generate or Cancel."), (420, 440)
    )
    answers = patch.add(obj("route progressions seed busy"), (420, 464))
    patch.connect(brain, 1, answers)
    for outlet, long in enumerate(("Progression", "Seed", "Generate")):
        patch.connect(answers, outlet, controls[long])


def _wire_audition(patch: Patcher, brain: Placed, sink: Placed) -> None:
    """Play lists of pitch, velocity, length and delay (ms) in the scheduler; `stop` ends all of it at once."""
    patch.add(
        note("Audition: pitch, velocity, length and delay in ms. Waiting notes go first, then sounding ones."),
        (640, 500),
    )
    gate = patch.add(obj("route stop"), (640, 524))
    halt = patch.add(obj("t stop clear"), (640, 560))
    later = patch.add(obj("pipe 0 0 0 0"), (760, 560))
    notes = patch.add(obj("makenote 100 250"), (760, 600))
    pair = patch.add(obj("pack 0 0"), (760, 640))
    bytes_ = patch.add(obj("midiformat"), (760, 680))
    patch.connect(brain, 2, gate)
    patch.connect(gate, 0, halt)
    patch.connect(halt, 0, notes)
    patch.connect(halt, 1, later)
    patch.connect(gate, 1, later)
    for outlet in range(3):
        patch.connect(later, outlet, notes, outlet)
    for outlet in range(2):
        patch.connect(notes, outlet, pair, outlet)
    patch.connect(pair, 0, bytes_)
    patch.connect(bytes_, 0, sink)

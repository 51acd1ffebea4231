"""What every device that makes takes has: its left column, its picture, and the way its notes are heard.

Left, 80 wide: what it makes (Style, Key) and the action (Generate and, for its runner-up, Next; then Undo, Restore;
then Dice, the seed that it draws, Lock), at the foot how much the Macros of the Set move it.

Seed is Stored Only, though a hand may turn it: Generate and Dice draw it, so it must not be an automation
target that the patch moves, and yet it belongs to the Set, since the seed is the take.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from m4l_devices.amxd import Amxd, unfrozen
from m4l_devices.boxes import message, note, obj, picture
from m4l_devices.devices.frame import Frame, Layout, frame, hear_hub
from m4l_devices.devices.wiring import wire_midi_through
from m4l_devices.patcher import Patcher, Placed, Rect

KIND = "mmmm"

More = Callable[[Patcher, Placed], None]
"""Adds to a patch; gets the patch and the script's box."""
Through = Callable[[Frame, tuple[int, int]], Placed]
"""Passes the track's MIDI on; gets the device so far and a place in the editor, gives the midiout."""

COLUMN = {
    "Style": Rect(6, 18, 80, 15),
    "Key": Rect(6, 45, 80, 15),
    "Mode": Rect(6, 61, 80, 15),
    "Generate": Rect(6, 79, 54, 20),
    "Next": Rect(62, 79, 24, 20),
    "Undo": Rect(6, 102, 38, 15),
    "Restore": Rect(48, 102, 38, 15),
    "Dice": Rect(6, 129, 25, 15),
    "Seed": Rect(33, 129, 27, 15),
    "Seed Lock": Rect(62, 129, 24, 15),
    "Macros": Rect(48, 147, 38, 15),
}
"""Long name -> place, in the left column."""
OFFERED = {"seed": "Seed", "recipe": "Recipe"}
"""What a script shows of the take it was offered: the script's word -> long name of the control."""
SEED_LABEL = ("Seed", Rect(33, 117, 27, 12), True)
COLUMN_LABELS = (
    ("Style", Rect(6, 6, 80, 12), False),
    ("Key, mode", Rect(6, 33, 80, 12), False),
    SEED_LABEL,
    ("Macros", Rect(6, 149, 40, 12), False),
)


@dataclass(frozen=True)
class Screen:
    """The picture of a device.

    Attributes:
        code: Its bundled script.
        place: Where it stands.
        title: Title in the Info View.
        info: Text in the Info View.
        hint: What a press on it does, for whoever opens the patch.
    """

    code: str
    place: Rect
    title: str
    info: str
    hint: str


@dataclass(frozen=True)
class Answers:
    """What the script shows on controls.

    Attributes:
        controls: The script's word -> long name of the control, in the order of the outlets.
        hint: For whoever opens the patch.
        able: The script's word -> long name of the control that it gives its active or inactive look, 1 or 0; these
            outlets come last.
    """

    controls: Mapping[str, str]
    hint: str
    able: Mapping[str, str] = field(default_factory=dict)


def build_maker(  # noqa: PLR0917 - what a device is made of, from left to right
    name: str,
    layout: Layout,
    code: str,
    screen: Screen,
    answers: Answers,
    more: More | None = None,
    through: Through | None = None,
) -> Amxd:
    """Build a device that makes takes.

    Args:
        name: Of its table in presets/devices.
        layout: Where its controls stand.
        code: The bundled script.
        screen: Its picture.
        answers: What the script shows on controls.
        more: What only this device has.
        through: How the track's MIDI passes on; untouched when left out.

    Raises:
        KeyError: A control of the table has no place on the device.
        PatchError: A script does not declare its ports.
    """
    begun = frame(KIND, name, layout, code)
    patch, brain = begun.patch, begun.brain
    hear_hub(patch, brain)
    wire_picture(patch, screen, brain)
    wire_answers(patch, answers, begun.controls, brain)
    at = (900, 460)
    _wire_audition(patch, brain, through(begun, at) if through else wire_midi_through(patch, at))
    if more:
        more(patch, brain)
    return unfrozen(KIND, patch.to_json())


def wire_picture(patch: Patcher, screen: Screen, brain: Placed) -> None:
    """Draw the picture: what the script shows on it, and what a hand does with it."""
    patch.add(note(screen.hint), (20, 440))
    drawn = patch.add(picture(screen.code, screen.place, screen.title, screen.info), (20, 464))
    patch.connect(brain, 0, drawn)
    patch.connect(drawn, 0, brain)


def wire_answers(patch: Patcher, answers: Answers, controls: Mapping[str, Placed], brain: Placed) -> None:
    """Draw the cords from the script to the controls on which it shows something."""
    patch.add(note(answers.hint), (420, 440))
    route = patch.add(obj(" ".join(["route", *answers.controls, *answers.able])), (420, 464))
    patch.connect(brain, 1, route)
    for outlet, long in enumerate(answers.controls.values()):
        patch.connect(route, outlet, controls[long])
    for outlet, long in enumerate(answers.able.values(), start=len(answers.controls)):
        look = patch.add(obj("prepend active"), (420, 500))
        patch.connect(route, outlet, look)
        patch.connect(look, 0, controls[long])


def _wire_audition(patch: Patcher, brain: Placed, sink: Placed) -> None:
    """Play a table of pitch, velocity, length and delay (ms) in the scheduler; `stop` ends all of it at once.

    The script only fills the table: it runs on the thread that draws. All notes go into the pipe in one moment, at once
    (`begin`) or when the song comes to its next line (`line` and ticks from one line to the next).
    """
    patch.add(
        note("Audition: number, pitch, velocity, length and delay in ms. Waiting notes go first, then sounding ones."),
        (640, 500),
    )
    gate = patch.add(obj("route stop count begin line"), (640, 524))
    halt = patch.add(obj("t stop clear b"), (640, 560))
    still = patch.add(message("stop"), (640, 600))
    every = patch.add(message("quantize $1 ticks, interval $1 ticks, bang"), (640, 640))
    line = patch.add(obj("metro 1n"), (640, 680))
    now = patch.add(obj("t b b b"), (640, 720))
    begun = patch.add(message("begun"), (640, 760))
    all_ = patch.add(obj("uzi"), (900, 560))
    table = patch.add(obj("coll"), (900, 600))
    later = patch.add(obj("pipe 0 0 0 0"), (900, 640))
    notes = patch.add(obj("makenote 100 250"), (900, 680))
    pair = patch.add(obj("pack 0 0"), (900, 720))
    bytes_ = patch.add(obj("midiformat"), (900, 760))
    for source, outlet, end, inlet in (
        *((brain, 2, gate, 0), (gate, 0, halt, 0), (gate, 1, all_, 1), (gate, 2, all_, 0), (gate, 3, every, 0)),
        *((gate, 4, table, 0), (halt, 0, notes, 0), (halt, 1, later, 0), (halt, 2, still, 0), (still, 0, line, 0)),
        *((every, 0, line, 0), (line, 0, now, 0), (now, 0, all_, 0), (now, 1, begun, 0), (now, 2, still, 0)),
        *((begun, 0, brain, 0), (all_, 2, table, 0), (table, 0, later, 0), (pair, 0, bytes_, 0), (bytes_, 0, sink, 0)),
        *((later, outlet, notes, outlet) for outlet in range(3)),
        *((notes, outlet, pair, outlet) for outlet in range(2)),
    ):
        patch.connect(source, outlet, end, inlet)

"""Bandmate's MIDI Tools: small patches for Live's Generate and Transform panels, all built alike.

live.miditool.in hands context and notes to the script, the script hands its answer to live.miditool.out; both ways are
plain cords, since Live takes an answer only within the same chain of calls. A turned control tells the script, and the
script asks live.miditool.in for a round. There is no button to start it, no switch and no page on Push: Live has those.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from m4l_devices.amxd import Amxd, unfrozen
from m4l_devices.boxes import label, note, obj, picture, script
from m4l_devices.devices.frame import hear_hub
from m4l_devices.devices.wiring import COLUMN, place_controls, wire_controls
from m4l_devices.patcher import Patcher, Placed, Rect
from m4l_devices.table import load_table

PICTURE = "toolpanel.js"
_MOVED_OUTLET = 3
_MOVED = ("Seed", "Groove")
"""Controls that a button of the tool moves: Dice the one, Take the other."""


@dataclass(frozen=True)
class ToolLayout:
    """What makes one tool's patch different from another's.

    Attributes:
        places: Long name of each control -> its place.
        labels: Text and place.
        picture: Where the picture stands.
        words: What the Info View says of the picture.
    """

    places: Mapping[str, Rect]
    labels: tuple[tuple[str, Rect], ...]
    picture: Rect
    words: str


_FIRST, _SECOND, _THIRD = (Rect(x, 42, 44, 48) for x in (6, 50, 94))
_SEED_PLACES = {"Seed": Rect(138, 54, 38, 15), "Dice": Rect(138, 75, 38, 15)}
_SEED_LABEL = ("Seed", Rect(138, 42, 38, 12))


def _generator(dials: tuple[str, str, str], words: str, scaled: bool = True) -> ToolLayout:
    """Lay out a generator: style and length on top, three dials and the seed, the phrase."""
    toggles = {"Grid": Rect(138, 6, 38, 15)} | ({"Scale": Rect(138, 23, 38, 15)} if scaled else {})
    places = {"Style": Rect(6, 18, 82, 15), "Bars": Rect(94, 18, 38, 15)} | toggles
    places |= dict(zip(dials, (_FIRST, _SECOND, _THIRD), strict=True)) | _SEED_PLACES
    labels = (("Style", Rect(6, 6, 82, 12)), ("Bars", Rect(94, 6, 38, 12)), _SEED_LABEL)
    return ToolLayout(places, labels, Rect(6, 94, 170, 76), words)


_TOOLS: Mapping[str, tuple[str, ToolLayout]] = {
    "chords": (
        "nagg",
        _generator(
            ("Tension", "Complexity", "Density"), "The chords a press of Generate brings, and how things stand."
        ),
    ),
    "bass": (
        "nagg",
        _generator(
            ("Density", "Movement", "Syncopation"), "The bass a press of Generate brings, and how things stand."
        ),
    ),
    "melody": (
        "nagg",
        _generator(
            ("Density", "Complexity", "Variation"), "The tune a press of Generate brings, and how things stand."
        ),
    ),
    "drums": (
        "nagg",
        _generator(
            ("Density", "Complexity", "Fills"), "The beat a press of Generate brings, and how things stand.", False
        ),
    ),
    "humanise": (
        "natt",
        ToolLayout(
            {"Role": Rect(6, 18, 82, 15), "Amount": _FIRST, "Timing": _SECOND, "Velocity": _THIRD} | _SEED_PLACES,
            (("What it is", Rect(6, 6, 82, 12)), _SEED_LABEL),
            Rect(6, 94, 170, 76),
            "The notes as a press of Transform brings them, and how things stand.",
        ),
    ),
    "groove": (
        "natt",
        ToolLayout(
            {
                "Groove": Rect(6, 18, 82, 15),
                "Take": Rect(138, 18, 38, 15),
                "Timing": _FIRST,
                "Velocity": _SECOND,
                "Quantise": _THIRD,
            },
            (("Groove", Rect(6, 6, 82, 12)),),
            Rect(6, 94, 170, 76),
            "The notes as a press of Transform brings them, and how things stand.",
        ),
    ),
    "vary": (
        "natt",
        ToolLayout(
            {
                "Role": Rect(6, 18, 82, 15),
                "Keep": Rect(94, 18, 82, 15),
                "Distance": _FIRST,
                "Take": Rect(56, 54, 38, 15),
                "Seed": Rect(97, 54, 38, 15),
                "Dice": Rect(138, 54, 38, 15),
            },
            (
                ("What it is", Rect(6, 6, 82, 12)),
                ("Keep", Rect(94, 6, 82, 12)),
                ("Take", Rect(56, 42, 38, 12)),
                ("Seed", Rect(97, 42, 38, 12)),
            ),
            Rect(6, 94, 170, 76),
            "The variation a press of Transform brings, and how things stand.",
        ),
    ),
    "fit": (
        "natt",
        ToolLayout(
            {"Key": Rect(6, 18, 82, 15), "Mode": Rect(94, 18, 82, 15)},
            (("Key", Rect(6, 6, 82, 12)), ("Mode", Rect(94, 6, 82, 12))),
            Rect(6, 40, 170, 130),
            "The notes as a press of Transform brings them, and how things stand.",
        ),
    ),
}
"""Each tool's kind and layout."""

NAMES = tuple(_TOOLS)
"""What the tools are called in presets/devices (`<name>_tool`) and js/dist (`<name>_tool.js`)."""
FILES = tuple(f"{load_table(f'{name}_tool').name}.amxd" for name in NAMES)
"""Their files, in the order of `NAMES`."""
BUNDLES = (*(f"{name}_tool.js" for name in NAMES), PICTURE)


def build_tool(name: str, bundles: Mapping[str, str]) -> Amxd:
    """Build a tool.

    Args:
        name: One of `NAMES`.
        bundles: File name in js/dist -> its text.

    Raises:
        KeyError: A bundle is missing, or a control of the table has no place on the tool.
        PatchError: A bundle does not declare its ports.
    """
    kind, layout = _TOOLS[name]
    table = load_table(f"{name}_tool")
    patch = Patcher(kind, table)
    controls = place_controls(patch, table, layout.places, main="")
    for index, (text, place) in enumerate(layout.labels):
        patch.add(label(text, place), (20 + COLUMN * index, 130))
    brain = patch.add(script(bundles[f"{name}_tool.js"]), (420, 400))
    wire_controls(patch, table, controls, brain)
    _wire_start(patch, brain)
    hear_hub(patch, brain)
    _wire_rounds(patch, brain)
    patch.add(note("What a press brings, and how things stand."), (20, 440))
    shown = patch.add(picture(bundles[PICTURE], layout.picture, table.name, layout.words), (20, 464))
    patch.connect(brain, 0, shown)
    for long in _MOVED:
        if long in controls:
            patch.connect(brain, _MOVED_OUTLET, controls[long])
    return unfrozen(kind, patch.to_json())


MAKERS = tuple(partial(build_tool, name) for name in NAMES)
"""Makers of all tools, in the order of `NAMES`."""


def _wire_start(patch: Patcher, brain: Placed) -> None:
    patch.add(note("Start."), (20, 270))
    device = patch.add(obj("live.thisdevice"), (20, 300))
    start = patch.add(obj("t start"), (20, 340))
    patch.connect(device, 0, start)
    patch.connect(start, 0, brain)


def _wire_rounds(patch: Patcher, brain: Placed) -> None:
    """Draw the cords of a round: a bang in, context and notes to the script, its answer out."""
    patch.add(note("A round: the context, then the notes; the answer goes out before they return."), (640, 270))
    source = patch.add(obj("live.miditool.in"), (640, 300))
    context = patch.add(obj("prepend context"), (760, 340))
    sink = patch.add(obj("live.miditool.out"), (640, 464))
    patch.connect(brain, 1, source)
    patch.connect(source, 1, context)
    patch.connect(context, 0, brain)
    patch.connect(source, 0, brain)
    patch.connect(brain, 2, sink)

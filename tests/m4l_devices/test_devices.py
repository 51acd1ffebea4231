"""The devices as they are declared: their cords, their faces."""

import pytest

from m4l_devices.amxd import is_tool, write
from m4l_devices.build import TABLES, assemble
from m4l_devices.errors import PatchError
from m4l_devices.frozen import ON_DISK_FLAG
from m4l_devices.guidelines.view import View
from m4l_devices.table import load_table

from .samples import bundles, devices

CHORDS, HUB, COMPANION = (f"Bandmate {name}.amxd" for name in ("Chords", "Hub", "Companion"))
BUILT = devices()
ON_TRACKS = [name for name, device in BUILT.items() if not is_tool(device.kind)]
TOOLS = [name for name in BUILT if name not in ON_TRACKS]


def cords(name):
    """Every cord as words: what it leaves, by which outlet, what it enters, by which inlet."""
    view = View(BUILT[name])
    call = {box.id: box.long or box.keys.get("varname") or box.text or box.maxclass for box in view.boxes}
    return {(call[c.source], c.outlet, call[c.destination], c.inlet) for c in view.cords}


def test_same_scripts_same_bytes():
    assert {name: write(device) for name, device in devices().items()} == {
        name: write(device) for name, device in BUILT.items()
    }


def test_other_scripts_other_bytes():
    other = assemble(bundles("x = 1;"))
    assert all(write(other[name]) != write(BUILT[name]) for name in BUILT)


@pytest.mark.parametrize("name", BUILT)
def test_every_control_tells_the_script(name):
    drawn = cords(name)
    for parameter in TABLES[name].parameters:
        if not parameter.defer:
            assert any(source == parameter.long and end.startswith("p ") for source, _, end, _ in drawn)
            continue
        word = parameter.selector if parameter.kind == "button" else f"prepend {parameter.selector}"
        first = "route text" if parameter.kind == "text" else word
        assert (parameter.long, 0, first, 0) in drawn
        assert (first, 0, word, 0) in drawn or first == word
        assert (word, 0, "v8", 0) in drawn


@pytest.mark.parametrize("name", ON_TRACKS)
def test_device_switch_reaches_script_and_controls(name):
    drawn = cords(name)
    assert {("live.thisdevice", 1, "prepend enabled", 0), ("prepend enabled", 0, "v8", 0)} <= drawn
    reached = {end for source, _, end, _ in drawn if source == "prepend active"}
    assert reached == {p.long for p in TABLES[name].parameters if p.kind not in ("text", "memory")}


def test_chords_has_these_cords_and_no_others():
    special = {c for c in cords(CHORDS) if not c[0].startswith("prepend active")}
    table = load_table("chords")
    for parameter in table.parameters:
        word = parameter.selector if parameter.kind == "button" else f"prepend {parameter.selector}"
        first = "route text" if parameter.kind == "text" else word
        special -= {(parameter.long, 0, first, 0), (first, 0, word, 0), (word, 0, "v8", 0)}
    shown = "route progressions seed recipe busy"
    gate, line = "route stop count begin line", "quantize $1 ticks, interval $1 ticks, bang"
    assert special == {
        ("midiin", 0, "midiout", 0),
        ("live.thisdevice", 0, "t start b", 0),
        ("live.thisdevice", 1, "prepend enabled", 0),
        ("live.thisdevice", 1, "prepend active", 0),
        ("t start b", 0, "v8", 0),
        ("t start b", 1, "Own Progression", 0),
        ("prepend enabled", 0, "v8", 0),
        ("r bandmate.res", 0, "v8", 0),
        ("v8", 0, "picture", 0),
        ("picture", 0, "v8", 0),
        ("v8", 1, shown, 0),
        (shown, 0, "Progression", 0),
        (shown, 1, "Seed", 0),
        (shown, 2, "Recipe", 0),
        (shown, 3, "Generate", 0),
        ("v8", 2, gate, 0),
        (gate, 0, "t stop clear b", 0),
        (gate, 1, "uzi", 1),
        (gate, 2, "uzi", 0),
        (gate, 3, line, 0),
        (gate, 4, "coll", 0),
        ("t stop clear b", 0, "makenote 100 250", 0),
        ("t stop clear b", 1, "pipe 0 0 0 0", 0),
        ("t stop clear b", 2, "stop", 0),
        ("stop", 0, "metro 1n", 0),
        (line, 0, "metro 1n", 0),
        ("metro 1n", 0, "t b b b", 0),
        ("t b b b", 0, "uzi", 0),
        ("t b b b", 1, "begun", 0),
        ("t b b b", 2, "stop", 0),
        ("begun", 0, "v8", 0),
        ("uzi", 2, "coll", 0),
        ("coll", 0, "pipe 0 0 0 0", 0),
        ("pipe 0 0 0 0", 0, "makenote 100 250", 0),
        ("pipe 0 0 0 0", 1, "makenote 100 250", 1),
        ("pipe 0 0 0 0", 2, "makenote 100 250", 2),
        ("makenote 100 250", 0, "pack 0 0", 0),
        ("makenote 100 250", 1, "pack 0 0", 1),
        ("pack 0 0", 0, "midiformat", 0),
        ("midiformat", 0, "midiout", 0),
    }


@pytest.mark.parametrize("name", TOOLS)
def test_a_tool_has_these_cords_and_no_others(name):
    table = TABLES[name]
    words = [p.selector if p.kind == "button" else f"prepend {p.selector}" for p in table.parameters]
    moved = {("v8", 3, p.long, 0) for p in table.parameters if p.long in ("Seed", "Groove")}
    assert (
        cords(name)
        == {
            *((p.long, 0, word, 0) for p, word in zip(table.parameters, words, strict=True)),
            *((word, 0, "v8", 0) for word in words),
            ("live.thisdevice", 0, "t start", 0),
            ("t start", 0, "v8", 0),
            ("r bandmate.res", 0, "v8", 0),
            ("v8", 1, "live.miditool.in", 0),
            ("live.miditool.in", 1, "prepend context", 0),
            ("prepend context", 0, "v8", 0),
            ("live.miditool.in", 0, "v8", 0),
            ("v8", 2, "live.miditool.out", 0),
            ("v8", 0, "picture", 0),
        }
        | moved
    )


@pytest.mark.parametrize("name", TOOLS)
def test_a_tool_is_one_open_file_of_the_size_of_real_ones(name):
    assert BUILT[name].files() == ()
    view = View(BUILT[name])
    assert view.size == (182, 176)
    assert view.patcher["devicewidth"] == 0


def test_generators_and_transformations_are_what_their_files_say():
    kinds = {name: (BUILT[name].kind, TABLES[name].device_class) for name in TOOLS}
    assert set(kinds.values()) == {("nagg", "midi_generator"), ("natt", "midi_transformation")}


def test_hub_is_wired_to_node_and_to_the_devices():
    node = "node.script bandmate-hub.mjs @autostart 0 @watch 0"
    assert {
        ("midiin", 0, "midiout", 0),
        ("live.thisdevice", 0, "t start", 0),
        ("t start", 0, "v8", 0),
        ("r bandmate.req", 0, "prepend device", 0),
        ("prepend device", 0, "v8", 0),
        ("v8", 0, node, 0),
        (node, 0, "v8", 0),
        (node, 1, "prepend node", 0),
        ("prepend node", 0, "v8", 0),
        ("v8", 1, "picture", 0),
    } <= cords(HUB)


def test_the_hub_carries_its_node_script():
    (entry,) = BUILT[HUB].files()
    assert (entry.name, entry.type, entry.flag) == ("bandmate-hub.mjs", "TEXT", ON_DISK_FLAG)
    assert entry.body.decode() == bundles()["bandmate-hub.mjs"]


def test_companions_answers_reach_its_picture_and_its_buttons():
    assert {
        ("midiin", 0, "midiout", 0),
        ("r bandmate.res", 0, "v8", 0),
        ("v8", 0, "picture", 0),
        ("v8", 1, "route analyze fit learn active", 0),
        ("route analyze fit learn active", 0, "Analyze", 0),
        ("route analyze fit learn active", 1, "Fit to Key", 0),
        ("route analyze fit learn active", 2, "Learn", 0),
        ("route analyze fit learn active", 3, "prepend active", 0),
    } <= cords(COMPANION)


def test_chords_is_one_open_file():
    assert BUILT[CHORDS].files() == ()
    assert BUILT[CHORDS].document().raw.startswith(b"{")


def test_the_accent_is_on_the_main_action():
    for name, action in ((CHORDS, "Generate"), (HUB, "Start"), (COMPANION, "Analyze")):
        accented = [box.long for box in View(BUILT[name]).shown if "activebgcolor" in box.keys]
        assert accented == [action]


def test_rows_and_columns_line_up():
    """Dials stand in two rows of three columns; everything at the bottom ends on the same line."""
    places = {box.long or box.keys.get("varname"): box.place for box in View(BUILT[CHORDS]).shown}
    dials = [places[long] for long in ("Tension", "Complexity", "Movement", "Density", "Humanise")]
    assert [(p.x, p.y) for p in dials] == [(92, 60), (140, 60), (188, 60), (92, 114), (140, 114)]
    bottom = [places[long] for long in ("Macros", "Density", "Humanise", "Audition", "picture")]
    assert {p.y + p.height for p in bottom} == {162}
    assert {places[long].y for long in ("Style", "Progression", "Voicing", "Rhythm")} == {18}


def test_companion_stands_in_two_columns():
    """What it does and the way back are equally wide, and end with the picture."""
    places = {box.long or box.keys.get("varname"): box.place for box in View(BUILT[COMPANION]).shown}
    column = [places[long] for long in ("Analyze", "Key", "Mode", "Fit to Key")]
    undo, restore, picture = (places[long] for long in ("Undo", "Restore", "picture"))
    assert {(p.x, p.width) for p in column} == {(6, 80)}
    assert (undo.x, restore.x + restore.width) == (6, 86)
    assert {p.y + p.height for p in (undo, restore, picture)} == {162}


def test_nothing_of_companion_is_automated():
    """Its key and mode belong to the Set, but nothing happens when they move: they are no target for automation."""
    assert {p.visibility for p in load_table("companion").parameters} == {"stored", "hidden"}


def test_the_seed_is_stored_only():
    """Dice and Generate draw it, so it is no automation target; it is the take, so the Set keeps it."""
    assert load_table("chords").find("Seed").visibility == "stored"


def test_a_missing_bundle_is_a_fault_of_the_build():
    some = bundles()
    del some["chords.js"]
    with pytest.raises(KeyError):
        assemble(some)


def test_a_bundle_without_ports_is_refused():
    with pytest.raises(PatchError):
        assemble(bundles() | {"chords.js": "let x = 1;"})

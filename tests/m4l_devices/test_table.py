import json

import pytest
from jsonschema import Draft202012Validator

import presets
from m4l_devices import build
from m4l_devices.devices.tools import NAMES
from m4l_devices.errors import PatchError
from m4l_devices.table import load_table

TABLES = presets.names("devices")
LONG_NAMES_OF_TOOLS = {
    "chords": ["Style", "Bars", "Grid", "Scale", "Tension", "Complexity", "Density", "Seed", "Dice"],
    "bass": ["Style", "Bars", "Grid", "Scale", "Density", "Movement", "Syncopation", "Seed", "Dice"],
    "drums": ["Style", "Bars", "Grid", "Density", "Complexity", "Fills", "Seed", "Dice"],
    "melody": ["Style", "Bars", "Grid", "Scale", "Density", "Complexity", "Variation", "Seed", "Dice"],
    "humanise": ["Role", "Amount", "Timing", "Velocity", "Seed", "Dice"],
    "groove": ["Groove", "Timing", "Velocity", "Quantise", "Take"],
    "vary": ["Role", "Keep", "Distance", "Take", "Seed", "Dice"],
    "fit": ["Key", "Mode"],
}


def test_there_is_a_table_for_each_device():
    assert set(TABLES) == {table.id for table in build.TABLES.values()}


@pytest.mark.parametrize("name", TABLES)
def test_tables_fit_their_schema(name):
    schema = json.loads(presets.read_bytes("schema/device.schema.json"))
    Draft202012Validator.check_schema(schema)
    assert [error.message for error in Draft202012Validator(schema).iter_errors(presets.load(f"devices/{name}"))] == []


WRONG = {
    "a dial of items": {"kind": "dial", "type": "float", "items": ["a", "b"]},
    "an automated button": {"kind": "button", "visibility": "automated"},
    "a float without range": {"type": "float", "kind": "dial"},
    "an enum without items": {"type": "enum", "items": None},
    "a long short name": {"short": "Progression"},
    "no info": {"info": ""},
    "a selector with a capital": {"selector": "Go"},
}


@pytest.mark.parametrize("change", WRONG.values(), ids=WRONG)
def test_the_schema_refuses(change):
    schema = json.loads(presets.read_bytes("schema/device.schema.json"))
    table = json.loads(presets.read_bytes("devices/chords.json"))
    table["parameters"][0] |= change
    table["parameters"][0] = {key: value for key, value in table["parameters"][0].items() if value is not None}
    assert list(Draft202012Validator(schema).iter_errors(table))


@pytest.mark.parametrize("name", TABLES)
def test_tables_are_consistent(name):
    table = load_table(name)
    assert table.id == name
    assert len({p.selector for p in table.parameters}) == len(table.parameters)
    for parameter in table.parameters:
        assert not parameter.ids or len(parameter.ids) == len(parameter.items), parameter.long
        if parameter.type in ("float", "int"):
            assert parameter.min <= parameter.initial <= parameter.max


def test_menus_name_what_the_presets_hold():
    """The engine's words in the menus are its presets, in the same order."""
    chords = load_table("chords")
    styles = presets.load("styles")
    assert chords.find("Style").ids == ("auto", *styles)
    assert chords.find("Style").items == ("Auto", *(presets.load(f"styles/{style}")["name"] for style in styles))
    for long, file in (("Voicing", "voicings"), ("Rhythm", "rhythms")):
        held = presets.load(file)
        assert chords.find(long).ids == ("auto", *(one["id"] for one in held))
        assert chords.find(long).items == ("Auto", *(one["name"] for one in held))


def test_every_progression_of_a_style_has_a_place_in_the_menu():
    menu = load_table("chords").find("Progression")
    assert menu.dynamic_items
    assert menu.ids == ("auto", *(f"#{n}" for n in range(1, 13)))
    assert all(len(presets.load(f"styles/{style}")["progressions"]) >= 12 for style in presets.load("styles"))


def test_long_names_of_chords_never_change():
    """Sets, mappings and presets find a parameter by its long name: this list only ever grows."""
    assert [p.long for p in load_table("chords").parameters] == [
        "Key",
        "Mode",
        "Style",
        "Progression",
        "Voicing",
        "Rhythm",
        "Bars",
        "Tension",
        "Complexity",
        "Movement",
        "Density",
        "Humanise",
        "Seed",
        "Seed Lock",
        "Own Progression",
        "Generate",
        "Undo",
        "Restore",
        "Audition",
        "Dice",
        "Macros",
        "Next",
        "Recipe",
    ]


@pytest.mark.parametrize("name", NAMES)
def test_long_names_of_tools_never_change(name):
    """Presets find a parameter by its long name: these lists only ever grow."""
    assert [p.long for p in load_table(f"{name}_tool").parameters] == LONG_NAMES_OF_TOOLS[name]


def test_menus_of_tools_are_those_of_the_devices():
    for tool, long, device in (
        ("chords", "Style", "chords"),
        ("fit", "Key", "companion"),
        ("fit", "Mode", "companion"),
    ):
        ours, theirs = load_table(f"{tool}_tool").find(long), load_table(device).find(long)
        assert (ours.items, ours.ids) == (theirs.items, theirs.ids)


@pytest.mark.parametrize("name", ["bass", "drums"])
def test_styles_of_tools_are_those_on_the_shelf(name):
    """In the shelf's order, under the shelf's names."""
    style = load_table(f"{name}_tool").find("Style")
    assert style.ids == ("auto", *presets.load(name))
    assert style.items == ("Auto", *(presets.load(f"{name}/{one}")["name"] for one in presets.load(name)))


def test_styles_of_the_melody_tool_are_those_on_the_shelf():
    style, shelf = load_table("melody_tool").find("Style"), presets.load("melody/styles")
    assert style.ids == ("auto", *(one["id"] for one in shelf))
    assert style.items == ("Auto", *(one["name"] for one in shelf))


def test_a_missing_table_is_said():
    with pytest.raises(PatchError, match="no table"):
        load_table("bagpipes")


def test_a_missing_control_is_said():
    with pytest.raises(PatchError, match="Tension"):
        load_table("chords").find("Volume")


def test_a_table_with_an_unknown_key_is_refused(monkeypatch):
    monkeypatch.setattr(presets, "read_bytes", lambda _: b'{"id": "x", "colour": "red"}')
    with pytest.raises(PatchError, match="does not fit"):
        load_table("x")

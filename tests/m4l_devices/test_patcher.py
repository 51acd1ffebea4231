import json

import pytest

from m4l_devices.boxes import control, memory, message, note, obj, picture, script
from m4l_devices.errors import PatchError
from m4l_devices.objects import Ports, ports_of
from m4l_devices.patcher import Patcher, Rect
from m4l_devices.table import Parameter, load_table
from m4l_devices.theme import themed

from .samples import REAL_FILES

CODE = "autowatch = 0;\ninlets = 1;\noutlets = 3;\n"

PORTS = {
    "midiin": Ports(1, ("int",)),
    "midiout": Ports(1, ()),
    "live.thisdevice": Ports(1, ("bang", "int", "int")),
    "route a b c": Ports(4, ("", "", "", "")),
    "route stop": Ports(2, ("", "")),
    "prepend set": Ports(1, ("",)),
    "t b clear": Ports(1, ("bang", "clear")),
    "trigger i f s l": Ports(1, ("int", "float", "", "")),
    "t": Ports(1, ("int", "int")),
    "t 3 0.5": Ports(1, ("int", "float")),
    "pipe 0 0 0 0": Ports(4, ("", "", "")),
    "pipe 100": Ports(2, ("",)),
    "pack 0 0": Ports(2, ("",)),
    "makenote 100 250": Ports(3, ("float", "float")),
    "midiformat": Ports(7, ("int", "")),
    "r bandmate.res": Ports(0, ("",)),
    "receive": Ports(1, ("",)),
    "node.script a.mjs @autostart 0": Ports(1, ("", "")),
    "plugin~": Ports(2, ("signal", "signal")),
    "buffer~ ---rec 30000 2": Ports(1, ("float", "bang")),
    "record~ ---rec": Ports(3, ("signal",)),
    "record~ ---rec 2 @append 1": Ports(4, ("signal",)),
    "record~ bar 0. 100.": Ports(3, ("signal",)),
    "snapshot~ 0": Ports(2, ("float",)),
}


@pytest.mark.parametrize("text", PORTS)
def test_ports(text):
    assert ports_of("newobj", text) == PORTS[text]


@pytest.mark.parametrize(
    ("maxclass", "text"), [("newobj", "counter"), ("newobj", ""), ("newobj", "v8"), ("kslider", "")]
)
def test_unknown_objects_are_refused(maxclass, text):
    with pytest.raises(PatchError, match="unknown object"):
        ports_of(maxclass, text)


def test_table_of_objects_agrees_with_a_patch_saved_by_max():
    path = REAL_FILES / "maxdevtools-Test.amxd"
    if not path.is_file():
        pytest.skip(f"{path} is not here")
    from m4l_devices.amxd import read

    checked = 0
    for box in _boxes(read(path.read_bytes()).patcher()):
        try:
            true = ports_of(box["maxclass"], box.get("text", ""))
        except PatchError:
            continue
        checked += 1
        assert (box["numinlets"], tuple(box.get("outlettype", ()))) == (true.inlets, true.outlets), box
    assert checked >= 20


def _boxes(patcher):
    for entry in patcher["boxes"]:
        yield entry["box"]
        if "patcher" in entry["box"]:
            yield from _boxes(entry["box"]["patcher"])


@pytest.fixture
def patch():
    return Patcher("mmmm", load_table("chords"))


def test_cords_are_checked(patch):
    source, sink = patch.add(obj("midiin"), (0, 0)), patch.add(obj("midiout"), (0, 50))
    patch.connect(source, 0, sink)
    for outlet, inlet, words in [(1, 0, "1 outlets"), (-1, 0, "outlets"), (0, 1, "1 inlets"), (0, 0, "already")]:
        with pytest.raises(PatchError, match=words):
            patch.connect(source, outlet, sink, inlet)
    stranger = Patcher("mmmm", load_table("hub")).add(obj("midiout"), (0, 0))
    with pytest.raises(PatchError, match="does not stand in this patch"):
        patch.connect(source, 0, stranger)
    assert len(patch.to_json()["lines"]) == 1


@pytest.mark.parametrize(("text", "inlet"), [("midiout", 0), ("snapshot~ 0", 1), ("record~ x 2", 2), ("prepend a", 0)])
def test_a_signal_cord_ends_where_signals_are_heard(patch, text, inlet):
    source, sink = patch.add(obj("plugin~"), (0, 0)), patch.add(obj(text), (0, 50))
    with pytest.raises(PatchError, match="takes no signal"):
        patch.connect(source, 0, sink, inlet)
    patch.connect(source, 1, patch.add(obj("record~ x 2"), (0, 80)), 1)
    assert len(patch.to_json()["lines"]) == 1


def test_boxes_are_numbered_in_order(patch):
    ids = [patch.add(box, (0, 0)).id for box in (note("a"), message("b"), obj("midiin"))]
    assert ids == ["obj-1", "obj-2", "obj-3"]


def test_boxes_without_outlets_carry_no_outlettype(patch):
    patch.add(obj("midiout"), (0, 0))
    assert "outlettype" not in patch.to_json()["boxes"][0]["box"]


def test_script_ports_come_from_its_code():
    box = script(CODE)
    assert box.ports == Ports(1, ("", "", ""))
    assert box.keys["textfile"] == {"text": CODE, "filename": "none", "flags": 0, "embed": 1, "autowatch": 0}
    assert box.keys["saved_object_attributes"]["embed"] == 1


@pytest.mark.parametrize("code", ["", "inlets = 1;\n", "// inlets = 1;\n// outlets = 1;\n", "outlets = 2;\n"])
def test_a_script_must_declare_its_ports(code):
    with pytest.raises(PatchError, match="how many inlets"):
        script(code)


def test_a_picture_holds_its_code_and_its_info():
    box = picture(CODE, Rect(238, 37, 136, 125), "Chords", "What was written.")
    assert box.maxclass == "v8ui"
    assert box.keys["embed"] == 1
    assert box.keys["textfile"]["text"] == CODE
    assert (box.keys["annotation_name"], box.keys["annotation"]) == ("Chords", "What was written.")


def parameter(**changes):
    basis = {
        "long": "Cut Off",
        "short": "Cut",
        "selector": "cut_off",
        "kind": "dial",
        "type": "float",
        "visibility": "automated",
        "info": "Where it gets dull.",
        "min": 20,
        "max": 20000,
        "initial": 440,
        "unit": "hertz",
        "exponent": 3,
        "modmode": "bipolar",
    }
    return Parameter(**(basis | changes))


def test_a_parameter_is_declared_as_max_writes_it():
    box = control(parameter(), Rect(6, 6, 44, 48), 3)
    assert box.maxclass == "live.dial"
    assert box.keys["saved_attribute_attributes"] == {
        "valueof": {
            "parameter_longname": "Cut Off",
            "parameter_shortname": "Cut",
            "parameter_linknames": 1,
            "parameter_type": 0,
            "parameter_order": 3,
            "parameter_annotation_name": "Cut Off",
            "parameter_info": "Where it gets dull.",
            "parameter_modmode": 2,
            "parameter_defer": 1,
            "parameter_initial_enable": 1,
            "parameter_mmin": 20.0,
            "parameter_mmax": 20000.0,
            "parameter_initial": [440.0],
            "parameter_unitstyle": 3,
            "parameter_exponent": 3,
        }
    }


@pytest.mark.parametrize(("visibility", "number"), [("automated", None), ("stored", 1), ("hidden", 2)])
def test_visibility(visibility, number):
    box = control(parameter(visibility=visibility), Rect(6, 6, 44, 48), 0)
    assert box.keys["saved_attribute_attributes"]["valueof"].get("parameter_invisible") == number


def test_whole_numbers_are_written_whole():
    box = control(parameter(type="int", kind="numbox", min=1, max=64, initial=8, unit="int"), Rect(6, 6, 44, 15), 0)
    value = box.keys["saved_attribute_attributes"]["valueof"]
    assert json.dumps([value["parameter_mmin"], value["parameter_mmax"], value["parameter_initial"]]) == "[1, 64, [8]]"


def test_a_custom_unit_carries_its_text():
    value = control(parameter(unit="custom", units="%d min"), Rect(6, 6, 44, 48), 0).keys["saved_attribute_attributes"]
    assert value["valueof"]["parameter_units"] == "%d min"


def test_a_button_is_in_button_mode_and_answers_on_mouse_up():
    go = parameter(kind="button", type="enum", items=("off", "on"), text="Go", visibility="hidden", initial=0)
    box = control(go, Rect(6, 6, 80, 20), 0, accented=True)
    assert (box.maxclass, box.keys["mode"], box.keys["outputmode"], box.keys["text"]) == ("live.text", 0, 1, "Go")
    assert box.keys["saved_attribute_attributes"]["activebgcolor"] == {
        "expression": "themecolor.live_control_selection"
    }
    assert "activebgcolor" not in control(go, Rect(6, 6, 80, 20), 0).keys


def test_a_toggle_is_in_toggle_mode():
    lock = parameter(kind="toggle", type="enum", items=("off", "on"), text="Lock", initial=0)
    assert control(lock, Rect(6, 6, 38, 15), 0).keys["mode"] == 1


def test_typed_text_comes_out_as_one_word_on_return():
    own = parameter(kind="text", type="blob", visibility="stored")
    keys = control(own, Rect(6, 6, 38, 17), 0).keys
    assert (keys["keymode"], keys["outputmode"], keys["lines"]) == (1, 1, 1)
    assert "parameter_initial" not in keys["saved_attribute_attributes"]["valueof"]


def test_what_is_kept_behind_a_control_is_a_pattr_that_nobody_sees():
    kept = parameter(kind="memory", type="blob", visibility="stored")
    box = memory(kept, 3)
    assert (box.maxclass, box.keys["text"], box.presentation) == ("newobj", "pattr", None)
    assert box.keys["saved_attribute_attributes"]["valueof"]["parameter_type"] == 3
    assert box.keys["saved_attribute_attributes"]["valueof"]["parameter_invisible"] == 1
    assert (box.ports.inlets, len(box.ports.outlets)) == (1, 3)


def test_theme_colours_have_a_literal_and_an_expression():
    keys = themed(textcolor="live_control_fg")
    assert len(keys["textcolor"]) == 4
    assert keys["saved_attribute_attributes"] == {"textcolor": {"expression": "themecolor.live_control_fg"}}


def test_the_patch_has_what_live_asks_for(patch):
    made = patch.to_json()
    assert made["openrect"] == [0.0, 0.0, 380.0, 169.0]
    assert made["devicewidth"] == 380.0
    assert (made["openinpresentation"], made["latency"], made["is_mpe"]) == (1, 0, 1)
    assert made["project"]["amxdtype"] == 1835887981
    assert made["project"]["autoorganize"] == 0
    first = made["parameters"]["parameterbanks"]["0"]
    assert len(first["parameters"]) == 8

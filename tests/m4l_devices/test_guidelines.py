"""Our devices keep every rule, and every rule bites: a device broken in one way is caught by that rule."""

import copy
from dataclasses import replace

import pytest

from m4l_devices.amxd import Amxd, Frozen
from m4l_devices.build import TABLES
from m4l_devices.document import Document
from m4l_devices.guidelines import RULES, violations

from .samples import devices

CHORDS, HUB = "Bandmate Chords.amxd", "Bandmate Hub.amxd"
MACROS = "Bandmate Macros.amxd"
GENERATOR, FIT = "Bandmate Chords Tool.amxd", "Bandmate Fit Tool.amxd"
BUILT = devices()


def patched(device: Amxd, change) -> Amxd:
    """The same device with its patch changed."""
    patcher = copy.deepcopy(device.patcher())
    change(patcher)
    document = Document.of(patcher)
    if isinstance(device.content, Frozen):
        main, *rest = device.content.entries
        return replace(device, content=Frozen((replace(main, body=document.raw), *rest)))
    return replace(device, content=document)


def box(patcher, name):
    """A box by long name, typed text, scripting name or class."""
    for entry in patcher["boxes"]:
        keys = entry["box"]
        if name in (keys.get("varname"), keys.get("text"), keys["maxclass"]):
            return keys
    raise AssertionError(f"no box {name}")


def valueof(patcher, name):
    return box(patcher, name)["saved_attribute_attributes"]["valueof"]


def cut(patcher, source, outlet=None):
    ident = box(patcher, source)["id"]
    patcher["lines"] = [
        line
        for line in patcher["lines"]
        if line["patchline"]["source"][0] != ident or outlet not in (None, line["patchline"]["source"][1])
    ]


def cord(patcher, source, outlet, destination, inlet):
    line = {"source": [box(patcher, source)["id"], outlet], "destination": [box(patcher, destination)["id"], inlet]}
    patcher["lines"].append({"patchline": line})


def new_object(patcher, text, inlets=1, outlets=("",)):
    keys = {"id": "obj-900", "maxclass": "newobj", "text": text, "numinlets": inlets, "numoutlets": len(outlets)}
    keys["patching_rect"] = [0.0, 0.0, 60.0, 22.0]
    if outlets:
        keys["outlettype"] = list(outlets)
    patcher["boxes"].append({"box": keys})


def through(patcher, source, outlet, text):
    """Let the cords of an outlet go through one more object."""
    new_object(patcher, text)
    ident = box(patcher, source)["id"]
    for line in patcher["lines"]:
        if line["patchline"]["source"] == [ident, outlet]:
            line["patchline"]["source"] = ["obj-900", 0]
    patcher["lines"].append({"patchline": {"source": [ident, outlet], "destination": ["obj-900", 0]}})


def put(keys, **values):
    keys.update(values)


def drop(keys, *names):
    for name in names:
        del keys[name]


def code(patcher, text):
    box(patcher, "v8")["textfile"]["text"] += text


# rule -> (device, what is done to its patch)
BREAKS = {
    "kind": (CHORDS, lambda p: put(p["project"], amxdtype=0)),
    "ids": (CHORDS, lambda p: put(box(p, "Undo"), id=box(p, "Dice")["id"])),
    "ports": (CHORDS, lambda p: put(box(p, "route progressions seed recipe busy"), numoutlets=3)),
    "cords": (CHORDS, lambda p: cord(p, "midiin", 1, "midiout", 0)),
    "dead-boxes": (CHORDS, lambda p: new_object(p, "midiin", 1, ("int",))),
    "files": (CHORDS, lambda p: put(box(p, "v8")["textfile"], embed=0)),
    "project": (CHORDS, lambda p: put(p["project"], autoorganize=1)),
    "long-names": (CHORDS, lambda p: put(valueof(p, "Density"), parameter_longname="live.dial[1]")),
    "short-names": (CHORDS, lambda p: put(valueof(p, "Density"), parameter_shortname="Density of hits")),
    "buttons-hidden": (CHORDS, lambda p: drop(valueof(p, "Generate"), "parameter_invisible")),
    "turned-stored": (CHORDS, lambda p: put(valueof(p, "Tension"), parameter_invisible=2)),
    "patch-moves-nothing": (CHORDS, lambda p: cord(p, "route progressions seed recipe busy", 1, "Density", 0)),
    "types": (CHORDS, lambda p: put(valueof(p, "Bars"), parameter_mmax=2000)),
    "items": (CHORDS, lambda p: put(valueof(p, "Rhythm"), parameter_mmax=3)),
    "initial": (CHORDS, lambda p: put(valueof(p, "Tension"), parameter_initial=[120.0])),
    "units": (CHORDS, lambda p: drop(valueof(p, "Tension"), "parameter_unitstyle")),
    "modulation": (CHORDS, lambda p: put(valueof(p, "Tension"), parameter_modmode=0)),
    "deferred": (CHORDS, lambda p: drop(valueof(p, "Tension"), "parameter_defer")),
    "curve": (CHORDS, lambda p: put(valueof(p, "Tension"), parameter_exponent=-1)),
    "info": (CHORDS, lambda p: put(box(p, "Tension"), annotation="")),
    "load-order": (CHORDS, lambda p: put(valueof(p, "Tension"), parameter_order=0)),
    "banks": (CHORDS, lambda p: p["parameters"]["parameterbanks"]["0"]["parameters"].__setitem__(0, "Gain")),
    "registry": (CHORDS, lambda p: drop(p["parameters"], box(p, "Tension")["id"])),
    "table": (CHORDS, lambda p: put(valueof(p, "Tension"), parameter_mmax=90.0)),
    "presentation": (CHORDS, lambda p: put(p, openinpresentation=0)),
    "height": (CHORDS, lambda p: put(p, openrect=[0.0, 0.0, 380.0, 200.0])),
    "whole-pixels": (CHORDS, lambda p: put(box(p, "Tension"), presentation_rect=[92.5, 60.0, 44.0, 48.0])),
    "inside": (CHORDS, lambda p: put(box(p, "picture"), presentation_rect=[238.0, 37.0, 142.0, 125.0])),
    "overlap": (CHORDS, lambda p: put(box(p, "Undo"), presentation_rect=[10.0, 109.0, 60.0, 15.0])),
    "parameters-shown": (CHORDS, lambda p: drop(box(p, "Tension"), "presentation")),
    "native-sizes": (CHORDS, lambda p: put(box(p, "Bars"), presentation_rect=[188.0, 126.0, 44.0, 18.0])),
    "labels": (CHORDS, lambda p: put(box(p, "Voicing"), presentation_rect=[238.0, 20.0, 66.0, 15.0])),
    "words-fit": (CHORDS, lambda p: put(box(p, "Restore"), text="Bring it all back")),
    "fonts": (CHORDS, lambda p: put(box(p, "Tension"), fontname="Arial")),
    "theme": (CHORDS, lambda p: put(box(p, "Tension"), activeneedlecolor=[1.0, 0.0, 0.0, 1.0])),
    "one-accent": (CHORDS, lambda p: drop(box(p, "Generate"), "activebgcolor")),
    "few-dials": (CHORDS, lambda p: p["boxes"].extend([{"box": dict(box(p, "Tension"))}] * 5)),
    "picture": (CHORDS, lambda p: put(box(p, "picture"), varname="roll")),
    "mouse-up": (CHORDS, lambda p: drop(box(p, "Generate"), "outputmode")),
    "inactive-look": (CHORDS, lambda p: cut(p, "prepend active")),
    "start": (CHORDS, lambda p: cut(p, "live.thisdevice", 0)),
    "through": (CHORDS, lambda p: cut(p, "midiin")),
    "banned": (CHORDS, lambda p: new_object(p, "loadbang", 1, ("bang",))),
    "quiet": (CHORDS, lambda p: code(p, 'post("hello");')),
    "names": (HUB, lambda p: put(box(p, "r bandmate.req"), text="r request")),
    "node-waits": (HUB, lambda p: put(box(p, NODE_TEXT)["saved_object_attributes"], autostart=1)),
    "latency": (CHORDS, lambda p: put(p, latency=64)),
    "tool-ends": (GENERATOR, lambda p: new_object(p, "live.miditool.in", 1, ("", "", ""))),
    "tool-at-once": (GENERATOR, lambda p: cut(p, "live.miditool.in", 0)),
    "tool-by-hand": (GENERATOR, lambda p: cord(p, "Density", 0, "live.miditool.in", 0)),
    "tool-streams": (FIT, lambda p: new_object(p, "midiin", 1, ("int",))),
    "tool-parameters": (FIT, lambda p: drop(valueof(p, "Key"), "parameter_invisible")),
    "no-home": (CHORDS, lambda p: code(p, '"/Users/ada/bandmate";')),
}
NODE_TEXT = "node.script bandmate-hub.mjs @autostart 0 @watch 0"

# Rules about the file around the patch, broken by hand below.
IN_THE_FILE = {"file-rereads", "meta"}


@pytest.mark.parametrize("name", BUILT)
def test_our_devices_keep_every_rule(name):
    assert [str(one) for one in violations(BUILT[name], TABLES[name])] == []


def test_every_rule_is_shown_to_bite():
    assert set(BREAKS) | IN_THE_FILE == set(RULES)


def test_every_rule_says_what_it_asks():
    assert all(rule.text.endswith(".") for rule in RULES.values())


@pytest.mark.parametrize("rule", BREAKS)
def test_rule_bites(rule):
    name, change = BREAKS[rule]
    found = violations(patched(BUILT[name], change), TABLES[name])
    assert rule in {one.rule for one in found}


def test_meta_bites():
    assert {v.rule for v in violations(replace(BUILT[CHORDS], meta=7))} == {"meta", "patch-moves-nothing"}


def test_file_rereads_bites():
    assert "file-rereads" in {v.rule for v in violations(replace(BUILT[HUB], meta=99))}


MORE_BREAKS = {
    "cord drawn twice": ("cords", CHORDS, lambda p: p["lines"].append(p["lines"][0])),
    "cord into the air": ("cords", CHORDS, lambda p: p["boxes"].pop(0) and p["boxes"].pop(0)),
    "cord to an inlet that is not there": ("cords", CHORDS, lambda p: cord(p, "midiin", 0, "midiout", 1)),
    "unknown object": ("ports", CHORDS, lambda p: new_object(p, "live.step")),
    "script with other outlets": ("ports", CHORDS, lambda p: put(box(p, "v8"), numoutlets=2, outlettype=["", ""])),
    "script without ports": ("ports", CHORDS, lambda p: put(box(p, "v8")["textfile"], text="autowatch = 0;")),
    "script gone": ("files", CHORDS, lambda p: put(box(p, "v8")["textfile"], text="")),
    "file not listed": ("files", HUB, lambda p: p["dependency_cache"].clear()),
    "node runs another file": ("files", HUB, lambda p: put(box(p, NODE_TEXT)["textfile"], filename="other.mjs")),
    "no minimum version": ("project", CHORDS, lambda p: put(p, minimum_live_version="")),
    "long name twice": ("long-names", CHORDS, lambda p: put(valueof(p, "Density"), parameter_longname="Tension")),
    "other scripting name": ("long-names", CHORDS, lambda p: put(box(p, "Density"), varname="dense")),
    "automatable button": ("buttons-hidden", CHORDS, lambda p: put(valueof(p, "Dice"), parameter_invisible=1)),
    "hidden text": ("types", CHORDS, lambda p: put(valueof(p, "Own Progression"), parameter_invisible=2)),
    "unheard type": ("types", CHORDS, lambda p: put(valueof(p, "Density"), parameter_type=7)),
    "equal items": ("items", CHORDS, lambda p: valueof(p, "Rhythm")["parameter_enum"].__setitem__(1, "Auto")),
    "no initial": ("initial", CHORDS, lambda p: put(valueof(p, "Tension"), parameter_initial_enable=0)),
    "custom unit without text": ("units", HUB, lambda p: drop(valueof(p, "Idle Minutes"), "parameter_units")),
    "info differs": ("info", CHORDS, lambda p: put(valueof(p, "Tension"), parameter_info="Something else entirely.")),
    "nine slots": ("banks", CHORDS, lambda p: p["parameters"]["parameterbanks"]["0"]["parameters"].append("-")),
    "automated but on no page": ("banks", CHORDS, lambda p: drop(p["parameters"]["parameterbanks"], "1")),
    "stored only on a page": (
        "banks",
        CHORDS,
        lambda p: p["parameters"]["parameterbanks"]["1"]["parameters"].__setitem__(5, "Seed"),
    ),
    "order differs": ("registry", CHORDS, lambda p: p["parameters"][box(p, "Key")["id"]].__setitem__(2, 5)),
    "parameter more": (
        "table",
        CHORDS,
        lambda p: put(valueof(p, "Tension"), parameter_longname="Pressure"),
    ),
    "two widths": ("presentation", CHORDS, lambda p: put(p, devicewidth=400.0)),
    "lopsided": ("inside", CHORDS, lambda p: put(p, openrect=[0.0, 0.0, 400.0, 169.0], devicewidth=400.0)),
    "too low": ("inside", CHORDS, lambda p: put(box(p, "Dice"), presentation_rect=[6.0, 150.0, 38.0, 15.0])),
    "line end in a label": (
        "words-fit",
        CHORDS,
        lambda p: put(box(p, "Voicing"), maxclass="live.comment", text="a\nb"),
    ),
    "big letters": ("fonts", CHORDS, lambda p: put(box(p, "Tension"), fontsize=14.0)),
    "two accents": ("one-accent", CHORDS, lambda p: put(box(p, "Undo"), activebgcolor=[1.0, 1.0, 1.0, 1.0])),
    "narrow picture": (
        "picture",
        CHORDS,
        lambda p: put(box(p, "picture"), presentation_rect=[238.0, 37.0, 90.0, 125.0]),
    ),
    "silent picture": ("picture", CHORDS, lambda p: put(box(p, "picture"), annotation="")),
    "start without trigger": (
        "start",
        CHORDS,
        lambda p: cord(p, "live.thisdevice", 0, "v8", 0),
    ),
    "script watched": ("quiet", CHORDS, lambda p: put(box(p, "v8")["textfile"], text="inlets = 1;\noutlets = 3;\n")),
    "script sends to others": ("names", CHORDS, lambda p: code(p, 'messnamed("req", 1);')),
    "attribute starts node": (
        "node-waits",
        HUB,
        lambda p: put(box(p, NODE_TEXT), text="node.script bandmate-hub.mjs @autostart 1"),
    ),
    "tool object in a device": ("tool-ends", CHORDS, lambda p: new_object(p, "live.miditool.out")),
    "context cut": ("tool-at-once", FIT, lambda p: cut(p, "prepend context")),
    "answer cut": ("tool-at-once", FIT, lambda p: cut(p, "v8", 2)),
    "notes wait": ("tool-at-once", FIT, lambda p: through(p, "live.miditool.in", 0, "deferlow")),
    "sound in a tool": ("tool-streams", GENERATOR, lambda p: new_object(p, "sig~", 1, ("signal",))),
    "tool on Push": (
        "tool-parameters",
        FIT,
        lambda p: p["parameters"]["parameterbanks"].update(
            {"0": {"index": 0, "name": "Main", "parameters": ["-"] * 8}}
        ),
    ),
    "tool as high as a window": ("height", FIT, lambda p: put(p, openrect=[0.0, 0.0, 182.0, 300.0])),
    "tool with two widths": ("presentation", FIT, lambda p: put(p, devicewidth=182.0)),
    "accent in a tool": ("one-accent", GENERATOR, lambda p: put(box(p, "Dice"), activebgcolor=[1.0, 1.0, 1.0, 1.0])),
    "accent without a button": (
        "one-accent",
        MACROS,
        lambda p: put(box(p, "Energy"), activebgcolor=[1.0, 1.0, 1.0, 1.0]),
    ),
    "no expression": ("latency", CHORDS, lambda p: put(p, is_mpe=0)),
}


@pytest.mark.parametrize("case", MORE_BREAKS)
def test_rules_bite_in_every_way(case):
    rule, name, change = MORE_BREAKS[case]
    found = violations(patched(BUILT[name], change), TABLES[name])
    assert rule in {one.rule for one in found}


def test_names_in_words_are_not_calls():
    """`compost(`, `this.post(` and a string are no messages to the Max console."""
    change = lambda p: code(p, "compost(1); this.post(2); api.messnamed('x');")  # noqa: E731
    assert violations(patched(BUILT[CHORDS], change), TABLES[CHORDS]) == []


def test_a_home_path_in_a_frozen_file_is_found():
    device = BUILT[HUB]
    main, node = device.content.entries
    leaky = replace(device, content=Frozen((main, replace(node, body=b'"/home/ada/js"'))))
    assert [v.rule for v in violations(leaky, TABLES[HUB])] == ["no-home"]


def test_an_audio_effect_must_pass_sound():
    found = violations(replace(BUILT[CHORDS], kind="aaaa"), TABLES[CHORDS])
    assert {"through", "kind"} <= {one.rule for one in found}

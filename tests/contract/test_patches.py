"""The built patches carry the words that their scripts take and say: global names, selectors, routes."""

from __future__ import annotations

import copy
from typing import Any

import pytest

import presets
from m4l_devices.amxd import unfrozen
from m4l_devices.guidelines.view import View
from tests.contract.node import node
from tests.contract.patches import Built, built

PATCHES = built()
NAMES = node("constants.mjs")["names"]
KNOWN = node(
    "words.mjs",
    {
        "v8": {f"{name} {which}": each.code(which) for name, each in PATCHES.items() for which in each.scripts},
        "node": {},
    },
)

# What a script hears besides the cords: from Max itself (v8) and from the mouse and the screen (v8ui).
FROM_MAX = {
    "v8": {"notifydeleted"},
    "v8ui": {"paint", "onclick", "onidle", "onidleout", "ondblclick", "ondrag", "onresize", "notifydeleted"},
}
# What other objects make up by themselves; tests/contract/test_relay.py sees each of these words being said, and
# tests/e2e/jam.test.js those of the patch within Jam that plays.
SAID = {
    "<bandmate.res>": {"opened", "frame", "dict", "closed", "hub"},
    "<bandmate.macros.news>": {"steered"},
    "<bandmate.taste.news>": {"explored", "rated"},
    "<live.miditool.in>": {"dictionary"},
    "<patcher>": {"lanes", "entered", "struck", "hushed"},
    "<node.script>": {"node_awake", "node_to", "node_engine", "node_log", "node_call"},
}
ROLL = {"status", "stars", "roll", "playhead"}
SHOWN = {
    # Face of js/devices/chords, and the panel of js/hub/hub.js, by the device whose script says it.
    "Chords v8ui": ROLL,
    **{f"{name} v8ui": ROLL for name in ("Arp", "Bass", "Melody", "Humanise", "Vary")},
    "Drums v8ui": {"status", "stars", "grid", "playhead"},
    "Arrange v8ui": {"status", "stars", "song"},
    "Jam v8ui": {"status", "stars", "roll", "grid", "playhead"},
    "Companion v8ui": {"status", "stars", "clip"},
    **{f"{name} v8ui": {"status", "invite", "roll"} for name in PATCHES if name.endswith(" Tool")},
    "Hub v8ui": {"status", "log", "version"},
    "Macros v8ui": {"status", "steered"},
    "Taste v8ui": {"status", "learnt"},
    "Listen v8ui": {"status", "heard"},
    # And the spectrum: where in its ring of sound the newest sample lies comes with each frame, from the patch.
    "Listen v8ui spectrum": {"scope", "active", "position"},
}


# What a picture says: that it, or one of its stars, was pressed; of Drums also what was done with a lane, of Arrange
# with a section.
PRESSED = {"picture_press", "rate"}
LANES = {"lane_mute", "lane_plain", "lane_density", "lane_lock", "lane_roll"}
PRESSES = {
    "Drums": PRESSED | LANES,
    "Arrange": {"section", "section_energy", "section_plain", "rate"},
    "Companion": {"rate"},
    "Jam": {"rate"},
}
# Every script of a maker takes the user's own chords; these have no field to type them into.
UNTYPED = {"Drums", "Humanise", "Vary"}
# And every device but a MIDI Tool has a switch in its title bar.
UNSWITCHED = {"enabled"}


def changed(name: str, box_text: str, new_text: str) -> Built:
    """A copy of a device with another text in one box."""
    patcher: dict[str, Any] = copy.deepcopy(PATCHES[name].view.patcher)
    (box,) = [each["box"] for each in patcher["boxes"] if each["box"].get("text") == box_text]
    box["text"] = new_text
    return Built(name, View(unfrozen("mmmm", patcher)))


def global_names(device: Built) -> dict[str, str]:
    """Names shared with other devices, by what the object does with them."""
    boxes = [box for box in device.view.boxes if box.object in ("receive", "send")]
    return {box.object: box.text.split()[1] for box in boxes if not box.text.split()[1].startswith("---")}


def heard(device: Built) -> set[str]:
    """All words that can reach a device's v8."""
    words = device.words_into("v8")
    pressed = PRESSES.get(device.name.removeprefix("Bandmate "), PRESSED) if "<v8ui>" in words else set()
    own = {word for word in words if not word.startswith("<")}
    made_up = [SAID[word] for word in words if word.startswith("<") and word != "<v8ui>"]
    return own.union(pressed, *made_up)


def problems(name: str, device: Built) -> set[str]:
    unsaid = {"own_text"} if name in UNTYPED else UNSWITCHED if name.endswith(" Tool") else set()
    return heard(device) ^ (set(KNOWN["messages"][f"{name} v8"]) - unsaid - FROM_MAX["v8"])


def test_the_global_names_are_the_scripts_own() -> None:
    assert global_names(PATCHES["Chords"]) == {"receive": NAMES["fromHub"]}
    assert global_names(PATCHES["Hub"]) == {"receive": NAMES["toHub"]}
    assert all(each.startswith("bandmate.") for each in NAMES.values())


def test_another_name_in_the_patch_is_noticed() -> None:
    for name, text in (("Chords", "r bandmate.res"), ("Hub", "r bandmate.req")):
        assert set(global_names(changed(name, text, "r bandmate.answers")).values()) - set(NAMES.values())


@pytest.mark.parametrize("name", sorted(PATCHES))
def test_what_reaches_a_script_is_what_it_takes(name: str) -> None:
    assert problems(name, PATCHES[name]) == set()


@pytest.mark.parametrize(
    ("name", "text", "other"),
    [
        ("Chords", "prepend density", "prepend thickness"),
        ("Chords", "generate", "compose"),
        ("Chords", "prepend own_text", "prepend words"),
        ("Hub", "prepend device", "prepend devices"),
        ("Hub", "engine_stop", "stop"),
    ],
)
def test_a_word_changed_in_the_patch_is_noticed(name: str, text: str, other: str) -> None:
    assert problems(name, changed(name, text, other)) == {each.split().pop() for each in (text, other)}


def test_the_pictures_take_what_the_scripts_show() -> None:
    takes = {which: set(words) for which, words in KNOWN["messages"].items() if " v8ui" in which}
    assert {which: words - FROM_MAX["v8ui"] for which, words in takes.items()} == SHOWN


def test_what_chords_says_about_its_controls_is_routed_to_them() -> None:
    (route,) = [box for box in PATCHES["Chords"].view.called("route") if "progressions" in box.text]
    assert route.text.split()[1:] == ["progressions", "seed", "recipe", "busy"]
    assert [[box.long for box in PATCHES["Chords"].view.out_of(route, outlet)] for outlet in range(4)] == [
        ["Progression"],
        ["Seed"],
        ["Recipe"],
        ["Generate"],
    ]


@pytest.mark.parametrize("name", sorted(PATCHES))
def test_boxes_have_the_ports_their_scripts_open(name: str) -> None:
    for which, box in PATCHES[name].scripts.items():
        assert [box.keys["numinlets"], box.keys["numoutlets"]] == KNOWN["ports"][f"{name} {which}"]


@pytest.mark.parametrize("name", sorted(PATCHES))
def test_every_control_of_the_table_speaks_under_its_own_word(name: str) -> None:
    table = presets.load(f"devices/{name.lower().replace(' ', '_')}")["parameters"]
    selectors = {each["selector"] for each in table if each.get("defer", True)}
    assert selectors <= heard(PATCHES[name])
    assert selectors <= set(KNOWN["messages"][f"{name} v8"])


def test_the_helper_is_in_the_hub_under_the_name_its_box_asks_for() -> None:
    (box,) = PATCHES["Hub"].view.called("node.script")
    assert box.text.split()[1] in PATCHES["Hub"].files

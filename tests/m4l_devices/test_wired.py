"""Patches within patches, and patches written down as tables."""

import pytest

from m4l_devices.amxd import unfrozen, write
from m4l_devices.boxes import obj
from m4l_devices.devices.arp_player import live_player
from m4l_devices.errors import PatchError
from m4l_devices.guidelines.structure import RULES
from m4l_devices.guidelines.view import View
from m4l_devices.patcher import Patcher
from m4l_devices.subpatch import Subpatch
from m4l_devices.table import load_table
from m4l_devices.wired import wire


def test_a_table_becomes_boxes_and_cords() -> None:
    patch = Subpatch("counts")
    ends = {"start": patch.inlet("bang"), "end": patch.outlet("count", 300)}
    wire(
        patch,
        ends,
        {"Counts": {"count": "i", "next": "+ 1"}},
        "start -> count # begins\n count -> next, end\n next -> count:1\n",
    )
    box = patch.box()
    assert (box.ports.inlets, box.ports.outlets, box.keys["text"]) == (1, ("",), "p counts")
    inside = box.keys["patcher"]
    assert [each["box"].get("text") for each in inside["boxes"]] == [None, None, "Counts", "i", "+ 1"]
    lines = [(line["patchline"]["source"], line["patchline"]["destination"]) for line in inside["lines"]]
    assert lines == [
        (["obj-1", 0], ["obj-4", 0]),
        (["obj-4", 0], ["obj-5", 0]),
        (["obj-4", 0], ["obj-2", 0]),
        (["obj-5", 0], ["obj-4", 1]),
    ]


@pytest.mark.parametrize(
    ("columns", "cords", "what"),
    [
        ({"A": {"one": "i"}, "B": {"one": "f"}}, "", "two boxes"),
        ({"A": {"one": "i"}}, "one -> nobody", "no such end"),
        ({"A": {"one": "i"}}, "one", "no such end"),
        ({"A": {"one": "i"}}, "one:1 -> one", "outlets"),
    ],
)
def test_what_cannot_be_read_is_refused(columns: dict[str, dict[str, str]], cords: str, what: str) -> None:
    with pytest.raises(PatchError, match=what):
        wire(Subpatch("x"), {}, columns, cords)


@pytest.mark.parametrize("spoilt", ["ports", "cords", "dead-boxes", "ids"])
def test_the_rules_look_into_a_patch_within(spoilt: str) -> None:
    main = Patcher("mmmm", load_table("arp"))
    source, sink = main.add(obj("midiin"), (0, 0)), main.add(obj("midiout"), (0, 90))
    player = main.add(live_player(), (0, 40))
    main.connect(source, 0, player)
    main.connect(player, 0, sink)
    patcher = main.to_json()
    inside = patcher["boxes"][2]["box"]["patcher"]
    if spoilt == "ports":
        inside["boxes"][-1]["box"]["numoutlets"] = 9
    elif spoilt == "cords":
        inside["lines"][0]["patchline"]["destination"][1] = 7
    elif spoilt == "ids":
        inside["boxes"][-1]["box"]["id"] = inside["boxes"][-2]["box"]["id"]
    else:
        gone = inside["lines"][0]["patchline"]["source"][0]
        inside["lines"] = [line for line in inside["lines"] if gone not in str(line)]
    view = View(unfrozen("mmmm", patcher))
    assert view.reaches("midiin", "midiout")
    found = {rule.id for rule in RULES if list(rule.check(view))}
    assert spoilt in found
    assert write(view.device)

"""Rules about MIDI Tools: they stand in Clip View, answer at once, and are never automated (reference 6, 11)."""

from collections.abc import Iterator

from m4l_devices.guidelines.view import BoxView, Finding, Rule, View, rule_maker

RULES: list[Rule] = []
_rule = rule_maker(RULES)

ENDS = ("live.miditool.in", "live.miditool.out")
_LATER = ("deferlow", "defer", "delay", "pipe", "metro", "qmetro", "node.script", "udpreceive", "receive")
"""Objects that pass on what they get at another time, or get it at another time."""
_STREAMS = ("midiin", "midiout", "notein", "noteout")


@_rule("tool-ends")
def _tool_ends(view: View) -> Iterator[Finding]:
    """A tool has one live.miditool.in and one live.miditool.out; a device has neither."""
    for name in ENDS:
        count = len(view.called(name))
        if count != int(view.is_tool):
            yield Finding(name, f"stands {count} times in the patch")


@_rule("tool-at-once")
def _tool_at_once(view: View) -> Iterator[Finding]:
    """Notes and context go straight to the script, and its answer straight back: Live refuses what comes later."""
    if not view.is_tool:
        return
    for box in view.called(ENDS[0]):
        for outlet, what in enumerate(("the notes", "the context")):
            if not any(end.object == "v8" for end in _at_once(view, box, outlet)):
                yield Finding(box.named(), f"{what} reach no script at once")
    if not view.reaches("v8", ENDS[1]):
        yield Finding(f"v8 -> {ENDS[1]}", "is not joined")


def _at_once(view: View, box: BoxView, outlet: int) -> Iterator[BoxView]:
    """Everything an outlet leads to without a wait, through objects that only reshape."""
    waiting, seen = view.out_of(box, outlet), set()
    while waiting:
        end = waiting.pop()
        if end.id in seen or end.object in _LATER:
            continue
        seen.add(end.id)
        yield end
        if end.object in ("prepend", "route", "trigger"):
            waiting += view.out_of(end)


@_rule("tool-by-hand")
def _tool_by_hand(view: View) -> Iterator[Finding]:
    """A tool asks for a round by its script alone, which knows a hand from a Set that is opened."""
    if not view.is_tool:
        return
    for box in view.called(ENDS[0]):
        for cord in view.into(box):
            if view.by_id[cord.source].object != "v8":
                yield Finding(box.named(), f"is banged by {view.by_id[cord.source].named()}")


@_rule("tool-streams")
def _tool_streams(view: View) -> Iterator[Finding]:
    """Neither sound nor MIDI runs through a tool."""
    if not view.is_tool:
        return
    for box in view.boxes:
        if box.object.endswith("~") or box.object in _STREAMS:
            yield Finding(box.named(), "has nothing to do in a tool")


@_rule("tool-parameters")
def _tool_parameters(view: View) -> Iterator[Finding]:
    """A tool's parameters are stored, for presets, and not automated; it has no page on Push."""
    if not view.is_tool:
        return
    for box in view.parameters:
        if box.visibility == 0:
            yield Finding(box.named(), "says that it can be automated")
    if view.patcher.get("parameters", {}).get("parameterbanks"):
        yield Finding("parameterbanks", "are there, but Push shows no tool")

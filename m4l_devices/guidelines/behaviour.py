"""Rules about what a device does: how it starts, what it says, what names it uses (reference 8, 11)."""

import json
import re
from collections.abc import Iterator

from m4l_devices.guidelines.view import Finding, Rule, View, rule_maker
from m4l_devices.objects import SCRIPTED

RULES: list[Rule] = []
_rule = rule_maker(RULES)

_BANNED = {
    "loadbang": "runs before Live is ready",
    "loadmess": "runs before Live is ready",
    "delay": "stands still while audio is off",
    "print": "writes to the Max console",
    "deferlow": "hides a wrong order instead of setting the right one",
}
_THROUGH = {"mmmm": ("midiin", "midiout"), "aaaa": ("plugin~", "plugout~")}
_SHARED_NAME = re.compile(r"^(bandmate\.[a-z.]+|---\S+)$")
_POST = re.compile(r"(?<![.\w$])(?:post|cpost)\(")
_MESSNAMED = re.compile(r"""(?<![.\w$])messnamed\(\s*["']([^"']*)["']""")
_AUTOWATCH = re.compile(r"^autowatch = 0;", re.MULTILINE)
_HOME = re.compile(r"/Users/\w|/home/\w|[A-Za-z]:\\\\Users")


@_rule("start")
def _start(view: View) -> Iterator[Finding]:
    """The device starts from live.thisdevice through a trigger, so that the order is fixed."""
    devices = view.called("live.thisdevice")
    if len(devices) != 1:
        yield Finding("live.thisdevice", f"stands {len(devices)} times in the patch")
    for device in devices:
        ends = view.out_of(device, 0)
        if len(ends) != 1 or ends[0].object != "trigger":
            yield Finding(device.named(), "does not start through one trigger")


@_rule("through")
def _through(view: View) -> Iterator[Finding]:
    """A MIDI effect passes MIDI on, an audio effect sound."""
    ends = _THROUGH.get(view.device.kind)
    if ends and not view.reaches(*ends):
        yield Finding(f"{ends[0]} -> {ends[1]}", "is not joined")


@_rule("banned")
def _banned(view: View) -> Iterator[Finding]:
    """No object that starts too early, stops with the audio, or prints."""
    for box in view.boxes:
        if box.object in _BANNED:
            yield Finding(box.named(), _BANNED[box.object])


@_rule("quiet")
def _quiet(view: View) -> Iterator[Finding]:
    """Scripts print nothing to the Max console, and are not reloaded while they run."""
    for box in view.boxes:
        if box.object not in SCRIPTED:
            continue
        if _POST.search(box.code):
            yield Finding(box.named(), "posts to the Max console")
        if not _AUTOWATCH.search(box.code):
            yield Finding(box.named(), "does not set autowatch to 0")


@_rule("names")
def _names(view: View) -> Iterator[Finding]:
    """Names shared by all devices start with `bandmate.`, names of one device with `---`."""
    for box in view.boxes:
        words = box.text.split()
        if box.object in ("send", "receive") and not (len(words) == 2 and _SHARED_NAME.match(words[1])):
            yield Finding(box.named(), "uses a name that is not ours")
        for name in _MESSNAMED.findall(box.code):
            if not _SHARED_NAME.match(name):
                yield Finding(box.named(), f"sends to {name!r}, a name that is not ours")


@_rule("node-waits")
def _node_waits(view: View) -> Iterator[Finding]:
    """node.script starts when told to, not by itself: a second copy of the device would start a second one."""
    for box in view.called("node.script"):
        saved = box.keys.get("saved_object_attributes", {})
        if saved.get("autostart") != 0 or "@autostart 0" not in box.text:
            yield Finding(box.named(), "starts by itself")


@_rule("latency")
def _latency(view: View) -> Iterator[Finding]:
    """A MIDI effect reports no latency and lets per-note expression pass."""
    if view.device.kind != "mmmm":
        return
    if view.patcher.get("latency") != 0:
        yield Finding("latency", f"is {view.patcher.get('latency')}")
    if view.patcher.get("is_mpe") != 1:
        yield Finding("is_mpe", "is not 1")


@_rule("no-home")
def _no_home(view: View) -> Iterator[Finding]:
    """No path of the machine it was built on is in the device."""
    texts = {"the patch": json.dumps(view.patcher, ensure_ascii=False)}
    texts |= {entry.name: entry.body.decode("utf-8", "replace") for entry in view.device.files()}
    for where, text in texts.items():
        found = _HOME.search(text)
        if found:
            yield Finding(where, f"holds {text[found.start() : found.end() + 20]!r}")

"""Rules about the file and the patch as such: what Max would load wrongly, or not at all (reference 11)."""

from collections import Counter
from collections.abc import Iterator

from m4l_devices.amxd import META_FROZEN, META_UNFROZEN, Frozen, amxdtype, read, write
from m4l_devices.boxes import declared_ports
from m4l_devices.errors import DeviceError
from m4l_devices.frozen import ON_DISK_FLAG
from m4l_devices.guidelines.view import BoxView, Finding, Rule, View, rule_maker
from m4l_devices.objects import SCRIPTED, Ports, ports_of

RULES: list[Rule] = []
_rule = rule_maker(RULES)


@_rule("file-rereads")
def _file_rereads(view: View) -> Iterator[Finding]:
    """The file is read back as what was written."""
    try:
        if read(write(view.device)) != view.device:
            yield Finding("the file", "reads back as something else")
    except DeviceError as error:
        yield Finding("the file", str(error))


@_rule("kind")
def _kind(view: View) -> Iterator[Finding]:
    """The kind in the file and the one in the patch are the same."""
    found = view.patcher.get("project", {}).get("amxdtype")
    if found != amxdtype(view.device.kind):
        yield Finding("project.amxdtype", f"{found} does not mean {view.device.kind}")


@_rule("meta")
def _meta(view: View) -> Iterator[Finding]:
    """`meta` is 1 in an open device and 7 in a frozen one."""
    expected = META_FROZEN if isinstance(view.device.content, Frozen) else META_UNFROZEN
    if view.device.meta != expected:
        yield Finding("chunk meta", f"holds {view.device.meta}, not {expected}")


@_rule("ids")
def _ids(view: View) -> Iterator[Finding]:
    """Every box has an id of its own."""
    for patch in view.patches:
        for ident, count in Counter(box.id for box in patch.boxes).items():
            if count > 1 or ident == "?":
                yield Finding(ident, f"{count} boxes have this id")


@_rule("ports")
def _ports(view: View) -> Iterator[Finding]:
    """Every object is known, and is saved with its true inlets, outlets and outlet types."""
    for box in (each for patch in view.patches for each in patch.boxes):
        try:
            true = _true_ports(box)
        except DeviceError as error:
            yield Finding(box.named(), error.what)
            continue
        saved = (box.keys.get("numinlets"), box.keys.get("numoutlets"), tuple(box.keys.get("outlettype", ())))
        if saved != (true.inlets, len(true.outlets), true.outlets):
            yield Finding(box.named(), f"is saved with ports {saved}, has {true}")


def _true_ports(box: BoxView) -> Ports:
    if box.object in SCRIPTED:
        return declared_ports(box.code, box.named())
    if box.object == "patcher":
        inside = Counter(each["box"]["maxclass"] for each in box.keys.get("patcher", {}).get("boxes", []))
        return Ports(inside["inlet"], ("",) * inside["outlet"])
    return ports_of(box.maxclass, box.text)


@_rule("cords")
def _cords(view: View) -> Iterator[Finding]:
    """Every cord runs once, between ports that exist."""
    for patch in view.patches:
        yield from _wrong_cords(patch)


def _wrong_cords(patch: View) -> Iterator[Finding]:
    for cord, count in Counter(patch.cords).items():
        source, end = patch.by_id.get(cord.source), patch.by_id.get(cord.destination)
        if source is None or end is None:
            yield Finding(str(cord), "ends in the air")
        elif not 0 <= cord.outlet < source.keys.get("numoutlets", 0):
            yield Finding(str(cord), f"{source.named()} has no such outlet")
        elif not 0 <= cord.inlet < end.keys.get("numinlets", 0):
            yield Finding(str(cord), f"{end.named()} has no such inlet")
        elif count > 1:
            yield Finding(str(cord), "is drawn twice")


@_rule("dead-boxes")
def _dead_boxes(view: View) -> Iterator[Finding]:
    """No object stands in the patch without a cord: it would do nothing."""
    for patch in view.patches:
        tied = {end for cord in patch.cords for end in (cord.source, cord.destination)}
        for box in patch.boxes:
            if box.id not in tied and box.maxclass not in ("comment", "live.comment"):
                yield Finding(box.named(), "has no cord")


@_rule("files")
def _files(view: View) -> Iterator[Finding]:
    """Code is held in the patch; what Node runs is frozen in with flag 8; every frozen file is listed and used."""
    frozen = {entry.name: entry for entry in view.device.files()}
    listed = {entry["name"] for entry in view.patcher.get("dependency_cache", [])}
    for name in sorted(set(frozen) ^ listed):
        yield Finding(name, "is not both frozen and in dependency_cache")
    for box in view.boxes:
        held = box.keys.get("textfile", {})
        if box.object in SCRIPTED and not (held.get("embed") == 1 and box.code):
            yield Finding(box.named(), "does not hold its code")
        if box.object == "node.script":
            entry = frozen.get(held.get("filename", ""))
            if entry is None or entry.flag != ON_DISK_FLAG:
                yield Finding(box.named(), "its file is not frozen in with flag 8")


@_rule("project")
def _project(view: View) -> Iterator[Finding]:
    """Max may not move files about (autoorganize 0), and the versions we need are stated."""
    if view.patcher.get("project", {}).get("autoorganize") != 0:
        yield Finding("project.autoorganize", "is not 0")
    for key in ("minimum_live_version", "minimum_max_version"):
        if not view.patcher.get(key):
            yield Finding(key, "is not stated")

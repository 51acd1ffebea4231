"""Rules about parameters: what Live stores, automates, maps and shows on Push (reference 2.5, 2.6, 8)."""

from collections import Counter
from collections.abc import Iterator

from m4l_devices.boxes import valueof
from m4l_devices.guidelines.view import BoxView, Finding, Rule, View, rule_maker
from m4l_devices.patcher import BANK_SIZE

RULES: list[Rule] = []
_rule = rule_maker(RULES)

SHORT_NAME_LENGTH = 10
"""Characters of a name that Push shows."""
INT_VALUES = 256
"""Values an Int parameter can have."""
_FLOAT, _INT, _ENUM, _BLOB = range(4)
_BIPOLAR, _ABSOLUTE = 2, 4
_CUSTOM_UNIT = 9


@_rule("long-names")
def _long_names(view: View) -> Iterator[Finding]:
    """Long names are unique, and words: no class names, no counters such as [1]. Scripting names follow them."""
    counts = Counter(box.long for box in view.parameters)
    for box in view.parameters:
        if counts[box.long] > 1:
            yield Finding(box.named(), "shares its long name")
        if not box.long or box.long.startswith("live.") or "[" in box.long:
            yield Finding(box.named(), "has no name of its own")
        if box.keys.get("varname") != box.long:
            yield Finding(box.named(), "has another scripting name")


@_rule("short-names")
def _short_names(view: View) -> Iterator[Finding]:
    """Short names fit Push."""
    for box in view.parameters:
        short = box.valueof.get("parameter_shortname", "")
        if not 0 < len(short) <= SHORT_NAME_LENGTH:
            yield Finding(box.named(), f"short name {short!r} has {len(short)} characters")


@_rule("buttons-hidden")
def _buttons_hidden(view: View) -> Iterator[Finding]:
    """Buttons are Hidden: each press would otherwise be an undo step."""
    for box in view.parameters:
        if box.is_button and box.visibility != 2:
            yield Finding(box.named(), "is a button and not Hidden")


@_rule("turned-stored")
def _turned_stored(view: View) -> Iterator[Finding]:
    """What a hand turns is stored: only buttons may be Hidden."""
    for box in view.parameters:
        if not box.is_button and box.visibility == 2:
            yield Finding(box.named(), "forgets its value when the Set is closed")


@_rule("patch-moves-nothing")
def _patch_moves_nothing(view: View) -> Iterator[Finding]:
    """The patch sends nothing to an automated parameter but `active` (and new items to a menu declared so)."""
    dynamic = {p.long for p in view.table.parameters if p.dynamic_items} if view.table else set()
    for box in view.parameters:
        if box.visibility != 0 or box.long in dynamic:
            continue
        for cord in view.into(box):
            source = view.by_id.get(cord.source)
            if source is not None and source.text != "prepend active":
                yield Finding(box.named(), f"is automated and moved by {source.named()}")


@_rule("types")
def _types(view: View) -> Iterator[Finding]:
    """Type and range fit: an Int has at most 256 values, a float some, and text is Stored Only."""
    for box in view.parameters:
        low, high = box.valueof.get("parameter_mmin", 0), box.valueof.get("parameter_mmax", 127)
        kind = box.valueof.get("parameter_type")
        if kind == _FLOAT and not low < high:
            yield Finding(box.named(), f"has the empty range {low} to {high}")
        elif kind == _INT and not 0 < high - low < INT_VALUES:
            yield Finding(box.named(), f"has {high - low + 1} values as an Int")
        elif kind == _BLOB and box.visibility != 1:
            yield Finding(box.named(), "holds text and is not Stored Only")
        elif kind not in (_FLOAT, _INT, _ENUM, _BLOB):
            yield Finding(box.named(), f"has the type {kind}")


@_rule("items")
def _items(view: View) -> Iterator[Finding]:
    """An enum has at least two items, all different, and its range is as long."""
    for box in view.parameters:
        if box.valueof.get("parameter_type") != _ENUM:
            continue
        items = box.valueof.get("parameter_enum", [])
        if len(items) < 2 or len(set(items)) != len(items) or "" in items:
            yield Finding(box.named(), "has missing, empty or equal items")
        if box.valueof.get("parameter_mmax") != len(items) - 1:
            yield Finding(box.named(), f"has {len(items)} items and ends at {box.valueof.get('parameter_mmax')}")


@_rule("initial")
def _initial(view: View) -> Iterator[Finding]:
    """Every value has an initial one, inside its range: double-click goes there."""
    for box in view.parameters:
        value = box.valueof
        if value.get("parameter_type") == _BLOB:
            continue
        initial = value.get("parameter_initial", [])
        if value.get("parameter_initial_enable") != 1 or len(initial) != 1:
            yield Finding(box.named(), "has no initial value")
        elif not value.get("parameter_mmin", 0) <= initial[0] <= value.get("parameter_mmax", 127):
            yield Finding(box.named(), f"starts at {initial[0]}, outside its range")


@_rule("units")
def _units(view: View) -> Iterator[Finding]:
    """Numbers have a unit; a custom unit has a text."""
    for box in view.parameters:
        value = box.valueof
        if value.get("parameter_type") not in (_FLOAT, _INT):
            continue
        unit = value.get("parameter_unitstyle")
        if unit is None or (unit == _CUSTOM_UNIT and not value.get("parameter_units")):
            yield Finding(box.named(), "has no unit")


@_rule("modulation")
def _modulation(view: View) -> Iterator[Finding]:
    """Automated floats are modulated Bipolar, automated Ints Absolute."""
    wanted = {_FLOAT: _BIPOLAR, _INT: _ABSOLUTE}
    for box in view.parameters:
        mode = wanted.get(box.valueof.get("parameter_type", _BLOB))
        if box.visibility == 0 and mode is not None and box.valueof.get("parameter_modmode") != mode:
            yield Finding(box.named(), f"modulation mode is {box.valueof.get('parameter_modmode')}, not {mode}")


@_rule("deferred")
def _deferred(view: View) -> Iterator[Finding]:
    """Automation output is deferred, as scripts run at low priority, but where the table says that Max hears it."""
    prompt = {p.long for p in view.table.parameters if not p.defer} if view.table else set()
    for box in view.parameters:
        wanted = int(box.long not in prompt)
        if box.visibility == 0 and box.valueof.get("parameter_defer") != wanted:
            yield Finding(box.named(), "does not defer automation" if wanted else "defers automation")


@_rule("curve")
def _curve(view: View) -> Iterator[Finding]:
    """A curve's exponent is sensible: above 0, at most 5."""
    for box in view.parameters:
        if not 0 < box.valueof.get("parameter_exponent", 1) <= 5:
            yield Finding(box.named(), f"has the exponent {box.valueof['parameter_exponent']}")


@_rule("info")
def _info(view: View) -> Iterator[Finding]:
    """Every control has a title and a whole sentence for the Info View, in the box and in the parameter."""
    for box in view.parameters:
        title, text = box.keys.get("annotation_name", ""), box.keys.get("annotation", "")
        if not title or len(text) < 20 or not text.endswith("."):
            yield Finding(box.named(), "does not say in a sentence what one will hear")
        stated = (box.valueof.get("parameter_annotation_name"), box.valueof.get("parameter_info"))
        if stated != (title, text):
            yield Finding(box.named(), "says two different things in box and parameter")


@_rule("load-order")
def _load_order(view: View) -> Iterator[Finding]:
    """Every parameter has a rank of its own, so that Live restores them in the same order every time."""
    counts = Counter(box.valueof.get("parameter_order", 0) for box in view.parameters)
    for box in view.parameters:
        if counts[box.valueof.get("parameter_order", 0)] > 1:
            yield Finding(box.named(), "shares its rank")


@_rule("banks")
def _banks(view: View) -> Iterator[Finding]:
    """Push's pages hold eight slots each, name automated parameters only, and each of them once."""
    automated = {box.long for box in view.parameters if box.visibility == 0}
    banks = view.patcher.get("parameters", {}).get("parameterbanks", {})
    slots = [(bank["name"], slot) for bank in banks.values() for slot in bank["parameters"]]
    for bank in banks.values():
        if len(bank["parameters"]) != BANK_SIZE or not bank["name"]:
            yield Finding(f"bank {bank['name']!r}", "has no name or not eight slots")
    named = Counter(slot for _, slot in slots if slot != "-")
    for slot, count in named.items():
        if slot not in automated or count > 1:
            yield Finding(f"bank slot {slot!r}", "is no automated parameter, or stands twice")
    for long in sorted(automated - set(named)):
        yield Finding(long, "is on no page of Push")


@_rule("registry")
def _registry(view: View) -> Iterator[Finding]:
    """The patch's `parameters` block says the same as the boxes."""
    block = view.patcher.get("parameters", {})
    listed = {key: value for key, value in block.items() if key.startswith("obj-")}
    found = {box.id: _entry(box) for box in view.parameters}
    for ident in sorted(set(listed) | set(found)):
        if listed.get(ident) != found.get(ident):
            yield Finding(ident, f"block says {listed.get(ident)}, box says {found.get(ident)}")


def _entry(box: BoxView) -> list[object]:
    value = box.valueof
    return [box.long, value.get("parameter_shortname", ""), value.get("parameter_order", 0)]


@_rule("table")
def _table(view: View) -> Iterator[Finding]:
    """The device's parameters are those of its table in presets/devices, in the same order."""
    if view.table is None:
        return
    found = {box.long: box.valueof for box in view.parameters}
    for order, parameter in enumerate(view.table.parameters):
        if found.pop(parameter.long, None) != valueof(parameter, order):
            yield Finding(parameter.long, "is not declared as in the table")
    for long in found:
        yield Finding(long, "is not in the table")

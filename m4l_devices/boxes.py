"""Makers of boxes: objects, messages, texts, scripts and controls."""

import re
from typing import Any, get_args

from m4l_devices.errors import PatchError
from m4l_devices.objects import Ports, ports_of
from m4l_devices.patcher import Box, Rect
from m4l_devices.table import Modulation, Parameter, Unit
from m4l_devices.theme import themed

_TYPES = {"float": 0, "int": 1, "enum": 2, "blob": 3}
_VISIBILITY = {"automated": 0, "stored": 1, "hidden": 2}
_UNITS, _MODULATION = get_args(Unit), get_args(Modulation)
_MAXCLASS = {
    "menu": "live.menu",
    "dial": "live.dial",
    "numbox": "live.numbox",
    "toggle": "live.text",
    "button": "live.text",
    "text": "textedit",
}
_PORT_LINE = re.compile(r"^(inlets|outlets) = (\d+);", re.MULTILINE)


def obj(text: str) -> Box:
    """Make an object by typing it, such as `obj("route seed busy")`."""
    return Box("newobj", ports_of("newobj", text), {"text": text}, (max(40, 7 * len(text) + 10), 22))


def message(text: str) -> Box:
    """Make a message box, which sends its text when anything reaches it."""
    return Box("message", ports_of("message"), {"text": text}, (max(40, 7 * len(text) + 10), 22))


def note(text: str, width: int = 400) -> Box:
    """Make a remark for whoever opens the patch; it is not on the device."""
    return Box("comment", ports_of("comment"), {"text": text}, (width, 20))


def label(text: str, place: Rect, centred: bool = False) -> Box:
    """Make a 10-pixel text on the device, in the theme's text colour."""
    keys = {"text": text, "fontsize": 10.0, "textjustification": int(centred)}
    return Box("live.comment", ports_of("live.comment"), keys, (place.width, 18), place)


def script(code: str) -> Box:
    """Make a v8 whose code is held in the patch (reference 2.9).

    Args:
        code: The bundled script; it declares its inlets and outlets.
    """
    keys = {
        "text": "v8",
        "filename": "none",
        "saved_object_attributes": {"embed": 1, "parameter_enable": 0},
        "textfile": _embedded(code),
    }
    return Box("newobj", declared_ports(code, "v8"), keys, (120, 22))


def picture(code: str, place: Rect, title: str, info: str, name: str = "picture") -> Box:
    """Make a picture of the device: a v8ui whose code is held in the patch.

    Args:
        code: The bundled script; it declares its inlets and outlets.
        place: Where it stands on the device.
        title: Title in the Info View.
        info: Text in the Info View.
        name: Scripting name.
    """
    keys: dict[str, Any] = {
        "filename": "none",
        "varname": name,
        "border": 0,
        "embed": 1,
        "parameter_enable": 0,
        "annotation_name": title,
        "annotation": info,
        "textfile": _embedded(code),
    }
    return Box("v8ui", declared_ports(code, "v8ui"), keys, (place.width, place.height), place)


def node_script(file: str) -> Box:
    """Make a node.script that runs a file frozen into the device and starts only when told to."""
    text = f"node.script {file} @autostart 0 @watch 0"
    keys = {
        "text": text,
        "saved_object_attributes": {
            "autostart": 0,
            "defer": 0,
            "watch": 0,
            "node_bin_path": "",
            "npm_bin_path": "",
        },
        "textfile": {"filename": file, "flags": 0, "embed": 0, "autowatch": 0},
    }
    return Box("newobj", ports_of("newobj", text), keys, (260, 22))


def control(parameter: Parameter, place: Rect, order: int, accented: bool = False) -> Box:
    """Make a control that is a parameter of the device.

    Args:
        parameter: What it is.
        place: Where it stands on the device.
        order: Its rank when Live loads the device: lower first.
        accented: Paint it in the theme's accent colour; only for the one main action.
    """
    maxclass = _MAXCLASS[parameter.kind]
    keys: dict[str, Any] = {
        "varname": parameter.long,
        "parameter_enable": 1,
        "annotation_name": parameter.long,
        "annotation": parameter.info,
    }
    keys |= _looks(parameter, accented)
    attributes = keys.setdefault("saved_attribute_attributes", {})
    attributes["valueof"] = valueof(parameter, order)
    return Box(maxclass, ports_of(maxclass), keys, (max(44, place.width), max(15, place.height)), place)


def memory(parameter: Parameter, order: int) -> Box:
    """Make what keeps a text in the Set without a control: a pattr, which says it when Live restores it.

    Args:
        parameter: What it is.
        order: Its rank when Live loads the device: lower first.
    """
    keys: dict[str, Any] = {
        "text": "pattr",
        "varname": parameter.long,
        "saved_object_attributes": {"parameter_enable": 1, "parameter_mappable": 0},
        "parameter_enable": 1,
        "annotation_name": parameter.long,
        "annotation": parameter.info,
        "saved_attribute_attributes": {"valueof": valueof(parameter, order)},
    }
    return Box("newobj", ports_of("newobj", "pattr"), keys, (100, 22))


def _looks(parameter: Parameter, accented: bool) -> dict[str, Any]:
    match parameter.kind:
        case "button" | "toggle":
            keys = {"text": parameter.text, "texton": parameter.text, "mode": int(parameter.kind == "toggle")}
            # Output when the mouse is released, as Live's own buttons do.
            keys |= {"outputmode": 1}
            if accented:
                keys |= themed(activebgcolor="live_control_selection", activetextcolor="live_control_fg_on")
            return keys
        case "text":
            looks = {"text": "", "fontsize": 10.0, "lines": 1, "wordwrap": 0, "rounded": 0.0, "border": 1.0}
            # Return sends; the text comes out as one word, so that commas and bars in it stay where they are.
            looks |= {"keymode": 1, "outputmode": 1}
            return looks | themed(
                bgcolor="live_control_bg", textcolor="live_control_fg", bordercolor="live_contrast_frame"
            )
        case _:
            return {}


def valueof(parameter: Parameter, order: int) -> dict[str, Any]:
    """Give a parameter's declaration as Max writes it (reference 2.5).

    Args:
        parameter: What it is.
        order: Its rank when Live loads the device: lower first.
    """
    value: dict[str, Any] = {
        "parameter_longname": parameter.long,
        "parameter_shortname": parameter.short,
        "parameter_linknames": 1,
        "parameter_type": _TYPES[parameter.type],
        "parameter_order": order,
        "parameter_annotation_name": parameter.long,
        "parameter_info": parameter.info,
    }
    if parameter.visibility != "automated":
        value["parameter_invisible"] = _VISIBILITY[parameter.visibility]
    if parameter.type == "blob":
        return value
    value["parameter_modmode"] = _MODULATION.index(parameter.modmode)
    # Scripts run at low priority anyway; deferred automation costs Live's audio thread nothing.
    value["parameter_defer"] = int(parameter.defer)
    value["parameter_initial_enable"] = 1
    if parameter.type == "enum":
        value["parameter_enum"] = list(parameter.items)
        value["parameter_mmax"] = len(parameter.items) - 1
        value["parameter_initial"] = [int(parameter.initial)]
        return value
    number = float if parameter.type == "float" else int
    value["parameter_mmin"] = number(parameter.min)
    value["parameter_mmax"] = number(parameter.max)
    value["parameter_initial"] = [number(parameter.initial)]
    value["parameter_unitstyle"] = _UNITS.index(parameter.unit)
    if parameter.unit == "custom":
        value["parameter_units"] = parameter.units
    if parameter.steps:
        value["parameter_steps"] = parameter.steps
    if parameter.exponent != 1:
        value["parameter_exponent"] = parameter.exponent
    return value


def _embedded(code: str) -> dict[str, Any]:
    return {"text": code, "filename": "none", "flags": 0, "embed": 1, "autowatch": 0}


def declared_ports(code: str, what: str) -> Ports:
    """Read `inlets = n;` and `outlets = n;` out of a script: Max makes the box by these lines.

    Args:
        code: The script.
        what: Its box, for the error.

    Raises:
        PatchError: One of the lines is missing.
    """
    declared = {name: int(count) for name, count in _PORT_LINE.findall(code)}
    if set(declared) != {"inlets", "outlets"}:
        raise PatchError(
            "the script does not say how many inlets and outlets it has", what, "Start it with both lines."
        )
    return Ports(declared["inlets"], ("",) * declared["outlets"])

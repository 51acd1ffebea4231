"""What changes in Live as OSC messages: to the address that would set it, so that a controller's faders follow."""

from __future__ import annotations

from typing import Any

from bridge.osc.orders import spelled
from bridge.osc.packet import Refused
from bridge.osc.table import MACROS
from bridge.watching import LiveWish

_SIMPLE = ("tempo", "transport", "time", "macros")
USUAL = (LiveWish("tempo"), LiveWish("transport"), LiveWish("macros"))
"""What a listener hears that wishes for nothing by name."""

_STRIPS = {"track": "/ableton/track/{}", "return": "/ableton/return/{}", "main": "/ableton/main"}
_TRANSPORT = ("loop", "metronome", "record", "session_record")


def wishes(args: list[Any]) -> tuple[LiveWish, ...]:
    """Return what the arguments of `/bandmate/subscribe` wish to hear of.

    Args:
        args: Words of `tempo`, `transport`, `time`, `macros`; `mixer` with a track; `parameter` with a track, a device
            and a parameter.

    Raises:
        Refused: they are none of these.
    """
    if not args:
        return USUAL
    found = []
    left = list(args)
    while left:
        what = left.pop(0)
        if what in _SIMPLE:
            found.append(LiveWish(what))
        elif what == "mixer":
            found.append(LiveWish("mixer", track=_track(left)))
        elif what == "parameter":
            found.append(LiveWish("parameter", track=_track(left), device=_name(left), parameter=_name(left)))
        else:
            words = ", ".join((*_SIMPLE, "mixer <track>", "parameter <track> <device> <parameter>"))
            raise Refused(f"Nothing is told of {str(what)[:40]!r}", f"Ask for: {words}.")
    return tuple(found)


def _track(left: list[Any]) -> int:
    value = left.pop(0) if left else None
    if isinstance(value, bool) or not isinstance(value, int | float) or value != int(value) or not 0 <= value <= 9999:
        raise Refused("The number of a track is missing", "Tracks count from 0: mixer 0.")
    return int(value)


def _name(left: list[Any]) -> int | str:
    value = left.pop(0) if left else None
    if isinstance(value, str) and len(value) <= 200:
        return value
    if isinstance(value, int | float) and not isinstance(value, bool) and value == int(value) and 0 <= value <= 9999:
        return int(value)
    raise Refused("A device and a parameter are missing", "By number or name: parameter 0 Reverb 'Decay Time'.")


def messages(wish: LiveWish, value: dict[str, Any]) -> list[tuple[str, list[Any]]]:
    """Return what a listener is told.

    Args:
        wish: What changed.
        value: What it is now.

    Returns:
        Addresses with their arguments.
    """
    if wish.what == "tempo":
        return [("/ableton/tempo", [float(value["tempo"])])]
    if wish.what == "time":
        return [("/ableton/transport/time", [float(value["time"])])]
    if wish.what == "transport":
        return _transport(value)
    if wish.what == "mixer":
        return _mixer(wish, value)
    if wish.what == "parameter":
        address = f"/ableton/device/{wish.track}/{spelled(wish.device)}/{spelled(wish.parameter)}"
        return [
            (address, [float(value["share"])]),
            (f"{address}/value", [float(value["value"])]),
            (f"{address}/text", [value["text"]]),
        ]
    return [(f"/bandmate/macros/{knob}", [float(value[knob])]) for knob in MACROS]


def _transport(value: dict[str, Any]) -> list[tuple[str, list[Any]]]:
    at = "/ableton/transport"
    return [
        (f"{at}/play", [int(value["is_playing"])]),
        *((f"{at}/{name}", [int(value[name])]) for name in _TRANSPORT),
        (f"{at}/loop_start", [float(value["loop_start"])]),
        (f"{at}/loop_length", [float(value["loop_length"])]),
    ]


def _mixer(wish: LiveWish, value: dict[str, Any]) -> list[tuple[str, list[Any]]]:
    at = _STRIPS[wish.kind].format(wish.track)
    switches = [(f"{at}/{name}", [int(value[name])]) for name in ("mute", "solo", "arm") if value[name] is not None]
    return [
        (f"{at}/name", [value["name"]]),
        (f"{at}/volume", [float(value["volume"])]),
        (f"{at}/pan", [float(value["pan"])]),
        *switches,
        *((f"{at}/send/{send}", [float(amount)]) for send, amount in enumerate(value["sends"])),
    ]

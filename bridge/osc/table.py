"""The fixed addresses of the OSC bridge: which method of the registry each asks, and with what.

A word in angle brackets stands for a part of the address: a number from 0, or (device, parameter) a number or a name
with its blanks written as %20.
"""

from __future__ import annotations

from typing import Any

import msgspec

MACROS = ("energy", "tension", "darkness", "groove")
NUMBERS = frozenset({"track", "slot", "scene", "send"})
"""Parts of addresses that are numbers and nothing else."""


class Rule(msgspec.Struct, frozen=True):
    """One address.

    Attributes:
        address: With the parts in angle brackets that become parameters.
        method: Of the registry.
        words: What it does, for the table of addresses.
        args: Parameters that the OSC arguments are, in order; all may be left out.
        fixed: Parameters that it always gives.
        button: It is a button: 1 or nothing presses it, 0 (the finger leaves) does nothing.
        continuous: It is a fader: of values that come faster than Live takes them the newest is enough.
    """

    address: str
    method: str
    words: str
    args: tuple[str, ...] = ()
    fixed: dict[str, Any] = {}
    button: bool = False
    continuous: bool = False


def _strips() -> list[Rule]:
    rows: tuple[tuple[str, dict[str, Any], str], ...] = (
        ("/ableton/track/<track>", {}, "a track"),
        ("/ableton/return/<track>", {"kind": "return"}, "a return track"),
        ("/ableton/main", {"kind": "main"}, "the main track"),
    )
    faders = {"volume": "0 to 1 (0.85 is 0 dB)", "pan": "-1 to 1"}
    switches = ("mute", "solo", "arm")
    rules = []
    for address, fixed, words in rows:
        rules.append(Rule(address, "live.mixer", f"Tells {words}", fixed=fixed))
        rules += [
            Rule(
                f"{address}/{name}",
                "live.mixer",
                f"{name.title()} of {words}, {reach}",
                (name,),
                fixed,
                continuous=True,
            )
            for name, reach in faders.items()
        ]
        if fixed.get("kind") == "main":
            continue
        rules += [
            Rule(f"{address}/{name}", "live.mixer", f"{name.title()} of {words}, 0 or 1", (name,), fixed)
            for name in (switches[:2] if fixed else switches)
        ]
        rules += [
            Rule(
                f"{address}/send/<send>",
                "live.mixer",
                f"A send of {words}, 0 to 1",
                ("amount",),
                fixed,
                continuous=True,
            ),
            Rule(f"{address}/name", "live.mixer", f"Name of {words}", ("name",), fixed),
        ]
    return rules


RULES: tuple[Rule, ...] = (
    Rule("/bandmate/macros", "live.macros", "Tells the knobs of Bandmate Macros"),
    *(
        Rule(f"/bandmate/macros/{knob}", "live.macros", f"Turns {knob.title()}, 0 to 1", (knob,), continuous=True)
        for knob in MACROS
    ),
    Rule("/ableton/tempo", "live.tempo", "Tempo, 20 to 999 beats per minute", ("bpm",), continuous=True),
    Rule("/ableton/transport", "live.transport", "Tells the transport; play, stop or continue does it", ("action",)),
    Rule("/ableton/transport/play", "live.transport", "Play", fixed={"action": "play"}, button=True),
    Rule("/ableton/transport/stop", "live.transport", "Stop", fixed={"action": "stop"}, button=True),
    Rule("/ableton/transport/continue", "live.transport", "Continue", fixed={"action": "continue"}, button=True),
    Rule("/ableton/transport/locate", "live.transport", "Moves the play head to a beat from 0", ("beat",)),
    Rule("/ableton/transport/loop", "live.transport", "Loop brace, 0 or 1", ("loop",)),
    Rule("/ableton/transport/loop_start", "live.transport", "Start of the loop brace, beats", ("loop_start",)),
    Rule("/ableton/transport/loop_length", "live.transport", "Length of the loop brace, beats", ("loop_length",)),
    Rule("/ableton/transport/metronome", "live.transport", "Metronome, 0 or 1", ("metronome",)),
    Rule("/ableton/transport/record", "live.transport", "Arrangement record, 0 or 1", ("record",)),
    *_strips(),
    Rule("/ableton/track/<track>/stop", "live.slot", "Stops a track's clips", fixed={"action": "stop"}, button=True),
    Rule("/ableton/clip/<track>/<slot>", "live.slot", "Tells what is in a slot"),
    Rule("/ableton/clip/<track>/<slot>/fire", "live.slot", "Launches a clip", fixed={"action": "fire"}, button=True),
    Rule("/ableton/clip/<track>/<slot>/stop", "live.slot", "Stops a slot", fixed={"action": "stop"}, button=True),
    Rule("/ableton/clip/<track>/<slot>/notes", "live.clip", "Tells a clip with its notes"),
    Rule("/ableton/scene/<scene>", "live.scene", "Tells a scene"),
    Rule("/ableton/scene/<scene>/fire", "live.scene", "Launches a scene", fixed={"action": "fire"}, button=True),
    Rule("/ableton/device/<track>", "live.devices", "Tells the devices of a track"),
    Rule("/ableton/device/<track>/<device>", "live.parameters", "Tells the parameters of a device"),
    Rule(
        "/ableton/device/<track>/<device>/<parameter>",
        "live.parameter",
        "Turns a parameter, 0 to 1 of its range",
        ("share",),
        continuous=True,
    ),
    Rule(
        "/ableton/device/<track>/<device>/<parameter>/value",
        "live.parameter",
        "Sets a parameter in its own units",
        ("value",),
        continuous=True,
    ),
    Rule(
        "/ableton/device/get",
        "live.parameter",
        "Tells a parameter by track, device and parameter",
        ("track", "device", "parameter"),
    ),
    Rule(
        "/ableton/device/set",
        "live.parameter",
        "Sets a parameter by track, device, parameter and value",
        ("track", "device", "parameter", "value"),
    ),
    Rule("/ableton/undo", "live.undo", "Puts back what was last set or written from outside", button=True),
    Rule("/ableton/restore", "live.restore", "Does again what was put back", button=True),
)

ACTIONS: dict[str, str] = {
    "play": "/ableton/transport/play",
    "stop": "/ableton/transport/stop",
    "continue": "/ableton/transport/continue",
    "locate": "/ableton/transport/locate",
    "loop": "/ableton/transport/loop",
    "metronome": "/ableton/transport/metronome",
    "record": "/ableton/transport/record",
    "tempo": "/ableton/tempo",
    "fire": "/ableton/clip/<track>/<slot>/fire",
    "stop_track": "/ableton/track/<track>/stop",
    "scene": "/ableton/scene/<scene>/fire",
    "mute": "/ableton/track/<track>/mute",
    "solo": "/ableton/track/<track>/solo",
    "arm": "/ableton/track/<track>/arm",
    "volume": "/ableton/track/<track>/volume",
    "undo": "/ableton/undo",
    "restore": "/ableton/restore",
}
"""The words of `/sergik/action`, each another way to say an address; what stands in its angle brackets comes first."""

KINDS = ("chords", "bass", "melody", "arp", "drums")
"""What `/sergik/generate` makes, by `compose.<kind>`."""

SPECIAL: dict[str, str] = {
    "/sergik/test": "Says that the engine hears, and whether Live can be reached",
    "/sergik/generate": f"Composes ({', '.join(KINDS)}) and writes it into Live: kind, then names and values of the"
    " method's parameters, with track and slot for the place",
    "/sergik/action": f"A word and its values: {', '.join(ACTIONS)}",
    "/bandmate/subscribe": "Hears of changes: tempo, transport, time, macros; mixer and a track; parameter, track,"
    " device and parameter; nothing: tempo, transport and macros",
    "/bandmate/unsubscribe": "Hears of nothing any more",
}
"""Addresses that are more than one question to one method."""

ACK = "/bandmate/ack"
"""What every message is answered with: its address, ok or err, words, a hint."""

REPLY = "/bandmate/reply"
"""What a method answered: the address, number of the piece from 1, count of pieces, JSON text."""

TOLD = "/bandmate/told"
"""What the engine says unasked, such as a job's progress: the notification's name, piece, count, JSON text."""

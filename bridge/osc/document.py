"""docs/osc.md: every address, from the table of addresses and the registry: `python -m bridge.osc.document`."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from bridge.cli.serve import OSC_PORT
from bridge.osc.packet import OscLimits
from bridge.osc.table import ACK, REPLY, RULES, SPECIAL, TOLD
from bridge.registry import Method

PATH = Path(__file__).resolve().parents[2] / "docs" / "osc.md"

_HEAD = """# OSC addresses

`bandmate serve --osc` hears OSC on UDP port {port} of 127.0.0.1 (`--osc-port`), and answers to the port a message came
from (or `--osc-reply-port`). This page is made by `python -m bridge.osc.document` from the table of addresses and the
registry of methods; a test holds it against them.

## Rules

* Numbers of tracks, slots, scenes, sends, devices and parameters count from 0. A device or a parameter may also be
  named in the address, its blanks as `%20`.
* An address without arguments tells; with arguments it sets. Whole numbers, floats, text, true, false and nil are
  understood; 1 and 0 are on and off.
* Every message is answered on `{ack}`: its address, `ok` or `err`, words, and a hint where there is one. What is asked
  for comes on `{reply}`: the address, number of the piece from 1, count of pieces, JSON text. What the engine says
  unasked, such as the progress of a job, comes on `{told}` in the same form, beginning with its name.
* A fader may be moved as fast as it likes: while Live takes one value, of those that come the newest is kept.
* What you automate in Live is not moved: the ack is `err` and says so. A last argument `force` overrides the lane.
* What was set or written goes back with `/ableton/undo`.
* A bundle is done at once, at its time when that is at most {ahead:g} s ahead, and refused when it is later than that.
* At most {packet} bytes a packet, {messages} messages in it, {depth} bundles in each other, {rate:g} packets a second;
  what is too much is dropped and said.
* Who listens is forgotten after an hour without a message from there.
* Patterns (`*`, `?`, `[]`, `{{}}`) are not understood.

## Addresses

| address | arguments | does | asks |
|---|---|---|---|
"""

_MIDDLE = """
What changes comes back on the address that would set it, and of a parameter also on `.../text` as Live shows it;
playing on `/ableton/transport/play`, the play head on `/ableton/transport/time`.

## Every method

`/bandmate/<namespace>/<verb>` asks any method of the engine. Its arguments are names and values by turns (`key`,
`F minor`, `bars`, 8), or values in the order of the parameters, or one text with a JSON object. Lists and objects are
JSON in a text. The whole answer comes on `{reply}`. `bandmate call rpc.discover` tells all parameters.

| address | does |
|---|---|
"""


def document(methods: Mapping[str, Method]) -> str:
    """Return the page.

    Args:
        methods: The registry. Those not used yet are loaded, which takes a moment.
    """
    limits = OscLimits()
    head = _HEAD.format(
        port=OSC_PORT,
        ack=ACK,
        reply=REPLY,
        told=TOLD,
        ahead=limits.ahead,
        packet=limits.packet_bytes,
        messages=limits.messages,
        depth=limits.depth,
        rate=limits.per_second,
    )
    fixed = [
        f"| `{each.address}` | {_given(each.args, each.button)} | {each.words} | `{each.method}` |" for each in RULES
    ]
    special = [f"| `{address}` | as told | {words} | |" for address, words in SPECIAL.items()]
    generic = [f"| `/bandmate/{name.replace('.', '/')}` | {each.summary} |" for name, each in sorted(methods.items())]
    return head + "\n".join([*special, *fixed]) + "\n" + _MIDDLE.format(reply=REPLY) + "\n".join(generic) + "\n"


def _given(args: tuple[str, ...], button: bool) -> str:
    return "a button" if button else ", ".join(args) or "none"


def main() -> None:
    """Write the page."""
    from bridge import methods  # noqa: PLC0415 - fills the registry
    from bridge.registry import REGISTRY  # noqa: PLC0415

    assert methods  # noqa: S101 - imported for what it does
    PATH.write_text(document(REGISTRY), encoding="utf-8")


if __name__ == "__main__":
    main()

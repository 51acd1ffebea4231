"""`bandmate serve`: run the engine.

Read by argparse and not by typer: typer alone costs a fifth of the time the engine has until it must
answer its first hello. `bridge.cli.main` comes here directly when the first word is `serve`.
"""

from __future__ import annotations

import argparse
import contextlib
import os
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    import typer

_ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")


OSC_PORT = 9123
"""Where controllers send to, unless --osc-port says another."""


def _minutes(text: str) -> float:
    with contextlib.suppress(ValueError):
        if 0 <= (value := float(text)) <= 1440:
            return value
    raise argparse.ArgumentTypeError(f"takes a number of minutes from 0 to 1440, not {text!r}")


def _port(text: str) -> int:
    with contextlib.suppress(ValueError):
        if 0 <= (value := int(text)) <= 65535:
            return value
    raise argparse.ArgumentTypeError(f"takes 0 to 65535, not {text!r}")


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        """Say "--port takes 0 to 65535" where argparse would begin with "argument --port: "."""
        super().error(message.removeprefix("argument ").replace(": takes ", " takes ", 1))


def parser() -> argparse.ArgumentParser:
    """Return the reader of the options of `bandmate serve`."""
    options = _Parser(
        prog="bandmate serve",
        description="Run the engine. Devices and the Hub find it by themselves; it listens on 127.0.0.1 only.",
        allow_abbrev=False,
    )
    options.add_argument(
        "--stdin-lifeline",
        action="store_true",
        help="end when standard input closes, as it does when the parent process is gone",
    )
    options.add_argument(
        "--idle-minutes",
        type=_minutes,
        default=None,
        metavar="N",
        help="end after N minutes without a client; 0 for never; left out: the user's setting",
    )
    options.add_argument(
        "--port", type=_port, default=0, metavar="N", help="port on 127.0.0.1; 0, as usual: any free one"
    )
    options.add_argument(
        "--osc",
        action="store_true",
        help="also hear controllers by OSC, on 127.0.0.1 only; off, as usual: any program on this computer could drive"
        " Live by it",
    )
    options.add_argument(
        "--osc-port",
        type=_port,
        default=None,
        metavar="N",
        help=f"UDP port for OSC; left out: {OSC_PORT}; 0: any free one",
    )
    options.add_argument(
        "--osc-reply-port",
        type=_port,
        default=None,
        metavar="N",
        help="UDP port on this computer that answers go to; left out: the one a message came from",
    )
    return options


def serve(words: list[str]) -> int:
    """Run the engine until it is told to stop.

    Args:
        words: The words of the command line behind `serve`.

    Returns:
        The exit code.
    """
    options = parser()
    chosen = options.parse_args(words)
    if not chosen.osc and (chosen.osc_port is not None or chosen.osc_reply_port is not None):
        options.error("--osc-port and --osc-reply-port need --osc")
    # What the engine multiplies is small, and where cores are busy threads of the library that does it wait for each
    # other a hundred times as long as they work. It reads this when numpy is loaded.
    for name in _ONE_THREAD:
        os.environ.setdefault(name, "1")
    from bridge.run import OscPorts, run

    ports = OscPorts(OSC_PORT if chosen.osc_port is None else chosen.osc_port, chosen.osc_reply_port or 0)
    return run(
        stdin_lifeline=chosen.stdin_lifeline,
        idle_minutes=chosen.idle_minutes,
        port=chosen.port,
        osc=ports if chosen.osc else None,
        say=lambda line: print(line, flush=True),
    )


def register(app: typer.Typer) -> None:
    """Add `serve` to the list of verbs; what stands behind it is read by this module's own parser."""
    import typer

    def command(context: typer.Context) -> None:
        raise typer.Exit(serve(context.args))

    command.__annotations__ = {"context": typer.Context}
    app.command(
        "serve",
        help=parser().description,
        add_help_option=False,
        context_settings={"ignore_unknown_options": True, "allow_extra_args": True},
    )(command)

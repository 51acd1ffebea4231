"""Verbs that ask the running engine: status, stop, log, call, live."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from bridge.client import SyncClient

EXIT_NO_ENGINE = 3
EXIT_REFUSED = 1


@contextlib.contextmanager
def engine() -> Iterator[SyncClient]:
    """Give a connection to the running engine; say in words what goes wrong, and exit.

    Exit codes: 3 when no engine answers, 1 when it answered with an error.
    """
    from bridge.client import NoEngine, RemoteError, connect

    try:
        with connect(name="command line") as client:
            yield client
    except NoEngine as problem:
        print(f"{problem} Start one with: bandmate serve", file=sys.stderr)
        raise typer.Exit(EXIT_NO_ENGINE) from None
    except RemoteError as problem:
        print(str(problem), file=sys.stderr)
        raise typer.Exit(EXIT_REFUSED) from None


def show(value: Any) -> None:
    """Print a result as indented JSON."""
    import msgspec

    print(msgspec.json.format(msgspec.json.encode(value), indent=2).decode())


def status() -> None:
    """Show how the engine is. Exit code 3 when none is running."""
    with engine() as client:
        found = client.call("engine.status")
    print(f"Bandmate engine {found['version']} is running (pid {found['pid']}, Python {found['python']}).")
    print(f"Live: {'connected through the Hub' if found['hub'] else 'no Bandmate Hub is connected'}.")
    for each in found["clients"]:
        print(f"  {each['kind']:<7}{each['name']} {each['version']}".rstrip())


def stop() -> None:
    """Stop the engine."""
    with engine() as client:
        client.call("engine.stop")
    print("The engine is stopping.")


def log(lines: Annotated[int, typer.Option(min=1, max=500, help="How many at most.")] = 50) -> None:
    """Show the newest lines of the engine's log."""
    with engine() as client:
        for line in client.call("engine.log", lines=lines)["lines"]:
            print(line)


def call(
    method: Annotated[str, typer.Argument(help="Such as compose.chords; rpc.discover lists them all.")],
    params: Annotated[str, typer.Argument(help='Parameters as JSON, such as {"key": "10B", "bars": 8}')] = "{}",
) -> None:
    """Call a method of the engine and print what it answers; a job is waited for."""
    import msgspec

    try:
        given = msgspec.json.decode(params, type=dict[str, Any])
    except (msgspec.DecodeError, RecursionError):
        raise typer.BadParameter('not a JSON object, such as {"bars": 8}', param_hint="PARAMS") from None
    with engine() as client:
        result = client.call(method, **given)
        # {"job": id}, or {"job": id, "analysis": null}: what was asked for is yet to come.
        if isinstance(result, dict) and [name for name, value in result.items() if value is not None] == ["job"]:
            result = client.wait(result["job"], progress=_progress)
    show(result)


def _progress(done: int, total: int, text: str) -> None:
    print(f"{done}/{total} {text}", file=sys.stderr)


live = typer.Typer(help="Ask Live, through the Bandmate Hub.", no_args_is_help=True)


@live.command()
def song() -> None:
    """Show tempo, signature and scale of the Set."""
    with engine() as client:
        show(client.call("live.song"))


@live.command()
def tracks() -> None:
    """Show the tracks of the Set."""
    with engine() as client:
        show(client.call("live.tracks"))


@live.command()
def clip(
    track: Annotated[int | None, typer.Option(min=0, help="Track from 0; left out: the clip in Detail View.")] = None,
    slot: Annotated[int | None, typer.Option(min=0, help="Clip slot (scene) from 0.")] = None,
) -> None:
    """Show a clip with its notes."""
    given = {key: value for key, value in (("track", track), ("slot", slot)) if value is not None}
    with engine() as client:
        show(client.call("live.clip", **given))


def register(app: typer.Typer) -> None:
    """Add the verbs of this module."""
    for verb in (status, stop, log, call):
        app.command()(verb)
    app.add_typer(live, name="live")

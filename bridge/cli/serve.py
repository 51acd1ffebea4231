"""`bandmate serve`: run the engine."""

from __future__ import annotations

from typing import Annotated

import typer


def serve(
    stdin_lifeline: Annotated[
        bool, typer.Option("--stdin-lifeline", help="End when standard input closes (the Hub starts us so).")
    ] = False,
    idle_minutes: Annotated[
        float | None,
        typer.Option(min=0, max=1440, help="End after this long without a client; 0 for never. Else: the setting."),
    ] = None,
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port on 127.0.0.1; 0: any free one.")] = 0,
) -> None:
    """Run the engine. Devices and the Hub find it by themselves."""
    from bridge.run import run

    code = run(
        stdin_lifeline=stdin_lifeline,
        idle_minutes=idle_minutes,
        port=port,
        say=lambda line: print(line, flush=True),
    )
    raise typer.Exit(code)


def register(app: typer.Typer) -> None:
    """Add the verbs of this module."""
    app.command()(serve)

"""The `bandmate` command. Each module of this package that has `register(app)` adds its verbs.

Nothing heavy is imported here or at the top of those modules: `bandmate --help` answers at once, and
`bandmate serve` must listen within a fraction of a second.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from bridge import __version__

if TYPE_CHECKING:
    import typer


def build() -> typer.Typer:
    """Return the command with all its verbs."""
    import importlib
    import pkgutil

    import typer

    def show_version(wanted: bool) -> None:
        if wanted:
            print(f"Bandmate {__version__}")
            raise typer.Exit

    app = typer.Typer(
        name="bandmate",
        help="Bandmate, a co-producer inside Ableton Live: its engine and its tools.",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
    )

    @app.callback()
    def options(
        version: bool = typer.Option(
            False, "--version", callback=show_version, is_eager=True, help="Show the version."
        ),
    ) -> None:
        """Hold the options of the command itself; the version is shown by its callback."""

    for module in sorted(each.name for each in pkgutil.iter_modules(__path__)):
        register = getattr(importlib.import_module(f"{__name__}.{module}"), "register", None)
        if register is not None:
            register(app)
    return app


def main() -> None:
    """Run the command."""
    if sys.argv[1:2] == ["serve"]:
        from bridge.cli.serve import serve

        sys.exit(serve(sys.argv[2:]))
    build()()

"""Verbs that look after the installation: install and doctor."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from bridge.install.installer import Plan
    from bridge.install.user_library import UserLibrary

SIGNS = {"right": ("✓", "green"), "note": ("•", "yellow"), "wrong": ("✗", "red")}
"""Verdict -> sign and its colour."""

Library = Annotated[Path | None, typer.Option(help="Live's User Library, when it is not where Live says.")]


def install(
    library: Library = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would be done.")] = False,
    uninstall: Annotated[bool, typer.Option("--uninstall", help="Remove what was installed, and only that.")] = False,
) -> None:
    """Put the devices into Live's User Library and tell the Hub where Python is."""
    from bridge.install.installer import InstallError

    try:
        plan = _removal() if uninstall else _installation(library)
        if dry_run:
            for step in plan.steps:
                print(f"would {step.words}")
            return
        plan.carry_out(print)
    except InstallError as problem:
        print(f"{problem}. {problem.hint}", file=sys.stderr)
        raise typer.Exit(1) from None
    if uninstall:
        kept = any(step.words.startswith("keep ") for step in plan.steps)
        gone = "gone, but for what was changed after it was installed" if kept else "gone"
        print(f"Bandmate's devices are {gone}. Your settings stay until you remove its folder.")
    else:
        print(
            "Done. In Live: User Library > Presets > MIDI Effects > Max MIDI Effect > Bandmate. "
            "Drop the Hub on a MIDI track first. The MIDI Tools are in Clip View, under Generate and Transform."
        )


def _installation(library: Path | None) -> Plan:
    from bridge import __version__
    from bridge.install.installer import InstallError, plan_install
    from engine.settings import config_path, endpoint_path
    from m4l_devices import built_devices

    place = _library(library)
    if place is None:
        raise InstallError("Live's User Library was not found", "Say where it is: bandmate install --library FOLDER")
    devices = built_devices()
    if not devices:
        raise InstallError("This copy of Bandmate has no built devices", "Build them: make devices")
    return plan_install(
        devices,
        place.path,
        config_path=config_path(),
        endpoint_path=endpoint_path(),
        # Not resolved: a virtual environment's python is a link, and it is the link that finds the engine.
        python=Path(sys.executable),
        version=__version__,
    )


def _library(named: Path | None) -> UserLibrary | None:
    """The library named on the command line, else where Live says, else where Bandmate was installed before."""
    from bridge.install.installer import read_config
    from bridge.install.user_library import UserLibrary, find_user_library
    from engine.settings import config_path

    if named is not None:
        return UserLibrary(named.expanduser().absolute(), "named by you")
    config = read_config(config_path())
    before = UserLibrary(Path(config.user_library), "where Bandmate was installed") if config else None
    return find_user_library(Path.home()) or before


def _removal() -> Plan:
    from bridge.install.installer import plan_uninstall
    from engine.settings import config_path

    return plan_uninstall(config_path())


def doctor(library: Library = None) -> None:
    """Say in plain words what is right and what is not. Exit code 1 when something is wrong."""
    from rich.console import Console
    from rich.text import Text

    from bridge.install.doctor import Surroundings, examine, exit_code
    from engine import settings
    from m4l_devices import built_devices

    at = Surroundings(
        home=Path.home(),
        platform=sys.platform,
        data_folder=settings.home(),
        config_path=settings.config_path(),
        endpoint_path=settings.endpoint_path(),
        library=_library(library),
        devices=built_devices(),
        ask_engine=_ask_engine,
        environment=os.environ,
    )
    findings = examine(at)
    # Paths come as they are: a folder named "[Live]" is no mark of ours.
    console = Console(highlight=False, soft_wrap=True, markup=False)
    for finding in findings:
        console.print(Text.assemble(SIGNS[finding.verdict], f" {finding.words}"))
        if finding.hint:
            console.print(f"    {finding.hint}", style="dim")
    raise typer.Exit(exit_code(findings))


def _ask_engine() -> str | None:
    from bridge.client import NoEngine, RemoteError, connect

    try:
        with connect(name="doctor") as client:
            found = client.call("engine.status")
    except (NoEngine, RemoteError):
        return None
    hub = "Live is connected through the Hub" if found["hub"] else "no Hub is connected"
    return f"version {found['version']}, {hub}"


def register(app: typer.Typer) -> None:
    """Add the verbs of this module."""
    app.command()(install)
    app.command()(doctor)

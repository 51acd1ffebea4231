"""Where Bandmate keeps its files, how large things may get, and what the user has set.

Everything lives in one directory, `home()`:

    endpoint.json   where the running engine listens (mode 0600; holds the session secret)
    engine.lock     held by the running engine; the operating system frees it when the process ends
    engine.log      what the engine did, newest last; `engine.log.1` is the one before
    config.json     written by `bandmate install`: which Python starts the engine
    settings.json   what the user set: `Settings`
    bandmate.sqlite what Bandmate remembers (`engine.store`)
    fingerprints.sqlite  by what recordings are known again (`engine.hear.recordings`)
    taste.sqlite    takes, ratings and taste profiles (`engine.taste.store`)
    taste.lock      held by the process that writes them
    captures/       what Listen recorded, until it was analysed
    numba/          compiled code of the ears

What is made for the user and not for Bandmate lies where the user finds it: audio in `renders_path()`.

The directory is the environment variable `BANDMATE_HOME` when set, else the usual place for
application data of the operating system (found by platformdirs).
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import msgspec
from msgspec import Meta

from engine import typed
from engine.files import write_whole


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """How much one client may ask of the engine. Tests make their own; users cannot change them."""

    hello_seconds: float = 2.0  # from the accepted connection to a finished session.hello
    hello_bytes: int = 4096  # the only message before the hello is answered
    frame_bytes: int = 2 * 1024 * 1024  # 10,000 notes with all eight fields fit
    depth: int = 32  # nested arrays and objects; our deepest message has 5
    batch: int = 50  # requests in one frame
    in_flight: int = 64  # requests of one session that wait for their answer
    pending: int = 96  # connections that have not said hello; the oldest goes first
    sessions: int = 128  # with `pending` below the 256 open files macOS gives a process
    outbox_bytes: int = 8 * 1024 * 1024  # unsent text for one client before we stop reading from it
    stall_seconds: float = 10.0  # a client that takes nothing for this long is cut off
    call_seconds: float = 30.0  # one request
    live_seconds: float = 5.0  # one question to Live
    job_seconds: float = 900.0  # one long job
    jobs: int = 2  # worker processes at the same time
    jobs_waiting: int = 8  # jobs in the queue of the whole engine
    cancel_grace: float = 0.1  # seconds a cancelled job has to end by itself
    kept_jobs: int = 200  # a kept worker is replaced after this many
    kept_bytes: int = 1_200_000_000  # or when it held this much
    kept_seconds: float = 300.0  # or when nobody needed it for this long


class Settings(msgspec.Struct, kw_only=True):
    """What the user has set, in `settings.json`.

    Attributes:
        idle_minutes: The engine leaves after this many minutes without a client; 0 means never.
            0 to 1440 minutes.
    """

    idle_minutes: Annotated[float, Meta(ge=0, le=1440)] = 30.0


def home() -> Path:
    """Return Bandmate's directory. It may not exist yet."""
    chosen = os.environ.get("BANDMATE_HOME")
    if chosen:
        return Path(chosen).expanduser().absolute()
    import platformdirs  # noqa: PLC0415 - only needed where BANDMATE_HOME is not set; start time counts

    return Path(platformdirs.user_data_dir("Bandmate", appauthor=False))


def make_home() -> Path:
    """Return Bandmate's directory, made (mode 0700) when it was not there."""
    path = home()
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def endpoint_path() -> Path:
    """Return where the running engine says how to reach it."""
    return home() / "endpoint.json"


def lock_path() -> Path:
    """Return the file the running engine holds locked."""
    return home() / "engine.lock"


def log_path() -> Path:
    """Return the engine's log file."""
    return home() / "engine.log"


def config_path() -> Path:
    """Return the file that tells the Hub how to start the engine."""
    return home() / "config.json"


def settings_path() -> Path:
    """Return the user's settings file."""
    return home() / "settings.json"


def store_path() -> Path:
    """Return the file in which Bandmate remembers."""
    return home() / "bandmate.sqlite"


def fingerprints_path() -> Path:
    """Return the file of fingerprints by which recordings are known again."""
    return home() / "fingerprints.sqlite"


def taste_path() -> Path:
    """Return the file of takes, ratings and taste profiles."""
    return home() / "taste.sqlite"


def captures_path() -> Path:
    """Return the folder that Listen records into."""
    return home() / "captures"


def compiled_path() -> Path:
    """Return the folder of numba's compiled code."""
    return home() / "numba"


def renders_path() -> Path:
    """Return the folder for audio the user asked for without saying where: Bandmate/Renders in the user's music.

    With `BANDMATE_HOME` set it is the folder `renders` in there, so that nothing is left elsewhere.
    """
    if os.environ.get("BANDMATE_HOME"):
        return home() / "renders"
    import platformdirs  # noqa: PLC0415 - as above

    return Path(platformdirs.user_music_dir()) / "Bandmate" / "Renders"


def read_settings() -> tuple[Settings, str | None]:
    """Read the user's settings.

    Returns:
        The settings, and a sentence when the file was there but could not be used (the defaults
        stand then), else None.
    """
    try:
        return typed.decode(settings_path().read_bytes(), Settings), None
    except FileNotFoundError:
        return Settings(), None
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError) as problem:
        return Settings(), f"settings.json was not used ({type(problem).__name__}: {problem}); defaults stand"


def write_settings(settings: Settings) -> None:
    """Save the user's settings, whole or not at all.

    Raises:
        msgspec.ValidationError: a value is outside its range.
        OSError: the directory cannot be written.
    """
    typed.convert(msgspec.to_builtins(settings), Settings)
    make_home()
    write_whole(settings_path(), msgspec.json.format(msgspec.json.encode(settings), indent=2) + b"\n")

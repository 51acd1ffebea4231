"""A folder of any size, heard file by file over processes or over a Dask cluster, with flat memory.

Files are found while others are heard, results come as they are ready, and nothing is kept of either. A file that
cannot be heard is a result too, and so is one that takes its process down: the run goes on. What was heard before is
remembered (`engine.hear.remembered`), so a run that was killed costs little when it is begun anew.
"""

from __future__ import annotations

import contextlib
import os
import signal
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from engine.errors import EngineError, InvalidValue
from engine.hear.places import forbidden

AUDIO = frozenset(
    {
        *(".wav", ".wave", ".bwf", ".w64", ".rf64", ".aif", ".aiff", ".aifc", ".flac", ".alac", ".caf", ".au", ".snd"),
        *(".ogg", ".oga", ".opus", ".mp3", ".m4a", ".aac", ".wma"),
    }
)
"""Endings of files that are taken for audio; whether they are is seen when they are opened."""

CLUSTER = "dask://"

Row = dict[str, Any]
"""`path`, and either the fields of an analysis or `error`: {kind, message, hint}."""


def audio_files(folder: Path) -> Iterator[Path]:
    """Find the audio files in a folder and below, in the order of their names; hidden ones are left out.

    Args:
        folder: Where to look. Links to folders are not followed: they could lead round in a circle.

    Raises:
        NotReadable: the folder itself may not be read; folders below it that may not are passed over.
    """
    try:
        with os.scandir(folder) as entries:
            found = sorted(entries, key=lambda entry: entry.name)
    except OSError:
        raise forbidden() from None
    for entry in found:
        if entry.name.startswith("."):
            continue
        if entry.is_dir(follow_symlinks=False):
            with contextlib.suppress(EngineError):
                yield from audio_files(Path(entry.path))
        elif Path(entry.name).suffix.lower() in AUDIO:
            yield Path(entry.path)


def heard(files: Iterable[Path], workers: int | str = 1, **asked: Any) -> Iterator[Row]:
    """Hear many files.

    Args:
        files: Any number of them; taken as they are needed.
        workers: How many processes, 1 or more; or "dask://host:port", the scheduler of a cluster whose workers have
            Bandmate installed and see the same files under the same paths.
        asked: As in `engine.hear.remembered.Memory.hear`; all may be left out.

    Yields:
        A row for each file, in the order in which they are ready. Closing the iterator ends the work.

    Raises:
        InvalidValue: `workers` is none of those.
        EngineError: the cluster cannot be reached.
    """
    if isinstance(workers, str):
        yield from _over_cluster(files, workers, asked)
    elif workers < 1:
        raise InvalidValue("workers", workers, f"1 or more processes, or {CLUSTER}host:port.")
    else:
        yield from _over_processes(files, workers, asked)


def hear_one(path: str, asked: dict[str, Any]) -> Row:
    """Hear one file, whatever comes of it.

    Args:
        path: The file.
        asked: As in `engine.hear.remembered.Memory.hear`.

    Returns:
        Its row. Never raises: a file is no reason for the others to wait.
    """
    try:
        # The folder of compiled code has to be known before numba is imported.
        return {"path": path, **_memory()(path, **asked)}
    except InvalidValue as problem:
        return _failed(path, problem, problem.hint)
    except EngineError as problem:
        return _failed(path, problem, problem.hint)
    except MemoryError:
        return _error(path, "TooLong", "This file needs more memory than there is", "Choose a range of it.")
    except Exception as problem:
        words = f"A fault of the engine ({type(problem).__name__})"
        return _error(path, "Fault", words, "Please report it, with the file if you can.")


@lru_cache(maxsize=1)
def _memory() -> Callable[..., dict[str, Any]]:
    from engine.hear import compiled  # noqa: PLC0415 - only in the processes that hear
    from engine.hear.remembered import Memory  # noqa: PLC0415

    with contextlib.suppress(ValueError):  # Ctrl-C ends the run where it was started; here it would only be noise
        signal.signal(signal.SIGINT, signal.SIG_IGN)
    compiled.prepare()
    return Memory().hear


def _over_processes(files: Iterable[Path], workers: int, asked: dict[str, Any]) -> Iterator[Row]:
    from joblib.externals.loky.process_executor import TerminatedWorkerError  # noqa: PLC0415

    pending: dict[str, None] = {}
    waiting = _noted(files, pending)
    while True:
        try:
            for row in _parallel(waiting, workers, asked):
                pending.pop(row["path"], None)
                yield row
        except TerminatedWorkerError:
            # One of those under way took its process down, and with it the others: each is tried by itself.
            for path in list(pending):
                del pending[path]
                yield _alone(path, asked)
        else:
            return


def _noted(files: Iterable[Path], pending: dict[str, None]) -> Iterator[str]:
    for path in files:
        pending[str(path)] = None
        yield str(path)


def _alone(path: str, asked: dict[str, Any]) -> Row:
    from joblib.externals.loky.process_executor import TerminatedWorkerError  # noqa: PLC0415

    try:
        return next(_parallel(iter([path]), 1, asked))
    except TerminatedWorkerError:
        return _error(path, "Crashed", "Hearing this file ended its process", "It is perhaps damaged: export it again.")


def _parallel(paths: Iterator[str], workers: int, asked: dict[str, Any]) -> Iterator[Row]:
    import joblib  # noqa: PLC0415 - numpy; the command line lists its verbs without it

    # Two processes at least: with one, joblib would work in this one, which then could not survive a crash.
    many = joblib.Parallel(
        n_jobs=max(workers, 2), backend="loky", return_as="generator_unordered", pre_dispatch="2*n_jobs"
    )
    rows: Iterator[Row] = many(joblib.delayed(hear_one)(path, asked) for path in paths)
    return rows


def _over_cluster(files: Iterable[Path], address: str, asked: dict[str, Any]) -> Iterator[Row]:
    if not address.startswith(CLUSTER) or ":" not in address.removeprefix(CLUSTER):
        raise InvalidValue("workers", address, f"A number of processes, or {CLUSTER}host:port.")
    try:
        from distributed import Client  # noqa: PLC0415 - an extra
    except ImportError:
        raise EngineError("Work on a cluster needs Dask", "Install bandmate[cluster].") from None
    import joblib  # noqa: PLC0415

    try:
        client = Client(f"tcp://{address.removeprefix(CLUSTER)}", timeout=10)
    except (OSError, ValueError):
        raise EngineError("The cluster does not answer", "See that its scheduler runs there.") from None
    with client, joblib.parallel_config(backend="dask", wait_for_workers_timeout=20):
        many = joblib.Parallel(return_as="generator_unordered", pre_dispatch="2*n_jobs")
        yield from many(joblib.delayed(hear_one)(str(path), asked) for path in files)


def _failed(path: str, problem: Exception, hint: str) -> Row:
    return _error(path, type(problem).__name__, str(problem), hint)


def _error(path: str, kind: str, message: str, hint: str) -> Row:
    return {"path": path, "error": {"kind": kind, "message": message, "hint": hint}}

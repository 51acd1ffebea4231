"""Starting a process of ours: this Python, this code, pipes for both ways."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from pathlib import Path

_ROOT = Path(__file__).resolve().parent.parent
_LINE_LIMIT = 16 * 1024 * 1024


async def spawn(module: str, *words: str) -> asyncio.subprocess.Process:
    """Start a module, whatever the working directory is.

    Args:
        module: What `python -m` runs.
        words: Its arguments.

    Returns:
        The process, with its standard input and output.
    """
    path = os.pathsep.join(filter(None, (str(_ROOT), os.environ.get("PYTHONPATH"))))
    flags = 0
    if sys.platform == "win32":  # no console window, and behind the music
        flags = subprocess.CREATE_NO_WINDOW | subprocess.BELOW_NORMAL_PRIORITY_CLASS
    return await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", module, *words),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": path},
        limit=_LINE_LIMIT,
        creationflags=flags,
    )

"""The JavaScript side of the contract: scripts of tests/js/contract, run by Node."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
SCRIPTS = ROOT / "tests" / "js" / "contract"


def command(script: str) -> list[str]:
    """How a script is run."""
    node = shutil.which("node")
    assert node, "Node is needed, 20 or newer"
    return [node, str(SCRIPTS / script)]


def node(script: str, told: Any = None, **environment: str) -> Any:
    """Run a script and give what it said."""
    done = subprocess.run(
        command(script),
        input=json.dumps(told),
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        env={**os.environ, **environment},
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


async def node_beside(script: str, told: Any) -> Any:
    """Run a script while this event loop, with an engine in it, goes on."""
    process = await asyncio.create_subprocess_exec(
        *command(script),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        out, err = await asyncio.wait_for(process.communicate(json.dumps(told).encode()), 90)
    except TimeoutError:
        process.kill()
        await process.wait()
        raise
    assert process.returncode == 0, err.decode()
    return json.loads(out)

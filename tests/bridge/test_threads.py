"""Many first requests at the same moment: msgspec crashes the process when two threads meet a new type together.

Run in a process of its own, with the interpreter switching threads as often as it can: the fault, when it is
there, ends the process by a signal.
"""

from __future__ import annotations

import subprocess
import sys

from tests.bridge.house import ROOT

NEW_TYPES = """
import sys, threading, msgspec
from typing import Annotated
from msgspec import Meta
{use}
sys.setswitchinterval(1e-6)
for turn in range(150):
    inner = msgspec.defstruct("Inner", [(f"a{{n}}", Annotated[int, Meta(ge=0)], 0) for n in range(20)])
    fields = [(f"f{{n}}", Annotated[float, Meta(ge=0, le=n + 1)], 0.0) for n in range(30)]
    outer = msgspec.defstruct("Outer", [*fields, ("c", inner | None, None)])
    gate = threading.Barrier(4)
    def work():
        gate.wait()
        check({{"f29": 1.0, "c": {{"a19": 3}}}}, outer)
    threads = [threading.Thread(target=work) for _ in range(4)]
    for each in threads: each.start()
    for each in threads: each.join()
"""


def run(use: str) -> int:
    script = NEW_TYPES.format(use=use)
    return subprocess.run([sys.executable, "-c", script], cwd=ROOT, check=False, timeout=60).returncode


def test_checks_may_be_made_and_used_by_many_threads() -> None:
    assert run("from bridge.validation import Check\ndef check(params, kind): Check(kind)(params)") == 0


FIRST_REQUESTS = """
import asyncio, sys
sys.setswitchinterval(1e-6)
from tests.bridge.house import running
async def main():
    async with running() as house:
        clients = [await house.client() for _ in range(6)]
        warming = asyncio.ensure_future(house.runtime.warm_up())
        asked = [each.call("compose.chords", bars=2, seed=n) for n, each in enumerate(clients)]
        asked += [each.call("theory.progression", progression="ii7 V7 I") for each in clients]
        asked += [each.call("compose.chords_options") for each in clients]
        asked += [clients[0].call("rpc.discover")]
        await asyncio.gather(*asked, warming)
asyncio.run(main())
"""


def test_first_requests_may_all_come_at_once(home: object) -> None:
    assert home
    done = subprocess.run([sys.executable, "-c", FIRST_REQUESTS], cwd=ROOT, check=False, timeout=60)
    assert done.returncode == 0

"""The whole engine under load, killed at any moment: is all it had answered still there?

`python -m tests.benchmarks.taste.kill_engine [kills]`: devices ask for bass lines and rate them as answers come;
the engine is killed, 20 times by default; its file is looked at, and the next engine starts on it.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import closing, suppress

from bridge import endpoint
from bridge.client import NoEngine, connect
from bridge.endpoint import Endpoint
from engine.taste.store.book import Book
from tests.benchmarks.taste.kill_store import ROOT, Tally, look

DEVICES = 2
LONGEST_LIFE = 1.0
"""Seconds from the first answer to the kill, at most."""

_PATIENCE = 30.0


def device(where: Endpoint, name: str, said: list[list[str]]) -> None:
    """Asks and rates until the engine is gone; what was answered stands in ``said``."""
    dice = random.Random(name)
    with suppress(NoEngine), connect(where, kind="device", name=name) as client:
        while True:
            take = client.call("compose.bass", seed=dice.randrange(2**31), bars=1)["take"]
            said.append(["take", take])
            stars = dice.randint(1, 5)
            client.call("taste.rate", take=take, stars=stars, reward=f"stars {take}")
            said.append(["stars", take, str(stars)])


def started(old: Endpoint | None) -> tuple[subprocess.Popen[bytes], Endpoint]:
    """A new engine on what the last one left.

    Raises:
        TimeoutError: it does not answer.
    """
    process = subprocess.Popen([sys.executable, "-m", "bridge", "serve"], cwd=ROOT, stdout=subprocess.DEVNULL)
    where = endpoint.wait_for(_PATIENCE, since=old)
    if where is None:
        raise TimeoutError("the engine does not answer")
    return process, where


def _wait_for(condition: Callable[[], object]) -> None:
    deadline = time.monotonic() + _PATIENCE
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.01)


def run(kills: int, seed: int = 1) -> Tally:
    """Kills so many times and returns what was found."""
    dice = random.Random(seed)
    tally = Tally()
    where: Endpoint | None = None
    with tempfile.TemporaryDirectory(prefix="bandmate-kills-") as folder:
        os.environ["BANDMATE_HOME"] = folder
        for life in range(kills):
            process, where = started(where)
            said: list[list[list[str]]] = [[] for _ in range(DEVICES)]
            threads = [
                threading.Thread(target=device, args=(where, f"{life} {number}", own))
                for number, own in enumerate(said)
            ]
            for thread in threads:
                thread.start()
            _wait_for(lambda said=said: any(said))  # type: ignore[misc]
            time.sleep(dice.uniform(0, LONGEST_LIFE))
            process.kill()
            process.wait()
            for thread in threads:
                thread.join()
            tally.kills += 1
            tally.acknowledged += sum(map(len, said))
            with closing(Book()) as book:
                look(book, [each for own in said for each in own], tally)
    return tally


def main() -> None:
    """Prints what was found; exit code 1 when anything was lost, doubled or damaged."""
    tally = run(int(sys.argv[1]) if len(sys.argv) > 1 else 20)
    for name in tally.__struct_fields__:
        print(f"{name:<14}{getattr(tally, name)}")
    sys.exit(bool(tally.lost or tally.doubled or tally.damaged))


if __name__ == "__main__":
    main()

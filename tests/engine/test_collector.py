"""The collector leaves alone what is there to stay, and still finds what nobody holds. In a process of its own."""

from __future__ import annotations

import subprocess
import sys

from tests.bridge.house import ROOT

SCRIPT = """
import gc, weakref
from engine import collector

class Ring:
    def __init__(self):
        self.me = self

stays = [[] for _ in range(1000)]
collector.settle()
assert gc.get_freeze_count() > 1000
runs = gc.get_stats()[0]["collections"]
held = [[] for _ in range(20_000)]
print("takes:", gc.get_stats()[0]["collections"] - runs)
ring = weakref.ref(Ring())
for _ in range(100_000):
    Ring()
print("ring:", ring())
"""


def test_a_take_is_not_interrupted_and_what_nobody_holds_goes_all_the_same() -> None:
    done = subprocess.run([sys.executable, "-c", SCRIPT], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.split("\n")[:2] == ["takes: 0", "ring: None"]


def test_without_it_a_take_is_interrupted() -> None:
    usual = SCRIPT.replace("collector.settle()", "gc.freeze()")
    done = subprocess.run([sys.executable, "-c", usual], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.split("\n")[0] != "takes: 0"

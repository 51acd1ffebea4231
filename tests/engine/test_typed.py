"""Types that threads meet at the same time."""

from __future__ import annotations

import subprocess
import sys

import msgspec
import pytest

from engine import typed
from engine.notes import Note

MEET = """
import sys, threading, msgspec
from engine import typed

convert = typed.convert if sys.argv[1] == "guarded" else msgspec.convert
sys.setswitchinterval(1e-6)
for round in range(150):
    kind = msgspec.defstruct("Inner", [(f"name_{n}", int, 0) for n in range(20)])
    for depth in range(6):
        kind = msgspec.defstruct("Outer", [("inner", kind), ("others", "dict[str, list[int]] | None", None)])
    value = {"inner": {"inner": {"inner": {"inner": {"inner": {"inner": {}}}}}}}
    begin = threading.Barrier(4)

    def meet():
        begin.wait()
        assert convert([value], list[kind])

    threads = [threading.Thread(target=meet) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
print("met")
"""


def meeting(how: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", MEET, how], capture_output=True, text=True, check=False)


def test_threads_may_meet_a_type_at_the_same_time():
    done = meeting("guarded")
    assert (done.returncode, done.stdout.strip()) == (0, "met"), done.stderr


def test_convert_and_decode_give_the_type_or_say_why_not():
    plain = {"pitch": 60, "start_time": 0.0, "duration": 1.0}
    assert typed.convert(plain, Note) == typed.decode(msgspec.json.encode(plain), Note) == Note(60, 0.0, 1.0)
    with pytest.raises(msgspec.ValidationError):
        typed.convert({"pitch": "high"}, Note)
    with pytest.raises(msgspec.DecodeError):
        typed.decode("{", Note)


def test_a_type_is_met_without_a_value_of_it():
    typed.meet(Note)
    assert msgspec.convert({"pitch": 60, "start_time": 0.0, "duration": 1.0}, Note).pitch == 60

"""The long run against the MIDI reader: `make fuzz`, or FUZZ_SECONDS=600 FUZZ_SEED=7 python -m pytest tests/fuzz."""

# ruff: noqa: T201 - the seed is printed to repeat a run

from __future__ import annotations

import os
import random
import time

import pytest

from bridge.midi_read import song_of
from bridge.midi_write import song_bytes
from engine.errors import NotMidi
from tests.bridge.midi_samples import BAND, GOOD, chunk, head, number

SECONDS = float(os.environ.get("FUZZ_SECONDS", "15"))
SEED = int(os.environ.get("FUZZ_SEED", str(random.SystemRandom().randrange(2**32))))


def damaged(dice: random.Random) -> bytes:
    """A file broken a little or much, or bytes that only look like one."""
    if dice.random() < 0.2:
        return head(1, dice.randrange(2**16)) + chunk(b"MTrk", dice.randbytes(dice.randrange(400)))
    data = bytearray(dice.choice([GOOD, BAND]))
    for _ in range(dice.choice([1, 1, 2, 8, 40])):
        place = dice.randrange(len(data) + 1)
        how = dice.randrange(4)
        if how == 0:
            data[place : place + 1] = bytes([dice.randrange(256)])
        elif how == 1:
            del data[place : place + dice.randrange(1, 12)]
        elif how == 2:
            data[place:place] = dice.randbytes(dice.randrange(1, 12))
        else:
            data[place:place] = number(dice.randrange(2**28))
    return bytes(data)


@pytest.mark.timeout(SECONDS + 60)
def test_a_damaged_file_is_a_song_or_a_refusal_within_a_moment() -> None:
    print(f"FUZZ_SEED={SEED}")
    end, count, read = time.monotonic() + SECONDS, 0, 0
    while time.monotonic() < end:
        data = damaged(random.Random(f"{SEED}/{count}"))
        count += 1
        started = time.process_time()
        song, hint = None, ""
        try:
            song = song_of(data)
        except NotMidi as problem:
            hint = problem.hint
        assert song is not None or hint.endswith("."), data
        if song is not None:
            read += 1
            notes = [note for track in song.tracks for note in track.notes]
            assert all(note.duration > 0 and 1 <= note.velocity <= 127 for note in notes), data
            # Whatever was read can be written and read again; what fell onto one tick of 960 is one note.
            again = song_of(song_bytes(song))
            assert sum(len(track.notes) for track in again.tracks) <= len(notes), data
        assert time.process_time() - started < 2, data[:200]
    print(f"{count} files, {read} of them could be read")
    assert read

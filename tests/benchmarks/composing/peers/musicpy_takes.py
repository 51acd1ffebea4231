"""Takes of musicpy: the melody of its `random_composing` in the clip's key. Runs in the peers' interpreter.

Reads clips (JSON, one list) from standard input, writes the same list with its own notes.
"""

import io
import json
import os
import random
import sys
from contextlib import redirect_stdout

os.environ["PYGAME_HIDE_SUPPORT_PROMPT"] = "1"
with redirect_stdout(io.StringIO()):
    import musicpy
    from musicpy import algorithms

NAMES = ("C", "C#", "D", "D#", "E", "F", "F#", "G", "G#", "A", "A#", "B")
MELODY_VELOCITY = 80


def melody(clip, seed):
    random.seed(seed)
    tonic, mode = clip["key"]
    scale = musicpy.scale(NAMES[tonic], mode)
    piece = algorithms.random_composing(scale, int(clip["beats"] * 4), right_hand_velocity=MELODY_VELOCITY)
    notes, start = [], 0.0
    for note, interval in zip(piece.notes, piece.interval, strict=False):
        # Its times are in bars of four beats.
        if note.volume == MELODY_VELOCITY and start * 4 < clip["beats"]:
            notes.append([start * 4, note.duration * 4, note.degree, note.volume])
        start += interval
    return notes


asked = json.load(sys.stdin)
json.dump([{**clip, "notes": melody(clip, seed)} for seed, clip in enumerate(asked["clips"])], sys.stdout)

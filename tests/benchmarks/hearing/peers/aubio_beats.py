"""aubio: its beat tracker with the defaults of its command line; the tempo is the median distance of beats."""

import numpy as np
import soundfile
from aubio import tempo as tracker
from talk import answer

WINDOW, HOP = 1024, 512


def hear(path):
    signal, rate = soundfile.read(path, dtype="float32", always_2d=True)
    mono = signal.mean(axis=1).astype(np.float32)
    track = tracker("default", WINDOW, HOP, rate)
    starts = range(0, len(mono) - HOP + 1, HOP)
    beats = [float(track.get_last_s()) for start in starts if track(mono[start : start + HOP])[0]]
    steps = np.diff(beats)
    return {"tempo": float(60 / np.median(steps)) if len(steps) else None, "beats": beats}


answer(hear)

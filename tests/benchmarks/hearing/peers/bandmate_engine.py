"""Bandmate: tempo, beats, key and loudness of its analysis, without a cache."""

from engine.hear import compiled

compiled.prepare()

from engine.hear.analysis import analyze
from talk import answer


def hear(path):
    found = analyze(path, parts=("rhythm", "key", "loudness"))
    key = found.key_detail
    return {
        "tempo": found.bpm,
        "beats": found.rhythm.beats,
        "downbeats": found.rhythm.downbeats,
        "key": None if key.key is None else [key.tonic, key.mode],
        "lufs": found.loudness_db,
        "true_peak": found.loudness.true_peak_db,
    }


compiled.warm()
answer(hear)

"""essentia: RhythmExtractor2013 and KeyExtractor with the variants named on the command line, LoudnessEBUR128."""

import sys

import essentia
import essentia.standard as es
from talk import answer

METHOD, PROFILE = sys.argv[1:3]
PITCHES = {"C": 0, "C#": 1, "Db": 1, "D": 2, "D#": 3, "Eb": 3, "E": 4, "F": 5, "F#": 6, "Gb": 6}
PITCHES.update({"G": 7, "G#": 8, "Ab": 8, "A": 9, "A#": 10, "Bb": 10, "B": 11})
essentia.log.infoActive = False
essentia.log.warningActive = False


def hear(path):
    mono = es.MonoLoader(filename=path, sampleRate=44100)()
    if METHOD == "percival":
        tempo, beats = float(es.PercivalBpmEstimator()(mono)), None
    else:
        tempo, beats = es.RhythmExtractor2013(method=METHOD)(mono)[:2]
    name, scale = es.KeyExtractor(profileType=PROFILE)(mono)[:2]
    stereo = es.AudioLoader(filename=path)
    audio, rate = stereo()[:2]
    lufs = float(es.LoudnessEBUR128(sampleRate=rate)(audio)[2])
    return {
        "tempo": float(tempo),
        "beats": None if beats is None else [float(time) for time in beats],
        "key": [PITCHES[name], scale],
        "lufs": lufs if abs(lufs) < 200 else None,
    }


answer(hear)

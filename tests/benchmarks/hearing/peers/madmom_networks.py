"""madmom: RNN beats with its dynamic Bayesian network, the tempo from its comb filters, RNN down-beats, CNN key."""

import numpy as np
from madmom.features.beats import DBNBeatTrackingProcessor, RNNBeatProcessor
from madmom.features.downbeats import DBNDownBeatTrackingProcessor, RNNDownBeatProcessor
from madmom.features.key import CNNKeyRecognitionProcessor, key_prediction_to_label
from madmom.features.tempo import TempoEstimationProcessor
from talk import answer

PITCHES = ["C", "C#", "D", "D#", "E", "F", "F#", "G", "G#", "A", "A#", "B"]
FLATS = {"Db": "C#", "Eb": "D#", "Gb": "F#", "Ab": "G#", "Bb": "A#"}
rnn_beats, rnn_downbeats, cnn_key = RNNBeatProcessor(), RNNDownBeatProcessor(), CNNKeyRecognitionProcessor()
track = DBNBeatTrackingProcessor(fps=100)
tempi = TempoEstimationProcessor(fps=100)
bars = DBNDownBeatTrackingProcessor(beats_per_bar=[3, 4], fps=100)


def hear(path):
    activations = rnn_beats(path)
    found = tempi(activations)
    downs = bars(rnn_downbeats(path))
    tonic, mode = key_prediction_to_label(cnn_key(path)).split()
    return {
        "tempo": float(found[0][0]) if len(found) and np.isfinite(found[0][0]) else None,
        "beats": [float(time) for time in track(activations)],
        "downbeats": [float(time) for time, position in downs if position == 1],
        "key": [PITCHES.index(FLATS.get(tonic, tonic)), mode],
    }


answer(hear)

"""Takes of isobar, as its own examples make them: patterns over the chords. Runs in the peers' interpreter.

Reads clips (JSON, one list) from standard input, writes the same list with its own notes. A bass walks at random over
the chord's tones, a melody is a Brownian walk in the key in eighths, drums are Euclidean rhythms, feel is white noise.
"""

import json
import random
import sys

import isobar as iso

SCALES = {"major": iso.Scale.major, "minor": iso.Scale.minor}
EUCLID = {36: (4, 16, 0), 38: (2, 16, 4), 42: (8, 16, 0), 46: (3, 16, 2)}


def chord_at(clip, beat):
    return next((chord for chord in clip["chords"] if chord[0] <= beat < chord[1]), clip["chords"][0])


def bass(clip, seed):
    notes, walk = [], iso.PRandomWalk(list(range(6)), min=1, max=2)
    walk.seed(seed)
    for beat in range(int(clip["beats"])):
        tones = sorted(36 + (tone - 36) % 12 + 12 * octave for tone in chord_at(clip, beat)[3] for octave in (0, 1))
        notes.append([beat, 0.9, tones[next(walk) % len(tones)], 90])
    return notes


def melody(clip, seed):
    tonic, mode = clip["key"]
    key = iso.Key(iso.util.midi_note_to_note_name(60 + tonic)[:-1], SCALES[mode])
    degrees, rests = iso.PBrown(0, 2, -5, 7), iso.PWhite(0.0, 1.0)
    degrees.seed(seed)
    rests.seed(seed)
    notes = []
    for step in range(int(clip["beats"]) * 2):
        degree = next(degrees)
        if next(rests) < 0.75:
            notes.append([step / 2, 0.45, 60 + key[degree], 100])
    return notes


def drums(clip, seed):
    dice = random.Random(seed)
    notes = []
    for pitch, (hits, length, phase) in EUCLID.items():
        pattern = list(iso.PEuclidean(hits + dice.randint(0, 2), length, phase).nextn(length))
        steps = [step for step in range(int(clip["beats"]) * 4) if pattern[step % length]]
        notes.extend([step / 4, 0.25, pitch, dice.randint(80, 110)] for step in steps)
    return sorted(notes)


def feel(clip, seed):
    late, loud = iso.PWhite(-0.02, 0.02), iso.PWhite(-20, 20)
    late.seed(seed)
    loud.seed(seed + 1)
    shift = clip["bpm"] / 60
    notes = [
        [max(0.0, round(note[0] * 4) / 4 + next(late) * shift), note[1], note[2], max(1, min(127, 90 + next(loud)))]
        for note in clip["notes"]
    ]
    return sorted(notes)


PLAY = {"bass": bass, "melody": melody, "drums": drums, "feel": feel}
asked = json.load(sys.stdin)
json.dump([{**clip, "notes": PLAY[asked["what"]](clip, seed)} for seed, clip in enumerate(asked["clips"])], sys.stdout)

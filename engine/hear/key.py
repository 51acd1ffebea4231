"""The key of a recording: which of 24, how sure, what else it might be, where it changes, or that there is none.

Partials (`chroma`) less the tuning (`tuning`) make a chroma in three registers; tables of pitch classes, chords and
what follows what (`key_features`) go through one scorer for all tonics (`key_model`). Whether there is a key at all
is decided first (`key_tonal`).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.hear.chroma import partials, register_chroma
from engine.hear.key_features import BLOCK, blocks, features
from engine.hear.key_model import probabilities, scorer
from engine.hear.key_result import Key, KeyChoice, KeySection, choice, with_key, without_key
from engine.hear.key_sections import key_spans
from engine.hear.key_tonal import signs, tonalness
from engine.hear.spectrum import PITCH_FRAME_RATE, Spectra
from engine.hear.tuning import tuning

__all__ = ["Key", "KeyChoice", "KeySection", "key"]

_TONAL = 0.5
_FEWEST = 3  # frames with a partial: a third of a second of notes


def key(spectra: Spectra) -> Key:
    """Hear the key.

    Args:
        spectra: The shared spectra; only `Spectra.pitch` is read.

    Returns:
        The key with its confidence, second choice, sections and tuning; `key` None, with words, for drums, noise,
        speech and silence.
    """
    found = partials(spectra)
    if len(np.unique(found.frame)) < _FEWEST:
        return without_key("No key: no note is heard.", confidence=0.0 if len(found.frame) else 1.0)
    cents = tuning(found)
    chroma = register_chroma(found, cents)
    total = chroma.sum(axis=(0, 1), dtype=np.float64)
    tonal = tonalness(signs(found, chroma))
    facts = {
        "tonalness": round(tonal, 4),
        "tuning_cents": round(cents, 1),
        "chroma": [round(float(share), 5) for share in total / total.sum()],
    }
    if tonal < _TONAL:
        return without_key("No key: drums, noise or speech.", confidence=round(1 - tonal, 4), **facts)
    pieces = blocks(chroma)
    model = scorer("key")
    shares = probabilities(model.logits(features(pieces)[None]))[0]
    sections = _sections(key_spans(pieces, model, int(shares.argmax())), shares, spectra.sound.duration)
    return with_key(shares, sections, **facts)


def _sections(
    spans: list[tuple[int, int, int, float]], shares: NDArray[np.float64], duration: float
) -> list[KeySection]:
    if len(spans) == 1:
        # One key throughout: the whole knows it better than its windows.
        best = int(shares.argmax())
        spans = [(0, spans[0][1], best, float(shares[best]))]
    told = []
    for index, (start, end, place, confidence) in enumerate(spans):
        named = choice(place, confidence)
        until = duration if index == len(spans) - 1 else end * BLOCK / PITCH_FRAME_RATE
        told.append(
            KeySection(
                start=round(start * BLOCK / PITCH_FRAME_RATE, 3),
                end=round(until, 3),
                key=named.key,
                camelot=named.camelot,
                notation=named.notation,
                confidence=named.confidence,
            )
        )
    return told

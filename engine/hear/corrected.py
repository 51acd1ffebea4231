"""What the user said, put in the place of what was heard: in the figures, and in all the details that follow.

Nothing may contradict the user's word, so the beats follow the tempo that was set, and a section in the key that was
heard is one in the key that was set. What was heard goes to `heard`, whole. What hangs on the beats (complexity,
energy, sections, traits) is not corrected but heard again on the beats that count: `engine.hear.remembered` does that.

No numpy: the engine answers with this.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from fractions import Fraction
from itertools import pairwise
from typing import Any

import msgspec

from engine import typed
from engine.hear.corrections import Correction
from engine.hear.rhythm_result import Rhythm, Swing, Tempo, TempoChoice, TempoPoint
from engine.theory.keys import parse_key

Heard = dict[str, Any]
"""The fields of `Analysis`, as JSON has them."""

_NEAR = 0.02  # as a share: a tempo this near to a ratio of the one that was heard is that ratio of it
_RATIOS = {Fraction(above, below) for above in range(1, 5) for below in range(1, 5)}


def corrected(heard: Heard, correction: Correction) -> Heard:
    """Put what the user said in the place of what was heard; that moves to `heard`.

    Only what was heard at all is corrected.

    Args:
        heard: A result.
        correction: What was said about the content.
    """
    said: Heard = {}
    if correction.bpm is not None and heard.get("rhythm") is not None:
        rhythm = corrected_rhythm(typed.convert(heard["rhythm"], Rhythm), correction.bpm)
        said |= {"bpm": correction.bpm, "rhythm": msgspec.to_builtins(rhythm)}
    if correction.key is not None and heard.get("key_detail") is not None:
        detail = corrected_key(heard["key_detail"], correction.key)
        said |= {"key": detail["camelot"], "key_notation": detail["notation"], "key_detail": detail}
    if not said:
        return heard
    return heard | said | {"corrected": True, "heard": {name: heard[name] for name in said}}


def corrected_rhythm(rhythm: Rhythm, bpm: float) -> Rhythm:
    """Beats and all else of a rhythm at the tempo that the user set.

    Where that tempo is twice or half, a third ... of the one that was heard, beats are put between those that were
    heard, or left out, from the first downbeat on; a bar has as many of the new beats as it had of the old. A tempo
    that has nothing to do with it leaves no beats: those that were heard would contradict it.

    Args:
        rhythm: What was heard.
        bpm: What was said, 20 to 999.
    """
    heard = rhythm.tempo.bpm
    ratio = None if not heard else _ratio(bpm / heard)
    tempo = _tempo(rhythm.tempo, bpm, ratio)
    if ratio is None or not rhythm.beats:
        return Rhythm(tempo=tempo, meter=msgspec.structs.replace(rhythm.meter, confidence=0.0))
    if ratio == 1:
        return msgspec.structs.replace(rhythm, tempo=tempo)
    beats, downbeats = _counted(rhythm, ratio)
    halves = ratio in {Fraction(1, 4), Fraction(1, 2), Fraction(2), Fraction(4)}
    offset = None
    if rhythm.grid_offset is not None and beats:
        offset = round(beats[0] % (60 / bpm), 4)
    return Rhythm(
        tempo=tempo,
        beats=beats,
        downbeats=downbeats,
        meter=rhythm.meter if halves else msgspec.structs.replace(rhythm.meter, confidence=0.0),
        swing=_swing(rhythm.swing, ratio),
        grid_offset=offset,
    )


def corrected_key(detail: Heard, key: str) -> Heard:
    """Details of a key as the user set it.

    Args:
        detail: What was heard, the fields of `engine.hear.key_result.Key`.
        key: What was said, in any spelling of a major or minor key.
    """
    named = parse_key(key)
    said = {"key": named.name, "camelot": named.camelot, "notation": named.tonic + ("m" if named.minor_third else "")}
    more = {"tonic": named.tonic_pc, "mode": named.mode, "confidence": 1.0}
    other = detail["camelot"] not in {None, said["camelot"]}
    first = {name: detail[name] for name in ("key", "camelot", "notation", "tonic", "mode", "confidence")}
    sections = [
        section | said | {"confidence": 1.0} if section["camelot"] in {detail["camelot"], said["camelot"]} else section
        for section in detail["sections"]
    ]
    was = f"; {detail['key']} was heard" if other else ""
    return (
        detail
        | said
        | more
        | {
            # What was heard is what the user chose against: the next likely.
            "second": first if other else detail["second"],
            "ambiguity": "",
            "words": f"{named.name[0].upper()}{named.name[1:]} ({named.camelot}), set by you{was}.",
            "sections": _joined(sections),
            "scores": [],  # they are of the sound alone, and would name another key
        }
    )


def _joined(sections: list[Heard]) -> list[Heard]:
    """Sections in one key next to each other are one."""
    out: list[Heard] = []
    for section in sections:
        if out and out[-1]["camelot"] == section["camelot"]:
            out[-1] = out[-1] | {"end": section["end"]}
        else:
            out.append(section)
    return out


def _ratio(share: float) -> Fraction | None:
    """The ratio of small numbers that a share is, or None."""
    best = min(_RATIOS, key=lambda each: abs(share / float(each) - 1))
    return best if abs(share / float(best) - 1) <= _NEAR else None


def _tempo(tempo: Tempo, bpm: float, ratio: Fraction | None) -> Tempo:
    others = [TempoChoice(bpm=each.bpm, confidence=0.0) for each in tempo.candidates if abs(each.bpm / bpm - 1) > _NEAR]
    was = "" if tempo.bpm is None or ratio == 1 else f"; {tempo.bpm:g} was heard"
    left = " The beats that were heard do not fit it and are left out." if ratio is None and tempo.bpm else ""
    steady = ratio is None or tempo.steady
    scale = 1.0 if ratio is None else float(ratio)
    curve = [TempoPoint(time=each.time, bpm=round(each.bpm * scale, 2)) for each in tempo.curve]
    return Tempo(
        bpm=bpm,
        confidence=1.0,
        candidates=[TempoChoice(bpm=bpm, confidence=1.0), *others],
        steady=steady,
        curve=[TempoPoint(time=tempo.curve[0].time if tempo.curve else 0.0, bpm=bpm)] if steady else curve,
        prior=tempo.prior,
        words=f"{bpm:g} BPM, set by you{was}.{left}",
    )


def _counted(rhythm: Rhythm, ratio: Fraction) -> tuple[list[float], list[float]]:
    """Beats and downbeats at another count: beats are divided, and of what that gives every so many stay."""
    parts, every = ratio.numerator, ratio.denominator
    between = [here + (there - here) * part / parts for here, there in pairwise(rhythm.beats) for part in range(parts)]
    times = [round(time, 4) for time in (*between, rhythm.beats[-1])]
    old = sorted({_nearest(times, down) for down in rhythm.downbeats})
    heard, bar = rhythm.meter.numerator * parts, rhythm.meter.numerator * every
    first = old[0] if old else 0
    beats, downs = list(range(first % every, first, every)), []
    here = first
    while here < len(times):
        downs.append(here)
        end = here + bar
        if every == 1:  # each bar that was heard becomes some bars
            end = min([end, *old[bisect_right(old, here) :][:1]])
        elif bar % heard == 0:  # else no number of bars that were heard makes one
            end = _end(end, heard, old[bisect_right(old, here) :])
        beats += range(here, min(end, len(times)), every)
        here = end
    return [times[at] for at in beats], [times[at] for at in downs] if old else []


def _nearest(times: list[float], wanted: float) -> int:
    """Where in a list of ascending times the one lies that is nearest."""
    after = min(bisect_left(times, wanted), len(times) - 1)
    return after - 1 if after and wanted - times[after - 1] <= times[after] - wanted else after


def _end(end: int, heard: int, old: list[int]) -> int:
    """Where a bar ends: one that was heard longer or shorter keeps its place, so the next begins where one began."""
    after = bisect_left(old, end)
    near = min(old[max(0, after - 1) : after + 1], key=lambda at: abs(at - end), default=end)
    return near if abs(near - end) < heard / 2 else end


def _swing(swing: Swing, ratio: Fraction) -> Swing:
    """The same notes swing, but they are other notes now: at twice the tempo sixteenths are eighths."""
    grid = Fraction(swing.grid) / ratio
    return msgspec.structs.replace(swing, grid=int(grid)) if grid in {8, 16} else Swing()

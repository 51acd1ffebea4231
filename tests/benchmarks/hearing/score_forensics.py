"""How well damage is found: `python -m tests.benchmarks.hearing.score_forensics [kind ...] [--share 0.5]`.

Kinds: those of `damages_all.STRENGTHS`, all by default. Everything is made from the half of the clean material
that nothing was fitted on. Printed are, for each strength, the share that is found; how far the place, the bit rate and
the ratio are off; how often clean files give a finding; and how often a finding of some probability is right.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from engine.hear.forensics.all import forensics
from engine.hear.forensics.clipping import clipping
from engine.hear.forensics.compression import compression
from engine.hear.forensics.dc import dc_offset
from engine.hear.forensics.dropouts import dropouts
from engine.hear.forensics.edits import edits
from engine.hear.forensics.finding import REPORTED, Finding
from engine.hear.forensics.lossy import RATES, lossy
from engine.hear.forensics.overs import overs
from engine.hear.forensics.phase import phase
from tests.benchmarks.hearing.damages import Damaged
from tests.benchmarks.hearing.damages_all import KINDS, STRENGTHS
from tests.benchmarks.hearing.score_words import closeness, kbits, one_to
from tests.benchmarks.hearing.train_compression import LIMITED
from tests.benchmarks.hearing.train_forensics import CLOSE, material

DETECTORS = {
    "lossy": lossy,
    "resampled": lossy,
    "compression": compression,
    "edit": edits,
    "over": overs,
    "clipping": clipping,
    "offset": dc_offset,
    "hole": dropouts,
    "phase": phase,
}
"""What is asked of damaged files; clean ones are shown to all."""

Told = tuple[float, bool]
"""Probability of a finding, and whether it is right."""


def say(words: str) -> None:
    """One line of the table."""
    print(words, flush=True)


def of_kind(kind: str, found: Sequence[Finding]) -> list[Finding]:
    """The findings that are about a kind of damage."""
    return [each for each in found if each.kind in KINDS[kind]]


class Tally:
    """What one kind of damage gives."""

    def __init__(self) -> None:
        self.found: dict[str, list[bool]] = defaultdict(list)
        self.off: dict[str, list[float]] = defaultdict(list)
        self.told: list[Told] = []

    def damaged(self, kind: str, strength: str, done: Damaged, found: Sequence[Finding]) -> None:
        """Count one damaged file."""
        mine = of_kind(kind, found)
        if kind in ("edit", "hole"):
            for place in done.truth:
                near = [abs(each.start - place) for each in mine if abs(each.start - place) < CLOSE]
                self.found[strength].append(bool(near))
                self.off["place, ms"] += [1000 * min(near)] if near else []
            self.told += [(each.probability, any(abs(each.start - t) < CLOSE for t in done.truth)) for each in mine]
            return
        self.found[strength].append(bool(mine))
        self.told += [(max(each.probability for each in mine), True)] if mine else []
        if mine:
            self._measured(kind, strength, done, mine[0])

    def _measured(self, kind: str, strength: str, done: Damaged, first: Finding) -> None:
        if kind == "lossy" and first.kind == "lossy":
            wrong = abs(RATES.index(kbits(first)) - closeness(done.truth[0], RATES))
            coder = "MP3, fixed rate" if strength.startswith(("mp3", "lame")) and "V" not in strength else "other"
            self.off[f"class of bit rate ({coder})"].append(float(wrong))
        if kind == "compression":
            self.off["ratio, octaves"].append(abs(float(np.log2(one_to(first) / done.truth[0]))))
        if kind == "over":
            said = float(first.evidence.split("reaches ")[1].split(" dBTP")[0])
            self.off["true peak, dB"].append(abs(said - done.truth[0]))

    def clean(self, kind: str, found: Sequence[Finding]) -> bool:
        """Count one clean file; says whether it gave a finding."""
        mine = of_kind(kind, found)
        self.told += [(max(each.probability for each in mine), False)] if mine else []
        return bool(mine)

    def print(self) -> None:
        """All lines of it."""
        for strength, hits in self.found.items():
            say(f"    {strength:<14} {100 * np.mean(hits):5.0f} %  of {len(hits)}")
        for name, errors in self.off.items():
            right = f", right {100 * np.mean(np.array(errors) == 0):.0f} %" if name.startswith("class") else ""
            near = f", beside by one at most {100 * np.mean(np.array(errors) <= 1):.0f} %" if right else ""
            say(f"    {name}: median {np.median(errors):.2f}, nine of ten {np.quantile(errors, 0.9):.2f}{right}{near}")
        for low, high in ((0.5, 0.7), (0.7, 0.9), (0.9, 1.01)):
            said = [right for likely, right in self.told if low <= likely < high]
            if said:
                say(f"    said {low:.1f} to {min(high, 1):.1f}: right {100 * np.mean(said):.0f} % of {len(said)}")


def score(kinds: Sequence[str], share: float) -> None:
    """Print the table."""
    tallies = {kind: Tally() for kind in kinds}
    cleaned: dict[str, list[bool]] = defaultdict(list)
    alarms: dict[str, list[str]] = defaultdict(list)
    for number, kind in enumerate(kinds):
        name = ""
        for sound, done, words in material(kind, "held", share):
            name = words if done is None else name
            if done is None and number:
                continue
            if done is not None:
                told = [each for each in DETECTORS[kind](sound) if each.probability >= REPORTED]
                tallies[kind].damaged(kind, words, done, told)
                continue
            found = forensics(sound).findings
            for each in kinds:
                if each == "compression" and words.endswith(LIMITED):
                    continue
                cleaned[each].append(tallies[each].clean(each, found))
            for each in found:
                alarms[each.kind].append(f"{words} ({each.probability:.2f})")
    for kind, tally in tallies.items():
        said = cleaned[kind]
        say(f"{kind}: clean files with a finding {sum(said)} of {len(said)} = {100 * np.mean(said):.1f} %")
        tally.print()
    say("Findings in clean files: " + (str(dict(alarms)) if alarms else "none"))


def main() -> None:
    """Read what is asked for and score it."""
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("kinds", nargs="*", default=list(STRENGTHS))
    reader.add_argument("--share", type=float, default=1.0)
    asked = reader.parse_args()
    score(asked.kinds or list(STRENGTHS), asked.share)


if __name__ == "__main__":
    main()

"""Figures read back from the words of a finding."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from engine.hear.forensics.finding import Finding


def kbits(found: Finding) -> int:
    """The bit rate that is said."""
    told = re.search(r"about (\d+) kbit/s", found.evidence)
    return int(told[1]) if told else 0


def one_to(found: Finding) -> float:
    """The ratio that is said; 20 where it is called limiting."""
    told = re.search(r"about (\d+):1", found.evidence)
    return float(told[1]) if told else 20.0


def closeness(value: float, classes: Sequence[int]) -> int:
    """Which class is nearest, by ratio."""
    return int(np.argmin([abs(np.log2(each / value)) for each in classes]))

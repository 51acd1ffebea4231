"""`python -m tests.benchmarks [first|chords ...]`: run some benchmarks, or all."""

from __future__ import annotations

import argparse
from pathlib import Path

from tests.benchmarks import first

OUT = Path(__file__).parents[2] / "bench-out"


def main() -> None:
    """Read the arguments and run."""
    known = {"first": first.run}
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks")
    parser.add_argument("which", nargs="*", choices=[*known, []], help="all when none is named")
    for name in parser.parse_args().which or known:
        known[name](OUT)


if __name__ == "__main__":
    main()

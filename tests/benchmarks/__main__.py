"""`python -m tests.benchmarks [first | chords | compose | hear | kills | soak] [options]`: one, or all short ones."""

from __future__ import annotations

import argparse
from pathlib import Path

from tests.benchmarks import chords_quality, first, soak

OUT = Path(__file__).parents[2] / "bench-out"


def main() -> None:
    """Read the arguments and run."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.set_defaults(run=_short_ones)
    which = parser.add_subparsers(metavar="first | chords | compose | hear | kills | soak")
    which.add_parser("first", help="knob to notes, cold start, memory, 64 clients").set_defaults(
        run=lambda _: first.run(OUT)
    )
    chords = which.add_parser("chords", help="voice leading, register and time over styles and keys")
    chords_quality.add_options(chords)
    chords.set_defaults(run=chords_quality.run)
    which.add_parser("compose", help="made music beside real music and other composers").set_defaults(run=_compose)
    which.add_parser("hear", help="hearing beside other engines on labelled files").set_defaults(run=_hear)
    which.add_parser("kills", help="what is acknowledged survives kills at any moment").set_defaults(run=_kills)
    band = which.add_parser("perform", help="Jam devices that play with all macros moving, renders, a killed engine")
    band.add_argument("--parts", type=int, default=8)
    band.add_argument("--minutes", type=float, default=5.0)
    band.add_argument("--pace", type=float, default=1.0, help="times faster than the wall; 0: in the song's own time")
    band.add_argument("--locates", type=int, default=125, help="jumps, each heard by every part")
    band.set_defaults(run=_perform)
    which.add_parser("taste", help="learning a taste beside other policies").set_defaults(run=_taste)
    long = which.add_parser("soak", help="a long run of knobs and presses")
    long.add_argument("--minutes", type=float, default=60)
    long.set_defaults(run=lambda given: soak.run(OUT, given.minutes))
    given = parser.parse_args()
    given.run(given)


def _compose(_: argparse.Namespace) -> None:
    from tests.benchmarks.composing import compare

    compare.run(OUT)


def _perform(given: argparse.Namespace) -> None:
    from tests.benchmarks.performing import play

    play.run(OUT, play.Size(given.parts, given.minutes, given.pace, given.locates))


def _hear(_: argparse.Namespace) -> None:
    from tests.benchmarks.hearing import compare

    compare.run(OUT)


def _kills(_: argparse.Namespace) -> None:
    from tests.benchmarks.taste import kills

    kills.run(OUT)


def _taste(_: argparse.Namespace) -> None:
    from tests.benchmarks.taste import compare, offers, store_cost

    compare.run(OUT)
    store_cost.run(OUT)
    offers.run(OUT)


def _short_ones(_: argparse.Namespace) -> None:
    options = argparse.ArgumentParser()
    chords_quality.add_options(options)
    chords_quality.run(options.parse_args([]))
    first.run(OUT)


if __name__ == "__main__":
    main()

"""Sections of arrangements whose sections are known."""

import warnings
from itertools import pairwise

import numpy as np
import pytest

from engine.hear.energy import energy
from engine.hear.loudness import loudness
from engine.hear.sound import Sound
from engine.hear.spectrum import Spectra
from engine.hear.structure import Section, structure
from engine.hear.structure_bars import bar_edges
from tests.engine.hear.arrangements import Grid, bass, drums, filtered, grid, heard, pad
from tests.engine.hear.pieces import piece
from tests.engine.hear.signals import Wave, noise, silence


def of(spectra: Spectra, rhythm: Grid) -> list[Section]:
    return structure(spectra, rhythm, energy(spectra, loudness(spectra.sound), rhythm))


def rising(bpm: float, bars: int, seed: int) -> Wave:
    """A build: noise that swells and snares that get denser."""
    swell = filtered(noise(bars * 240 / bpm, 0.3, seed=seed), 1_500, "high")
    ramp = np.linspace(0, 1, swell.size) ** 1.5
    roll = np.concatenate([drums(bpm, bars - bars // 2, snare="x..."), drums(bpm, bars // 2, snare="x.")])
    return np.asarray(0.6 * ramp * swell, np.float32) + 0.5 * roll[: swell.size]


def part(name: str, bpm: float, bars: int, seed: int) -> Wave:
    root = 45 + seed % 7
    if name == "intro":
        return drums(bpm, bars, hat="..x.") * 0.7 + 0.4 * pad(bpm, bars, root)
    if name == "outro":
        return 0.6 * drums(bpm, bars, hat="..x.") + 0.3 * pad(bpm, bars, root, 2)
    if name == "build":
        return rising(bpm, bars, seed) + 0.3 * pad(bpm, bars, root, 6)
    if name == "breakdown":
        return 0.8 * pad(bpm, bars, root, 5)
    line = bass(bpm, bars, ".xxx" if seed % 2 else "..x.", 12)
    return drums(bpm, bars, kick="x...", snare="....x...", hat="x.x.") + 0.5 * line + 0.4 * pad(bpm, bars, root, 10)


ARRANGEMENTS = [
    [("intro", 8), ("build", 4), ("drop", 16), ("breakdown", 8), ("build", 4), ("drop", 16), ("outro", 8)],
    [("intro", 16), ("drop", 16), ("breakdown", 16), ("drop", 16), ("outro", 16)],
    [("drop", 16), ("breakdown", 8), ("build", 8), ("drop", 16)],
    [("breakdown", 8), ("drop", 8), ("breakdown", 8), ("drop", 8)],
]


def made(plan: list[tuple[str, int]], bpm: float, seed: int) -> tuple[list[Section], list[float]]:
    wave = np.concatenate([part(name, bpm, bars, seed) for name, bars in plan])
    bar = 240 / bpm
    known = list(np.cumsum([0, *(bars for _, bars in plan)]) * bar)
    return of(heard(wave), grid(bpm, sum(bars for _, bars in plan))), known


@pytest.fixture(scope="module")
def found() -> list[tuple[list[tuple[str, int]], float, list[Section], list[float]]]:
    cases = []
    for seed, plan in enumerate(ARRANGEMENTS):
        bpm = (122, 128, 150, 174)[seed]
        cases.append((plan, 240 / bpm, *made(plan, bpm, seed)))
    return cases


Found = list[tuple[list[tuple[str, int]], float, list[Section], list[float]]]


def test_boundaries_within_a_bar(found: Found) -> None:
    hits = wanted = extra = given = 0
    for _, bar, sections, known in found:
        starts = [section.start for section in sections[1:]]
        inner = known[1:-1]
        hits += sum(any(abs(start - line) <= bar for start in starts) for line in inner)
        extra += sum(all(abs(start - line) > bar for line in inner) for start in starts)
        wanted += len(inner)
        given += len(starts)
    assert hits / wanted >= 0.9
    assert extra / given <= 0.1


def test_labels(found: Found) -> None:
    right = whole = 0.0
    for plan, _, sections, known in found:
        for (name, _bars), start, end in zip(plan, known[:-1], known[1:], strict=True):
            names = {name, "intro"} if start == 0 and name == "breakdown" else {name}
            overlap = sum(max(0, min(s.end, end) - max(s.start, start)) for s in sections if s.label in names)
            right += overlap
            whole += end - start
    assert right / whole >= 0.85


def test_sections_follow_one_another_on_bar_lines(found: Found) -> None:
    for _, bar, sections, known in found:
        assert sections[0].start == 0
        assert sections[-1].end == pytest.approx(known[-1], abs=0.01)
        for one, two in pairwise(sections):
            assert one.end == two.start
            assert two.start / bar == pytest.approx(round(two.start / bar), abs=0.02)
        assert all(0 <= section.confidence <= 1 for section in sections)
        assert all(1 <= section.energy <= 10 for section in sections)


@pytest.mark.parametrize("kind", ["house", "techno", "drum and bass", "piano", "ballad"])
@pytest.mark.parametrize("times", [1, 3])
def test_a_loop_has_one_section(kind: str, times: int) -> None:
    wave, bpm = piece(kind, 7)
    sections = of(heard(np.tile(wave, times)), grid(bpm, 8 * times))
    assert [section.label for section in sections] == ["part"]


def test_a_short_loop_has_one_section() -> None:
    wave = np.concatenate([part("breakdown", 120, 2, 0), part("drop", 120, 2, 0)])
    assert len(of(heard(wave), grid(120, 4))) == 1


def test_nothing_has_none() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        nothing = Grid(beats=[], downbeats=[])
        assert of(Spectra(Sound(silence(4)[:, None], 44_100)), nothing) == []
        assert of(Spectra(Sound(np.ones((1, 1), np.float32), 44_100)), nothing) == []
        assert len(of(heard(noise(60)), nothing)) == 1


@pytest.mark.parametrize(
    ("downbeats", "duration", "expected"),
    [
        ([], 5.0, [0, 2, 4, 5]),
        ([0, 2, 4], 6.0, [0, 2, 4, 6]),
        ([1.5, 3.5], 8.0, [0, 1.5, 3.5, 5.5, 8]),
        ([5, 7], 9.4, [0, 1, 3, 5, 7, 9.4]),
        ([0.2], 0.3, [0, 0.3]),
        ([], 0.01, [0, 0.01]),
    ],
)
def test_bar_edges(downbeats: list[float], duration: float, expected: list[float]) -> None:
    edges = bar_edges(Grid(beats=[], downbeats=downbeats), duration)
    np.testing.assert_allclose(edges[[0, -1]], [0, duration])
    assert (np.diff(edges) > 0).all()
    np.testing.assert_allclose(edges, expected, atol=1e-9)

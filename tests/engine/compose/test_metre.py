"""Bars fall into the groups a player feels, and divide among chords on strong places."""

import pytest

from engine.compose.metre import divide, groups
from engine.notes import DENOMINATORS, beats_per_bar


@pytest.mark.parametrize(
    ("metre", "expected"),
    [
        ((4, 4), (1, 1, 1, 1)),
        ((3, 4), (1, 1, 1)),
        ((5, 4), (1, 1, 1, 1, 1)),
        ((6, 8), (1.5, 1.5)),
        ((12, 8), (1.5, 1.5, 1.5, 1.5)),
        ((7, 8), (1, 1, 1.5)),
        ((5, 8), (1, 1.5)),
        ((3, 8), (1.5,)),
        ((2, 2), (1, 1, 1, 1)),
        ((9, 16), (0.75, 0.75, 0.75)),
        ((1, 16), (0.25,)),
    ],
)
def test_groups(metre: tuple[int, int], expected: tuple[float, ...]) -> None:
    assert groups(*metre) == expected


@pytest.mark.parametrize("denominator", DENOMINATORS)
def test_every_signature_live_has_adds_up(denominator: int) -> None:
    for numerator in range(1, 100):
        bar = beats_per_bar(numerator, denominator)
        assert sum(groups(numerator, denominator)) == pytest.approx(bar)
        assert all((group / 0.25).is_integer() for group in groups(numerator, denominator))
        for parts in (1, 2, 3, 4, 7):
            shares = divide(numerator, denominator, parts)
            assert len(shares) == parts
            assert sum(shares) == pytest.approx(bar)
            assert min(shares) > 0


def test_chords_change_on_strong_places() -> None:
    assert divide(4, 4, 2) == (2, 2)
    assert divide(3, 4, 2) == (2, 1)
    assert divide(7, 8, 2) == (2, 1.5)
    assert divide(6, 8, 2) == (1.5, 1.5)
    assert divide(5, 4, 2) == (3, 2)
    assert divide(4, 4, 3) == (2, 1, 1)

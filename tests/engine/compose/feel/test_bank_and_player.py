"""The tables that are shipped, the drummer made of them, and where in the bar a hit is felt."""

import numpy as np
import pytest

from engine.compose.dice import Dice
from engine.compose.feel.bank import SCORES, onsets, score_of, shipped
from engine.compose.feel.lanes import LANES, lanes, steps
from engine.compose.feel.player import player


def test_the_tables_say_where_they_come_from() -> None:
    from engine.compose.feel import bank

    with np.load(bank._WEIGHTS, allow_pickle=False) as kept:
        assert "Groove MIDI Dataset" in str(kept["source"])
        assert "CC BY 4.0" in str(kept["licence"])


def test_the_tables_are_those_of_drummers() -> None:
    bank = shipped()
    assert len(bank.names) > 200
    assert 15 < np.median(bank.spread) < 22, "milliseconds"
    early = (bank.counts * bank.late).sum() / bank.counts.sum()
    assert -11 < early < -4
    back = bank.loud[:, 1:3, (4, 12)][bank.counts[:, 1:3, (4, 12)] > 4]
    odd = bank.loud[:, 1, 1::2][bank.counts[:, 1, 1::2] > 4]
    assert np.median(back) > np.median(odd) + 40, "backbeats and ghost notes"


def test_a_near_drummer_is_drawn() -> None:
    bank = shipped()
    for row in range(0, len(bank.names), 20):
        drawn = [bank.draw(bank.onsets[row], bank.tempo[row], (), Dice(seed)) for seed in range(30)]
        assert max(set(drawn), key=drawn.count) == row, "nobody is nearer than oneself"
    strange = [bank.draw(np.full((9, 16), 0.3), 100.0, (), Dice(seed)) for seed in range(30)]
    assert len(set(strange)) > 3
    jazz = [bank.draw(bank.onsets[0], 120.0, ("jazz",), Dice(seed)) for seed in range(30)]
    assert np.mean([bank.styles[bank.style[row]] == "jazz" for row in jazz]) > 0.5


@pytest.mark.parametrize("row", range(0, 285, 40))
def test_a_player_does_what_was_heard_and_something_sane_elsewhere(row) -> None:
    bank = shipped()
    drummer = player(bank, row, frozenset(range(len(LANES))))
    sure = bank.counts[row] > 8
    assert np.abs(drummer.loud - bank.loud[row])[sure].max(initial=0) < 12
    assert np.abs(drummer.late - bank.late[row])[sure].max(initial=0) < 12
    assert drummer.loud.min() >= 1
    assert drummer.loud.max() <= 127
    assert np.abs(drummer.late).max() < 130
    assert 5 < drummer.spread < 60


def test_a_kit_with_one_snare_gets_all_its_strokes() -> None:
    bank = shipped()
    row = int(np.argmax(np.minimum(bank.counts[:, 1].sum(1), bank.counts[:, 2].sum(1))))
    apart, one = player(bank, row, frozenset({0, 1, 2, 4})), player(bank, row, frozenset({0, 1, 4}))
    assert apart.levels[1].max() <= one.levels[1].max()
    assert one.loud[1].mean() != pytest.approx(apart.loud[1].mean())
    assert np.all(np.diff(one.levels, axis=1) >= -1e-6)


def test_scores_and_levels_are_each_others_way_back() -> None:
    levels = np.array([10.0, 20, 30, 40, 60, 80, 90, 100, 120])
    np.testing.assert_allclose(score_of(levels, levels), SCORES, atol=1e-3)
    assert score_of(np.array([0.0, 127.0]), levels).tolist() == [-2.0, 2.0]


def test_every_pitch_is_a_drum() -> None:
    found = lanes(np.arange(128))
    assert found.min() == 0
    assert found.max() == len(LANES) - 1
    names = {pitch: LANES[lane] for pitch, lane in enumerate(found.tolist())}
    assert [names[pitch] for pitch in (36, 38, 40, 37, 42, 22, 44, 46, 51, 53, 49, 45)] == list(LANES)
    assert (names[39], names[70], names[63]) == ("snare", "hat", "tom")


def test_onsets_are_shares_of_bars() -> None:
    lane, step = np.array([0, 0, 1, 2, 4, 4]), np.array([0, 0, 4, 4, 2, 2])
    found = onsets(lane, step, 4.0)
    assert found[0, 0] == 0.5
    assert found[1, 4] == 0.5, "two strokes of one snare"
    assert found.sum() == 1.5


@pytest.mark.parametrize(
    ("metre", "felt"),
    [
        ((4, 4), list(range(16))),
        ((3, 4), list(range(12))),
        ((6, 8), [0, 1, 2, 3, 2, 3, 4, 5, 6, 7, 6, 7]),
        ((7, 8), [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 10, 11]),
        ((5, 4), [*range(16), 0, 1, 2, 3]),
    ],
)
def test_every_metre_is_felt(metre, felt) -> None:
    bar = metre[0] * 4 / metre[1]
    times = np.arange(len(felt)) / 4
    for first in (0.0, bar * 5):
        step, off = steps(times + first + 0.01, metre)
        assert step.tolist() == felt
        np.testing.assert_allclose(off, 0.01)


def test_a_velocity_is_read_off_between_the_scores_and_held_beyond_them() -> None:
    drummer = player(shipped(), 5, frozenset({0, 1, 4}))
    scores = np.array([-9.0, -2.0, -1.7, -0.5, 0.0, 0.3, 1.99, 2.0, 9.0])
    for lane in range(len(LANES)):
        told = drummer.velocity(np.full(len(scores), lane), scores)
        np.testing.assert_allclose(told, np.interp(scores, SCORES, drummer.levels[lane]), rtol=1e-12)
    every = np.arange(len(LANES))[:, None]
    np.testing.assert_allclose(drummer.usual, drummer.velocity(every, drummer.score), rtol=1e-12)

"""What defines a genre is always there, whatever the dice and the knobs say."""

from __future__ import annotations

import pytest

from engine.compose.drums.vocabulary import genres
from engine.errors import InvalidValue
from tests.engine.compose.drums.drum_grids import either, loud, steps, take

SEEDS = range(40)
FLOOR, BACKBEAT, OFF = {0, 4, 8, 12}, {4, 12}, {2, 6, 10, 14}
HOUSES = ("house", "deep_house", "tech_house", "techno", "minimal", "trance", "disco", "reggaeton", "dembow")


@pytest.mark.parametrize("style", HOUSES)
def test_four_to_the_floor(style: str) -> None:
    for seed in SEEDS:
        assert all(bar >= FLOOR for bar in steps(take(style, seed, fills=0), "kick"))


@pytest.mark.parametrize("style", ["house", "deep_house", "trance"])
def test_house_opens_the_hat_on_every_off_beat_and_claps_on_two_and_four(style: str) -> None:
    for seed in SEEDS:
        found = take(style, seed, fills=0)
        assert all(bar >= OFF for bar in steps(found, "open_hat"))
        assert all(bar >= BACKBEAT for bar in either(found, "clap", "snare"))


def test_the_facts_of_house_outlast_any_density() -> None:
    for density in (0.1, 0.5, 2.0):
        found = take("house", 3, density=density, complexity=0, fills=0, ghosts=0)
        assert all(bar >= FLOOR for bar in steps(found, "kick"))
        assert all(bar >= OFF for bar in steps(found, "open_hat"))


def test_fills_take_little_from_the_floor() -> None:
    held = [len(bar & FLOOR) for seed in SEEDS for bar in steps(take("house", seed), "kick")]
    assert sum(held) / (4 * len(held)) > 0.95


@pytest.mark.parametrize("style", ["reggaeton", "dembow"])
def test_dembow_is_three_three_two(style: str) -> None:
    for seed in SEEDS:
        found = take(style, seed, fills=0)
        assert all(bar >= {3, 6, 11, 14} for bar in steps(found, "snare"))
        # In beats, as a producer counts them, swing and touch left out.
        played = take(style, seed, fills=0, humanise=0, bars=1)
        assert {0.75, 1.5, 2.75, 3.5} <= {note.start_time for note in played.notes if note.pitch == 38}
        # The beats themselves are the kick's: a snare on every one is what a machine makes of it.
        strong = [step for bar in range(8) for step, velocity in loud(found, "snare", bar).items() if velocity > 80]
        assert sum(step in FLOOR for step in strong) / len(strong) < 0.1


def test_boom_bap() -> None:
    for seed in SEEDS:
        found = take("boom_bap", seed, fills=0)
        assert all(bar >= {0, 7, 8, 11} for bar in steps(found, "kick"))
        assert all(bar >= BACKBEAT for bar in steps(found, "snare"))


def test_drum_and_bass() -> None:
    for seed in SEEDS:
        found = take("dnb", seed, fills=0)
        assert all(bar >= {0, 10} for bar in steps(found, "kick"))
        assert all(bar >= BACKBEAT for bar in steps(found, "snare"))
        assert sum(8 in bar for bar in steps(found, "kick")) == 0


def test_jungle_answers_its_snare_off_the_beat() -> None:
    answered = []
    for seed in SEEDS:
        found = take("jungle", seed, fills=0)
        assert all(bar >= {0, 10} for bar in steps(found, "kick"))
        assert all(bar >= BACKBEAT for bar in steps(found, "snare"))
        answered.append(set().union(*steps(found, "snare")) >= {9, 14})
    assert sum(answered) >= 0.95 * len(answered)


def test_jungle_is_not_drum_and_bass() -> None:
    def share(style: str) -> float:
        bars = [bar for seed in SEEDS for bar in steps(take(style, seed, fills=0, ghosts=0), "snare")]
        return sum(bool(bar & {9, 14}) for bar in bars) / len(bars)

    assert share("jungle") > 0.9
    assert share("dnb") < 0.5


@pytest.mark.parametrize("style", ["trap", "dubstep"])
def test_half_time_has_its_snare_on_three(style: str) -> None:
    for seed in SEEDS:
        found = take(style, seed, fills=0)
        assert all(8 in bar for bar in either(found, "snare", "clap"))
        strong = [step for bar in range(8) for step, velocity in loud(found, "snare", bar).items() if velocity >= 100]
        assert all(step == 8 for step in strong)


def test_drill_has_its_snare_on_three_then_on_four() -> None:
    for seed in SEEDS:
        bars = steps(take("drill", seed, fills=0), "snare")
        assert all(8 in bar for bar in bars[::2])
        assert all(12 in bar for bar in bars[1::2])


def test_lo_fi_is_not_boom_bap_again() -> None:
    def kicks(style: str) -> list[float]:
        bars = [bar for seed in SEEDS for bar in steps(take(style, seed), "kick")]
        return [sum(step in bar for bar in bars) / len(bars) for step in (7, 8, 10, 11)]

    lo_fi, boom_bap = kicks("lo_fi"), kicks("boom_bap")
    assert min(boom_bap[0], boom_bap[1], boom_bap[3], lo_fi[2]) > 0.8
    assert max(lo_fi[0], lo_fi[1], lo_fi[3]) < 0.3
    assert boom_bap[2] < 0.5
    assert genres()["lo_fi"].swing > genres()["boom_bap"].swing
    soft = [note.velocity for seed in SEEDS for note in take("lo_fi", seed).notes]
    hard = [note.velocity for seed in SEEDS for note in take("boom_bap", seed).notes]
    assert sum(soft) / len(soft) < sum(hard) / len(hard) - 8


def test_garage_swings_and_avoids_the_floor() -> None:
    kicks = [bar for seed in SEEDS for bar in steps(take("uk_garage", seed), "kick")]
    assert sum(bool(bar & {4, 12}) for bar in kicks) / len(kicks) < 0.15
    assert genres()["uk_garage"].swing >= 0.5


def test_ambient_is_hardly_there() -> None:
    counts = [len(take("ambient", seed).notes) / 32 for seed in SEEDS]
    assert sum(counts) / len(counts) < 2.5


@pytest.mark.parametrize("unknown", ["polka", "jazz", "hous", "", "houses of the holy"])
def test_an_unknown_genre_is_refused_with_a_hint_and_is_never_house(unknown: str) -> None:
    with pytest.raises(InvalidValue) as refused:
        take(unknown)
    assert refused.value.field == "style"
    assert refused.value.hint
    if unknown == "hous":
        assert 'Did you mean "house"?' in refused.value.hint


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Drum and Bass", "dnb"),
        ("hip-hop", "hiphop"),
        ("Lo-Fi", "lo_fi"),
        ("UK Garage", "uk_garage"),
        ("hip_hop", "hiphop"),
    ],
)
def test_a_genre_answers_to_its_other_names(typed: str, meant: str) -> None:
    assert take(typed).resolved.style == meant

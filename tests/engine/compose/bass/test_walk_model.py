"""The walking model: scored as it was learnt, drawn as it scores, and like players where their lines are at hand."""

import itertools
import math
import statistics
from collections import Counter
from typing import Any

import numpy as np
import pytest

from engine.compose.bass.walk_model import HIGH, LOW, TRAITS, WEIGHTS, Place, drawn, quality_of, walk_model
from engine.compose.bass.walker import walker
from engine.compose.dice import Dice
from tests.benchmarks.composing import bass_contexts, material, score_bass
from tests.engine.compose.bass.asked import asked

ROW: dict[str, Any] = {
    "beats": 16,
    "bpm": 160.0,
    "key": [0, "major"],
    "chords": [[0, 4, 2, [2, 5, 9, 0], 2], [4, 6, 7, [7, 11, 2, 5], 7], [6, 16, 0, [0, 4, 7, 11], 0]],
}
LINE = [38, 41, 45, 44, 43, 35, 36, 40, 43, 40, 38, 36, 48, 47, 45, 43]


def place_of(beat: int) -> Place:
    chords = ROW["chords"]
    index = max(number for number, chord in enumerate(chords) if chord[0] <= beat)
    start, end, root, tones, _ = chords[index]
    following = chords[(index + 1) % len(chords)]
    return Place(
        beat=beat % 4,
        begins=start == beat,
        till=end - beat,
        root=root,
        quality=quality_of({(tone - root) % 12 for tone in tones}),
        tones=tuple(tones),
        next_root=following[2],
        next_minor=3 in {(tone - following[2]) % 12 for tone in following[3]},
        tonic=0,
        minor=False,
        known=frozenset(tones),
    )


@pytest.mark.parametrize("beat", range(16))
def test_the_engine_scores_as_the_training_does(beat: int) -> None:
    """One formula, written once for speed and once for learning."""
    import msgspec

    document = msgspec.json.decode(WEIGHTS.read_bytes())
    flat = [np.ravel(document[name]) for name in bass_contexts.SHAPES if name != "nothing"]
    weights = np.concatenate([[0.0], *flat])
    assert len(weights) == bass_contexts.SIZE
    character = walk_model().character(Dice(5))
    places, marks = bass_contexts.look(ROW, LINE[:beat], beat)
    expected = weights[np.stack(places, 1)].sum(1) + marks @ np.array(character)
    assert walker(character, manners=0.0).scores(place_of(beat), LINE[:beat]) == pytest.approx(
        expected.tolist(), abs=1e-9
    )


def test_a_draw_follows_the_scores() -> None:
    scores = np.full(HIGH - LOW + 1, -50.0)
    scores[3], scores[9] = math.log(3.0), 0.0
    found = Counter(drawn(scores, (mark + 0.5) / 400) for mark in range(400))
    assert found == {LOW + 3: 300, LOW + 9: 100}
    assert drawn(scores, 0.9999999) == LOW + 9


@pytest.mark.parametrize(
    ("above", "quality"), [((0, 4, 7, 11), 0), ((0, 4, 10), 1), ((0, 3, 7), 2), ((0, 3, 6, 10), 3), ((0, 5, 7), 4)]
)
def test_chords_are_sorted_by_their_tones(above: tuple[int, ...], quality: int) -> None:
    assert quality_of(above) == quality


def test_characters_differ_from_seed_to_seed_and_stay_what_they_are() -> None:
    model = walk_model()
    found = [model.character(Dice(seed)) for seed in range(200)]
    assert len(set(found)) == 200
    assert all(len(character) == len(TRAITS) for character in found)
    assert model.character(Dice(7)) == found[7]
    assert statistics.pstdev(character[0] for character in found) > 0.3  # how much a line repeats is its own affair


def test_the_file_says_whose_it_is() -> None:
    head = WEIGHTS.read_text("utf-8")[:800]
    for word in ("Open Database License", "share-alike", "Weimar Jazz Database", "no line of music"):
        assert word in head


def like_real(rows: list[bass_contexts.Row]) -> dict[str, tuple[float, float]]:
    """Of real lines and of ours over the same changes: shares of repeats, steps, leaps, steps into changes."""

    def shares(row: bass_contexts.Row) -> tuple[float, ...]:
        pitches = [note[2] for note in sorted(row["notes"])]
        moves = [abs(b - a) for a, b in itertools.pairwise(pitches)]
        into = [moves[int(chord[0]) - 1] for chord in row["chords"][1:] if 0 < chord[0] < len(pitches)]
        return (
            moves.count(0) / len(moves),
            sum(1 <= move <= 2 for move in moves) / len(moves),
            sum(move >= 5 for move in moves) / len(moves),
            sum(1 <= move <= 2 for move in into) / max(1, len(into)),
        )

    real = np.array([shares(row) for row in rows]).mean(0)
    made = np.array([shares(score_bass.ours(row, place)) for place, row in enumerate(rows)]).mean(0)
    names = ("repeat", "step", "leap", "step into a change")
    return {name: (float(a), float(b)) for name, a, b in zip(names, real, made, strict=True)}


def test_lines_repeat_step_and_leap_as_players_do() -> None:
    rows = bass_contexts.real_lines()
    if not rows:
        pytest.skip("the walking lines are not in ../shared/data/music")
    _, unseen = bass_contexts.halves(rows)
    for name, (real, made) in like_real(unseen[::4]).items():
        assert made == pytest.approx(real, abs=0.06), name


@pytest.mark.parametrize(
    ("key", "changes"),
    [
        ("C major", "Dm7 | G7 | Cmaj7 | A7"),
        ("F major", "F7 | Bb7 | F7 | D7 | Gm7 | C7 | F7 D7 | Gm7 C7"),
        ("Bb major", "Bbmaj7 G7 | Cm7 F7 | Dm7 G7 | Cm7 F7 | Fm7 Bb7 | Ebmaj7 Edim7 | Dm7 G7 | Cm7 F7"),
    ],
)
def test_chords_begin_on_their_tones_and_move(key: str, changes: str) -> None:
    """As players do, not as a machine hears them: roots before others, and seldom a note held over a change."""
    tone, root, held = [], [], []
    for seed in range(40):
        result = asked(style="walking", key=key, progression=changes, seed=seed, swing=0, swing_grid="16")
        played = {note.start_time: note.pitch for note in result.notes}
        for span in result.chords:
            pitch = played[span.start]
            above = (pitch - pitch_class(span.symbol)) % 12
            tone.append(above in ABOVE[span.symbol.lstrip("ABCDEFG").removeprefix("b")])
            root.append(above == 0)
            held.append(span.start > 0 and pitch == played[span.start - 1])
    assert statistics.mean(tone) >= 0.85
    assert statistics.mean(root) >= 0.55
    assert statistics.mean(held) <= 0.12


ABOVE = {"m7": (0, 3, 7, 10), "7": (0, 4, 7, 10), "maj7": (0, 4, 7, 11), "dim7": (0, 3, 6, 9)}


def pitch_class(symbol: str) -> int:
    """That of a chord symbol's root."""
    return {"C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11}[symbol[0]] - (symbol[1:2] == "b")


def test_a_rule_walk_would_be_told_apart() -> None:
    """The negative control: the textbook steps into nearly every change and never repeats."""
    rows = bass_contexts.real_lines()
    if not rows:
        pytest.skip("the walking lines are not in ../shared/data/music")
    row = bass_contexts.halves(rows)[1][0]
    pitches = [note[2] for note in score_bass.rule_walk(row, 1)["notes"]]
    assert sum(a == b for a, b in itertools.pairwise(pitches)) <= 1


def test_at_defaults_the_score_beats_the_bar() -> None:
    measure, rows = material.measure(), bass_contexts.real_lines()
    if measure is None or not rows:
        pytest.skip("../shared/eval or ../shared/data/music is not there")
    unseen = bass_contexts.halves(rows)[1]
    made = [score_bass.ours(row, 7_000 + place) for place, row in enumerate(unseen[::5])]
    ours, real = (measure.table(clips)[0] for clips in (made, unseen[1::5]))
    counted = [name for name in real[0] if name[0] != "_" and name not in (*score_bass.SETS["pitch"], "dev_ms_mean")]
    first, second = (measure.matrix(features, counted) for features in (ours, real))
    dice = np.random.default_rng(0)
    alike = [measure.oa_kld(first[:, column], second[:, column], dice, m=60)[0] for column in range(len(counted))]
    assert len(counted) >= 14
    assert statistics.mean(alike) >= 0.92
    assert measure.c2st(first, second) <= 0.9

"""`make bench-taste`: how soon a taste is learnt, beside policies of others, and how well few ratings are judged.

Every policy meets the same worlds (`worlds`), three users and eight seeds of each kind; regret is what the best
recipe of each moment would have been worth more, in expected stars, summed over 300 rounds. The worlds are ours and
their constants were looked at while ours was made; so it is measured too in five others that differ in every
constant, and in worlds of which every constant is drawn.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from engine.taste.learner import Learner
from tests.benchmarks.figures import percentiles, print_grid
from tests.benchmarks.taste import pairs, players
from tests.benchmarks.taste.ceiling import ceiling
from tests.benchmarks.taste.drawn import HELD_OUT, drawn
from tests.benchmarks.taste.players import Choices
from tests.benchmarks.taste.worlds import DESIGNS, KINDS, USERS, Kind, World, worlds

__all__ = ["run"]

_SEEDS = range(8)
_ELSEWHERE = range(4)
_UNSEEN = range(300, 316)
_FIRST = 30

Figures = dict[str, Any]


def run(out: Path) -> None:
    """Measure everything, print the tables and write `taste.json`.

    Args:
        out: the folder for it.
    """
    played = {kind: list(worlds(DESIGNS["own"], kind, _SEEDS)) for kind in KINDS}
    everyone = _everyone(played)
    judged = _judged(played)
    ours = everyone["Bandmate"]
    found = {
        "regret300": {kind: ours[kind]["regret300"] for kind in KINDS},
        "mean_first30": ours["linear"]["mean_first30"],
        "pair_acc30": judged["Bandmate"]["30"],
        "choose_ms": cost(),
        "oracle": {kind: _round(np.mean([world.worth.max(axis=1).mean() for world in played[kind]])) for kind in KINDS},
        "players": everyone,
        "judges": judged,
        "elsewhere": _elsewhere(),
    }
    out.mkdir(exist_ok=True)
    path = out / "taste.json"
    path.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    _print(found)
    print(f"Wrote {path.relative_to(out.parent)}")


def _everyone(played: dict[Kind, list[World]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, player in players.OURS.items():
        found[name] = {
            kind: scored(some, [player(world, number) for number, world in enumerate(some)])
            for kind, some in played.items()
        }
    for name in players.PEERS:
        chosen = {kind: players.peer(name, some) for kind, some in played.items()}
        found[name] = {kind: scored(played[kind], one) for kind, one in chosen.items() if one is not None} or None
    return found


def scored(played: Sequence[World], chosen: Iterable[Choices]) -> Figures:
    """Score choices.

    Returns:
        `regret300` over all users and by user; `mean_first30`, the mean true stars of the first 30 choices.
    """
    taken = [world.worth[np.arange(len(one)), one] for world, one in zip(played, chosen, strict=True)]
    regrets = [float((world.worth.max(axis=1) - own).sum()) for world, own in zip(played, taken, strict=True)]
    users = np.reshape(regrets, (len(USERS), -1)).mean(axis=1)
    return {
        "regret300": _round(np.mean(regrets), 1),
        **{user: _round(value, 1) for user, value in zip(USERS, users, strict=True)},
        "mean_first30": _round(np.mean([own[:_FIRST].mean() for own in taken])),
    }


def _judged(played: dict[Kind, list[World]]) -> dict[str, Any]:
    """Pair accuracy over linear and ideal-point users, by how many ratings were read; and of who knows their making."""
    found: dict[str, dict[str, float]] = {}
    for count in (30, 100):
        right: dict[str, list[float]] = {}
        for kind in ("linear", "ideal"):
            for user, some in zip(USERS, np.array_split(np.array(played[kind], dtype=object), len(USERS)), strict=True):
                knowing = ceiling(DESIGNS["own"], kind, user)
                judges = {"Bandmate": pairs.process(), "ridge on all pairs": pairs.ridge, "who made the user": knowing}
                for name, judge in judges.items():
                    right.setdefault(name, []).append(pairs.pair_accuracy(judge, some, count))
        for name, each in right.items():
            found.setdefault(name, {})[str(count)] = _round(np.mean(each), 3)
    return found


def cost(presets: int = 50, rounds: int = 600) -> dict[str, float]:
    """Milliseconds of processor time for a choice among presets and the learning of its rating."""
    dice = np.random.default_rng(1)
    learner, shelf, spent = Learner(16, 8), dice.uniform(size=(presets, 8)), []
    for _ in range(rounds):
        moment = dice.uniform(-1, 1, 16)
        begun = time.thread_time_ns()
        choice = learner.choose(moment, shelf)
        learner.rate(choice.id, 1 + 4 * shelf[choice.index, 0])
        spent.append((time.thread_time_ns() - begun) / 1e6)
    return percentiles(spent)


def _elsewhere() -> dict[str, Any]:
    """Ours, and what knows nothing, in worlds whose constants nobody looked at."""
    found = {
        name: _there({kind: list(worlds(design, kind, _ELSEWHERE)) for kind in KINDS})
        for name, design in DESIGNS.items()
        if name != "own"
    }
    return (
        found
        | {"own, other seeds": _there({kind: list(worlds(DESIGNS["own"], kind, _UNSEEN)) for kind in KINDS})}
        | {"every constant drawn": _there({kind: list(drawn(kind, HELD_OUT)) for kind in KINDS})}
    )


def _there(played: dict[Kind, list[World]]) -> Figures:
    found: Figures = {}
    for kind, some in played.items():
        rows = {who: [players.OURS[who](w, n) for n, w in enumerate(some)] for who in ("Bandmate", "random")}
        scores = {who: scored(some, chosen) for who, chosen in rows.items()}
        found[kind] = {who: one["regret300"] for who, one in scores.items()}
        found.setdefault("mean_first30", scores["Bandmate"]["mean_first30"])
    judged = [*played["linear"], *played["ideal"]]
    return found | {"pair_acc30": _round(pairs.pair_accuracy(pairs.process(), judged), 3)}


def _round(value: Any, digits: int = 2) -> float:
    return round(float(value), digits)


def _further(one: Figures) -> list[float]:
    return [one["mean_first30"], one["pair_acc30"]]


def _print(found: Figures) -> None:
    columns = ["regret at 300", *(f"{kind}: all ({', '.join(USERS)})" for kind in KINDS), "first 30, linear"]
    rows = []
    for name, kinds in found["players"].items():
        if not kinds:
            rows.append([name, "not installed"])
            continue
        cells = [f"{one['regret300']} ({', '.join(str(round(one[user])) for user in USERS)})" for one in kinds.values()]
        rows.append([name, *cells, kinds["linear"]["mean_first30"]])
    print_grid("Learning a taste", columns, rows)
    elsewhere = [
        [name, *(f"{one[kind]['Bandmate']} ({one[kind]['random']})" for kind in KINDS), *_further(one)]
        for name, one in found["elsewhere"].items()
    ]
    print_grid(
        "In other worlds: regret at 300 (random)", ["world", *KINDS, "first 30, linear", "pairs after 30"], elsewhere
    )
    judges = [[name, *counts.values()] for name, counts in found["judges"].items()]
    print_grid("Pairs the right way round", ["judge", "30 ratings", "100 ratings"], judges)
    print(f"A choice among 50 and its rating: p50 {found['choose_ms']['p50']}, p99 {found['choose_ms']['p99']} ms")

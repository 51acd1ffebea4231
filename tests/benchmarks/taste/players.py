"""Who plays: ours, those that know nothing, one that knows too much, and peers in an interpreter of their own."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.taste.learner import Learner, Settings
from tests.benchmarks.taste.worlds import World

__all__ = ["OURS", "PEERS", "Player", "best_fixed", "genre_match", "ours", "peer", "random"]

Choices = NDArray[np.int64]
Player = Callable[[World, int], Choices]

ROOT = Path(__file__).parents[3]
_PEERS = Path(os.environ.get("BANDMATE_TASTE_PEERS") or ROOT / ".peers" / "taste")
PEERS = {
    "MABWiser LinUCB": ("mabwiser_play", "linucb"),
    "MABWiser LinTS": ("mabwiser_play", "lints"),
    "Vowpal Wabbit softmax": ("vowpal_play", "softmax"),
}


def ours(settings: Settings | None = None, explore: float = 0.5) -> Player:
    """Return a player that learns as Bandmate does."""

    def play(world: World, seed: int) -> Choices:
        learner = Learner(world.moments.shape[1], world.shelf.shape[1], settings, seed)
        chosen: list[int] = []
        ids: list[int] = []
        for now, moment in enumerate(world.moments):
            suits = (world.genres == world.moment_genres[now]) * 1.0
            choice = learner.choose(moment, world.shelf, suits, explore=explore)
            chosen.append(choice.index)
            ids.append(choice.id)
            for then in _heard(world, now):
                learner.rate(ids[then], float(world.ratings[then, chosen[then]]))
        return np.array(chosen)

    return play


def _heard(world: World, now: int) -> Iterator[int]:
    """The rounds whose rating comes in this one."""
    then = now - world.delay
    if then >= 0 and world.heard[then]:
        yield then


def random(world: World, seed: int) -> Choices:
    """Choose anything."""
    return np.random.default_rng(seed).integers(len(world.shelf), size=len(world.moments))


def genre_match(world: World, seed: int) -> Choices:
    """Choose anything of the moment's genre."""
    dice = np.random.default_rng(seed)
    return np.array([dice.choice(np.flatnonzero(world.genres == genre)) for genre in world.moment_genres])


def best_fixed(world: World, _: int) -> Choices:
    """Choose the one recipe that turns out best over all rounds."""
    return np.full(len(world.moments), world.worth.mean(axis=0).argmax())


OURS: dict[str, Player] = {
    "Bandmate": ours(),
    "Bandmate Thompson": ours(Settings(policy="thompson")),
    "best fixed recipe": best_fixed,
    "genre match": genre_match,
    "random": random,
}


def peer(name: str, played: Sequence[World]) -> list[Choices] | None:
    """Let a peer play worlds; None where it is not installed."""
    python = _PEERS / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    if not python.exists():
        return None
    script, policy = PEERS[name]
    words = [str(python), str(Path(__file__).parent / "peers" / f"{script}.py"), policy]
    asked = "\n".join(json.dumps(world.plain()) for world in played)
    done = subprocess.run(words, input=asked, capture_output=True, text=True, check=False, timeout=1800)
    if done.returncode != 0:
        return None
    return [np.array(json.loads(line)) for line in done.stdout.splitlines()]

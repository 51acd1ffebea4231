"""Train the chooser behind `engine.hear.tempo`: which of all tempi the evidence speaks for.

    .venv/bin/python -m tests.benchmarks.hearing.evidence_rhythm bench-out/rhythm bench-out/evidence.npz
    PYTHON-WITH-TORCH -m tests.benchmarks.hearing.train_tempo bench-out/evidence.npz

Needs only numpy and torch, which the project itself does not. The same small network looks at every tempo, so what
is learned at 120 BPM holds at 40 and at 260. Writes `engine/hear/weights/tempo.npz`.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import torch
from torch import nn

ROOT = Path(__file__).resolve().parents[3]
LOWEST, STEP, COUNT = 24.0, 0.01, 256
HIDDEN = 32
WIDTH = 1.5  # steps that a right answer may be off
LOOPS, LOOPS_SHARE = 200_000, 0.1  # first number of the real loops, and how often one is drawn; they are few
UNSEEN_SHARE = 0.3  # of pieces that the network was not trained on: there it is as sure as it is elsewhere
MOVED = 25  # steps by which a piece may be read faster or slower


def main() -> None:
    """Train on the train and dev parts and the even loops, say how it goes on the test part, write the weights."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("evidence", type=Path)
    parser.add_argument("--steps", type=int, default=1500)
    parser.add_argument("--out", type=Path, default=ROOT / "engine" / "hear" / "weights" / "tempo.npz")
    given = parser.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(2)
    dice = np.random.default_rng(2)
    with np.load(given.evidence, allow_pickle=False) as stored:
        evidence, tempo, seeds = stored["X"].astype(np.float32), stored["Y"], stored["S"]
    place = np.log(tempo / LOWEST) / STEP
    # The last columns tell the tempo itself: they stay where they are when a piece is read faster.
    fixed = int(stored_regions(evidence))
    loops, test = np.flatnonzero(seeds >= LOOPS), np.flatnonzero(seeds % 5 == 4)
    train, unseen = (np.flatnonzero((seeds < LOOPS) & np.isin(seeds % 5, parts)) for parts in ((0, 1, 2), (3,)))
    network = nn.Sequential(
        nn.Linear(evidence.shape[2], HIDDEN), nn.ELU(), nn.Dropout(0.1), nn.Linear(HIDDEN, HIDDEN), nn.ELU(),
        nn.Linear(HIDDEN, 1),
    )  # fmt: skip
    best = torch.optim.AdamW(network.parameters(), lr=3e-3, weight_decay=3e-3)
    plan = torch.optim.lr_scheduler.CosineAnnealingLR(best, given.steps)
    for step in range(given.steps):
        kinds = dice.choice(3, 24, p=[1 - UNSEEN_SHARE - LOOPS_SHARE, UNSEEN_SHARE, LOOPS_SHARE])
        chosen = np.choose(kinds, [dice.choice(each, 24) for each in (train, unseen, loops)])
        shifts = np.where(dice.random(24) < 0.7, np.round(dice.normal(0, MOVED / 2.5, 24)), 0).astype(int)
        parts = [moved(evidence[one], shift, fixed) for one, shift in zip(chosen, shifts, strict=True)]
        loss = wrong(network(torch.tensor(np.stack(parts)))[:, :, 0], torch.tensor(place[chosen] + shifts))
        best.zero_grad()
        loss.backward()
        best.step()
        plan.step()
        if (step + 1) % 300 == 0:
            network.eval()
            with torch.no_grad():
                said = network(torch.tensor(evidence[test]))[:, :, 0]
            off = np.abs(said.argmax(dim=1).numpy() - place[test]) * STEP
            near = np.min([np.abs(off - np.log(ratio)) for ratio in (1, 2, 3)], axis=0)
            print(step + 1, f"{loss.item():.3f} test {wrong(said, torch.tensor(place[test])).item():.3f}", end=" ")
            print(f"right {np.mean(off < 0.04):.1%}, but for octaves {np.mean(near < 0.04):.1%}", flush=True)
            network.train()
    names = {"0": "first", "3": "second", "5": "last"}
    state = {
        f"{names[key[0]]}_{key[2:]}": value.numpy().astype(np.float32) for key, value in network.state_dict().items()
    }
    np.savez(given.out, **state)


def stored_regions(evidence: np.ndarray) -> int:
    """How many columns at the end are the same for every piece."""
    same = np.all(np.abs(evidence[0] - evidence[1:20]) < 1e-6, axis=(0, 1))
    return int(np.argmin(same[::-1]))


def moved(part: np.ndarray, shift: int, fixed: int) -> np.ndarray:
    """The same evidence at a tempo `shift` steps higher."""
    out = part.copy()
    rows = np.clip(np.arange(COUNT) - shift, 0, COUNT - 1)
    out[:, :-fixed] = part[rows, :-fixed]
    return out


def wrong(said: torch.Tensor, place: torch.Tensor) -> torch.Tensor:
    """Cross entropy with the truth spread a little over its neighbours."""
    spread = torch.exp(-0.5 * ((torch.arange(COUNT)[None] - place[:, None]) / WIDTH) ** 2)
    spread = spread / spread.sum(dim=1, keepdim=True).clamp(min=1e-6)
    return -(spread.float() * torch.log_softmax(said, dim=1)).sum(dim=1).mean()


if __name__ == "__main__":
    main()

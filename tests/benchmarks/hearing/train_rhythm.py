"""Train the network behind `engine.hear.beat_network`: beats, down-beats and tempo from mel bands.

    .venv/bin/python -m tests.benchmarks.hearing.features_rhythm bench-out/rhythm --count 672
    .venv/bin/python -m tests.benchmarks.hearing.features_rhythm bench-out/rhythm --count 1080 --wide
    .venv/bin/python -m tests.benchmarks.hearing.features_rhythm bench-out/rhythm --count 1300 --plain
    .venv/bin/python -m tests.benchmarks.hearing.features_rhythm bench-out/rhythm --loops
    PYTHON-WITH-TORCH -m tests.benchmarks.hearing.train_rhythm bench-out/rhythm --minutes 45

Needs only numpy and torch, which the project itself does not. Writes `engine/hear/weights/beats.npz`: float16.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import nn

from tests.benchmarks.hearing.coloured import coloured

ROOT = Path(__file__).resolve().parents[3]
CHANNELS, TAPS, BLOCKS = 40, 5, 8
BANDS = 32
CLASSES = 72
LOWEST, STEP = 34.0, 0.03
"""Tempo classes: LOWEST * exp(STEP * class), 34 to 286 BPM."""
CROP = 43 * 16  # frames
FRAME_RATE = 22_050 / 512
LOOPS, LOOPS_SHARE = 200_000, 0.06
"""First number of the real loops, and how often one is drawn; they are few."""


class Network(nn.Module):
    """A stack of dilated convolutions with residual connections (after Davies and Boeck, EUSIPCO 2019)."""

    def __init__(self) -> None:
        super().__init__()
        self.first = nn.Conv1d(2 * BANDS, CHANNELS, 3, padding=1)
        self.dilated = nn.ModuleList(
            nn.Conv1d(CHANNELS, CHANNELS, TAPS, dilation=2**n, padding=2 * 2**n) for n in range(BLOCKS)
        )
        self.mixed = nn.ModuleList(nn.Conv1d(CHANNELS, CHANNELS, 1) for _ in range(BLOCKS))
        self.beats = nn.Conv1d(CHANNELS, 2, 1)
        self.hidden = nn.Linear(2 * CHANNELS * BLOCKS, 48)
        self.tempo = nn.Linear(48, CLASSES)
        self.drop = nn.Dropout(0.1)

    def forward(self, x: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """From (batch, 2 * BANDS, frames) to logits (batch, 2, frames) and (batch, CLASSES)."""
        x = nn.functional.elu(self.first(x))
        pooled = []
        for dilated, mixed in zip(self.dilated, self.mixed, strict=True):
            inside = nn.functional.elu(dilated(x))
            pooled += [inside.mean(dim=2), inside.std(dim=2)]
            x = x + self.drop(mixed(inside))
        hidden = nn.functional.elu(self.hidden(self.drop(torch.cat(pooled, dim=1))))
        return self.beats(x), self.tempo(hidden)


def inputs(level: np.ndarray) -> np.ndarray:
    """From 64 mel bands in dB at 86 frames a second to what the network reads; as `engine.hear.beat_network` does."""
    level = np.maximum(level - level.max(), -60).astype(np.float32)
    rise = np.zeros_like(level)
    rise[2:] = np.maximum(level[2:] - level[:-2], 0)
    count = len(level) // 2
    pairs = level[: 2 * count].reshape(count, 2, BANDS, 2).mean(axis=(1, 3)) / 30 + 1
    rises = rise[: 2 * count].reshape(count, 2, BANDS, 2).mean(axis=3).max(axis=1) / 15
    return np.concatenate([pairs, rises], axis=1)


def crop(piece: dict[str, Any], dice: np.random.Generator) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """A stretch of a piece, faster or slower, through another equaliser and more noise; with its targets."""
    speed = float(np.exp(dice.normal(0, 0.08))) if dice.random() < 0.8 else float(np.exp(dice.uniform(-0.35, 0.35)))
    level = piece["mel"]
    need = int(CROP * 2 * speed) + 2
    start = int(dice.integers(0, max(1, len(level) - need)))
    part = level[start : start + need].astype(np.float32)
    at = np.arange(0, len(part) - 1, speed)
    low = at.astype(int)
    part = part[low] + (part[low + 1] - part[low]) * (at - low)[:, None].astype(np.float32)
    part = coloured(part, dice)
    features = inputs(part)
    targets = np.zeros((2, len(features)), np.float32)
    frames = ((piece["beats"] * 22_050 / 256 - start) / speed) / 2
    downs = ((piece["downs"] * 22_050 / 256 - start) / speed) / 2
    for row, times in enumerate((frames, downs)):
        for each in times:
            centre = round(each)
            for offset, value in ((-1, 0.4), (1, 0.4), (0, 1.0)):
                if 0 <= centre + offset < len(features):
                    targets[row, centre + offset] = max(targets[row, centre + offset], value)
    place = np.log(tempo_of(piece, start, need) * speed / LOWEST) / STEP
    tempo = np.exp(-0.5 * ((np.arange(CLASSES) - place) / 1.0) ** 2)
    tempo = tempo / tempo.sum() if tempo.sum() > 0.5 else np.zeros(CLASSES)
    pad = CROP - len(features)
    if pad > 0:
        # A short piece is looped, as it would be in Live.
        features, targets = (np.pad(x, ((0, pad), (0, 0)), "wrap") if x is features else x for x in (features, targets))
        targets = np.pad(targets, ((0, 0), (0, pad)), constant_values=-1)
    return features[:CROP].T, targets[:, :CROP], tempo


def tempo_of(piece: dict[str, Any], start: int, count: int) -> float:
    """Tempo of a stretch of frames, where it holds enough beats to tell; else that of the piece."""
    frames = piece["beats"] * 22_050 / 256
    inside = piece["beats"][(frames >= start) & (frames < start + count)]
    return 60 / float(np.median(np.diff(inside))) if len(inside) > 4 else float(piece["tempo"])


def main() -> None:
    """Train for some minutes, say how it goes on the dev part, write the weights."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("features", type=Path)
    parser.add_argument("--minutes", type=float, default=12)
    parser.add_argument("--rate", type=float, default=2.5e-3, help="of learning, at its highest")
    parser.add_argument("--resume", type=Path, help="weights to go on from")
    parser.add_argument("--out", type=Path, default=ROOT / "engine" / "hear" / "weights" / "beats.npz")
    given = parser.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(1)
    dice = np.random.default_rng(1)
    pieces: dict[int, dict[str, Any]] = {}
    train, loops, dev = dealt(given.features, pieces)
    network = Network()
    if given.resume:
        resume(network, given.resume)
    best = torch.optim.AdamW(network.parameters(), lr=2e-3, weight_decay=1e-4)
    begun, step, running = time.time(), 0, None
    average = {name: value.detach().clone() for name, value in network.state_dict().items()}
    while (spent := (time.time() - begun) / 60 / given.minutes) < 1:
        for group in best.param_groups:
            group["lr"] = given.rate * min(1, (step + 1) / 100) * 0.5 * (1 + np.cos(np.pi * spent)) + 2e-5
        sources = [loops if loops and dice.random() < LOOPS_SHARE else train for _ in range(16)]
        loss = batch_loss(network, [crop(source[dice.integers(len(source))], dice) for source in sources])
        best.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        best.step()
        step += 1
        for name, value in network.state_dict().items():
            average[name] += (value - average[name]) * max(0.003, 1 / (step + 1))
        running = loss.item() if running is None else 0.99 * running + 0.01 * loss.item()
        if step % 250 == 0:
            train, loops, _ = dealt(given.features, pieces)  # more may have been made meanwhile
            print(f"{step:6d} {spent:4.0%} loss {running:.3f} {report(average, dev)}", flush=True)
            save(given.out, average)
    save(given.out, average)
    print("dev", report(average, dev, 400))


def save(path: Path, state: dict[str, torch.Tensor]) -> None:
    """Write weights."""
    np.savez(path, **{name.replace(".", "_"): value.numpy().astype(np.float16) for name, value in state.items()})


def dealt(folder: Path, known: dict[int, dict[str, Any]]) -> tuple[list[Any], list[Any], list[Any]]:
    """Pieces of the train part, real loops, and pieces of the dev part; what is `known` is not read again."""
    for path in sorted(folder.glob("*.npz")):
        # A file that is still being written is one for the next time.
        if int(path.stem) not in known and path.stat().st_mtime < time.time() - 10:
            known[int(path.stem)] = dict(np.load(path, allow_pickle=False))
    seeds = sorted(known)
    dev = [known[seed] for seed in seeds if seed % 5 == 3]
    np.random.default_rng(3).shuffle(dev)  # type: ignore[arg-type]
    train = [known[seed] for seed in seeds if seed % 5 < 3 and seed < LOOPS]
    return train, [known[seed] for seed in seeds if seed >= LOOPS], dev


def resume(network: Network, path: Path) -> None:
    """Start from stored weights; those of a network with fewer channels fill the first ones of this."""
    state = network.state_dict()
    with np.load(path, allow_pickle=False) as stored:
        for name, value in state.items():
            old = torch.tensor(stored[name.replace(".", "_")].astype(np.float32))
            if old.shape == value.shape:
                value.copy_(old)
                continue
            # What new channels say to old ones starts small, so that the old ones go on as they were.
            if value.dim() > 1:
                value[: old.shape[0]] *= 0.1
            if name == "hidden.weight":  # its inputs are runs of channels: means and deviations of each block
                few, many = old.shape[1] // (2 * BLOCKS), value.shape[1] // (2 * BLOCKS)
                value.view(len(value), -1, many)[:, :, :few] = old.view(len(old), -1, few)
            else:
                value[tuple(slice(0, size) for size in old.shape)] = old
    network.load_state_dict(state)


def batch_loss(network: Network, crops: list[Any]) -> torch.Tensor:
    """Cross entropy of beats and down-beats where they are known, and of the tempo."""
    features, targets, tempo = (torch.tensor(np.stack(each), dtype=torch.float32) for each in zip(*crops, strict=True))
    said, classes = network(features)
    known = (targets >= 0).float()
    weights = torch.where(targets > 0, torch.tensor([4.0, 8.0])[None, :, None], torch.tensor(1.0)) * known
    beats = nn.functional.binary_cross_entropy_with_logits(said, targets.clamp(0, 1), weights, reduction="sum")
    speed = -(tempo * nn.functional.log_softmax(classes, dim=1)).sum() / max(1, len(crops))
    return beats / known.sum() + 0.12 * speed


def report(average: dict[str, torch.Tensor], dev: list[Any], most: int = 120) -> str:
    """Loss and share of right tempi on the dev part."""
    other = Network()
    other.load_state_dict(average)
    other.eval()
    dice = np.random.default_rng(5)
    right, octave, losses = [], [], []
    with torch.no_grad():
        for piece in dev[:most]:
            one = crop(piece, dice)
            losses.append(float(batch_loss(other, [one])))
            if one[2].sum():
                said = int(other(torch.tensor(one[0][None], dtype=torch.float32))[1].argmax())
                off = abs(said - int(one[2].argmax())) * STEP
                right.append(off < 0.06)
                octave.append(min(off, abs(off - np.log(2)), abs(off - np.log(3))) < 0.06)
    return f"dev loss {np.mean(losses):.3f} tempo {np.mean(right):.0%} but for octaves {np.mean(octave):.0%}"


if __name__ == "__main__":
    main()

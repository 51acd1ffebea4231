"""The user's own sounds: a folder of samples, each taken for the role its name tells."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np

from engine.compose.dice import Dice
from engine.compose.drums.kit import role_of
from engine.compose.drums.roles import ROLES
from engine.compose.kit.hits import LAYERS, Stereo, levelled, panned
from engine.compose.kit.place import folder_there
from engine.compose.kit.signal import Floats, band
from engine.errors import EngineError, InvalidValue
from engine.hear.load import load
from engine.hear.places import shown_name
from engine.hear.sound import resampled

__all__ = ["Samples", "find_samples"]

ENDINGS = (".wav", ".aif", ".aiff", ".flac", ".ogg", ".mp3")
"""What is taken for a sample."""

MOST_FILES = 5000
"""Files of a folder that are looked at."""

DEEPEST = 4
"""Folders within folders that are looked into."""

LONGEST_SECONDS = 8.0
"""What is used of a sample: no drum needs more."""

_QUIETER_DARKER = 0.32
"""Share of a sample's brightness that the softest strike keeps."""

_BRIGHT_HZ = 16_000.0


class Samples:
    """The sounds of one folder, loaded when they are first struck.

    Args:
        files: real paths of the samples of each role, in order of their names.
        rate: samples per second wanted.
        dice: of the render's seed: which of several is taken.

    Attributes:
        used: name of the file each role has struck.
        notices: files that could not be used, in words.
    """

    def __init__(self, files: dict[str, list[Path]], rate: int, dice: Dice) -> None:
        self._files, self._rate, self._dice = files, rate, dice
        self._layers: dict[tuple[str, int], Stereo] = {}
        self._sounds: dict[str, Floats | None] = {}
        self.used: dict[str, str] = {}
        self.notices: list[str] = []

    @property
    def roles(self) -> frozenset[str]:
        """Roles there is a file for."""
        return frozenset(self._files)

    def hit(self, role: str, layer: int) -> Stereo | None:
        """One strike.

        Args:
            role: of the kit.
            layer: of force; softer strikes are darker, as those of a drum are.

        Returns:
            Shape (n, 2), of loudness 1; None where no file of the role can be used.
        """
        if role not in self._sounds:
            self._sounds[role] = self._loaded(role)
        sound = self._sounds[role]
        if sound is None:
            return None
        if (role, layer) not in self._layers:
            share = _QUIETER_DARKER + (1 - _QUIETER_DARKER) * (layer + 1) / LAYERS
            softer = sound
            if layer < LAYERS - 1:
                edge = min(_BRIGHT_HZ * share**2, 0.45 * self._rate)
                softer = np.stack([band(side, self._rate, high=edge, steep=1) for side in sound.T], axis=1)
            self._layers[role, layer] = panned(levelled(softer, self._rate), role)
        return self._layers[role, layer]

    def _loaded(self, role: str) -> Floats | None:
        left = list(self._files.get(role, ()))
        start = int(len(left) * self._dice.uniform("sample", list(ROLES).index(role)))
        for path in left[start:] + left[:start]:
            try:
                sound = load(path, 0.0, LONGEST_SECONDS)
            except (EngineError, InvalidValue) as problem:
                said = problem.hint if isinstance(problem, InvalidValue) else str(problem)
                self.notices.append(f"{shown_name(path)[:60]} was not used: {said}")
                continue
            samples = resampled(sound.samples[:, :2], sound.rate, self._rate)
            both = samples if samples.shape[1] == 2 else np.repeat(samples, 2, axis=1)
            if not np.abs(both).max(initial=0.0) > 1e-6:
                self.notices.append(f"{shown_name(path)[:60]} was not used: it is silent.")
                continue
            self.used[role] = shown_name(path)
            return _faded(both.astype(np.float64), self._rate)
        return None


def _faded(sound: Floats, rate: int) -> Floats:
    """Lets a sample that was cut off end without a click."""
    fade = min(len(sound), round(0.005 * rate))
    sound[-fade:] *= np.linspace(1.0, 0.0, fade)[:, None]
    return sound


def find_samples(folder: str) -> dict[str, list[Path]]:
    """Looks through a folder for samples whose names tell a role.

    A file's own name is read first ("BD 909.wav"), then the names of the folders it lies in ("Kicks/punchy 3.wav").
    Links are followed as long as they stay within the folder.

    Args:
        folder: whole path of the user's folder.

    Returns:
        Real paths by role, each role's in order of their names.

    Raises:
        InvalidValue: field "samples": there is no such folder, or nothing in it tells a role.
    """
    real = folder_there("samples", folder)
    found: dict[str, list[Path]] = {}
    for path, role in _named(real):
        found.setdefault(role, []).append(path)
    if not found:
        hint = (
            'No sample in it tells by its name what it is ("Kick 1.wav", "hats/closed 3.wav"). Choose another folder.'
        )
        raise InvalidValue("samples", folder, hint)
    return {role: sorted(paths, key=lambda path: path.name.lower()) for role, paths in found.items()}


def _named(root: Path) -> list[tuple[Path, str]]:
    named: list[tuple[Path, str]] = []
    looked = 0
    for here, folders, files in os.walk(root):
        where = Path(here)
        inside = where.relative_to(root).parts
        folders[:] = sorted(folders) if len(inside) < DEEPEST else []
        for name in sorted(files):
            looked += 1
            if looked > MOST_FILES:
                return named
            if not name.lower().endswith(ENDINGS) or name.startswith("."):
                continue
            role = _role(name, inside)
            path = Path(os.path.realpath(where / name))
            if role and path.is_file() and path.is_relative_to(root):
                named.append((path, role))
    return named


def _role(name: str, folders: tuple[str, ...]) -> str | None:
    said = [name.rpartition(".")[0], *reversed(folders)]
    return next((role for role in map(role_of, said) if role), None)

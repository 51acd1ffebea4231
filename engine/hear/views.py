"""Which views of a sound can be forgotten: a five-minute file has 300 MB of them, but never all at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from engine.hear.spectrum import Spectra

BASES = {
    "sound.hearing": "sound.mono",
    "sound.pitch": "sound.hearing",
    "spectra.fine": "sound.hearing",
    "spectra.pitch": "sound.pitch",
    "spectra.mel": "spectra.fine",
    "spectra.log_mel": "spectra.mel",
    "spectra.relative_mel": "spectra.mel",
    "spectra.rise": "spectra.relative_mel",
}
"""What each view is made from."""

VIEWS = frozenset(BASES) | frozenset(BASES.values())


def resample(spectra: Spectra, wanted: Iterable[str]) -> None:
    """Make the resampled signals that these views need, and let go of the full-rate one they come from.

    Args:
        spectra: The views.
        wanted: Members of `VIEWS`.
    """
    if "sound.mono" in wanted:
        return
    needed = {step for view in wanted for step in _line(view)}
    if "sound.hearing" in needed:
        _ = spectra.sound.hearing
        vars(spectra.sound).pop("mono", None)


def forget(spectra: Spectra, wanted: Iterable[str]) -> None:
    """Forget all views but those that will be read and what those still have to be made from.

    Args:
        spectra: The views, and its sound with more of them.
        wanted: Members of `VIEWS`. One that is missing is made anew when it is read.
    """
    owners = {"sound": vars(spectra.sound), "spectra": vars(spectra)}

    def made(view: str) -> bool:
        owner, _, name = view.partition(".")
        return name in owners[owner]

    keep: set[str] = set()
    for view in wanted:
        for step in _line(view):
            keep.add(step)
            if made(step):
                break
    for view in VIEWS - keep:
        owner, _, name = view.partition(".")
        owners[owner].pop(name, None)


def _line(view: str) -> Iterator[str]:
    """A view and, one after another, what it is made from."""
    step: str | None = view
    while step is not None:
        yield step
        step = BASES.get(step)

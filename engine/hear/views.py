"""Which views of a sound can be forgotten: a five-minute file has 300 MB of them, but never all at once."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

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


def make(spectra: Spectra, wanted: Collection[str]) -> None:
    """Make these views, with little held at the same time.

    Args:
        spectra: Where they are made.
        wanted: Members of `VIEWS`.
    """
    owners = {"sound": spectra.sound, "spectra": spectra}
    if any("sound.hearing" in _line(view) for view in wanted):
        _ = spectra.sound.hearing
        if "sound.mono" not in wanted:  # the largest of all
            vars(spectra.sound).pop("mono", None)
    for view in sorted(wanted):
        owner, _, name = view.partition(".")
        getattr(owners[owner], name)


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

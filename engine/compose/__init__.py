"""Making music: chords, bass, melody, arpeggios, drums; how they are played, varied and arranged. Pure functions."""

from __future__ import annotations

from collections.abc import Iterator

__all__ = ["rehearse", "warm"]


def warm() -> None:
    """Reads every preset and loads the tables the first request would wait for.

    Takes a few hundredths of a second; meant for a thread right after the engine starts.
    """
    from engine.compose.chords import warm_tables  # noqa: PLC0415 - importing the package stays free

    warm_tables()


def rehearse() -> Iterator[str]:
    """Makes takes in every style of every role, a take a step, so that later ones find their tables made.

    Nobody needs to wait for it: without it the first take in a style is a few milliseconds slower.

    Yields:
        The id of the style of each take.
    """
    from engine.compose.bass.compose import rehearse_bass  # noqa: PLC0415 - as above
    from engine.compose.chords import rehearse_styles  # noqa: PLC0415
    from engine.compose.drums.compose import rehearse_drums  # noqa: PLC0415
    from engine.compose.melody.compose import rehearse_melodies  # noqa: PLC0415
    from engine.compose.stream.compose import rehearse_streams  # noqa: PLC0415

    yield from rehearse_styles()
    yield from rehearse_drums()
    yield from rehearse_bass()
    yield from rehearse_melodies()
    yield from rehearse_streams()

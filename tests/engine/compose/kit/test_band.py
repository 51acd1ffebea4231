"""Parts together: all of them are heard, as long as they are, and those with a pitch step back for the kick."""

import numpy as np
import pytest

from engine.compose.kit.band import band_samples
from engine.compose.kit.request import RenderRequest
from engine.errors import InvalidValue
from engine.notes import Note

KICK, HAT = 36, 42


def drums(*hits: tuple[int, float]) -> RenderRequest:
    notes = [Note(pitch=pitch, start_time=start, duration=0.25, velocity=127.0) for pitch, start in hits]
    return RenderRequest(notes=notes, length=2.0, tempo=120.0, role="drums", sound="club", tail="cut")


def tone(role: str = "bass") -> RenderRequest:
    notes = [Note(pitch=45, start_time=0.0, duration=2.0, velocity=100.0)]
    return RenderRequest(notes=notes, length=2.0, tempo=120.0, role=role, tail="cut")  # type: ignore[arg-type]


def loudness(samples: np.ndarray, first: float, last: float) -> float:
    return float(np.sqrt((samples[round(first * 44100) : round(last * 44100)] ** 2).mean()))


def test_every_part_is_heard_below_full_scale() -> None:
    band = band_samples([drums((KICK, 0.0)), tone(), tone("melody")])
    assert band.samples.shape == (44100, 2)
    assert band.sounds == ["club", "bass", "lead"]
    assert np.abs(band.samples).max() < 1
    assert band.peak <= -1
    alone = band_samples([drums((KICK, 0.0))])
    assert loudness(band.samples, 0.6, 0.9) > 2 * loudness(alone.samples, 0.6, 0.9)


def test_parts_with_a_pitch_step_back_for_the_kick_and_for_nothing_else() -> None:
    # Far below the ceiling nothing is turned down, so what a part adds is the mix less the drums.
    quiet = RenderRequest(
        notes=[Note(pitch=45, start_time=0.0, duration=2.0, velocity=20.0)], length=2.0, tempo=120.0, role="melody",
        tail="cut",
    )  # fmt: skip
    alone = band_samples([quiet]).samples
    hat = band_samples([drums((HAT, 1.0)), quiet]).samples - band_samples([drums((HAT, 1.0))]).samples
    assert np.allclose(hat, alone, atol=1e-9)
    both, kick = (band_samples([drums((KICK, 1.0)), *more]) for more in ([quiet], []))
    gain = 10 ** ((kick.peak - both.peak) / 20)
    left = both.samples * gain - kick.samples
    assert loudness(left, 0.2, 0.45) == pytest.approx(loudness(alone, 0.2, 0.45), rel=0.1)
    assert loudness(left, 0.5, 0.53) < 0.75 * loudness(alone, 0.5, 0.53)
    assert loudness(left, 0.9, 0.99) == pytest.approx(loudness(alone, 0.9, 0.99), rel=0.1)


def test_a_part_that_cannot_be_played_is_refused() -> None:
    with pytest.raises(InvalidValue, match="tempo"):
        band_samples([RenderRequest(notes=[], length=4.0, tempo=2000.0)])

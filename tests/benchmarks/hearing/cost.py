"""What each part of an analysis costs: CPU seconds and the peak of memory, for five minutes of stereo.

    python -m tests.benchmarks.hearing.cost [SECONDS]

The music is synthetic (four bars in a loop, with noise on top that never repeats). Everything was compiled and read
once before the clock starts. Each part is also heard alone in a process of its own, as somebody who asks for it
alone would have it: with decoding and the parts it needs.
"""

from __future__ import annotations

import itertools
import json
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

RATE = 44_100


def music(seconds: float, seed: int = 0) -> np.ndarray:
    """Kick, hats, bass and chords at 124 BPM in A minor, stereo, with a noise floor; shape (frames, 2), float32."""
    random = np.random.default_rng(seed)
    beat = 60 / 124
    at = np.arange(round(16 * beat * RATE)) / RATE
    phase, bar = at % beat, (at // (4 * beat)).astype(int)
    kick = np.sin(2 * np.pi * (50 * phase + 4 * (1 - np.exp(-phase / 0.03)))) * np.exp(-phase / 0.12)
    hat = random.standard_normal(at.size) * np.exp(-((at + beat / 2) % beat) / 0.03)
    roots = np.array([55.0, 43.65, 65.41, 49.0])[bar]
    bass = np.tanh(3 * np.sin(2 * np.pi * roots * at)) * np.minimum(1, phase / (0.6 * beat))
    third = np.where(bar == 0, 1.2, 1.26)
    chord = sum(np.sin(2 * np.pi * 4 * roots * ratio * at) for ratio in (1.0, third, 1.5, 2.0))
    middle = 0.5 * kick + 0.15 * bass
    loop = np.stack([middle + 0.06 * chord + 0.05 * hat, middle + 0.05 * chord + 0.06 * hat], axis=1)
    out = np.resize(loop, (round(seconds * RATE), 2)).astype(np.float32)
    return out + np.float32(1e-3) * random.standard_normal(out.shape, np.float32)


def _alone(path: str, names: str) -> None:
    """Hear parts of a file and print the figures as JSON; runs in a process of its own."""
    from engine.hear.compiled import prepare, warm

    prepare()
    warm()
    from engine.hear.analysis import analyze
    from engine.hear.parts import ALL

    base = _peak()
    marks: list[tuple[str, float]] = []
    began = time.process_time()
    analyze(
        path,
        parts=[name for name in names.split(",") if name] or ALL,
        progress=lambda _done, _total, text: marks.append((text, time.process_time())),
    )
    seconds = {text: after - at for (text, at), (_, after) in itertools.pairwise(marks)}
    told = {"cpu": time.process_time() - began, "base_mb": base, "peak_mb": _peak(), "steps": seconds}
    print(json.dumps(told))


def _peak() -> float:
    """The most memory this process ever had, MB."""
    status = Path("/proc/self/status")
    if status.exists():  # the other figure begins with that of the process this one was forked from
        return float(re.search(r"VmHWM:\s*(\d+) kB", status.read_text("ascii"))[1]) / 1024  # type: ignore[index]
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 if sys.platform != "darwin" else 1024 * 1024)


def asked(path: Path, names: tuple[str, ...] = ()) -> dict[str, object]:
    """What hearing these parts costs, all of them when none is named."""
    command = [sys.executable, "-m", "tests.benchmarks.hearing.cost", str(path), ",".join(names)]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    found: dict[str, object] = json.loads(told.splitlines()[-1])
    return found


def main(seconds: float) -> None:
    """Print the table."""
    import soundfile

    from engine.hear.parts import ALL, PARTS

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "music.wav"
        soundfile.write(path, music(seconds), RATE, subtype="PCM_16")
        asked(path, ("loudness",))  # compiles what is not compiled yet
        whole = asked(path)
        print(f"{seconds:g} s of stereo, everything: {whole['cpu']:.2f} CPU s, peak {whole['peak_mb']:.0f} MB,")
        print(f"of which {whole['base_mb']:.0f} MB are Python with its libraries and compiled code\n")
        print("step of the whole                  CPU s")
        for text, cost in whole["steps"].items():  # type: ignore[attr-defined]
            print(f"{text:<32} {cost:>7.2f}")
        print("\nalone                              CPU s     MB")
        for names in (*((name,) for name in ALL), tuple({"rhythm", "key", "loudness"} & set(PARTS))):
            alone = asked(path, names)
            print(f"{', '.join(names):<32} {alone['cpu']:>7.2f} {alone['peak_mb']:>6.0f}")


if __name__ == "__main__":
    if len(sys.argv) == 3:
        _alone(sys.argv[1], sys.argv[2])
    else:
        main(float(sys.argv[1]) if len(sys.argv) == 2 else 300.0)

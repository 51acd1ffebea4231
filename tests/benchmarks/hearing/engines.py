"""The engines that are measured beside each other, and how each is run: in its own process, one thread."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
PEERS = Path(os.environ.get("BANDMATE_PEERS", ROOT / ".peers"))
"""Where `make peers` puts the environments of the others."""

ONE_THREAD = dict.fromkeys(
    ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS", "VECLIB_MAXIMUM_THREADS"), "1"
)


@dataclass(frozen=True)
class Engine:
    """One way to hear.

    Attributes:
        name: In the table and in hear.json.
        python: The interpreter that has it.
        script: In `peers/`, with its arguments.
    """

    name: str
    python: Path
    script: tuple[str, ...]

    @property
    def there(self) -> bool:
        """Whether it can be run on this machine."""
        return self.python.exists() and (self.script[0] != "ffmpeg_ebur128.py" or shutil.which("ffmpeg") is not None)

    def hear(self, paths: Iterable[Path]) -> Heard:
        """Ask for every file in turn, in one process, as a user of it would.

        Raises:
            subprocess.CalledProcessError: the engine died.
        """
        command = [str(self.python), str(HERE / "peers" / self.script[0]), *self.script[1:]]
        asked = "".join(f"{path}\n" for path in paths)
        environment = (
            {**os.environ, **ONE_THREAD, "PYTHONPATH": str(ROOT)}
            if self.name == "bandmate"
            else ONE_THREAD | {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
        )
        ran = subprocess.run(
            command, input=asked, capture_output=True, text=True, check=False, env=environment, cwd=ROOT
        )
        if ran.returncode:
            raise subprocess.CalledProcessError(ran.returncode, command, ran.stdout, ran.stderr[-2000:])
        first, *rest = (json.loads(line) for line in ran.stdout.splitlines())
        return Heard(import_s=first["import_s"], answers={Path(each["path"]): each for each in rest})


@dataclass(frozen=True)
class Heard:
    """What one engine answered.

    Attributes:
        import_s: Seconds of processor time to start and import.
        answers: By path: tempo (BPM), beats and downbeats (seconds), key ([pitch class, mode]), lufs, true_peak,
            cpu (seconds), rss_mb, or error. An engine leaves out what it cannot hear.
    """

    import_s: float
    answers: dict[Path, dict[str, Any]]

    @property
    def rss_mb(self) -> float:
        """The most memory it took."""
        return max(each["rss_mb"] for each in self.answers.values())


def _peer(folder: str) -> Path:
    return PEERS / folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


ENGINES = (
    Engine("bandmate", Path(sys.executable), ("bandmate_engine.py",)),
    Engine("madmom", _peer("madmom"), ("madmom_networks.py",)),
    Engine("essentia degara + bgate", _peer("main"), ("essentia_algorithms.py", "degara", "bgate")),
    Engine("essentia multifeature + edma", _peer("main"), ("essentia_algorithms.py", "multifeature", "edma")),
    Engine("essentia percival + shaath", _peer("main"), ("essentia_algorithms.py", "percival", "shaath")),
    Engine("aubio", _peer("main"), ("aubio_beats.py",)),
    Engine("librosa", _peer("main"), ("librosa_defaults.py",)),
    Engine("ffmpeg", Path(sys.executable), ("ffmpeg_ebur128.py",)),
)

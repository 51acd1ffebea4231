"""Compiles what hearing compiles, before the tests that hear run side by side: each would do it for itself.

python -m tests.warm
"""

import os
import tempfile
from pathlib import Path

# As in tests/conftest.py and js/headless/stage.js.
os.environ.setdefault("NUMBA_CACHE_DIR", str(Path(tempfile.gettempdir()) / "bandmate-tests-numba"))

if __name__ == "__main__":
    from engine.hear import errands

    errands.ready()

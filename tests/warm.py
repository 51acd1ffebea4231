"""Compiles what hearing compiles, before the tests that hear run side by side: each would do it for itself.

So would each of the processes that test with what Python compiles, and pytest rewrites: all tests are imported once.

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

    import pytest

    # What is wrong with a test is told by `make test-python`; here nothing is said.
    pytest.main(["--collect-only", "--override-ini=addopts=--import-mode=importlib", "-p", "no:terminal"])

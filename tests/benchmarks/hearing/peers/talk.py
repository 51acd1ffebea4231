"""How a peer is asked: paths come in on standard input, one JSON object a file goes out.

Runs in the interpreter of the peer (madmom needs CPython 3.8), so it uses only the standard library.
"""

import json
import os
import resource
import sys
from pathlib import Path


def answer(hear):
    """Answer every path; `hear(path)` gives a dict of what was heard.

    The first line tells what starting Python and importing cost (`import_s`); every other line holds `path`, what was
    heard, `cpu` (both are seconds of processor time, children included) and `rss_mb`, the most memory so far. A file
    that the peer cannot read has `error` instead of what was heard.
    """
    out = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # what a library prints must not stand between the answers
    out.write(json.dumps({"import_s": _cpu()}) + "\n")
    out.flush()
    for line in sys.stdin:
        path = line.rstrip("\n")
        before = _cpu()
        try:
            found = hear(path)
        except Exception as problem:
            found = {"error": repr(problem)[:200]}
        found.update(path=path, cpu=_cpu() - before, rss_mb=_rss_mb())
        out.write(json.dumps(found) + "\n")
        out.flush()


def _cpu():
    both = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return sum(each.ru_utime + each.ru_stime for each in both)


def _rss_mb():
    """The most memory this process, or one that it started, ever held."""
    started = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)
    return max(started, _own_rss_mb())


def _own_rss_mb():
    try:
        # What getrusage says of ourselves includes whoever started us: that peak survives the exec.
        with Path("/proc/self/status").open() as lines:
            return next(int(line.split()[1]) / 1e3 for line in lines if line.startswith("VmHWM"))
    except (OSError, StopIteration):
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return peak / (1e6 if sys.platform == "darwin" else 1e3)

"""Commands side by side: both run at once, their words do not mix, and one that fails is not overlooked."""

import subprocess
import sys
from pathlib import Path

SCRIPT = Path(__file__).with_name("side_by_side.py")

MEETING = """
import pathlib, sys, time
own, other, name = sys.argv[1:]
print("begin", name, flush=True)
pathlib.Path(own).touch()
while not pathlib.Path(other).exists():
    time.sleep(0.01)
print("met", name, file=sys.stderr, flush=True)
print("end", name)
"""

FAILING = "import sys; print('wr' + 'ong'); sys.exit(3)"
FINE = "print('fi' + 'ne')"


def run(*programs: tuple[str, ...]) -> subprocess.CompletedProcess[str]:
    commands = [" ".join(f'"{word}"' for word in (sys.executable, *words)) for words in programs]
    return subprocess.run([sys.executable, SCRIPT, *commands], capture_output=True, text=True, timeout=60, check=False)


def test_two_that_wait_for_each_other_both_end_and_do_not_mix(tmp_path: Path) -> None:
    script = tmp_path / "meeting.py"
    script.write_text(MEETING)
    one, two = str(tmp_path / "one"), str(tmp_path / "two")
    done = run((str(script), one, two, "A"), (str(script), two, one, "B"))
    assert done.returncode == 0
    said = [line for line in done.stdout.splitlines() if not line.startswith("====")]
    assert said == ["begin A", "met A", "end A", "begin B", "met B", "end B"]
    assert done.stdout.count(": passed after") == 2


def test_one_that_fails_is_told_last_with_its_words_again_and_the_other_ends() -> None:
    done = run(("-c", FAILING), ("-c", FINE))
    assert done.returncode == 1
    assert done.stdout.count("\nwrong\n") == 2
    assert done.stdout.rindex("\nwrong\n") > done.stdout.rindex("\nfine\n")
    first, second = done.stdout.splitlines()[-2:]
    assert first.startswith("====")
    assert "FAILED (3)" in first
    assert second.startswith("====")
    assert "passed" in second

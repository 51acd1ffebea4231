"""Takes and ratings under load, killed at any moment: is all that was acknowledged still there?

`python -m tests.benchmarks.taste.kill_store [kills]` kills a process that writes takes and ratings from two threads,
200 times by default, each time at another moment, on one file that grows; after each kill the file is opened anew and
all of that process's acknowledged takes and ratings are looked for.
"""

from __future__ import annotations

import random
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import closing
from pathlib import Path

import msgspec

from engine.taste.store import history, models, rewards, takes
from engine.taste.store.book import Book
from engine.taste.store.records import Model, Take

ROOT = Path(__file__).parents[3]
THREADS = 2
LONGEST_LIFE = 0.15
"""Seconds from the first acknowledgement to the kill, at most."""


class Tally(msgspec.Struct, kw_only=True):
    """What was found over all kills.

    Attributes:
        kills: how many.
        acknowledged: takes and ratings that the killed processes had acknowledged.
        lost: those of them that were not there.
        doubled: ratings that counted twice when told again.
        damaged: kills after which SQLite found fault with its file.
    """

    kills: int = 0
    acknowledged: int = 0
    lost: int = 0
    doubled: int = 0
    damaged: int = 0


def child(path: Path, life: str) -> None:
    """Writes until it is killed; a line for whatever was acknowledged."""
    book = Book(path, [takes.forget_old])
    book.open()

    def write(thread: int) -> None:
        dice = random.Random(f"{life}/{thread}")
        for number in range(10**9):
            take = f"{life}-{thread}-{number}"
            takes.keep(book, [Take(id=take, method="compose.bass", recipe={"density": number}, mark=take)])
            print(f"take {take}\n", end="", flush=True)
            stars = dice.randint(1, 5)
            rewards.add(book, take, "stars", stars, reward_id=f"stars {take}")
            print(f"stars {take} {stars}\n", end="", flush=True)
            if number % 7 == 0:
                history.snapshot(book)
                models.keep_model(book, Model(version=1, upto=rewards.upto(book), state='{"weights": []}'))

    for thread in range(THREADS):
        threading.Thread(target=write, args=(thread,)).start()


def kill_once(path: Path, life: str, dice: random.Random, tally: Tally) -> None:
    """Lets a process write for a moment, kills it, looks."""
    command = [sys.executable, "-m", "tests.benchmarks.taste.kill_store", "child", str(path), life]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
        assert process.stdout is not None
        first = process.stdout.readline()
        time.sleep(dice.uniform(0, LONGEST_LIFE))
        process.kill()
        lines = (first + process.stdout.read()).split("\n")
    # The last line may be cut off: what was said by halves was said to nobody.
    said = [line.split() for line in lines[:-1] if line]
    tally.kills += 1
    tally.acknowledged += len(said)
    with closing(Book(path)) as book:
        look(book, said, tally)


def look(book: Book, said: list[list[str]], tally: Tally) -> None:
    """Looks for what was said, and whether the file is whole."""
    with book.asking() as connection:
        there = {str(row[0]) for row in connection.execute("SELECT id FROM takes")}
        told = dict(connection.execute("SELECT id, amount FROM rewards").fetchall())
        faults = connection.execute("PRAGMA integrity_check").fetchall() != [("ok",)]
        faults |= bool(connection.execute("PRAGMA foreign_key_check").fetchall())
    tally.damaged += faults
    for word, take, *stars in said:
        tally.lost += take not in there if word == "take" else told.get(f"stars {take}") != float(stars[0])
    for _, take, *stars in [each for each in said if each[0] == "stars"][-THREADS:]:
        tally.doubled += rewards.add(book, take, "stars", int(stars[0]), reward_id=f"stars {take}").new


def run(kills: int, seed: int = 1) -> Tally:
    """Kills so many times and returns what was found."""
    dice = random.Random(seed)
    tally = Tally()
    with tempfile.TemporaryDirectory(prefix="bandmate-kills-") as folder:
        for life in range(kills):
            kill_once(Path(folder) / "taste.sqlite", str(life), dice, tally)
    return tally


def main() -> None:
    """Prints what was found; exit code 1 when anything was lost, doubled or damaged."""
    if sys.argv[1:2] == ["child"]:
        child(Path(sys.argv[2]), sys.argv[3])
        return
    tally = run(int(sys.argv[1]) if len(sys.argv) > 1 else 200)
    for name in tally.__struct_fields__:
        print(f"{name:<14}{getattr(tally, name)}")
    sys.exit(bool(tally.lost or tally.doubled or tally.damaged))


if __name__ == "__main__":
    main()

"""What is kept to be quicker: the last things asked for, and never another answer."""

from concurrent.futures import ThreadPoolExecutor

from engine.compose.stream.kept import Kept
from tests.engine.compose.stream.asked import Song, forget


def test_the_things_asked_for_last_are_kept() -> None:
    kept: Kept[int] = Kept(2)
    made: list[str] = []

    def ask(name: str) -> int:
        def make() -> int:
            made.append(name)
            return len(made)

        return kept.get(name, make)

    assert [ask(name) for name in "abab"] == [1, 2, 1, 2]
    ask("c")  # "a" was asked for before "b"
    assert ask("b") == 2
    assert ask("a") == 4
    kept.clear()
    assert ask("a") == 5
    assert made == ["a", "b", "c", "a", "a"]


def test_threads_that_ask_at_once_are_told_the_same() -> None:
    songs = [Song(role, 6, 5, metres=[(4, 4)]) for role in ("bass", "melody", "drums", "chords")]
    alone = [[song.ask(number, 1)[0] for number in range(6)] for song in songs]
    forget()
    places = [(song, number) for number in reversed(range(6)) for song in songs] * 2
    with ThreadPoolExecutor(4) as threads:
        found = list(threads.map(lambda place: place[0].ask(place[1], 1)[0], places))
    for (song, number), bar in zip(places, found, strict=True):
        assert bar == alone[songs.index(song)][number]

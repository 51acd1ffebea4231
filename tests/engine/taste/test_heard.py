"""What takes sound like is worked out later, and lost with nothing but itself."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from engine.compose.bass.compose import BassRequest, compose_bass
from engine.compose.vary.vary import VaryRequest, vary
from engine.taste.described import takes_of
from engine.taste.heard import MOST, Heard
from engine.taste.store import takes
from engine.taste.store.book import Book
from engine.taste.traits import TRAITS, traits


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    with closing(Book(tmp_path / "taste.sqlite")) as found:
        yield found


def test_takes_are_heard_in_their_own_metre(book: Book) -> None:
    request = BassRequest(seed=3, bars=4, signature_numerator=3)
    answer = compose_bass(request)
    made = takes_of("compose.bass", request, answer, "", 1)
    takes.keep(book, made)
    heard = Heard()
    heard.add(request, answer)
    assert takes.find(book, answer.take).features == []
    assert heard.work_out(book) is False
    found = takes.find(book, answer.take).features
    assert found == traits(answer.notes, answer.length, 3.0).tolist()
    assert len(found) == len(TRAITS)
    takes.keep_features(book, {answer.take: [0.0]})
    assert takes.find(book, answer.take).features == found


def test_each_of_several_is_heard_and_the_oldest_of_too_many_is_not(book: Book) -> None:
    notes = compose_bass(BassRequest(seed=1, bars=1)).notes
    request = VaryRequest(notes=notes, length=4.0, count=2, seed=2)
    answer = vary(request)
    takes.keep(book, takes_of("compose.vary", request, answer, "", 1))
    heard = Heard()
    heard.add(request, answer)
    other = BassRequest(seed=1, bars=1)
    played = compose_bass(other)
    for _ in range(MOST - 1):
        heard.add(other, played)
    while heard.work_out(book):
        pass
    first, second = (takes.find(book, each.take).features for each in answer.variations)
    assert (first, len(second)) == ([], len(TRAITS))

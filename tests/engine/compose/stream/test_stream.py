"""A stream is the same however it is come to: in pieces, from anywhere, again."""

import itertools
import random
from typing import Any
from unittest import mock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.compose.arp.compose import ArpRequest, compose_arp
from engine.compose.bass.bar import play_bar as bass_bar
from engine.compose.bass.compose import BassRequest, compose_bass
from engine.compose.drums.compose import DrumsRequest, compose_drums
from engine.compose.melody.compose import MelodyRequest, compose_melody
from engine.compose.melody.singer import write_bar
from engine.compose.stream import bass, melody
from engine.compose.stream.compose import compose_stream
from engine.compose.stream.join import joined
from engine.compose.stream.request import LAST_BAR, ROLES, StreamRequest
from engine.notes import Note
from tests.engine.compose.stream.asked import CHANGES, Song, bars, forget, one, onsets, played

METRES = [[(4, 4)], [(3, 4)], [(5, 4)], [(6, 8)], [(7, 8)], [(4, 4), (7, 8), (3, 4)], [(12, 8), (1, 16), (2, 2)]]


@settings(max_examples=16, deadline=None)
@given(
    role=st.sampled_from(ROLES),
    seed=st.integers(0, 2**31 - 1),
    metres=st.sampled_from(METRES),
    cuts=st.lists(st.integers(1, 8), min_size=1, max_size=6),
    progression=st.sampled_from(["auto", "ii V I VI", "i"]),
)
def test_bars_hang_on_nothing_but_themselves(
    role: str, seed: int, metres: list[tuple[int, int]], cuts: list[int], progression: str
) -> None:
    song = Song(role, 7, seed, metres=metres, progression=progression)
    whole = [*song.ask(0, 4), *song.ask(4, 3)]
    forget()
    pieces, rounds = [], itertools.cycle(cuts)
    while len(pieces) < song.length:
        pieces += song.ask(len(pieces), min(next(rounds), song.length - len(pieces)))
    assert pieces == whole
    for bar in whole:
        _is_a_bar(bar.notes, bar.held, bar.beats)
        assert bar.rings == pytest.approx(max([0.0, *(note.end_time - bar.beats for note in bar.notes)]), abs=1e-6)
    _none_twice_at_once(joined(whole))


def _is_a_bar(notes: list[Note], held: list[Note], beats: float) -> None:
    assert [(note.start_time, note.pitch) for note in notes] == sorted((note.start_time, note.pitch) for note in notes)
    for note in notes:
        assert 0 <= note.start_time < beats
        assert 0 <= note.pitch <= 127
        assert 1 <= note.velocity <= 127
        assert note.duration > 0
    assert all(note.start_time == 0 and note.duration >= 0.25 for note in held)
    _none_twice_at_once(sorted([*held, *notes], key=lambda note: note.start_time))


def _none_twice_at_once(notes: list[Note]) -> None:
    ends: dict[int, float] = {}
    for note in notes:
        assert note.start_time >= ends.get(note.pitch, 0.0)
        ends[note.pitch] = note.end_time


@pytest.mark.parametrize("role", ROLES)
def test_a_thousand_jumps_find_the_bars_of_straight_play(role: str) -> None:
    song = Song(role, 24, 7, metres=[(4, 4), (7, 8)], points=0)
    straight = [bar for first in range(0, 24, 8) for bar in song.ask(first, 8)]
    forget()
    rng = random.Random(3)
    for _ in range(200):
        number = rng.randrange(24)
        assert song.ask(number, 1)[0] == straight[number]


@pytest.mark.parametrize("role", ROLES)
def test_other_bars_other_seeds_and_other_macros_are_other_music(role: str) -> None:
    here = one(role, 5, progression="i")
    assert here == one(role, 5, progression="i")
    assert onsets(here.notes) != onsets(one(role, 5, progression="i", seed=2).notes)
    assert onsets(here.notes) != onsets(one(role, 5, progression="i", macros={"density": 95, "energy": 80}).notes)
    row = bars(role, 0, 8, progression="i", macros={"variation": 60, "humanise": 50})
    assert len({str(onsets(bar.notes)) for bar in row}) == 8
    takes = [one(role, 5, seed=seed, macros={"swing": swing}).take for seed in (1, 2) for swing in (0, 10)]
    assert len({*takes, one(role, 6).take, one(role, 5, tempo=121).take}) == 6


CLIPS = {
    "bass": (compose_bass, BassRequest),
    "melody": (compose_melody, MelodyRequest),
    "arp": (compose_arp, ArpRequest),
    "drums": (compose_drums, DrumsRequest),
}


@pytest.mark.parametrize("role", CLIPS)
def test_while_no_macro_is_touched_the_first_phrase_is_that_of_a_clip(role: str) -> None:
    compose, request = CLIPS[role]
    for seed in range(4):
        shared = {"seed": seed, "tempo": 124, **({} if role == "drums" else {"progression": CHANGES})}
        clip = compose(request(**shared, humanise=0, bars=8))
        row = bars(role, 0, 4, **shared, macros={"humanise": 0})
        streamed = [(n.start_time, n.pitch, n.velocity) for n in joined(row)]
        assert streamed == [(n.start_time, n.pitch, n.velocity) for n in clip.notes if n.start_time < 16]


def test_a_bar_looks_back_no_farther_than_its_phrase() -> None:
    forget()
    with mock.patch.object(bass, "play_bar", wraps=bass_bar) as counted:
        one("bass", 90_003)
        # A phrase that leads here, then the bars of this one.
        assert counted.call_count <= 2 * bass.PHRASE
    one("melody", 3)
    forget()
    with mock.patch.object(melody, "write_bar", wraps=write_bar) as counted:
        one("melody", 90_003)
        # The theme of four bars, then those of the phrase.
        assert counted.call_count <= 2 * melody.PHRASE


def test_a_melody_goes_back_to_its_theme() -> None:
    still = {"macros": {"humanise": 0, "variation": 10}, "progression": "i VI III VII", "style": "pop"}
    near, far = [], []
    for seed in range(8):
        theme = bars("melody", 0, 4, seed=seed, **still)
        phrase = bars("melody", 64, 4, seed=seed, **still)
        other = bars("melody", 64, 4, seed=seed + 100, **still)
        near.append(_shared(theme, phrase))
        far.append(_shared(theme, other))
    assert sum(near) > 2 * sum(far)


def _shared(some: list[Any], others: list[Any]) -> float:
    pairs = [
        (
            {(round(n.start_time * 4), n.pitch % 12) for n in a.notes},
            {(round(n.start_time * 4), n.pitch % 12) for n in b.notes},
        )
        for a, b in zip(some, others, strict=True)
    ]
    return sum(len(a & b) / max(1, len(a | b)) for a, b in pairs)


@pytest.mark.parametrize("role", ROLES)
def test_the_last_bar_there_is_can_be_asked_for(role: str) -> None:
    bar = one(role, LAST_BAR)
    assert bar.notes
    _is_a_bar(bar.notes, bar.held, bar.beats)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("metre", [(3, 4), (5, 4), (6, 8), (7, 8), (15, 16)])
def test_bars_of_every_length_are_played_to_their_end(role: str, metre: tuple[int, int]) -> None:
    row = bars(role, 8, 4, signature_numerator=metre[0], signature_denominator=metre[1], macros={"density": 80})
    assert all(bar.beats == metre[0] * 4 / metre[1] for bar in row)
    assert all(bar.notes for bar in row)
    assert max(note.start_time for bar in row for note in bar.notes) >= row[0].beats / 2
    assert row[1].chords == [] or sum(chord.duration for chord in row[1].chords) == pytest.approx(row[0].beats)


def test_a_tempo_moves_hands_and_nothing_else() -> None:
    slow, fast = (one("arp", 3, tempo=tempo, style="trance", macros={"humanise": 60}) for tempo in (90, 140))
    assert [note.pitch for note in slow.notes] == [note.pitch for note in fast.notes]
    assert played(slow) != played(fast)
    still = [one("arp", 3, tempo=tempo, style="trance", macros={"humanise": 0}) for tempo in (90, 140)]
    assert played(still[0]) == played(still[1])


def test_drums_are_played_on_the_pads_there_are() -> None:
    bar = one("drums", 3, style="house", kit={"kick": 60, "clap": 61, "hat": 62})
    assert {note.pitch for note in bar.notes} <= {60, 61, 62}
    assert {60, 62} <= {note.pitch for note in bar.notes}


def test_a_seed_that_was_drawn_is_told() -> None:
    drawn = compose_stream(StreamRequest(role="bass", bars=2))
    again = compose_stream(StreamRequest(role="bass", bars=2, seed=drawn.seed))
    assert again == drawn
    assert drawn.notices


def test_a_bass_listens_to_the_kick() -> None:
    kick = [0.0, 0.75, 1.5, 4.0, 6.0, 7.5]
    heard = {0: [0.0, 0.75, 1.5], 1: [0.0, 2.0, 3.5]}
    near = {True: 0, False: 0}
    for seed in range(4):
        for listens in (True, False):
            more = {"kick": kick} if listens else {}
            row = bars("bass", 6, 4, seed=seed, style="hip_hop", macros={"humanise": 0}, **more)
            near[listens] += (
                sum(
                    min(abs(note.start_time - onset) for onset in heard[bar.bar % 2]) < 0.1
                    for bar in row
                    for note in bar.notes
                )
                * 100
                // sum(len(bar.notes) for bar in row)
            )
            assert row[2] == one("bass", 8, seed=seed, style="hip_hop", macros={"humanise": 0}, **more)
    assert near[True] > near[False] + 40
    assert one("bass", 6, kick=kick).take != one("bass", 6).take
    assert one("melody", 6, kick=kick) == one("melody", 6)

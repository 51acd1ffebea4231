"""Requests and answers of any generator, as takes."""

import msgspec

from engine.compose.bass.compose import BassRequest, compose_bass
from engine.compose.request import ChordsContext
from engine.compose.vary.vary import VaryRequest, vary
from engine.notes import Note
from engine.taste.described import base_of, takes_of
from engine.taste.edits import edit_of
from engine.taste.mark import mark_of

NOON = 1_795_262_400_000_000_000


def test_a_take_is_told_by_what_differs_from_the_usual() -> None:
    request = BassRequest(seed=7, style="acid", density=80.0, context=ChordsContext(track_name="Sub"))
    answer = compose_bass(request)
    (take,) = takes_of("compose.bass", request, answer, "Bandmate Bass", NOON)
    assert (take.id, take.method, take.role, take.seed, take.made) == (answer.take, "compose.bass", "bass", 7, NOON)
    assert take.recipe == {
        "style": "acid",
        "density": 80.0,
        "seed": 7,
        "context": {"track_name": "Sub", "scale_mode": False},
    }
    assert (take.resolved["density"], take.resolved["style"]) == (80.0, "acid")
    tonic, mode = answer.resolved.key.split(" ", 1)
    known = {"genre": "acid", "tempo": 120.0, "key": tonic, "mode": mode, "track": "Sub", "role": "bass"}
    assert take.context.items() >= known.items()
    assert 0 <= take.context["hour"] < 24
    assert (take.how, take.mark, base_of([take])) == ("", mark_of(answer.notes), "")


def test_a_seed_that_was_drawn_is_in_the_recipe() -> None:
    request = BassRequest()
    answer = compose_bass(request)
    (take,) = takes_of("compose.bass", request, answer, "", NOON)
    assert compose_bass(BassRequest(**take.recipe)).take == take.id


def test_several_to_choose_from_are_several_takes_of_the_same_notes() -> None:
    notes = compose_bass(BassRequest(seed=1)).notes
    request = VaryRequest(notes=notes, length=32.0, count=3, seed=2)
    answer = vary(request)
    made = takes_of("compose.vary", request, answer, "", NOON)
    assert [take.id for take in made] == [each.take for each in answer.variations]
    assert [take.recipe["number"] for take in made] == [1, 2, 3]
    assert {take.how for take in made} == {"varied"}
    assert made[0].recipe["notes"] == {"count": len(notes), "mark": mark_of(notes)}
    assert base_of(made) == mark_of(notes)
    assert base_of([]) == ""


def test_long_lists_are_told_by_their_count() -> None:
    notes = [Note(60, float(beat), 1.0) for beat in range(1000)]
    request = BassRequest(harmony_notes=notes, kick=[float(beat) for beat in range(200)], bars=1)
    (take,) = takes_of("compose.bass", request, compose_bass(request), "", NOON)
    assert take.recipe["harmony_notes"] == {"count": 1000, "mark": mark_of(notes)}
    assert take.recipe["kick"] == {"count": 200}
    assert len(msgspec.json.encode(take)) < 2000


def test_the_users_own_version_knows_what_it_was() -> None:
    request = BassRequest(seed=1, bars=1)
    answer = compose_bass(request)
    (take,) = takes_of("compose.bass", request, answer, "", NOON)
    edit = edit_of(take, answer.notes[1:])
    assert edit is not None
    assert (edit.parent, edit.how, edit.method, edit.role, edit.recipe) == (take.id, "edited", "edit", "bass", {})
    assert (edit.resolved, edit.mark) == (take.resolved, mark_of(answer.notes[1:]))
    assert edit_of(take, answer.notes) is None
    assert edit_of(take, []) is None

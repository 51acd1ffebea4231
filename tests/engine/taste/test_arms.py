"""What a press chooses between, and what sounds beside it."""

import msgspec
import pytest

from engine import typed
from engine.compose.arp.compose import compose_arp
from engine.compose.arp.request import ArpRequest
from engine.compose.bass.compose import compose_bass
from engine.compose.bass.request import BassRequest
from engine.compose.chords import ChordsRequest, compose_chords
from engine.compose.melody.request import MelodyRequest
from engine.compose.part.request import ChordAt
from engine.compose.recipe.apply import applied, with_recipe
from engine.compose.recipe.shelf import Recipe, recipes
from engine.compose.request import ChordsContext
from engine.errors import InvalidValue
from engine.notes import Note
from engine.taste.arms import arms_of, genre_of
from engine.taste.beside import beside
from engine.taste.music import recipe as numbers_of
from engine.taste.store.recipes import fields_of
from engine.taste.store.records import Take

MINE = Recipe(id="own.1", name="Mine", description="Yours.", genre="techno", request={"style": "acid", "density": 80})


def test_a_recipe_says_what_nobody_turned() -> None:
    asked = BassRequest(recipe="bass.techno_rumble", seed=3, bars=2, complexity=90.0)
    made = compose_bass(asked)
    told = recipes("bass")["bass.techno_rumble"].request
    assert (made.resolved.style, made.resolved.density) == (told["style"], told["density"])
    assert made.resolved.complexity == 90
    by_hand = typed.convert({**told, "complexity": 90.0}, BassRequest)
    plain = compose_bass(msgspec.structs.replace(by_hand, seed=3, bars=2))
    assert (plain.notes, plain.take) == (made.notes, made.take)
    assert with_recipe(by_hand, "bass") is by_hand


@pytest.mark.parametrize("wanted", ["bass.nothing", "drums.house_straight", "own.1", 3])
def test_a_recipe_that_is_not_there_is_refused(wanted: str) -> None:
    with pytest.raises(InvalidValue, match="recipe"):
        compose_bass(BassRequest(recipe=wanted))
    with pytest.raises(InvalidValue, match="recipe"):
        arms_of("bass", BassRequest(recipe=wanted))


def test_where_a_style_or_recipe_is_named_there_is_nothing_to_choose() -> None:
    assert len(arms_of("chords", ChordsRequest(progression="#3"))) == 1
    assert len(arms_of("chords", ChordsRequest(progression="i VI III VII"))) > 10
    (named,) = arms_of("bass", BassRequest(style="acid"), [MINE])
    assert (named.id, named.request.style) == ("", "acid")
    (mine,) = arms_of("bass", BassRequest(recipe="own.1", density=20.0), [MINE])
    assert (mine.name, mine.genre, mine.request.style, mine.request.density) == ("Mine", "techno", "acid", 20)
    assert mine.request.recipe == ""


def test_else_all_recipes_of_the_role_are_there_and_ones_own() -> None:
    broken = msgspec.structs.replace(MINE, id="own.2", request={"wobble": 3})
    request = BassRequest(tempo=174.0, context=ChordsContext(track_name="Liquid dnb"))
    arms = arms_of("bass", request, [MINE, broken])
    assert [arm.id for arm in arms] == ["", *recipes("bass"), "own.1"]
    assert arms[0].request is request
    assert arms[0].genre == genre_of(request) == "drum_and_bass"
    wide = {tuple(numbers_of("bass", arm.candidate().recipe)) for arm in arms}
    assert len(wide) > 10
    with pytest.raises(InvalidValue, match="keep it anew"):
        applied(request, broken)


def test_chords_and_lines_of_the_request_sound_beside_and_drums_rub_with_nothing() -> None:
    chords = [ChordAt(start=0, duration=4, symbol="C"), ChordAt(start=4, duration=4, pitch_classes=[9, 0, 4])]
    request = MelodyRequest(chords=chords, line=[Note(pitch=60, start_time=0, duration=1)])
    around = beside("melody", request, 16, None)
    assert around is not None
    # A minor sounds in bars two and four, and G sharp rubs with its A there.
    flat = [Note(pitch=68, start_time=start, duration=2.0) for start in (4.0, 12.0)]
    good = [Note(pitch=69, start_time=start, duration=2.0) for start in (4.0, 12.0)]
    assert around.fit(flat) < 0.3 < around.fit(good)
    assert beside("melody", MelodyRequest(), 16, []) is None
    assert beside("drums", request, 16, flat) is None


def test_what_of_a_take_makes_a_recipe() -> None:
    for role, request, compose in (
        ("chords", ChordsRequest(seed=4, key="D minor", tempo=91.0, density=70.0), compose_chords),
        ("arp", ArpRequest(seed=4, key="D minor", tempo=91.0, density=70.0), compose_arp),
    ):
        made = compose(request)  # type: ignore[operator]
        resolved = msgspec.to_builtins(made.resolved)
        take = Take(id="a", method=f"compose.{role}", role=role, recipe={"seed": 4, "density": 70.0}, resolved=resolved)
        fields = fields_of(take)
        assert fields["density"] == 70
        assert not {"key", "bars", "tempo", "seed", "camelot"} & set(fields)
        recipe = Recipe(id="own.x", name="x", description="Yours.", genre="", request=fields)
        again = compose(applied(type(request)(seed=4, key="D minor", tempo=91.0), recipe))  # type: ignore[operator]
        assert again.notes == made.notes
    for wrong in (Take(id="a", method="edit", role="bass"), Take(id="a", method="compose.vary", role="bass")):
        with pytest.raises(InvalidValue, match="take"):
            fields_of(wrong)

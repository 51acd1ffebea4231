"""The bass styles on the shelf fit their schema, are complete, and mean what the engine reads."""

import copy
from typing import Any

import jsonschema
import pytest

import presets
from engine.compose.bass.styles import bass_styles
from engine.compose.bass.tones import spelled

ORDER = [
    *("walking", "house", "techno", "deep_house", "funk", "hip_hop", "trap", "reggae", "acid"),
    *("root_fifth", "disco", "drum_and_bass", "trance"),
]


def check(document: Any) -> None:
    rules = presets.load("schema/bass.schema")
    jsonschema.Draft202012Validator.check_schema(rules)
    jsonschema.Draft202012Validator(rules).validate(document)


def bars(document: Any) -> list[Any]:
    cells = [cell for metre in ("simple", "compound") for cell in document[metre].values()]
    return [*document.get("patterns", []), *document.get("turns", []), *cells]


def test_the_shelf_holds_thirteen_styles_in_menu_order() -> None:
    assert presets.load("bass") == ORDER
    assert presets.names("bass") == tuple(sorted(ORDER))
    assert list(bass_styles()) == ORDER


@pytest.mark.parametrize("name", ORDER)
def test_a_style_fits_its_schema(name: str) -> None:
    document = presets.load(f"bass/{name}")
    check(document)
    assert document["id"] == name
    assert document["chords"] in presets.load("styles")
    assert document["tempo"][0] < document["tempo"][1]


@pytest.mark.parametrize(
    ("path", "value"),
    [(("kick",), "near"), (("patterns", 0, "hits", 0, 1), "9"), (("low",), 20), (("patterns", 0, "hits", 0, 2), 120)],
)
def test_the_schema_bites(path: tuple[Any, ...], value: Any) -> None:
    broken = copy.deepcopy(presets.load("bass/house"))
    inner = broken
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = value
    with pytest.raises(jsonschema.ValidationError):
        check(broken)


@pytest.mark.parametrize("name", ORDER)
def test_every_bar_is_written_in_order_and_keeps_a_core(name: str) -> None:
    document = presets.load(f"bass/{name}")
    for bar in bars(document):
        steps = [hit[0] for hit in bar["hits"]]
        assert steps == sorted(set(steps))
        silent = [ghost[0] for ghost in bar.get("ghosts", [])]
        assert silent == sorted(set(silent))
    for bar in [*document.get("patterns", []), *document.get("turns", [])]:
        assert any(hit[2] == 0 for hit in bar["hits"]), "no hit says what the pattern is"


@pytest.mark.parametrize("name", ORDER)
def test_tones_come_with_rising_complexity(name: str) -> None:
    for bar in bars(presets.load(f"bass/{name}")):
        for hit in bar["hits"]:
            least = [least for _, least in spelled(hit[1])]
            assert least == sorted(least)


def test_every_chord_style_has_a_bass() -> None:
    known = {name for style in bass_styles().values() for name in (style.id, *style.also)}
    assert set(presets.load("styles")) <= known


def test_no_two_styles_answer_to_one_name_or_say_the_same() -> None:
    names = [name for style in bass_styles().values() for name in (style.id, *style.also)]
    assert len(set(names)) == len(names)
    assert len({style.description for style in bass_styles().values()}) == len(ORDER)

"""The families of style that feel was learnt in fit their schema and the tables."""

import jsonschema

import presets
from engine.compose.feel.bank import shipped
from engine.compose.feel.request import families


def test_the_list_fits_its_schema() -> None:
    rules = presets.load("schema/feel_families.schema")
    jsonschema.Draft202012Validator.check_schema(rules)
    jsonschema.Draft202012Validator(rules).validate(presets.load("feel/families"))


def test_every_family_was_learnt_and_every_learnt_one_is_there() -> None:
    assert set(presets.load("feel/families")["families"]) == set(shipped().styles)


def test_every_style_leads_to_families() -> None:
    shelf = presets.load("feel/families")
    assert not set(shelf["families"]) & set(shelf["also"])
    for style in shelf["also"]:
        assert families(style)
        assert set(families(style)) <= set(shelf["families"])


def test_chords_styles_are_known_to_drummers_too() -> None:
    assert all(families(style) for style in presets.load("styles"))

"""What lies on the shelf fits its schema, is complete, and can be read by the engine."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

import presets
from engine.theory.keys import parse_key, usual_key
from engine.theory.progressions import progression_mode, read_progression

ORDER = ["house", "deep_house", "techno", "tech_house", "hip_hop", "lo_fi", "trap", "drum_and_bass", "jazz"]
ORDER += ["funk_soul", "pop", "modal", "ambient", "reggaeton"]
RHYTHMS = ["pads", "stabs", "offbeat", "charleston", "pulse", "comping", "push", "tresillo"]
VOICINGS = ["close", "drop2", "drop3", "spread", "shell", "rootless", "quartal", "stab"]
FOLDER = Path(presets.__file__).parent
PROGRESSIONS = [
    pytest.param(style, item, id=item["id"])
    for style in ORDER
    for item in json.loads((FOLDER / "styles" / f"{style}.json").read_text("utf-8"))["progressions"]
]


def style_of(name: str) -> Any:
    return presets.load(f"styles/{name}")


def check(schema: str, document: Any) -> None:
    rules = presets.load(f"schema/{schema}.schema")
    jsonschema.Draft202012Validator.check_schema(rules)
    jsonschema.Draft202012Validator(rules).validate(document)


def test_the_shelf_holds_the_fourteen_styles_in_menu_order() -> None:
    assert presets.load("styles") == ORDER
    assert presets.names("styles") == tuple(sorted(ORDER))
    check("styles", presets.load("styles"))


@pytest.mark.parametrize("name", ORDER)
def test_a_style_fits_its_schema(name: str) -> None:
    check("style", style_of(name))
    assert style_of(name)["id"] == name


def test_rhythms_and_voicings_fit_their_schemas() -> None:
    check("rhythms", presets.load("rhythms"))
    check("voicings", presets.load("voicings"))
    assert [item["id"] for item in presets.load("rhythms")] == RHYTHMS
    assert [item["id"] for item in presets.load("voicings")] == VOICINGS


def test_the_schema_bites() -> None:
    broken = json.loads(json.dumps(style_of("house")))
    broken["progressions"].pop()
    with pytest.raises(jsonschema.ValidationError):
        check("style", broken)
    broken = json.loads(json.dumps(style_of("house")))
    broken["progressions"][0]["weight"] = 0
    with pytest.raises(jsonschema.ValidationError):
        check("style", broken)


@pytest.mark.parametrize("name", ORDER)
def test_a_style_has_both_genders_and_a_readable_home(name: str) -> None:
    modes = [item["mode"] for item in style_of(name)["progressions"]]
    assert min(modes.count("major"), modes.count("minor")) >= 2
    assert parse_key(style_of(name)["home_key"]).name == style_of(name)["home_key"]


@pytest.mark.parametrize(("style", "item"), PROGRESSIONS)
def test_a_progression_reads_in_every_key_of_its_mode(style: str, item: dict[str, Any]) -> None:
    assert item["id"].startswith(f"{style}.")
    said = progression_mode(item["figures"])
    assert said in (item["mode"], None)
    sizes = {len(read_progression(item["figures"], usual_key(tonic, item["mode"]))) for tonic in range(12)}
    assert sizes == {len(item["figures"].split())}
    if "lengths" in item:
        assert len(item["lengths"]) == sizes.pop()
        assert sum(item["lengths"]) == int(sum(item["lengths"]))


def test_ids_and_descriptions_are_said_once() -> None:
    items = [item for name in ORDER for item in style_of(name)["progressions"]]
    assert len({item["id"] for item in items}) == len(items) == 14 * 12
    assert len({item["description"] for item in items}) == len(items)
    for name in ORDER:
        shown = [item["figures"] + str(item.get("lengths")) for item in style_of(name)["progressions"]]
        assert len(set(shown)) == 12, f"{name} shows the same progression twice"


def test_dominants_are_dominant_not_major_sevenths() -> None:
    for name in ORDER:
        for item in style_of(name)["progressions"]:
            for chord in read_progression(item["figures"], usual_key(0, item["mode"])):
                if chord.figure in ("V7", "V9") or chord.figure.startswith("V7/"):
                    assert {4, 10} <= set(chord.intervals)
                assert chord.figure != "Vmaj7"


def test_only_files_of_the_package_are_read() -> None:
    for name in ("../engine/errors.py", "/etc/passwd", "styles/../../x", "styles//house", "C:x", "a\\b", ""):
        with pytest.raises(ValueError, match="preset file"):
            presets.read_bytes(name)
    with pytest.raises(FileNotFoundError):
        presets.load("styles/polka")


def test_a_file_is_read_once() -> None:
    assert presets.load("rhythms") is presets.load("rhythms")


@pytest.mark.parametrize("style", presets.load("styles"))
def test_no_two_entries_of_a_menu_read_alike(style: str) -> None:
    figures = [item["figures"] for item in presets.load(f"styles/{style}")["progressions"]]
    assert len(set(figures)) == len(figures)


def test_the_song_forms_fit_their_schema_and_say_what_drums_do_where_they_play() -> None:
    forms = presets.load("forms")
    check("forms", forms)
    assert [form["id"] for form in forms] == ["club", "song", "beat", "roller", "drift", "sketch"]
    for form in forms:
        for section in form["sections"]:
            assert bool(section["drums"]) <= ("drums" in section["parts"]), (form["id"], section["name"])
            assert section["ending"] != "roll" or "snare" in section["drums"]
        assert len({section["name"] for section in form["sections"]}) == len(form["sections"])

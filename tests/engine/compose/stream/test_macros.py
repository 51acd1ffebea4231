"""What the macros do, measured: each has an effect that grows with it, in every role."""

from collections.abc import Callable

import pytest

from engine.compose.arp.request import ArpRequest
from engine.compose.bass.request import BassRequest
from engine.compose.drums.request import DrumsRequest
from engine.compose.drums.roles import BY_GM, CYMBALS
from engine.compose.melody.request import MelodyRequest
from engine.compose.request import ChordsRequest
from engine.compose.stream.macros import macro_map, settings_of
from engine.compose.stream.options import stream_options, styles_of
from engine.compose.stream.request import MACROS, ROLES, Macros, StreamBar
from engine.errors import InvalidValue
from engine.notes import Note
from engine.theory.symbols import read_symbol
from tests.engine.compose.stream.asked import bars

USUAL = {
    "bass": BassRequest(),
    "melody": MelodyRequest(),
    "arp": ArpRequest(),
    "drums": DrumsRequest(),
    "chords": ChordsRequest(),
}
SEEDS, COUNT = range(4), 4
STYLES = {"bass": "funk", "drums": "house", "arp": "house", "chords": "pop", "melody": "pop"}

Row = list[StreamBar]


def notes(rows: list[Row]) -> list[Note]:
    return [note for row in rows for bar in row for note in bar.notes]


def mean(values: list[float]) -> float:
    return sum(values) / len(values)


def count(rows: list[Row]) -> float:
    return float(len(notes(rows)))


def loud(rows: list[Row]) -> float:
    return mean([note.velocity for note in notes(rows)])


def high(rows: list[Row]) -> float:
    return mean([float(note.pitch) for note in notes(rows)])


def shine(rows: list[Row]) -> float:
    return sum(note.velocity for note in notes(rows) if BY_GM[note.pitch] in CYMBALS)


def off_grid(rows: list[Row]) -> float:
    return mean([abs(note.start_time * 4 - round(note.start_time * 4)) for note in notes(rows)])


def off_beat(rows: list[Row]) -> float:
    return mean([float(round(note.start_time * 4) % 4 != 0) for note in notes(rows)])


def colours(rows: list[Row]) -> float:
    """Pitch classes, or drums, of a bar."""
    return mean([float(len({note.pitch % 12 for note in bar.notes})) for row in rows for bar in row])


def foreign(rows: list[Row]) -> float:
    """Share of the notes that are no tones of the chord as it was written, mostly."""
    out = []
    for row in rows:
        for bar in row:
            for note in bar.notes:
                sounding = [chord for chord in bar.chords if chord.start <= note.start_time + 0.05] or bar.chords
                out.append(float(note.pitch % 12 not in read_symbol(sounding[-1].symbol).pcs))
    return mean(out)


def apart(rows: list[Row]) -> float:
    """How much the bars of a part differ."""
    return mean([difference(row[a], row[b]) for row in rows for a in range(len(row)) for b in range(a)])


def difference(one: StreamBar, other: StreamBar) -> float:
    first, second = ({(round(n.start_time * 4), n.pitch) for n in bar.notes} for bar in (one, other))
    return len(first ^ second) / max(1, len(first) + len(second))


def fills(rows: list[Row]) -> float:
    """How much the bars at the ends of phrases depart from those before."""
    return mean([difference(row[-1], row[-3]) for row in rows])


MEASURES: dict[str, dict[str, Callable[[list[Row]], float]]] = {
    "density": dict.fromkeys(ROLES, count),
    "complexity": {"bass": off_beat, "melody": off_beat, "arp": colours, "chords": colours, "drums": count},
    "tension": {"bass": foreign, "melody": foreign, "arp": colours, "chords": colours, "drums": fills},
    "energy": dict.fromkeys(ROLES, loud),
    "brightness": {**dict.fromkeys(ROLES, high), "drums": shine},
    "swing": dict.fromkeys(ROLES, off_grid),
    "humanise": dict.fromkeys(ROLES, off_grid),
    "variation": dict.fromkeys(ROLES, apart),
}


def rows(role: str, first: int = 4, **macros: float) -> list[Row]:
    # One chord for what bars have in common; changes for what leads from chord to chord.
    chords = "Cm" if "variation" in macros else "Cm | Fm | Bb | Eb"
    return [
        bars(role, first, COUNT, seed=seed, style=STYLES[role], progression=chords, macros=macros) for seed in SEEDS
    ]


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("macro", MEASURES)
def test_every_macro_grows_in_every_role(macro: str, role: str) -> None:
    measure = MEASURES[macro][role]
    usual = getattr(Macros(), macro)
    low, middle, top = (measure(rows(role, **{macro: stand})) for stand in (0.0, usual, 100.0))
    assert low < top
    slack = 0.02 * abs(top)
    assert low - slack <= middle <= top + slack


@pytest.mark.parametrize("role", ROLES)
def test_surprise_leads_farther_and_farther_from_what_was_to_come(role: str) -> None:
    still = rows(role, surprise=0.0)

    def far(surprise: float) -> float:
        found = rows(role, surprise=surprise)
        return mean([difference(a, b) for x, y in zip(still, found, strict=True) for a, b in zip(x, y, strict=True)])

    low, middle, top = far(0.0), far(50.0), far(100.0)
    assert low == 0.0
    assert 0.0 < middle < top


@pytest.mark.parametrize("role", ROLES)
def test_untouched_macros_are_the_usual_values_of_the_composers(role: str) -> None:
    found = macro_map(role)
    assert found.role == role
    for style in styles_of(role):
        settings = settings_of(role, style, Macros())
        for name, parameter in found.parameters.items():
            assert settings[name] == parameter.usual
    for name, parameter in found.parameters.items():
        own = getattr(USUAL[role], name, None)
        if own is not None:
            assert parameter.usual == own


@pytest.mark.parametrize("role", ROLES)
def test_parameters_stay_in_their_ranges(role: str) -> None:
    found = macro_map(role)
    for style in styles_of(role):
        for stand in (0.0, 100.0):
            settings = settings_of(role, style, Macros(**dict.fromkeys(MACROS, stand)))
            for name, parameter in found.parameters.items():
                assert parameter.low <= settings[name] <= parameter.high


def test_a_style_has_a_say_in_what_a_macro_means() -> None:
    walking, acid = (settings_of("bass", style, Macros(energy=100)) for style in ("walking", "acid"))
    assert walking["density"] == 50
    assert acid["density"] == 65
    assert acid["slide"] == 80


def test_the_menus_tell_styles_and_what_macros_do() -> None:
    for role in ROLES:
        options = stream_options(role)
        assert [style.id for style in options.styles] == list(styles_of(role))
        assert [macro.id for macro in options.macros] == list(MACROS)
        assert all(macro.words.endswith(".") and macro.parameters for macro in options.macros)
        assert {macro.id: macro.usual for macro in options.macros}["complexity"] == 35
    with pytest.raises(InvalidValue, match="role"):
        stream_options("tuba")

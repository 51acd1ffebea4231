"""The tables: whole, unchanged by hand, quick to load, never needing music21, recomputed entry by entry."""

import subprocess
import sys
import time
from pathlib import Path

import msgspec
import pytest

import engine.theory.verify as proof
from engine.errors import EngineError
from engine.theory import build_tables, oracle
from engine.theory import tables as served
from engine.theory.keys import MODES, Key, usual_key
from engine.theory.roman_reader import read_by_rule
from engine.theory.romans import read_roman
from engine.theory.tables import FILE, TableData, Tables, stamp, tables
from engine.theory.usual import shipped_figures, usual_figures

PATH = Path(served.__file__).with_name(FILE)
ENTRIES_A_MODE = 12


def test_the_file_is_compact_and_stamped():
    data = tables().data
    assert PATH.stat().st_size < 300_000
    assert data.sha256 == stamp(data)
    assert data.music21 == oracle.version(), "music21 changed: run python -m engine.theory.build_tables"


def test_it_loads_in_less_than_ten_milliseconds():
    def load():
        start = time.perf_counter()
        Tables(msgspec.json.decode(PATH.read_bytes(), type=TableData))
        return time.perf_counter() - start

    # The best of several: the machine's other work is not the table's.
    assert any(load() < 0.010 for _ in range(40))


def test_every_shipped_figure_is_in_the_tables_for_all_24_keys():
    missing = [
        f"{figure} in {mode}"
        for figure in shipped_figures()
        for mode in ("major", "minor")
        for tonic in range(12)
        if tables().chord(figure, figure, usual_key(tonic, mode)) is None
    ]
    assert missing == [], "run python -m engine.theory.build_tables"


def test_the_figures_are_the_ones_wanted_now():
    assert tuple(tables().data.figures) == usual_figures(), "run python -m engine.theory.build_tables"


def test_the_table_answers_and_the_rule_takes_over_where_it_cannot():
    assert tables().chord("V7/ii", "V7/ii", Key("D", "dorian")) is None
    assert tables().chord("V7/ii", "V7/ii", Key("C#", "major")) is None
    assert tables().chord("Vmaj7#5", "Vmaj7#5", Key("C", "major")) is None
    for figure, key in [("V7/ii", Key("D", "dorian")), ("V7/ii", Key("C#", "major")), ("Vmaj7#5", Key("C", "major"))]:
        assert read_roman(figure, key) == read_by_rule(figure, key)


def test_scales_are_music21s():
    for name, names in tables().data.scales.items():
        tonic, _, mode = name.partition(" ")
        assert Key(tonic, mode.replace(" ", "_")).scale_names == tuple(names)
    assert len(tables().data.scales) == ENTRIES_A_MODE * len(MODES)


def test_serving_never_imports_music21_nor_anything_heavy():
    program = (
        "import sys\n"
        "from engine.theory.keys import parse_key, estimate_key, key_from_live\n"
        "from engine.theory.progressions import read_progression\n"
        "import engine.theory.verify\n"
        "read_progression('i VI7 V7alt/ii | Dm7 Imaj7#5', parse_key('F# dorian'))\n"
        "estimate_key(range(12)); key_from_live(0, 'Kumoi')\n"
        "print([m for m in ('music21', 'numpy', 'sklearn', 'librosa', 'difflib') if m in sys.modules])\n"
    )
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60)
    assert ran.stdout.strip() == "[]"


def test_verify_recomputes_everything_and_finds_it_right():
    calls = []
    result = proof.verify_tables(lambda done, total, text: calls.append((done, total, text, time.monotonic())))
    assert result["mismatches"] == []
    assert result["mismatch_count"] == 0
    assert result["checked"] > 25_000
    assert result["music21"] == result["built_with"] == oracle.version()
    assert result["seconds"] > 0
    assert calls[0][2] == "loading music21"
    done = [call[0] for call in calls]
    assert done == sorted(done)
    assert calls[-1][0] == calls[-1][1] == len(build_tables.row_keys()) * len(tables().data.figures)
    # A person watching sees it move, and a cancel is heard soon.
    assert len(calls) > result["seconds"] * 2


@pytest.fixture
def one_key(monkeypatch):
    """A proof of one key only: quick enough to spoil in several ways."""
    for module in (build_tables, proof):
        monkeypatch.setattr(module, "row_keys", lambda: (Key("D", "minor"),))
    return tables().data


def spoiled(monkeypatch, data, **changes):
    monkeypatch.setattr(proof, "tables", lambda: Tables(msgspec.structs.replace(data, **changes)))
    return proof.verify_tables(lambda *_: None)


def test_verify_notices_a_wrong_chord(monkeypatch, one_key):
    row = one_key.chords["D minor"]
    place = one_key.figures.index("VI")
    other = one_key.figures.index("bII")
    wrong = row[: 3 * place] + row[3 * other : 3 * other + 3] + row[3 * place + 3 :]
    result = spoiled(monkeypatch, one_key, chords=one_key.chords | {"D minor": wrong})
    assert result["mismatch_count"] == 2
    assert "by hand" in result["mismatches"][0]
    assert result["mismatches"][1].startswith("VI in D minor: the table says")


def test_verify_notices_a_wrong_kind_scale_and_list(monkeypatch, one_key):
    kinds = [("m", "minor", (0, 3, 8)) if kind[0] == "m" else kind for kind in one_key.kinds]
    assert spoiled(monkeypatch, one_key, kinds=kinds)["mismatch_count"] > 10
    scales = one_key.scales | {"C major": ["C"] * 7}
    assert any("C major" in text for text in spoiled(monkeypatch, one_key, scales=scales)["mismatches"])
    figures = [*one_key.figures[:-1], "zzz"]
    assert any("other figures" in text for text in spoiled(monkeypatch, one_key, figures=figures)["mismatches"])


@pytest.mark.usefixtures("one_key")
def test_verify_notices_a_wrong_rule(monkeypatch):
    monkeypatch.setattr(proof, "read_by_rule", lambda figure, _key: read_by_rule(figure, Key("D", "major")))
    result = proof.verify_tables(lambda *_: None)
    assert result["mismatch_count"] > 50
    assert len(result["mismatches"]) == 50
    assert "the rule says" in result["mismatches"][0]


@pytest.mark.usefixtures("one_key")
def test_verify_stops_when_progress_raises():
    class EnoughError(Exception):
        pass

    def stop(done, _total, _text):
        if done:
            raise EnoughError

    with pytest.raises(EnoughError):
        proof.verify_tables(stop)


def test_verify_without_music21_says_how_to_get_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "music21", None)
    with pytest.raises(EngineError) as caught:
        proof.verify_tables(lambda *_: None)
    assert "bandmate[theory]" in caught.value.hint

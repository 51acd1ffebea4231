"""What the user tends to set right goes first where hearing is in two minds, with all that hangs on it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import pytest

from engine.hear import rehear
from engine.hear.leaned import leaned_key, leaned_rhythm, leaning_tempo, told_rhythm
from engine.hear.remembered import Memory
from engine.taste.corrections import Corrected, Habits, habits_of
from tests.engine.hear.close_calls import key, remembered, rhythm

HALVES = habits_of([Corrected("tempo", "172", "86")] * 6)
MINORS = habits_of([Corrected("key", "G major", "E minor")] * 6)
BOTH = Habits(HALVES.tempo, MINORS.key)
ASKED: dict[str, Any] = {"parts": ("rhythm", "key")}


def test_a_near_half_tempo_goes_first_and_beats_follow() -> None:
    heard = rhythm()
    moved = leaned_rhythm(heard, HALVES)
    assert (moved.tempo.bpm, moved.tempo.confidence) == (87.0, 0.45)
    assert [each.bpm for each in moved.tempo.candidates] == [87.0, 174.0]
    assert [each.confidence for each in moved.tempo.candidates] == [0.45, 0.5]
    assert moved.tempo.words == "87.00 BPM, as you corrected it 6 times at 160 to 200 BPM; 174.00 is as well possible."
    assert moved.beats == heard.beats[::2]
    assert set(moved.downbeats) <= set(moved.beats)
    assert leaning_tempo(heard, HALVES) == 87.0


def test_a_clear_tempo_and_an_unknown_habit_leave_it_to_the_last_bit() -> None:
    clear = rhythm(first=0.9, half=0.05)
    assert leaned_rhythm(clear, HALVES) is clear
    assert leaned_rhythm(rhythm(120.0), HALVES) == rhythm(120.0)
    plain = msgspec.to_builtins(rhythm())
    assert told_rhythm(plain, MINORS) is plain
    assert told_rhythm(msgspec.to_builtins(clear), HALVES) == msgspec.to_builtins(clear)


def test_a_near_relative_goes_first_with_its_sections() -> None:
    heard = msgspec.to_builtins(key())
    moved = leaned_key(heard, MINORS)
    assert (moved["key"], moved["camelot"], moved["mode"]) == ("A minor", "8A", "minor")
    assert moved["confidence"] == 0.4
    assert moved["second"]["key"] == "C major"
    assert moved["sections"] == [heard["sections"][0] | {"key": "A minor", "camelot": "8A", "notation": "Am"}]
    assert moved["scores"] == heard["scores"]
    assert moved["words"] == (
        "A minor (8A), as you corrected it 6 times where major was heard; C major is as well possible."
    )
    clear = msgspec.to_builtins(key(0.8, 0.1))
    assert leaned_key(clear, MINORS) is clear
    assert leaned_key(heard, HALVES) is heard


def test_the_memory_answers_by_habit_and_keeps_what_was_heard(tmp_path: Path) -> None:
    path, memory = remembered(tmp_path), Memory()
    before = memory.recall(path, **ASKED)
    assert before is not None
    assert (before["bpm"], before["key"]) == (174.0, "8B")
    for found in (memory.recall(path, BOTH, **ASKED), memory.hear(path, habits=BOTH, **ASKED)):
        assert found is not None
        assert (found["bpm"], found["key"], found["key_notation"]) == (87.0, "8A", "Am")
        assert (found["corrected"], found["heard"]) == (False, {})
    assert memory.recall(path, **ASKED) == before
    assert memory.first_heard(path)[1] == (174.0, "C major")


def test_the_users_word_about_a_file_goes_before_his_habits(tmp_path: Path) -> None:
    path, memory = remembered(tmp_path), Memory()
    memory.correct(path, bpm=174.0, key="C major")
    found = memory.recall(path, BOTH, **ASKED)
    assert found is not None
    assert (found["bpm"], found["key"], found["corrected"]) == (174.0, "8B", True)
    assert "set by you" in found["rhythm"]["tempo"]["words"]


def test_what_hangs_on_the_beats_is_heard_on_those_that_go_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, memory = remembered(tmp_path), Memory()
    asked: list[tuple[float | None, list[str]]] = []

    def missing(_path: Any, found: Any, correction: Any, *, parts: Any, **_: Any) -> dict[str, bytes]:
        asked.append((correction.bpm, sorted(found)))
        return {name: b"null" for name in (*parts, "") if name not in found}

    monkeypatch.setattr(rehear, "hear_missing", missing)
    parts = ("rhythm", "complexity")
    assert memory.recall(path, HALVES, parts=parts) is None, "complexity was never heard on these beats"
    memory.hear(path, habits=HALVES, parts=parts)
    assert [bpm for bpm, _ in asked] == [87.0]
    assert "rhythm" in asked[0][1]
    memory.hear(path, habits=HALVES, parts=parts)
    assert len(asked) == 1, "and remembered as heard on those"
    memory.hear(path, parts=parts)
    assert [bpm for bpm, _ in asked] == [87.0, None]

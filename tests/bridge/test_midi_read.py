"""Reading MIDI files: what they say is what is read; what is broken is refused in words."""

import io
import time
from pathlib import Path

import mido
import pretty_midi
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bridge.midi_events import MOST_BYTES
from bridge.midi_file import midi_bytes
from bridge.midi_read import read_midi, song_of
from bridge.midi_song import SignatureAt, Song, SongTrack, TempoAt
from bridge.midi_write import song_bytes, write_song
from engine.errors import EngineError, NoSuchFile, NotAFile, NotMidi
from engine.notes import Clip, Note
from engine.theory.keys import parse_key
from tests.bridge.midi_samples import END, GOOD, chunk, head, meta, number, off, on, track


def plain(notes: list[Note]) -> list[tuple[int, float, float, float]]:
    return [(note.pitch, note.start_time, note.duration, note.velocity) for note in notes]


def notes_of(*events: tuple[int, bytes]) -> list[tuple[int, float, float, float]]:
    song = song_of(head(1) + track(*events))
    return [note for each in song.tracks for note in plain(each.notes)]


def test_a_plain_file() -> None:
    song = song_of(GOOD)
    assert plain(song.tracks[0].notes) == [(60, 0.0, 1.0, 100.0), (64, 1.0, 0.5, 100.0)]
    assert song.tempos == [TempoAt(0.0, 120.0)]
    assert song.signatures == [SignatureAt(0.0, 4, 4)]
    assert (song.length, song.clip_length) == (1.5, 4.0)
    assert song.tracks[0].name == "Track 2"
    assert song.notices == []


def test_a_status_that_is_not_repeated_goes_on() -> None:
    running = (0, on(60)), (96, bytes([60, 0])), (0, bytes([64, 90])), (96, bytes([64, 0]))
    assert notes_of(*running) == [(60, 0.0, 1.0, 100.0), (64, 1.0, 1.0, 90.0)]


def test_where_a_note_begins_while_its_pitch_sounds_the_earlier_one_ends() -> None:
    song = song_of(head(1) + track((0, on(60)), (96, on(60, 50)), (96, off(60)), (96, off(60))))
    assert plain(song.tracks[0].notes) == [(60, 0.0, 1.0, 100.0), (60, 1.0, 1.0, 50.0)]
    assert song.notices == [
        "1 notes began while their pitch sounded: the earlier ones end there.",
        "1 ends of notes had no beginning and were left out.",
    ]


def test_a_note_that_never_ends_lasts_to_the_end_of_its_track() -> None:
    song = song_of(head(1) + track((0, on(60)), (192, meta(1, b"x")), end=number(96) + END[1:]))
    assert plain(song.tracks[0].notes) == [(60, 0.0, 3.0, 100.0)]
    assert song.notices == ["1 notes never ended: they last to the end of their track."]


def test_a_note_of_no_length_is_still_struck() -> None:
    assert notes_of((0, on(36)), (0, off(36))) == [(36, 0.0, 1 / 96, 100.0)]


def test_channels_are_tracks_of_their_own_and_the_tenth_is_drums() -> None:
    song = song_of(head(1, kind=0) + track((0, meta(3, b"Band")), (0, on(60)), (0, on(36, channel=9)), (96, off(60))))
    assert [(each.name, each.channel, each.drums) for each in song.tracks] == [
        ("Band (channel 1)", 1, False),
        ("Band (channel 10)", 10, True),
    ]


def test_programs_and_names() -> None:
    song = song_of(head(1) + track((0, meta(3, "Größe ♭".encode())), (0, b"\xc0\x21"), (0, on(40)), (9, off(40))))
    assert (song.tracks[0].name, song.tracks[0].program) == ("Größe ♭", 33)
    old = song_of(head(1) + track((0, meta(3, "Größe".encode("latin-1"))), (0, on(40)), (9, off(40))))
    assert old.tracks[0].name == "Größe"
    odd = song_of(head(1) + track((0, meta(3, b"a\x00b\n  c\x1b[0m")), (0, on(40)), (9, off(40))))
    assert odd.tracks[0].name == "a b c [0m"


def test_maps_of_tempo_and_signature_are_kept() -> None:
    beat = meta(0x51, (500_000).to_bytes(3, "big"))
    slow = meta(0x51, (600_000).to_bytes(3, "big"))
    conductor = track(
        (0, beat), (0, meta(0x58, b"\x07\x03\x18\x08")), (96 * 7, slow), (0, meta(0x58, b"\x03\x02\x18\x08"))
    )
    song = song_of(head(2) + conductor + track((0, on(60)), (96, off(60))))
    assert song.tempos == [TempoAt(0.0, 120.0), TempoAt(7.0, 100.0)]
    assert song.signatures == [SignatureAt(0.0, 7, 8), SignatureAt(7.0, 3, 4)]


def test_before_the_first_said_the_usual_holds() -> None:
    song = song_of(head(1) + track((96, meta(0x51, (600_000).to_bytes(3, "big"))), (0, on(60)), (96, off(60))))
    assert song.tempos == [TempoAt(0.0, 120.0), TempoAt(1.0, 100.0)]


def test_what_live_does_not_know_is_left_out_and_said() -> None:
    wrong = (0, meta(0x58, b"\x04\x05\x18\x08")), (0, meta(0x58, b"\x00\x02")), (0, meta(0x51, b"\0\0\0"))
    song = song_of(head(1) + track(*wrong, (0, meta(0x51, b"\1")), (0, on(60)), (96, off(60))))
    assert song.signatures == [SignatureAt(0.0, 4, 4)]
    assert song.notices == [
        "2 tempos were none and were left out.",
        "2 time signatures were none that Live knows and were left out.",
    ]


def test_a_tempo_beyond_lives_is_read_and_said() -> None:
    song = song_of(head(1) + track((0, meta(0x51, (50_000).to_bytes(3, "big"))), (0, on(60)), (96, off(60))))
    assert song.tempos == [TempoAt(0.0, 1200.0)]
    assert song.notices == ["A tempo of 1200 is none that Live has: it goes from 20 to 999."]


def test_chunks_nobody_knows_wrappers_and_padding_are_passed_over() -> None:
    wanted = song_of(GOOD).tracks
    first, rest = GOOD[:14], GOOD[14:]
    assert song_of(first + chunk(b"XFIH", b"stranger") + rest + b"\0\0\0").tracks == wanted
    wrapped = b"RIFF" + (len(GOOD) + 12).to_bytes(4, "little") + b"RMIDdata" + len(GOOD).to_bytes(4, "little") + GOOD
    assert song_of(wrapped).tracks == wanted
    longer = chunk(b"MThd", GOOD[8:14] + b"more") + rest
    assert song_of(longer).tracks == wanted


def test_a_file_without_notes_says_so() -> None:
    song = song_of(head(1) + track((0, meta(3, b"empty"))))
    assert song.tracks == []
    assert song.notices == ["There are no notes in this file."]


ENDLESS = head(1) + chunk(b"MTrk", b"\xff" * 1_500_000)
BROKEN = {
    "text": (b"this is no music at all", "not a MIDI file"),
    "riff audio": (b"RIFF\x24\0\0\0WAVEfmt ", "not a MIDI file"),
    "head alone": (GOOD[:8], "cut off"),
    "short head": (chunk(b"MThd", b"\0\1\0\1") + GOOD[14:], "cut off"),
    "head without tracks": (head(0), "no tracks"),
    "track missing": (head(3) + GOOD[14:], "cut off"),
    "cut in a track": (GOOD[:-9], "cut off"),
    "cut in a note": (head(1) + chunk(b"MTrk", b"\x00\x90\x3c"), "cut off"),
    "cut in a name": (head(1) + chunk(b"MTrk", b"\x00\xff\x03\x20abc"), "cut off"),
    "film frames": (head(1, 0xE728) + GOOD[14:], "frames of film"),
    "no ticks": (head(1, 0) + GOOD[14:], "no ticks"),
    "no status": (head(1) + chunk(b"MTrk", b"\x00\x3c\x40"), "no kind"),
    "value above 127": (head(1) + chunk(b"MTrk", b"\x00\x90\xbc\x40"), "above 127"),
    "cable event": (head(1) + chunk(b"MTrk", b"\x00\xf8"), "belongs on a cable"),
    "endless number": (ENDLESS, "does not end"),
    "endless length": (head(1) + chunk(b"MTrk", b"\x00\xff\x01\xff\xff\xff\x7f"), "cut off"),
    "too large": (GOOD + b"\0" * MOST_BYTES, "more than is read"),
    "too long": (head(1, 1) + track((0, on(60)), (0x0FFFFFFF, off(60))), "more than can be read"),
    "a thousand tracks": (head(1) + track() * 1001, "more than are read"),
}


@pytest.mark.parametrize(("data", "words"), BROKEN.values(), ids=BROKEN)
def test_what_is_broken_is_refused_in_words_and_at_once(data: bytes, words: str) -> None:
    started = time.process_time()
    with pytest.raises(NotMidi, match=words) as refused:
        song_of(data)
    assert refused.value.hint.endswith(".")
    assert time.process_time() - started < 0.5


def test_the_largest_file_is_read_in_a_moment() -> None:
    body = (number(1) + on(60) + number(1) + bytes([60, 0])) * ((MOST_BYTES - 100) // 7)
    started = time.process_time()
    song = song_of(head(1) + chunk(b"MTrk", body + END))
    assert len(song.tracks[0].notes) > 250_000
    assert time.process_time() - started < 12


def test_paths(tmp_path: Path) -> None:
    path = tmp_path / "a.mid"
    path.write_bytes(GOOD)
    (tmp_path / "link.mid").symlink_to(path)
    assert len(read_midi(tmp_path / "link.mid").tracks[0].notes) == 2
    with pytest.raises(NotAFile) as refused:
        read_midi(tmp_path)
    assert refused.value.hint == "Choose a standard MIDI file (.mid)."
    with pytest.raises(NoSuchFile):
        read_midi(tmp_path / "b.mid")
    path.write_bytes(b"")
    with pytest.raises(NotMidi, match="empty"):
        read_midi(path)


TICK = 1 / 960
GRID = st.integers(0, 960 * 16 - 1).map(lambda tick: tick * TICK)


@st.composite
def songs(draw: st.DrawFn) -> Song:
    length = 16.0
    tracks = []
    for number_ in range(draw(st.integers(1, 5))):
        drawn = draw(
            st.lists(
                st.tuples(st.integers(0, 127), GRID, st.integers(1, 4000), st.integers(1, 127)), min_size=1, max_size=25
            )
        )
        notes: list[Note] = []
        for pitch, start, ticks, velocity in sorted(drawn, key=lambda each: (each[1], each[0])):
            # A pitch that sounds already is left out: what a file does with it is another test.
            if all(other.pitch != pitch or other.end_time <= start for other in notes):
                notes.append(Note(pitch, start, min(ticks * TICK, length - start), float(velocity)))
        drums = draw(st.booleans())
        channel = 10 if drums else draw(st.integers(1, 9))
        program = draw(st.none() | st.integers(0, 127))
        tracks.append(SongTrack(f"Part {number_} ♭", notes, drums, channel, program))
    tempos = {0.0: draw(st.floats(20, 999))} | draw(st.dictionaries(GRID, st.floats(20, 999), max_size=4))
    shapes = st.tuples(st.integers(1, 99), st.sampled_from([1, 2, 4, 8, 16]))
    signatures = {0.0: draw(shapes)} | draw(st.dictionaries(GRID, shapes, max_size=3))
    return Song(
        length,
        [TempoAt(start, tempos[start]) for start in sorted(tempos)],
        [SignatureAt(start, *signatures[start]) for start in sorted(signatures)],
        tracks,
    )


@settings(max_examples=60, deadline=None)
@example(
    Song(
        16.0,
        [TempoAt(0.0, 999.0), TempoAt(4.0, 20.0)],
        [SignatureAt(0.0, 1, 1)],
        [SongTrack("A", [Note(0, 0.0, 1.0)], False, 1)],
    )
)
@given(songs())
def test_what_is_written_is_read_again(song: Song) -> None:
    read = song_of(song_bytes(song))
    assert read.length == song.length
    assert read.notices == []
    assert len(read.tracks) == len(song.tracks)
    for found, wanted in zip(read.tracks, song.tracks, strict=True):
        assert (found.name, found.drums, found.channel, found.program) == (
            wanted.name,
            wanted.drums,
            wanted.channel,
            wanted.program,
        )
        assert [(n.pitch, n.velocity) for n in found.notes] == [(n.pitch, n.velocity) for n in wanted.notes]
        for note, other in zip(found.notes, wanted.notes, strict=True):
            assert note.start_time == pytest.approx(other.start_time, abs=1e-9)
            assert note.duration == pytest.approx(other.duration, abs=1e-9)
    changes = [
        s
        for b, s in zip([None, *song.signatures], song.signatures, strict=False)
        if not b or (b.numerator, b.denominator) != (s.numerator, s.denominator)
    ]
    assert [(s.numerator, s.denominator) for s in read.signatures] == [(s.numerator, s.denominator) for s in changes]
    for step in song.tempos:
        held = [each.tempo for each in read.tempos if each.start <= step.start + 1e-9][-1]
        # A file counts whole microseconds of a beat.
        assert held == pytest.approx(step.tempo, abs=step.tempo**2 / 60e6 + 1e-3)


@settings(max_examples=40, deadline=None)
@given(songs())
def test_other_readers_read_the_same(song: Song) -> None:
    data = song_bytes(song)
    theirs = pretty_midi.PrettyMIDI(io.BytesIO(data), charset="utf-8")
    assert theirs.resolution == 960
    played = sorted(
        (n.pitch, n.velocity, round(theirs.time_to_tick(n.start))) for i in theirs.instruments for n in i.notes
    )
    ours = sorted(
        (n.pitch, round(n.velocity), round(n.start_time * 960)) for each in song_of(data).tracks for n in each.notes
    )
    assert played == ours
    assert len(mido.MidiFile(file=io.BytesIO(data), charset="utf-8").tracks) == len(song.tracks) + 1


def test_clips_written_by_the_command_line_are_read_too() -> None:
    clip = Clip(3.5, [Note(60, 0.0, 1.0, 90.0), Note(64, 1.5, 2.0, 1.0)], 7, 8)
    song = song_of(midi_bytes(clip, tempo=93.5, name="Akkorde", key=parse_key("D minor")))
    assert plain(song.tracks[0].notes) == plain(clip.notes)
    assert (song.length, song.clip_length, song.tempos[0].tempo) == (3.5, 3.5, 93.5)
    assert song.signatures == [SignatureAt(0.0, 7, 8)]
    assert song.tracks[0].name == "Akkorde"


@pytest.mark.parametrize(("key", "written"), [("C", "C"), ("Eb minor", "Ebm"), ("F# major", "F#"), ("D dorian", "Am")])
def test_the_key_signature_is_written(key: str, written: str) -> None:
    song = Song(4.0, [TempoAt(0.0, 120.0)], [SignatureAt(0.0, 4, 4)], [])
    file = mido.MidiFile(file=io.BytesIO(song_bytes(song, parse_key(key))))
    assert [event.key for event in file.tracks[0] if event.type == "key_signature"] == [written]


def test_a_file_is_never_half_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    song = song_of(GOOD)
    write_song(tmp_path / "a.mid", song)
    before = (tmp_path / "a.mid").read_bytes()
    with pytest.raises(FileExistsError):
        write_song(tmp_path / "a.mid", song)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    for name, replace in (("a.mid", True), ("b.mid", False)):
        with pytest.raises(OSError, match="No space"):
            write_song(tmp_path / name, song, replace=replace)
    assert (tmp_path / "a.mid").read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["a.mid"]


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_no_damage_is_anything_but_a_song_or_a_refusal(data: st.DataObject) -> None:
    broken = bytearray(GOOD)
    for _ in range(data.draw(st.integers(1, 6))):
        place = data.draw(st.integers(0, len(broken) - 1))
        how = data.draw(st.integers(0, 2))
        if how == 0:
            broken[place] = data.draw(st.integers(0, 255))
        elif how == 1:
            del broken[place : place + data.draw(st.integers(1, 5))]
        else:
            broken[place:place] = data.draw(st.binary(max_size=5))
        if not broken:
            break
    song, hint = None, ""
    try:
        song = song_of(bytes(broken))
    except EngineError as problem:
        hint = problem.hint
    assert song is not None or hint.endswith(".")
    assert song is None or all(note.duration > 0 for each in song.tracks for note in each.notes)

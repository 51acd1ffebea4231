import hashlib
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from m4l_devices.amxd import KINDS, Amxd, Encrypted, Frozen, amxdtype, frozen, read, unfrozen, write
from m4l_devices.document import Document
from m4l_devices.errors import AmxdError
from m4l_devices.frozen import MAIN_FLAG, ON_DISK_FLAG, Entry

from .samples import REAL_FILES

SMALL = Document(b'{"patcher":{}}\n\0')


def vector_frozen() -> bytes:
    entries = (
        Entry("T.amxd", "JSON", SMALL.raw, MAIN_FLAG),
        Entry("a.js", "TEXT", b"x=1;\n"),
        Entry("host.mjs", "TEXT", b"1\n", ON_DISK_FLAG),
    )
    return write(Amxd("mmmm", Frozen(entries), 7))


def test_frozen_vector():
    data = vector_frozen()
    assert len(data) == 371
    assert hashlib.sha256(data).hexdigest() == "183ed7854a0cbc343806d8a59effa3454661b77c94fbde5e44175efa7bf34e74"


def test_open_vector():
    data = write(Amxd("mmmm", SMALL, 1))
    assert len(data) == 48
    assert hashlib.sha256(data).hexdigest() == "96a438b401bd7bee4a4c8a023acaaba5ab5890ecaa73af9ce77bbd73a6b8ce9c"


def test_kind_numbers_are_those_seen_in_real_files():
    assert {kind: amxdtype(kind) for kind in KINDS} == {
        "aaaa": 1633771873,
        "mmmm": 1835887981,
        "iiii": 1768515945,
        "natt": 1851880564,
        "nagg": 1851877223,
    }


REAL = sorted(REAL_FILES.glob("*.amxd")) or [None]


@pytest.mark.parametrize("path", REAL, ids=lambda path: path.name if path else "none")
def test_real_files_come_back_byte_for_byte(path):
    if path is None:
        pytest.skip(f"no real .amxd files at {REAL_FILES}")
    data = path.read_bytes()
    assert write(read(data)) == data


def real(name: str) -> Amxd:
    path = REAL_FILES / f"maxdevtools-{name}.amxd"
    if not path.is_file():
        pytest.skip(f"{path} is not here")
    return read(path.read_bytes())


def test_real_frozen_files_are_listed():
    files = {entry.name: entry for entry in real("FrozenTest").files()}
    assert len(files) == 15
    assert {name for name, entry in files.items() if entry.flag == ON_DISK_FLAG} == {
        "my-maxnode-basic.js",
        "shakerkicksnare.aif",
    }
    assert files["fpic.png"].body.startswith(b"\x89PNG")


def test_real_encrypted_file_is_kept_and_stays_closed():
    device = real("EncryptedTest")
    assert isinstance(device.content, Encrypted)
    assert device.files() == ()
    with pytest.raises(AmxdError, match="encrypted"):
        device.patcher()


def test_real_file_with_garbage_is_read_up_to_it():
    device = real("WithGarbage")
    assert device.patcher()["openrect"][3] == 169.0
    assert len(device.document().trailing().strip(b"\r\n\0")) > 0


def test_max_ends_a_patch_with_line_feed_and_nul():
    assert real("Test").document().trailing() == b"\n\0"
    assert unfrozen("mmmm", {"boxes": []}).document().trailing() == b"\n\0"


# --- what is accepted comes back exactly -----------------------------------------------------------------------

names = st.from_regex(r"[A-Za-z0-9 _.\-\u00e4]{1,24}", fullmatch=True).filter(
    lambda n: n not in (".", "..") and not n.startswith("/")
)
types = st.sampled_from(["JSON", "TEXT", "svg ", "PNG ", "gDSP", "\0\0\0\0"])
json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.text(st.characters(exclude_categories=("Cs",)), max_size=12)
    | st.floats(allow_nan=False, allow_infinity=False),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text("abc xyz", max_size=6), inner, max_size=4),
    max_leaves=12,
)
patchers = st.dictionaries(st.text("abcdefg_", min_size=1, max_size=8), json_values, max_size=5)
entries = st.builds(Entry, names, types, st.binary(max_size=64), st.sampled_from([0, 8]), st.integers(0, 2**32 - 1))
open_devices = st.builds(unfrozen, st.sampled_from(sorted(KINDS)), patchers)
frozen_devices = st.builds(frozen, st.sampled_from(sorted(KINDS)), names, patchers, st.lists(entries, max_size=4))


@given(open_devices | frozen_devices)
def test_round_trip(device):
    data = write(device)
    again = read(data)
    assert again == device
    assert write(again) == data


@given(patchers)
def test_patch_survives(patcher):
    assert unfrozen("aaaa", patcher).patcher() == patcher


@given(st.data())
def test_a_changed_byte_is_refused_or_kept(data):
    """Whatever a damaged file is read as, it is written back as that damaged file: nothing is misread."""
    original = data.draw(st.sampled_from([vector_frozen(), write(Amxd("mmmm", SMALL, 1))]))
    at = data.draw(st.integers(0, len(original) - 1))
    changed = bytearray(original)
    changed[at] = data.draw(st.integers(0, 255))
    with suppress(AmxdError):
        assert write(read(bytes(changed))) == bytes(changed)


@given(st.binary(max_size=200))
def test_noise_is_refused_clearly(noise):
    with pytest.raises(AmxdError):
        read(noise)


@given(st.integers(0, 370))
def test_a_cut_file_is_refused(length):
    with pytest.raises(AmxdError):
        read(vector_frozen()[:length])


@given(st.binary(min_size=1, max_size=40))
def test_bytes_behind_the_file_are_refused(tail):
    with pytest.raises(AmxdError):
        read(vector_frozen() + tail)


# --- each number in a frozen file is checked --------------------------------------------------------------------

STRUCTURE = [
    ("magic", 32, b"mxXc"),
    ("header size", 36, b"\0\0\0\x11"),
    ("list offset high", 40, b"\0\0\0\1"),
    ("list offset low", 44, b"\0\0\0\x26"),
    ("list tag", 71, b"dlsx"),
    ("list size", 75, b"\0\0\1\x2b"),
    ("entry tag", 79, b"dirx"),
    ("entry size", 83, b"\0\0\0\x61"),
    ("field size", 91, b"\0\0\0\x0d"),
    ("type field", 87, b"typo"),
]


@pytest.mark.parametrize(("at", "wrong"), [row[1:] for row in STRUCTURE], ids=[row[0] for row in STRUCTURE])
def test_damaged_structure_is_refused(at, wrong):
    data = bytearray(vector_frozen())
    assert data[at : at + 4] != wrong
    data[at : at + 4] = wrong
    with pytest.raises(AmxdError):
        read(bytes(data))


def test_each_byte_of_the_list_matters():
    """In the file list only names, type letters, flags 0/8 and dates can change into another valid file."""
    good = read(vector_frozen())
    start = vector_frozen().index(b"dlst")
    accepted = 0
    for at in range(start, len(vector_frozen())):
        data = bytearray(vector_frozen())
        data[at] ^= 0x80
        try:
            changed = read(bytes(data))
        except AmxdError:
            continue
        accepted += 1
        assert changed != good
        assert [e.body for e in changed.content.entries] == [e.body for e in good.content.entries]
    assert accepted == 3 * 4, "only the three dates may be read with their bits flipped"


# --- errors say what, where and what to do ------------------------------------------------------------------------


def chunk(tag: bytes, payload: bytes) -> bytes:
    return tag + len(payload).to_bytes(4, "little") + payload


HEAD = chunk(b"ampf", b"mmmm") + chunk(b"meta", b"\1\0\0\0")
BROKEN = {
    "empty": (b"", "does not start with `ampf`"),
    "other file": (b"\x1f\x8b\x08\0\0\0", "not an .amxd file"),
    "unknown kind": (chunk(b"ampf", b"zzzz") + chunk(b"ptch", SMALL.raw), "unknown kind"),
    "length back to front": (HEAD + b"ptch" + (16).to_bytes(4, "big") + SMALL.raw, "back to front"),
    "no patch": (HEAD, "not ampf meta ptch"),
    "patch twice": (HEAD + chunk(b"ptch", SMALL.raw) * 2, "not ampf meta ptch"),
    "odd meta": (chunk(b"ampf", b"mmmm") + chunk(b"meta", b"\2\0\0\0") + chunk(b"ptch", SMALL.raw), "meta"),
    "byte order mark": (HEAD + chunk(b"ptch", b'\xef\xbb\xbf{"patcher":{}}'), "mx@c"),
    "no json": (HEAD + chunk(b"ptch", b'{"patcher":'), "broken JSON"),
    "other root": (HEAD + chunk(b"ptch", b'{"patch":{}}'), "another root"),
    "two roots": (HEAD + chunk(b"ptch", b'{"patcher":{},"x":1}'), "another root"),
    "twin key": (HEAD + chunk(b"ptch", b'{"patcher":{"a":1,"a":2}}'), "given twice"),
    "not a number": (HEAD + chunk(b"ptch", b'{"patcher":{"a":NaN}}'), "no JSON number"),
    "not utf-8": (HEAD + chunk(b"ptch", b'{"patcher":{"a":"\xff"}}'), "not UTF-8"),
    "deep": (HEAD + chunk(b"ptch", b'{"patcher":{"a":' + b"[" * 100_000), "nested too deeply"),
    "list behind open json": (HEAD + chunk(b"ptch", SMALL.raw + b"dlst\0\0\0\x08"), "frozen files follows"),
}


@pytest.mark.parametrize(("data", "words"), BROKEN.values(), ids=BROKEN)
def test_broken_files_say_why(data, words):
    with pytest.raises(AmxdError) as caught:
        read(data)
    assert words in str(caught.value)
    assert caught.value.where
    assert caught.value.hint


MAIN = Entry("T.amxd", "JSON", SMALL.raw, MAIN_FLAG)
UNWRITABLE = {
    "no file": (),
    "main not first": (Entry("a.js", "TEXT", b""), MAIN),
    "two mains": (MAIN, Entry("b", "JSON", SMALL.raw, MAIN_FLAG)),
    "path": (MAIN, Entry("../a.js", "TEXT", b"")),
    "absolute": (MAIN, Entry("/a.js", "TEXT", b"")),
    "backslash": (MAIN, Entry("a\\b", "TEXT", b"")),
    "nul in name": (MAIN, Entry("a\0b", "TEXT", b"")),
    "empty name": (MAIN, Entry("", "TEXT", b"")),
    "type of three": (MAIN, Entry("a", "TXT", b"")),
    "type of controls": (MAIN, Entry("a", "\1\2\3\4", b"")),
    "flag": (MAIN, Entry("a", "TEXT", b"", 3)),
}


@pytest.mark.parametrize("content", UNWRITABLE.values(), ids=UNWRITABLE)
def test_what_max_could_not_read_is_not_written(content):
    with pytest.raises(AmxdError):
        write(Amxd("mmmm", Frozen(content), 7))


def test_unknown_kind_is_not_written():
    with pytest.raises(AmxdError, match="unknown kind"):
        write(Amxd("zzzz", SMALL, 1))

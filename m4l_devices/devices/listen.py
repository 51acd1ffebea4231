"""Bandmate Listen: an audio effect that hears a clip or what passes, shows it, and hands it to the Set.

Left: what to hear and the action, then what the ear may set right. Middle: what one press makes of it. Right: the
running spectrum and, under it, what was heard.

Sound goes from plugin~ straight to plugout~: nothing stands between, so nothing is changed or delayed. Beside it run
two recordings. The tape is one buffer~ that two record~ objects write one length apart (js/devices/listen/tape.js says
why); the scope is a short loop the spectrum looks at.
"""

from collections.abc import Mapping

from m4l_devices.amxd import Amxd, unfrozen
from m4l_devices.boxes import message, note, obj, picture
from m4l_devices.devices.frame import Layout, frame, hear_hub
from m4l_devices.devices.wiring import wire_audio_through
from m4l_devices.patcher import Patcher, Placed, Rect

KIND = "aaaa"
SCRIPT = "listen.js"
PANEL = "heardpanel.js"
SPECTRUM = "spectrumview.js"

_PLACES = {
    "Range": Rect(6, 18, 80, 15),
    "Listen": Rect(6, 39, 80, 20),
    "Half Tempo": Rect(6, 80, 38, 15),
    "Double Tempo": Rect(48, 80, 38, 15),
    "Relative Key": Rect(6, 99, 38, 15),
    "Parallel Key": Rect(48, 99, 38, 15),
    "As Heard": Rect(6, 118, 80, 15),
    "Undo": Rect(6, 147, 38, 15),
    "Restore": Rect(48, 147, 38, 15),
    "Set Tempo": Rect(92, 18, 38, 15),
    "Set Scale": Rect(134, 18, 38, 15),
    "Name Clip": Rect(92, 49, 38, 15),
    "Colour Clip": Rect(134, 49, 38, 15),
    "Mark": Rect(92, 80, 80, 15),
    "Set Locators": Rect(92, 97, 80, 15),
    "Sensitivity": Rect(92, 114, 44, 48),
}
_SPECTRUM_PLACE = Rect(178, 6, 236, 42)
_PANEL_PLACE = Rect(178, 50, 236, 113)
_LABELS = (
    ("Hear", Rect(6, 6, 80, 12), False),
    ("I hear instead", Rect(6, 68, 80, 12), False),
    ("To the Set", Rect(92, 6, 80, 12), False),
    ("To the clip", Rect(92, 37, 80, 12), False),
    ("Mark in the song", Rect(92, 68, 80, 12), False),
)
_LAYOUT = Layout(_PLACES, _LABELS, main="Listen")
_FRAME_MS = 16
_SCOPE_MS = 250
_MEASURE_MS = 50
# In samples: a peak is followed within 1 ms and let go within 20; what it is held against lags by 100 (at 44.1 kHz).
_FAST, _SLOW = "44 882", "4410 4410"
# The noise of a quiet input, as power, is held against this and makes no onset.
_QUIET = "0.000001"
# An onset is 3 dB above what was there; the next one counts once that has nearly levelled out.
_ONSET = "1.2 2."


def build_listen(bundles: Mapping[str, str]) -> Amxd:
    """Build the device.

    Args:
        bundles: File name in js/dist -> its text; needs `SCRIPT`, `PANEL` and `SPECTRUM`.

    Raises:
        KeyError: A bundle is missing, or a control of the table has no place on the device.
        PatchError: A bundle does not declare its ports.
    """
    begun = frame(KIND, "listen", _LAYOUT, bundles[SCRIPT])
    patch, brain = begun.patch, begun.brain
    hear_hub(patch, brain)
    _wire_pictures(patch, bundles, brain)
    _wire_answers(patch, begun.controls, brain)
    _wire_sound(patch, bundles, brain)
    return unfrozen(KIND, patch.to_json())


def _wire_pictures(patch: Patcher, bundles: Mapping[str, str], brain: Placed) -> None:
    patch.add(note("What was heard, and how things stand."), (20, 440))
    info = "What was heard last: key on its wheel, tempo, loudness, energy bar by bar, and how sure it is."
    panel = patch.add(picture(bundles[PANEL], _PANEL_PLACE, "Heard", info), (20, 464))
    patch.connect(brain, 0, panel)


def _wire_answers(patch: Patcher, controls: Mapping[str, Placed], brain: Placed) -> None:
    patch.add(note("Listen or Cancel."), (300, 440))
    answers = patch.add(obj("route busy"), (300, 464))
    patch.connect(brain, 1, answers)
    patch.connect(answers, 0, controls["Listen"])


def _wire_sound(patch: Patcher, bundles: Mapping[str, str], brain: Placed) -> None:
    patch.add(note("The sound passes as it is. Beside it: the tape (two laps of the same), and the scope."), (640, 440))
    source = wire_audio_through(patch, (640, 464))
    orders = patch.add(obj("route buffer laps region view scope frames where measure"), (640, 820))
    patch.connect(brain, 2, orders)
    tape = patch.add(obj("buffer~ ---bandmate.tape 100 2"), (860, 900))
    laps = [patch.add(obj("record~ ---bandmate.tape 2 @loop 1 @append 1"), (860 + 300 * lap, 560)) for lap in range(2)]
    scope = patch.add(obj(f"buffer~ ---bandmate.scope {_SCOPE_MS} 2"), (1460, 900))
    short = patch.add(obj("record~ ---bandmate.scope 2 @loop 1"), (1460, 560))
    for recorder in (*laps, short):
        for channel in range(2):
            patch.connect(source, channel, recorder, channel)
    patch.connect(orders, 0, tape)
    for recorder in laps:
        patch.connect(orders, 1, recorder)
    _wire_regions(patch, orders, laps)
    patch.connect(orders, 3, scope)
    patch.connect(orders, 4, short)
    ask = patch.add(obj("t b"), (1160, 860))
    patch.connect(orders, 6, ask)
    _wire_position(patch, ask, laps[0], brain, (1160, 900))
    _wire_spectrum(patch, bundles, orders, short, brain)
    _wire_meter(patch, orders, source, brain)
    done = patch.add(message("written"), (860, 940))
    patch.connect(tape, 1, done)
    patch.connect(done, 0, brain)


def _wire_regions(patch: Patcher, orders: Placed, laps: list[Placed]) -> None:
    """Where the first lap ends and the second begins, in ms; they begin and end with the buffer otherwise."""
    ends = patch.add(obj("unpack f f"), (860, 860))
    patch.connect(orders, 2, ends)
    patch.connect(ends, 0, laps[0], 3)
    patch.connect(ends, 1, laps[1], 2)


def _wire_position(patch: Patcher, when: Placed, recorder: Placed, hears: Placed, at: tuple[int, int]) -> None:
    """Where a recorder writes, 0 to 1, is told at each bang."""
    place = patch.add(obj("snapshot~"), at)
    said = patch.add(obj("prepend position"), (at[0], at[1] + 40))
    patch.connect(when, 0, place)
    patch.connect(recorder, 0, place)
    patch.connect(place, 0, said)
    patch.connect(said, 0, hears)


def _wire_spectrum(patch: Patcher, bundles: Mapping[str, str], orders: Placed, recorder: Placed, brain: Placed) -> None:
    """Sixty times a second the picture is told where the scope is written; it draws what it finds there."""
    info = "What passes now, from 30 Hz to 18 kHz, and its pitch where a single voice sounds."
    view = patch.add(picture(bundles[SPECTRUM], _SPECTRUM_PLACE, "Spectrum", info, "spectrum"), (1460, 1020))
    beat = patch.add(obj(f"qmetro {_FRAME_MS}"), (1460, 860))
    patch.connect(orders, 5, beat)
    _wire_position(patch, beat, recorder, view, (1460, 940))
    patch.connect(brain, 3, view)


def _wire_meter(patch: Patcher, orders: Placed, source: Placed, brain: Placed) -> None:
    """The power of both sides, told twenty times a second, and each onset in it."""
    fast = patch.add(obj(f"slide~ {_FAST}"), (1760, 620))
    for channel in range(2):
        power = patch.add(obj("*~"), (1760 + 120 * channel, 560))
        for side in range(2):
            patch.connect(source, channel, power, side)
        patch.connect(power, 0, fast)
    _wire_level(patch, orders, fast, brain)
    slow = patch.add(obj(f"slide~ {_SLOW}"), (1880, 680))
    floor = patch.add(obj(f"+~ {_QUIET}"), (1880, 740))
    rise = patch.add(obj("/~"), (1760, 800))
    onset = patch.add(obj(f"thresh~ {_ONSET}"), (1760, 860))
    begins = patch.add(obj("edge~"), (1760, 920))
    said = patch.add(message("onset"), (1760, 980))
    patch.connect(fast, 0, slow)
    patch.connect(slow, 0, floor)
    patch.connect(fast, 0, rise)
    patch.connect(floor, 0, rise, 1)
    patch.connect(rise, 0, onset)
    patch.connect(onset, 0, begins)
    patch.connect(begins, 0, said)
    patch.connect(said, 0, brain)


def _wire_level(patch: Patcher, orders: Placed, power: Placed, brain: Placed) -> None:
    beat = patch.add(obj(f"metro {_MEASURE_MS}"), (2000, 860))
    level = patch.add(obj("snapshot~"), (2000, 920))
    said = patch.add(obj("prepend level"), (2000, 980))
    patch.connect(orders, 7, beat)
    patch.connect(beat, 0, level)
    patch.connect(power, 0, level)
    patch.connect(level, 0, said)
    patch.connect(said, 0, brain)

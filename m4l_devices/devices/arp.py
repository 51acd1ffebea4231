"""Bandmate Arp: a MIDI effect that writes arpeggios into clips, and plays them over the keys that are held."""

from collections.abc import Mapping

from m4l_devices.amxd import Amxd
from m4l_devices.boxes import note, obj
from m4l_devices.devices.arp_player import live_player
from m4l_devices.devices.frame import Frame, hear_board
from m4l_devices.devices.part import PICTURE, MoreMenus, build_part, dial
from m4l_devices.patcher import Placed, Rect

SCRIPT = "arp.js"
BUNDLES = (SCRIPT, PICTURE)

_PLACES = {
    "Figure": Rect(92, 18, 92, 15),
    "Rhythm": Rect(92, 35, 92, 15),
    "Rate": Rect(188, 18, 44, 15),
    "Gate": Rect(188, 35, 44, 15),
    "Density": dial(0, 1),
    "Complexity": dial(1, 1),
    "Variation": dial(2, 1),
    "Swing": Rect(92, 126, 44, 15),
    "Swing Grid": Rect(92, 143, 44, 15),
    "Humanise": Rect(140, 126, 44, 15),
    "Octaves": Rect(140, 143, 44, 15),
    "Ratchets": Rect(188, 126, 44, 15),
}
_LABELS = (
    ("Figure, rhythm", Rect(92, 6, 92, 12), False),
    ("Rate, gate", Rect(188, 6, 50, 12), False),
    ("Swing", Rect(92, 114, 44, 12), True),
    ("Human", Rect(140, 114, 44, 12), True),
    ("Ratchet", Rect(188, 114, 44, 12), True),
)
_LIVE = MoreMenus("Harmony", (("Live", "Hold"),))
_TABLES = 3
"""Outlet of the script that fills the player's tables."""


def build_arp(bundles: Mapping[str, str]) -> Amxd:
    """Build the device.

    Args:
        bundles: File name in js/dist -> its text; needs `BUNDLES`.

    Raises:
        KeyError: A bundle is missing, or a control of the table has no place on the device.
        PatchError: A bundle does not declare its ports.
    """
    return build_part("arp", _PLACES, _LABELS, bundles, _LIVE, through=_play_live)


def _play_live(begun: Frame, at: tuple[int, int]) -> Placed:
    """Let the track's MIDI through, or play over the keys that are held."""
    patch = begun.patch
    patch.add(note("Live: what is held is played by Max itself; the script fills its tables ahead of time."), at)
    source = patch.add(obj("midiin"), (at[0], at[1] + 24))
    player = patch.add(live_player(), (at[0], at[1] + 70))
    sink = patch.add(obj("midiout"), (at[0], at[1] + 120))
    patch.connect(source, 0, player)
    patch.connect(begun.brain, _TABLES, player, 1)
    for inlet, long in enumerate(("Live", "Hold"), start=2):
        patch.connect(begun.controls[long], 0, player, inlet)
    patch.connect(player, 0, sink)
    # What plays by itself follows Macros at once; what is written does so at the next press.
    hear_board(patch, begun.brain)
    return sink

"""What plays an arpeggio live: Max's own objects, in Max's own time.

The script runs on the thread that draws, so it only fills tables, ahead of time; engine/compose/arp/live.py says what
is in them. Everything a note waits for is done here: which keys are held, which step the song has come to, which notes
that step takes. Wherever one thing has to come before another, a trigger says so.
"""

from m4l_devices.devices import arp_keys, arp_steps
from m4l_devices.patcher import Box
from m4l_devices.subpatch import Subpatch
from m4l_devices.wired import wire


def live_player() -> Box:
    """Give the box that plays.

    Its inlets: the track's MIDI as bytes; the words of the script; Live, 1 or 0; Hold, 1 or 0. Its outlet: MIDI as
    bytes, the track's own among them as long as Live is off.

    The script's words: ``step <place> <1 if it moves, 0> (<delay> <duration> <velocity>)...`` with times in ticks and a
    velocity far below 0 for silence; ``tones <1024 x tones at hand + place> <accent> <tone>...``; ``size <tones at
    hand> <length of the round>``; ``form <ticks of a step / 10> <steps> <ticks of a step>``; ``octaves <1 to 4>``;
    ``order <1 by height, 2 as struck>``; ``refresh`` when all is told; ``stop`` for silence.
    """
    patch = Subpatch("live")
    ports = {
        "midi": patch.inlet("MIDI bytes"),
        "words": patch.inlet("words of the script"),
        "live": patch.inlet("Live"),
        "hold": patch.inlet("Hold"),
        "out": patch.outlet("MIDI bytes", 860),
    }
    wire(patch, ports, arp_keys.COLUMNS | arp_steps.COLUMNS, arp_keys.CORDS + arp_steps.CORDS)
    return patch.box()

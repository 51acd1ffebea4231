"""What plays a Jam: Max's own objects, in Max's own time.

The script runs on the thread that draws, so it only fills two tables, ahead of time: what begins and ends in each
hundredth part and less of a beat of the song, and what sounds on where one comes in from elsewhere. Everything a note
waits for is done here: where the song is, whether it has come there by itself or has jumped, what ends when it stops.
Where the macros stand is looked at here too, on every half beat or halfway between, so that the same automation is read
at the same places each time however late the script hears of it. Wherever one thing has to come before another, a
trigger says so.
"""

from m4l_devices.patcher import Box
from m4l_devices.subpatch import Subpatch
from m4l_devices.wired import wire

SLOT = 10
"""Ticks of a row of the tables; a beat has 480 ticks."""
LANES = 9
_NOWHERE = -100000
"""A row that no song comes to: whatever comes next is a jump."""
_PATIENCE = 8
"""Rows that may be missed on a busy computer and are still played, late; more is a jump of the song."""
_SIXTEENTH, _HALF = 12, 24
"""Rows of a sixteenth, where one comes in after a jump, and of half a beat, where the macros are looked at."""

_SETTLES = 10
"""Milliseconds after a half beat at which the macros are looked at."""

_MACROS = range(1, LANES + 1)

COLUMNS = {
    "Whether it plays": {
        "device": "live.thisdevice",
        "device_on": "t i b",
        "leaving": "freebang",
        "quiet": "t b b",
        "reset": f"t {_NOWHERE} {_NOWHERE}",
        "reset_set": "prepend set",
        "hush": "t b stop clear",
        "hushed_at": "i",
        "hushed": "prepend hushed",
    },
    "The song": {
        "clock": f"metro @interval {SLOT} ticks @quantize {SLOT} ticks @active 1",
        "look": "t b b",
        "song": "transport",
        "place": "f",
        "placed": "t f f",
        "slack": "+ 2.",
        "whole": "i",
        "place_told": "t i i",
        "beside": f"% {SLOT}",
        "astray": "> 5",
        "realign": "sel 1",
        "realign_soon": "pipe 1 3",
        "tenth": f"/ {SLOT}",
        "passing": "change -1",
        "row_told": "t i i i i",
        "here": "i",
        "apart": f"- {_NOWHERE}",
        "next": "+ 1",
    },
    "Rows that are due": {
        "flows": f"split 0 {_PATIENCE}",
        "count": "+ 1",
        "each_row": "uzi 1",
        "from": "+ 0",
        "jumped": "t b b b",
        "lost": "t 1 0",
        "row": "t i i i i i",
        "origin": f"* {SLOT}",
        "half_from": "+ 0",
        "on_half": f"% {_HALF}",
        "half": "sel 0",
        "half_at": "i",
        "half_soon": f"pipe 0 {_SETTLES}",
        "lost_gate": "gate 1 1",
        "on_sixteenth": f"% {_SIXTEENTH}",
        "sixteenth": "sel 0",
        "enters": "t b b b",
        "found": "t 0 1",
        "entered_at": "i",
        "entered": "prepend entered",
        "entry_row": "i",
        "entries": "coll",
        "sure_gate": "gate",
        "rows": "coll",
    },
    "What begins or ends": {
        "each": "zl.iter 4",
        "event": "unpack 0. 0 0 0.",
        "pitch": "i",
        "at": "+ 0.",
        "at_told": "t b f f",
        "until": "- 0.",
        "not_before": "maximum 0.",
        "ms": "!/ 125.",
        "delay": "* 1.",
        "longest": "* 1.",
        "note": "pack 0 0 0. 0. 0.",
        "later": "pipe 0 0 0. 0. 0.",
        "heard": "t i i",
        "notes": "makenote 100 250 @repeatmode 1",
        "pair": "pack 0 0",
        "format": "midiformat",
        "struck_note": "pack 0 0 0.",
        "struck": "prepend struck",
    },
    "Macros": {
        **{f"macro_{each}_told": "t b f" for each in _MACROS},
        "still": "gate",
        "sample": "t -1",
        "lanes_now": "pack -1 120. " + " ".join("0." for _ in _MACROS),
        "lanes": "prepend lanes",
    },
    "Whether the song stands": {
        "watch": "metro 20 @active 1",
        "state": "transport",
        "stand": "change -1",
        "stand_told": "t i i",
        "is_still": "== 0",
        "stops": "sel 0",
    },
    "Words of the script": {
        "word": "route row entry unrow unentry forget sample turn phase",
        "unrow": "prepend remove",
        "unentry": "prepend remove",
        "forget": "t clear clear",
        "turn": f"+ {_SETTLES}",
    },
}
"""Heading -> name of a box -> what is typed into it."""

_LANE_CORDS = "\n".join(
    f"macro_{each} -> macro_{each}_told\nmacro_{each}_told:1 -> lanes_now:{each + 1}\nmacro_{each}_told:0 -> still:1"
    for each in _MACROS
)

CORDS = f"""
    device:1 -> device_on
    device_on:1 -> quiet
    device_on:0 -> clock, watch
    leaving -> hush
    quiet:1 -> hush
    quiet:0 -> reset
    reset:1 -> reset_set
    reset_set -> passing
    reset:0 -> apart:1
    # What waits goes first, then what sounds.
    hush:2 -> later, half_soon
    hush:1 -> notes
    hush:0 -> hushed_at
    hushed_at -> hushed
    hushed -> told

    clock -> look
    look:1 -> song
    song:7 -> place:1
    song:4 -> ms, lanes_now:1
    ms -> delay:1, longest:1
    look:0 -> place
    place -> placed
    placed:1 -> until:1
    placed:0 -> slack
    slack -> whole
    whole -> place_told
    place_told:1 -> beside
    beside -> astray
    astray -> realign
    # Not at once: a song that seems to stand on its line would never let go.
    realign -> realign_soon
    realign_soon -> clock
    place_told:0 -> tenth
    tenth -> passing
    passing -> row_told
    row_told:3 -> here:1
    row_told:2 -> apart
    row_told:1 -> from:1
    row_told:0 -> next
    next -> apart:1, hushed_at:1

    apart -> flows
    flows:0 -> count
    count -> each_row
    each_row:2 -> from
    from -> row
    flows:1 -> jumped
    jumped:2 -> hush
    jumped:1 -> lost
    lost:1 -> sure_gate
    lost:0 -> lost_gate
    jumped:0 -> here
    here -> row
    row:4 -> origin
    origin -> half_at:1, entered_at:1, at:1
    row:3 -> entry_row:1
    row:2 -> lost_gate:1
    lost_gate -> on_sixteenth
    on_sixteenth -> sixteenth
    sixteenth -> enters
    enters:2 -> found
    found:1 -> sure_gate
    found:0 -> lost_gate
    enters:1 -> entered_at
    entered_at -> entered
    entered -> told
    enters:0 -> entry_row
    entry_row -> entries
    entries -> each
    # Behind what has just been entered: the script has to know first where it is.
    row:1 -> half_from
    half_from -> on_half
    on_half -> half
    half -> half_at
    # Where the song has just jumped, automation brings the macros there a moment later.
    half_at -> half_soon
    half_soon -> lanes_now
    row:0 -> sure_gate:1
    sure_gate -> rows
    rows -> each

    each -> event
    event:3 -> longest
    longest -> note:2
    event:2 -> note:1
    event:1 -> pitch:1
    event:0 -> at
    at -> at_told
    at_told:2 -> note:3
    at_told:1 -> until
    until -> not_before
    not_before -> delay
    delay -> note:4
    at_told:0 -> pitch
    pitch -> note
    note -> later
    later:3 -> struck_note:2
    later:2 -> notes:2
    later:1 -> notes:1, struck_note:1
    later:0 -> heard
    heard:1 -> notes
    heard:0 -> struck_note
    notes:1 -> pair:1
    notes:0 -> pair
    pair -> format
    format -> out
    struck_note -> struck
    struck -> told

    {_LANE_CORDS}
    still -> sample
    sample -> lanes_now
    lanes_now -> lanes
    lanes -> told
    watch -> state
    state:6 -> stand
    stand -> stand_told
    stand_told:1 -> is_still
    is_still -> still
    stand_told:0 -> stops
    stops -> quiet

    words -> word
    word:0 -> rows
    word:1 -> entries
    word:2 -> unrow
    unrow -> rows
    word:3 -> unentry
    unentry -> entries
    word:4 -> forget
    forget:1 -> rows
    forget:0 -> entries
    word:5 -> sample
    word:6 -> turn
    turn -> half_soon:1
    word:7 -> half_from:1
"""


def jam_player() -> Box:
    """Give the box that plays.

    Its inlets: the words of the script, then the nine macros, percent. Its outlets: MIDI as bytes; what it tells the
    script.

    The script's words: ``row <place> (<ticks> <pitch> <velocity, 0: it ends> <ticks it sounds at most>)...`` with
    the place in rows of 10 ticks from the start of the song; ``entry <place> ...`` likewise, for what sounds on there
    where one comes in after a jump, on a sixteenth; ``unrow``, ``unentry <place>`` take them away, ``forget`` all of
    them; ``sample`` asks for the macros; ``turn <ms>`` has them looked at so much later than usual, ``phase <rows>`` so
    many rows before each half beat.

    What it tells: ``struck <pitch> <velocity> <tick>`` of what began or ended; ``hushed <place>``: all that sounded has
    ended; ``entered <tick>``: it plays from here on; ``lanes <tick, -1: asked for or moved while the song stands>
    <tempo> <the nine macros>``.
    """
    patch = Subpatch("jam")
    ports = {"words": patch.inlet("words of the script")}
    ports |= {f"macro_{each}": patch.inlet(f"macro {each}") for each in _MACROS}
    ports |= {"out": patch.outlet("MIDI bytes", 860), "told": patch.outlet("what it tells the script", 860)}
    wire(patch, ports, COLUMNS, CORDS)
    return patch.box()

"""What plays an arpeggio live: Max's own objects, in Max's own time.

The script runs on the thread that draws, so it only fills tables, ahead of time; engine/compose/arp/live.py says what
is in them. Everything a note waits for is done here: which keys are held, which step the song has come to, which notes
that step takes. Wherever one thing has to come before another, a trigger says so.
"""

from m4l_devices.patcher import Box
from m4l_devices.subpatch import Subpatch
from m4l_devices.wired import wire

SETTLE = 2
"""Milliseconds a step waits, so that a chord struck on its line is whole."""

_NOBODY = -1000
"""Stands in every list of keys, so that none is empty (an empty list does not travel); no octave makes a note of it."""

_KEYS = """
    # A list of keys: 2 takes a key in, at its end, 1 takes it out.
    {0}_in -> {0}_apart
    {0}_apart:1 -> {0}_without:1, {0}_with:1
    {0}_apart:0 -> {0}_order
    {0}_order:1 -> {0}_way
    {0}_order:0 -> {0}_store
    {0}_store -> {0}_without
    {0}_without -> {0}_way:1
    {0}_way:1 -> {0}_with
    {0}_way:0 -> {0}_store:1, {0}_now:1
    {0}_with -> {0}_store:1, {0}_now:1
"""


def _list(name: str) -> dict[str, str]:
    return {
        f"{name}_in": "t l",
        f"{name}_apart": "unpack 0 0",
        f"{name}_order": "t b i",
        f"{name}_store": f"zl.reg {_NOBODY}",
        f"{name}_without": "zl.filter",
        f"{name}_way": "gate 2",
        f"{name}_with": "zl.join",
        f"{name}_now": f"zl.reg {_NOBODY}",
    }


_COLUMNS = {
    "Whether it plays": {
        "device": "live.thisdevice",
        "device_on": "t b i",
        "both_on": "&& 1",
        "news": "change",
        "turn": "t b i i b",
        "not_on": "== 0",
        "silence": "t b b b",
        "forget": "t 0",
        "forget_set": "prepend set",
        "leaving": "freebang",
        "leave": "t b b",
    },
    "What passes": {
        "passes": "gate 1 1",
        "flush": "midiflush",
        "parse": "midiparse",
        "others": "gate",
        "event": "route midievent",
        "event_kind": "t l i",
        "no_note": "> 159",
        "other": "gate",
        "bytes": "iter",
    },
    "Keys": {
        "stroke": "unpack 0 0",
        "up_or_down": "> 0",
        "one_or_two": "+ 1",
        "way": "i",
        "key": "t b i",
        "stroke_told": "pack 0 0",
        "struck": "t l l i",
        "strike_first": "sel 2",
        "down_count": "i",
        "first": "sel 0",
        "latched": "gate",
        "nobody": f"t {_NOBODY}",
    },
    "Keys that are down": {**_list("down"), "down_len": "zl.len", "down_less": "- 1"},
    "Keys that are played": {
        "stay": "t l i",
        "is_up": "== 1",
        "stays": "&& 0",
        "goes": "== 0",
        "taken": "gate 1 1",
        "taken_first": "t b l",
        **_list("held"),
        "let_go": "sel 0",
        "let_go_first": "t b b",
    },
    "Tones at hand": {
        "gather": "t b b b 0",
        "octaves": "uzi 1 0",
        "octave": "t b i",
        "semitones": "* 12",
        "each_key": "iter",
        "raised": "+ 0",
        "playable": "split 0 127",
        "row": "zl.group 128",
        "once": "zl.thin",
        "sorted": "gate 2 1",
        "by_height": "zl.sort",
        "tones": "t l l",
        "how_many": "zl.len",
        "at_most": "minimum 24",
        "count": "i",
        "count_told": "t i i i",
        "sizes": "coll",
        "row_start": "* 1024",
        "any": "> 0",
        "any_or_none": "+ 1",
        "any_news": "change",
        "begun": "sel 1 0",
        "begin": "t b b b 0",
    },
    "The song": {
        "clock": "metro @interval 10 ticks @quantize 10 ticks",
        "look": "t b b",
        "song": "transport",
        "place": "f",
        "slack": "+ 2.",
        "whole": "i",
        "place_told": "t i i",
        "tenth": "/ 10",
        "passing": "change -1",
        "beside": "% 10",
        "astray": "> 5",
        "realign": "sel 1",
        "realign_soon": "pipe 1 3",
        "step_told": "t i i",
        "step_number": "/ 24",
        "step_in_turn": "% 16",
        "step_kept": "i",
        "on_step": "% 24",
        "step_now": "sel 0",
    },
    "Without the song": {
        "runs": "i",
        "ms": "!/ 125.",
        "step_ms": "* 240.",
        "may_run": "gate",
        "free": "metro 125",
        "free_look": "t b b",
        "stands": "sel 0",
        "free_step": "t b b",
        "no_place": "t -1",
        "no_place_set": "prepend set",
        "free_number": "i",
        "free_told": "t i i",
        "free_next": "+ 1",
        "free_in_turn": "% 16",
    },
    "A step": {
        "settle": f"pipe 0 {SETTLE}",
        "heard": "gate 2 1",
        "missed": "t 0 1 i",
        "late": "pipe 0 40",
        "catch": "gate",
        "caught": "t 0 b",
        "missed_step": "i",
        "steps": "coll",
        "step_parts": "zl.slice 1",
        "strikes": "zl.reg",
        "number": "+ 0",
        "number_told": "t i i",
        "this_one": "- 1",
        "not_below": "maximum 0",
        "in_round": "% 1",
        "in_rows": "+ 0",
        "rounds": "coll",
        "round_parts": "zl.slice 1",
        "pick": "zl.lookup",
        "pitches": "zl.reg",
        "accent": "t b i",
    },
    "A strike": {
        "each_strike": "zl.iter 3",
        "strike": "unpack 0. 0. 0",
        "loud": "+ 0",
        "velocity": "i",
        "duration": "* 1.",
        "delay": "* 1.",
        "delay_told": "t b f",
        "sounds": "split 1 127",
        "velocity_told": "t b i",
        "each_pitch": "iter",
        "note": "pack 0 0 0. 0.",
        "later": "pipe 0 0 0. 0.",
        "notes": "makenote 100 250 @repeatmode 1",
        "pair": "pack 0 0",
        "format": "midiformat",
        "quiet": "t b 0",
        "hush": "t stop clear",
    },
    "Words of the script": {
        "word": "route step tones size form octaves order refresh stop",
        "form": "unpack 0 0 0.",
    },
}

_CORDS = f"""
    live -> both_on
    device:1 -> device_on
    device_on:1 -> both_on:1
    device_on:0 -> both_on
    both_on -> news
    news -> turn
    # Silence first, then the way of the bytes, then the clocks, then the keys that are held already.
    turn:3 -> silence
    silence:2 -> flush
    silence:1 -> quiet
    silence:0 -> forget
    forget -> forget_set
    forget_set -> any_news
    turn:2 -> not_on, others
    not_on -> passes
    turn:1 -> clock, may_run
    turn:0 -> gather
    leaving -> leave
    leave:1 -> flush
    leave:0 -> hush

    midi -> passes:1, parse
    passes -> flush
    flush -> out
    parse:7 -> others:1
    others -> event
    event -> event_kind
    event_kind:1 -> no_note
    no_note -> other
    event_kind:0 -> other:1
    other -> bytes
    bytes -> out

    parse:0 -> stroke
    stroke:1 -> up_or_down
    up_or_down -> one_or_two
    one_or_two -> way:1
    stroke:0 -> key
    key:1 -> stroke_told:1
    key:0 -> way
    way -> stroke_told
    stroke_told -> struck
    # The first key of a chord lets go what Hold has kept.
    struck:2 -> strike_first
    strike_first -> down_count
    down_count -> first
    first -> latched:1
    latched -> nobody
    nobody -> held_store:1
    struck:1 -> down_in
    struck:0 -> stay
    {_KEYS.format("down")}
    down_way:0 -> down_len
    down_with -> down_len
    down_len -> down_less
    down_less -> down_count:1
    stay:1 -> is_up
    is_up -> stays
    stays -> goes
    goes -> taken
    stay:0 -> taken:1
    taken -> taken_first
    taken_first:1 -> held_in
    taken_first:0 -> gather
    {_KEYS.format("held")}
    hold -> stays:1, latched, let_go
    let_go -> let_go_first
    let_go_first:1 -> down_now
    down_now -> held_store:1, held_now:1
    let_go_first:0 -> gather

    gather:3 -> count:1
    gather:2 -> octaves
    octaves:2 -> octave
    octave:1 -> semitones
    semitones -> raised:1
    octave:0 -> held_now
    held_now -> each_key
    each_key -> raised
    raised -> playable
    playable -> row
    gather:1 -> row
    row -> once
    once -> sorted:1
    sorted:0 -> by_height
    by_height -> tones
    sorted:1 -> tones
    tones:1 -> how_many
    how_many -> at_most
    at_most -> count:1
    tones:0 -> pick:1
    gather:0 -> count
    count -> count_told
    count_told:2 -> row_start
    row_start -> in_rows:1
    count_told:1 -> sizes
    sizes -> in_round:1
    count_told:0 -> any
    any -> any_or_none, any_news
    any_or_none -> heard
    any_news -> begun
    begun:1 -> quiet
    begun:0 -> begin
    begin:3 -> number:1, free_number:1
    begin:2 -> song
    begin:1 -> may_run:1
    may_run -> free
    begin:0 -> catch:1

    clock -> look
    look:1 -> song
    song:7 -> place:1
    song:6 -> runs:1
    song:4 -> ms
    look:0 -> place
    place -> slack
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
    passing -> step_told
    step_told:1 -> step_number
    step_number -> step_in_turn
    step_in_turn -> step_kept:1
    step_told:0 -> on_step
    on_step -> step_now
    step_now -> step_kept
    step_kept -> settle

    ms -> duration:1, delay:1, step_ms
    step_ms -> free:1
    free -> free_look
    free_look:1 -> song
    free_look:0 -> runs
    runs -> stands
    stands -> free_step
    free_step:1 -> no_place
    no_place -> no_place_set
    no_place_set -> passing
    free_step:0 -> free_number
    free_number -> free_told
    free_told:1 -> free_next
    free_next -> free_number:1
    free_told:0 -> free_in_turn
    free_in_turn -> settle

    settle -> heard:1
    # A step nobody held a key for is kept a moment for a chord that comes late.
    heard:0 -> missed
    missed:2 -> missed_step:1
    missed:1 -> catch
    missed:0 -> late
    late -> catch
    catch -> caught
    caught:1 -> missed_step
    missed_step -> settle
    caught:0 -> catch
    heard:1 -> steps
    steps -> step_parts
    step_parts:1 -> strikes:1
    step_parts:0 -> number
    number -> number_told
    number_told:1 -> number:1
    number_told:0 -> this_one
    this_one -> not_below
    not_below -> in_round
    in_round -> in_rows
    in_rows -> rounds
    rounds -> round_parts
    round_parts:1 -> pick
    pick -> pitches:1
    round_parts:0 -> accent
    accent:1 -> loud:1
    accent:0 -> strikes
    strikes -> each_strike
    each_strike -> strike
    strike:2 -> loud
    loud -> velocity:1
    strike:1 -> duration
    duration -> note:2
    strike:0 -> delay
    delay -> delay_told
    delay_told:1 -> note:3
    delay_told:0 -> velocity
    velocity -> sounds
    sounds -> velocity_told
    velocity_told:1 -> note:1
    velocity_told:0 -> pitches
    pitches -> each_pitch
    each_pitch -> note
    note -> later
    later:2 -> notes:2
    later:1 -> notes:1
    later:0 -> notes
    notes:1 -> pair:1
    notes:0 -> pair
    pair -> format
    format -> out
    quiet:1 -> free
    quiet:0 -> hush
    hush:1 -> later
    hush:0 -> notes

    words -> word
    word:0 -> steps
    word:1 -> rounds
    word:2 -> sizes
    word:3 -> form
    form:2 -> step_ms:1
    form:1 -> step_in_turn:1, free_in_turn:1
    form:0 -> step_number:1, on_step:1
    word:4 -> octaves:1
    word:5 -> sorted
    word:6 -> gather
    word:7 -> hush
"""


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
    wire(patch, ports, _COLUMNS, _CORDS)
    return patch.box()

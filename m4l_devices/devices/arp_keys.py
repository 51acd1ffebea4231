"""Arp's player, first part: whether it plays, what passes it by, which keys are held, which tones they give."""

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


COLUMNS = {
    "Whether it plays": {
        "device": "live.thisdevice",
        "device_on": "t b i",
        "lost": "sel 0",
        "lost_keys": f"t {_NOBODY}",
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
}
"""Heading -> name of a box -> what is typed into it."""

CORDS = f"""
    live -> both_on
    device:1 -> device_on
    # A device that is off does not hear which keys go up.
    device_on:1 -> both_on:1, lost
    lost -> lost_keys
    lost_keys -> down_store:1, down_now:1, held_store:1, held_now:1
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
"""
"""The cords; some end in what stands in arp_steps.py."""

"""Arp's player, second part: where the song is, which step that is, which notes the step takes, and how they sound."""

SETTLE = 2
"""Milliseconds a step waits, so that a chord struck on its line is whole."""

COLUMNS = {
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
"""Heading -> name of a box -> what is typed into it."""

CORDS = """
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
"""The cords; some end in what stands in arp_keys.py."""

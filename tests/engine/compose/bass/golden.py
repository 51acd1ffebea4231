"""Golden takes, one for each style: ``python -m tests.engine.compose.bass.golden`` writes them anew.

Each is a full take on the grid, with a line on what is to be heard in it. Whoever changes how a style plays listens
again, writes these anew and sees in the difference what became of it.
"""

import json
from pathlib import Path
from typing import Any

from tests.engine.compose.bass.asked import asked

FILE = Path(__file__).with_name("golden.json")

HEARD = {
    "walking": (
        4,
        "Climbs D-E-F-F# into the G of bar 3, says A twice, slips onto A7 by a half-step; bars 6 to 8 climb and turn.",
    ),
    "house": (
        2,
        "Two short roots, an octave behind two, a root behind three, a pick-up that leads on; dead notes on two.",
    ),
    "techno": (2, "One low note: most bars thump around two and four; bars 3 and 8 roll in pairs, 8 up to the octave."),
    "deep_house": (
        2,
        "A root, air, root and fifth into the high root and its seventh; bar 6 falls by a half-step.",
    ),
    "funk": (2, "Dead notes pull towards the fifth, half-steps lead into new roots, and bar 8 walks out of the loop."),
    "hip_hop": (
        1,
        "Long roots, one pushed ahead of two, sevenths above that slide back; bars 2 and 7 leave the drums room.",
    ),
    "trap": (
        2,
        "The 808 hits in threes, a seventh leans over the bar line; bar 6 slides, bar 8 stutters up an octave.",
    ),
    "reggae": (
        2,
        "Root twice, fifth, octave, fifth, and the last beat is the drummer's; bar 3 drops the one, bar 8 talks.",
    ),
    "acid": (2, "The root insists; thirds, fifths and sevenths squeal on their own steps; bar 3 is another sequence."),
    "root_fifth": (
        2,
        "A heartbeat on the root with a lead-in before each bar; bar 3 goes by fifths, bar 8 walks home.",
    ),
    "disco": (2, "Octaves with fifths on two and four and a gallop between; bar 8 walks G, A, C into the tonic."),
    "drum_and_bass": (
        1,
        "Held roots pushed by dotted eighths; a seventh leans over most bar lines and now and then slides.",
    ),
    "trance": (
        2,
        "Strictly behind the kick, an octave flicking on the sixteenth after; bar 3 is plain, bar 8 turns upward.",
    ),
}


def take(style: str) -> dict[str, Any]:
    """The golden take of a style as it comes out now."""
    seed, heard = HEARD[style]
    result = asked(style=style, seed=seed)
    return {
        "seed": seed,
        "heard": heard,
        "chords": [f"{span.symbol} at {span.start:g}" for span in result.chords],
        "notes": [
            [round(note.start_time, 4), round(note.duration, 4), note.pitch, round(note.velocity, 1)]
            for note in result.notes
        ],
    }


def main() -> None:
    """Writes the takes, a bar of notes to a few lines."""
    lines = []
    for style in HEARD:
        found = take(style)
        notes = ",\n   ".join(json.dumps(found["notes"][at : at + 5])[1:-1] for at in range(0, len(found["notes"]), 5))
        head = ", ".join(f"{json.dumps(key)}: {json.dumps(found[key])}" for key in ("seed", "heard", "chords"))
        lines.append(f' {json.dumps(style)}: {{{head},\n  "notes": [\n   {notes}]}}')
    FILE.write_text("{\n" + ",\n".join(lines) + "\n}\n", "utf-8")


if __name__ == "__main__":
    main()

"""A patch written down as a table: boxes by name in columns, cords as "name:outlet -> name:inlet"."""

import re
from collections.abc import Mapping

from m4l_devices.boxes import note, obj
from m4l_devices.errors import PatchError
from m4l_devices.patcher import Placed
from m4l_devices.subpatch import Subpatch

COLUMN, LINE, TOP = 210, 32, 90
"""Distances in the editor, and where columns begin."""

_END = re.compile(r"^(\w+)(?::(\d+))?$")


def wire(patch: Subpatch, known: Mapping[str, Placed], columns: Mapping[str, Mapping[str, str]], cords: str) -> None:
    """Put boxes into a patch and tie them.

    Args:
        patch: Where they go.
        known: Boxes that stand there already, by name.
        columns: Heading -> name of a box -> what is typed into it; every name stands for one box of the patch.
        cords: One source a line, then an arrow, then its ends, with commas between; a port that is not told is the
            leftmost. What stands behind a # is a remark. Where several ends must hear in a certain order, a trigger
            stands between: Max goes by where boxes stand.

    Raises:
        PatchError: A name that nothing has, or two have; a line that cannot be read; a cord Max would drop.
    """
    boxes = dict(known)
    for column, (heading, texts) in enumerate(columns.items()):
        left = 20 + COLUMN * column
        patch.add(note(heading, COLUMN - 10), (left, TOP - 30))
        for row, (name, text) in enumerate(texts.items()):
            if name in boxes:
                raise PatchError(f"two boxes are called {name}", heading, "Give one of them another name.")
            boxes[name] = patch.add(obj(text), (left, TOP + LINE * row))
    for line in cords.splitlines():
        told = line.partition("#")[0].strip()
        if told:
            start, _, ends = told.partition("->")
            source, outlet = _port(start, boxes, told)
            for each in ends.split(","):
                end, inlet = _port(each, boxes, told)
                patch.connect(source, outlet, end, inlet)


def _port(text: str, boxes: Mapping[str, Placed], line: str) -> tuple[Placed, int]:
    found = _END.match(text.strip())
    if found is None or found[1] not in boxes:
        raise PatchError(f"no such end: {text.strip()!r}", line, "Write it as name or name:port.")
    return boxes[found[1]], int(found[2] or 0)

"""The patch text inside a device: JSON with one root key, kept byte for byte.

Max writes tab-indented UTF-8, a line feed and one NUL, all counted in the chunk's length (reference 1.4).
Some real files carry other bytes after the JSON; a reader takes the first value and leaves the rest alone.
"""

import json
from dataclasses import dataclass
from typing import Any, NoReturn

from m4l_devices.errors import AmxdError

Json = dict[str, Any]

_HINT = "Save the device again in Max, or rebuild it with `python -m m4l_devices.build`."


@dataclass(frozen=True)
class Document:
    """The bytes of a main patch.

    Attributes:
        raw: Everything: the JSON text, then line end, NUL and whatever else the file holds.
    """

    raw: bytes

    @classmethod
    def of(cls, patcher: Json) -> "Document":
        """Write a patch as Max does.

        Args:
            patcher: The value of the root key `patcher`. Key order is kept, so equal input gives equal bytes.

        Returns:
            Tab-indented JSON, line feed, one NUL.

        Raises:
            ValueError: A number that JSON cannot hold (NaN, infinity).
        """
        text = json.dumps({"patcher": patcher}, ensure_ascii=False, indent="\t", allow_nan=False)
        return cls(text.encode() + b"\n\x00")

    def patcher(self) -> Json:
        """Parse the patch.

        Returns:
            The value of the root key `patcher`.

        Raises:
            AmxdError: Not UTF-8 JSON, a key given twice, or another root than `patcher`.
        """
        return self._parse()[0]

    def trailing(self) -> bytes:
        """Give the bytes behind the JSON value: in a file saved by Max, a line feed and a NUL."""
        return self.raw[self._parse()[1] :]

    def _parse(self) -> tuple[Json, int]:
        if not self.raw.startswith(b"{"):
            raise AmxdError("the patch is not JSON text", "byte 0 of the patch", _HINT)
        # Bytes behind the JSON need not be UTF-8, so they must survive the decoding; inside it they may not occur.
        text = self.raw.decode("utf-8", "surrogateescape")
        decoder = json.JSONDecoder(object_pairs_hook=_no_twins, parse_constant=_no_constant)
        try:
            root, end = decoder.raw_decode(text)
        except json.JSONDecodeError as error:
            where = f"line {error.lineno}, column {error.colno} of the patch"
            raise AmxdError(f"the patch is broken JSON: {error.msg}", where, _HINT) from None
        except RecursionError:
            raise AmxdError("the patch is nested too deeply", "the patch", _HINT) from None
        try:
            size = len(text[:end].encode("utf-8"))
        except UnicodeEncodeError as error:
            raise AmxdError("the patch is not UTF-8", f"character {error.start} of the patch", _HINT) from None
        if not isinstance(root, dict) or list(root) != ["patcher"] or not isinstance(root["patcher"], dict):
            raise AmxdError("the patch has another root than the one key `patcher`", "the patch", _HINT)
        return root["patcher"], size


def _no_twins(pairs: list[tuple[str, Any]]) -> Json:
    found: Json = {}
    for key, value in pairs:
        if key in found:
            raise AmxdError(f"the key `{key}` is given twice in one object", "the patch", _HINT)
        found[key] = value
    return found


def _no_constant(text: str) -> NoReturn:
    raise AmxdError(f"{text} is no JSON number", "the patch", _HINT)

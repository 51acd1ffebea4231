"""What the engine raises when it cannot do what was asked, in sentences a producer reads.

Two branches, told apart by who can mend them::

    Exception
    ├── ValueError
    │   └── InvalidValue   the caller gave something outside what is allowed
    └── EngineError        the request was fine; something else stood in the way
        ├── NoSuchFile     nothing lies there
        ├── NotAFile       a folder, a pipe or a device lies there
        ├── NotReadable    it may not, or cannot, be read
        ├── NotAudio       what it holds is no audio that can be decoded
        ├── NoSound        it is audio of no length
        ├── TooLong        more audio than one look can hold
        ├── NotMidi        what it holds is no MIDI that can be read
        └── StoreUnavailable  what Bandmate remembers cannot be read or written
            └── StoreDamaged  its file is there and is none any more

Both branches carry ``hint``: what to do next, in plain words a device can show. Neither ever
carries a path or a traceback in its text.
"""

from __future__ import annotations

from collections.abc import Iterable

__all__ = [
    "EngineError",
    "InvalidValue",
    "NoSound",
    "NoSuchFile",
    "NotAFile",
    "NotAudio",
    "NotMidi",
    "NotReadable",
    "StoreDamaged",
    "StoreUnavailable",
    "TooLong",
    "closest",
    "nearest",
    "shorten",
]


class InvalidValue(ValueError):  # noqa: N818 - the wire and the devices know it by this name
    """A value outside what is allowed.

    Attributes:
        field: name of the parameter, as on the wire ("key", "bars").
        value: what was given, unchanged.
        hint: what is allowed, in plain words.
    """

    def __init__(self, field: str, value: object, hint: str) -> None:
        self.field = field
        self.value = value
        self.hint = hint
        super().__init__(field, value, hint)

    def __str__(self) -> str:
        """One sentence with the field, the value and the hint."""
        return f"{self.field}: {shorten(self.value)} is not allowed. {self.hint}"


class EngineError(Exception):
    """The request was allowed but could not be carried out.

    Attributes:
        hint: what the user can do about it, in plain words; may be empty.
    """

    def __init__(self, message: str, hint: str = "") -> None:
        self.hint = hint
        super().__init__(message)


class NoSuchFile(EngineError):  # noqa: N818 - read aloud on the wire's side
    """Nothing lies where a file was said to be."""


class NotAFile(EngineError):  # noqa: N818 - read aloud on the wire's side
    """What lies there is a folder, a pipe or a device."""


class NotReadable(EngineError):  # noqa: N818 - read aloud on the wire's side
    """The file is there but may not, or cannot, be read."""


class NotAudio(EngineError):  # noqa: N818 - read aloud on the wire's side
    """The file holds no audio that can be decoded."""


class NoSound(EngineError):  # noqa: N818 - read aloud on the wire's side
    """The file is audio, of no length."""


class TooLong(EngineError):  # noqa: N818 - read aloud on the wire's side
    """More audio than one look can hold."""


class NotMidi(EngineError):  # noqa: N818 - read aloud on the wire's side
    """The file holds no MIDI that can be read."""


class StoreUnavailable(EngineError):  # noqa: N818 - read aloud on the wire's side
    """What Bandmate remembers cannot be read or written; whoever can goes on without it."""


class StoreDamaged(StoreUnavailable):
    """The file of a store is damaged: nothing that was in it can be trusted."""


def closest(word: str, allowed: Iterable[str]) -> str:
    """Names the allowed word nearest to a mistyped one.

    Args:
        word: what was typed.
        allowed: the words that would have been understood.

    Returns:
        ``'Did you mean "dorian"? '`` (with the trailing space, ready to stand before
        the rest of a hint), or an empty string when nothing is near.
    """
    found = nearest(word, allowed)
    return f'Did you mean "{found}"? ' if found else ""


def nearest(word: str, allowed: Iterable[str]) -> str | None:
    """The allowed word nearest to a mistyped one, or None when nothing is near; see ``closest``."""
    # Loads in 5 ms; a start without mistakes does not pay for it.
    from difflib import get_close_matches  # noqa: PLC0415

    by_lower = {choice.lower(): choice for choice in allowed}
    found = get_close_matches(word.lower(), by_lower, n=1, cutoff=0.6)
    return by_lower[found[0]] if found else None


def shorten(value: object, limit: int = 80) -> str:
    """Spells a value for a message: one line, at most ``limit`` characters.

    Args:
        value: anything.
        limit: characters, at least 4.
    """
    # A long value is cut before it is spelled: repr of a whole frame would hold the loop.
    if isinstance(value, str):
        text = repr(value[:limit]) if len(value) > limit else repr(value)
    elif isinstance(value, int) and value.bit_length() > 256:
        text = "a very large number"
    elif isinstance(value, list | dict) and len(value) > 16:
        text = f"a list of {len(value)}" if isinstance(value, list) else f"an object with {len(value)} members"
    else:
        text = repr(value)
    return text if len(text) <= limit else text[: limit - 1] + "…"

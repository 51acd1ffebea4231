"""Asks a reader anything and takes either answer."""

from engine.errors import InvalidValue


def answer(read, *arguments):
    """What the reader gave and None, or None and how it refused; any other error is a failure."""
    try:
        return read(*arguments), None
    except InvalidValue as refusal:
        return None, refusal

"""Everything that can go wrong on the wire, and the one place where it becomes a JSON-RPC error.

    BridgeError                 -32603
    ├── HelloFirst              -32001
    ├── TooMuch                 -32002
    ├── TimedOut                -32003
    ├── Cancelled               -32004
    ├── NoHub                   -32005
    ├── LiveRefused             -32006
    ├── UnknownJob              -32007
    ├── Busy                    -32008
    ├── InvalidRequest          -32600
    ├── InvalidParams           -32602
    └── ParseFailed             -32700

| code   | message         | when                                              | what to do                      |
|--------|-----------------|---------------------------------------------------|---------------------------------|
| -32700 | Parse error     | the text is not JSON                              | a fault of the client           |
| -32600 | Invalid Request | not a request, too deep, too many in a batch,     | a fault of the client           |
|        |                 | a second hello                                    |                                 |
| -32601 | Method not found| no such method                                    | update the device or the engine |
| -32602 | (a sentence)    | a parameter is unknown, missing or out of range   | the hint says what is allowed   |
| -32603 | Internal error  | a fault of the engine; the hint has a number that | report it with the number       |
|        |                 | finds it in engine.log                            |                                 |
| -32001 | Hello first     | a request before session.hello                    | say hello, then ask             |
| -32002 | Too much at once| too many requests of this client wait             | wait for answers                |
| -32003 | Timed out       | the engine, a job or Live took too long           | try again                       |
| -32004 | Cancelled       | the job was cancelled                             | nothing                         |
| -32005 | No hub          | no Bandmate Hub is connected                      | drop Bandmate Hub on a MIDI track |
| -32006 | Live refused    | Live or the Hub said no, or the Hub's answer is   | follow the hint                 |
|        |                 | none this engine knows; the hint says why         |                                 |
| -32007 | Unknown job     | no such job of this client                        | ask for it again                |
| -32008 | Busy            | all workers are taken, or the engine is stopping  | try again in a moment           |
| -32010 | (a sentence)    | no file lies there                                | look where it went              |
| -32011 | (a sentence)    | a folder, a pipe or a device lies there           | choose a file                   |
| -32012 | (a sentence)    | the file may not, or cannot, be read              | look at its permissions         |
| -32013 | (a sentence)    | the file holds no audio that can be decoded       | choose another, or convert it   |
| -32014 | (a sentence)    | the file is audio of no length                    | choose another                  |
| -32015 | (a sentence)    | more audio than one look can hold                 | choose a range of it            |
| -32016 | (a sentence)    | what Bandmate remembers cannot be read or written | make room on the disk, or       |
|        |                 |                                                   | update Bandmate                 |
| -32017 | (a sentence)    | a file in which Bandmate remembers is damaged     | follow the hint: what was lost  |
|        |                 |                                                   | can be heard again              |
| -32018 | (a sentence)    | the file holds no MIDI that can be read           | choose another, or export it    |
|        |                 |                                                   | again                           |

`data` always has `hint`, one or two plain sentences a device can show; -32602 also has `field`.
Close codes of the websocket: 4401 no (good) hello in time, 4406 another protocol version, 4429 too many
connections; and the websocket's own 1001 (the engine leaves), 1003 (binary frame), 1007 (not UTF-8), 1009
(frame too large). Who does not read is cut off without a code: it would not read that either.
"""

# ruff: noqa: N818 - these names are read on the wire's side of the house, where "Error" would be noise

from __future__ import annotations

import logging
import os
import re
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec

from engine.errors import (
    EngineError,
    InvalidValue,
    NoSound,
    NoSuchFile,
    NotAFile,
    NotAudio,
    NotMidi,
    NotReadable,
    StoreDamaged,
    StoreUnavailable,
    TooLong,
    shorten,
)

CLOSE_HELLO = 4401
CLOSE_PROTOCOL = 4406
CLOSE_FULL = 4429

ENGINE_CODES: dict[type[EngineError], int] = {
    NoSuchFile: -32010,
    NotAFile: -32011,
    NotReadable: -32012,
    NotAudio: -32013,
    NoSound: -32014,
    TooLong: -32015,
    StoreUnavailable: -32016,
    StoreDamaged: -32017,
    NotMidi: -32018,
}
"""Numbers of the engine's own errors; those without one are -32603."""

_log = logging.getLogger("bandmate")


class WireError(msgspec.Struct, frozen=True):
    """The `error` member of a JSON-RPC answer.

    Attributes:
        code: JSON-RPC 2.0 or one of the codes in this module's table.
        message: One sentence.
        data: `hint`, and `field` where one parameter is to blame.
    """

    code: int
    message: str
    data: dict[str, Any]


class BridgeError(Exception):
    """Base of what the bridge raises; `str()` is the message.

    Attributes:
        code: The JSON-RPC error code.
        hint: What a person can do about it.
        field: The parameter to blame, if one is.
    """

    code = -32603
    title = "Internal error"
    hint = "Look into the engine's log."

    def __init__(self, message: str | None = None, hint: str | None = None, field: str | None = None) -> None:
        super().__init__(message or self.title)
        self.hint = hint or self.hint
        self.field = field


class HelloFirst(BridgeError):
    """A request came before session.hello."""

    code, title = -32001, "Hello first"
    hint = "Say session.hello before anything else."


class TooMuch(BridgeError):
    """Too many requests of one client are in flight."""

    code, title = -32002, "Too much at once"
    hint = "Wait for answers before asking more."


class TimedOut(BridgeError):
    """An answer took too long."""

    code, title = -32003, "Timed out"
    hint = "Try again."


class Cancelled(BridgeError):
    """A job was cancelled."""

    code, title = -32004, "Cancelled"
    hint = "Nothing was changed."


class NoHub(BridgeError):
    """Nobody who can reach Live is connected."""

    code, title = -32005, "No Bandmate Hub is connected"
    hint = "Drop Bandmate Hub on a MIDI track of the Live Set."


class LiveRefused(BridgeError):
    """Live, or the Hub, said no."""

    code, title = -32006, "Live refused"
    hint = "Look at the Hub's log."


class UnknownJob(BridgeError):
    """There is no such job of this client."""

    code, title = -32007, "Unknown job"
    hint = "The job ended long ago or belongs to another connection; start it again."


class Busy(BridgeError):
    """The engine has no room for more work, or is on its way out."""

    code, title = -32008, "The engine is busy"
    hint = "Try again in a moment."


class InvalidRequest(BridgeError):
    """The message is JSON but no JSON-RPC request."""

    code, title = -32600, "Invalid Request"
    hint = 'A request is an object with "jsonrpc": "2.0", a "method" and, for an answer, an "id".'


class InvalidParams(BridgeError):
    """A parameter is unknown, missing or out of range."""

    code, title = -32602, "Invalid params"
    hint = "Ask rpc.discover what this method takes."


class ParseFailed(BridgeError):
    """The text is not JSON."""

    code, title = -32700, "Parse error"
    hint = "The text is not JSON."


def method_not_found(name: str, known: Mapping[str, Any]) -> WireError:
    """Return the error for a method that does not exist.

    Args:
        name: What was asked for.
        known: The methods there are.
    """
    namespace = name.partition(".")[0]
    near = [each for each in known if each.partition(".")[0] == namespace]
    hint = f"Methods of {namespace}: {', '.join(near)}." if near else "Ask rpc.discover for all methods."
    return WireError(-32601, "Method not found", {"hint": hint, "method": shorten(name)})


def to_wire(problem: BaseException) -> WireError:
    """Turn any exception into a JSON-RPC error that is safe and useful to show.

    Args:
        problem: What a method raised. The engine's `InvalidValue` becomes -32602, its `EngineError` the number
            of its kind (`ENGINE_CODES`), with words of its own. Anything else is a fault: the wire gets a
            number, the log gets the traceback under that number.
    """
    if isinstance(problem, BridgeError):
        return _said(problem.code, str(problem), problem.hint, problem.field)
    if isinstance(problem, InvalidValue):
        return _said(InvalidParams.code, str(problem), problem.hint, problem.field)
    if isinstance(problem, EngineError):
        return _said(ENGINE_CODES.get(type(problem), BridgeError.code), str(problem), problem.hint, None)
    if isinstance(problem, TimeoutError):
        return to_wire(TimedOut())
    number = secrets.token_hex(3)
    _log.error("internal error %s", number, exc_info=problem)
    return _said(-32603, "Internal error", f"A fault in the engine. engine.log has it under {number}.", None)


def _said(code: int, message: str, hint: str, field: str | None) -> WireError:
    data: dict[str, Any] = {"hint": scrub(hint)}
    if field is not None:
        data["field"] = field
    return WireError(code, scrub(message), data)


def scrub(text: str) -> str:
    """Return the text without the user's home directory in it.

    Args:
        text: A message meant for the wire or for the log view.
    """
    for folder in _private_folders():
        if folder in text:
            text = text.replace(folder, "~")
    return re.sub(r'File "[^"]*[\\/]', 'File "', text)


def _private_folders() -> tuple[str, ...]:
    chosen = os.environ.get("BANDMATE_HOME", "")
    found = {str(Path.home()), chosen and str(Path(chosen).absolute())}
    return tuple(sorted((each for each in found if len(each) > 1), key=len, reverse=True))

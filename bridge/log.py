"""The engine's log: a small file (mode 0600) and the newest lines in memory for engine.log.

The token is taken out of every line, whatever brought it there. Lines in memory go to devices, so they
carry no traceback and no home directory; the file has the tracebacks.
"""

from __future__ import annotations

import logging
import os
from collections import deque
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Any

from bridge.errors import scrub

_FORMAT = logging.Formatter("%(asctime)s %(levelname)s %(message)s", "%Y-%m-%dT%H:%M:%S")
_FILE_BYTES = 1024 * 1024
_LINES = 500


class _Redact(logging.Filter):
    def __init__(self, secret: str) -> None:
        super().__init__()
        self._secret = secret

    def filter(self, record: logging.LogRecord) -> bool:
        message = record.getMessage()
        # Log lines come from clients too (names, reasons): a line break must not forge a second line.
        record.msg = message.replace(self._secret, "(token)").replace("\r", " ").replace("\n", " | ")
        record.args = ()
        if record.exc_info:
            record.exc_text = _FORMAT.formatException(record.exc_info).replace(self._secret, "(token)")
        return True


class _Memory(logging.Handler):
    def __init__(self, lines: deque[str]) -> None:
        super().__init__()
        self._lines = lines

    def emit(self, record: logging.LogRecord) -> None:
        when = _FORMAT.formatTime(record, _FORMAT.datefmt)
        self._lines.append(scrub(f"{when} {record.levelname} {record.msg}")[:500])


class _PrivateFile(RotatingFileHandler):
    def _open(self) -> TextIOWrapper:
        handle = os.open(self.baseFilename, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        return os.fdopen(handle, "a", encoding="utf-8")


class Log:
    """The log of one running engine.

    Args:
        secret: The token, to be taken out of every line.
        path: The log file; None for memory only.
    """

    def __init__(self, secret: str, path: Path | None = None) -> None:
        self._lines: deque[str] = deque(maxlen=_LINES)
        self._handlers: list[logging.Handler] = [_Memory(self._lines)]
        if path is not None:
            self._handlers.append(_PrivateFile(path, maxBytes=_FILE_BYTES, backupCount=1, encoding="utf-8"))
        for handler in self._handlers:
            handler.setFormatter(_FORMAT)
            handler.addFilter(_Redact(secret))

    def newest(self, count: int) -> list[str]:
        """Return the newest lines, oldest of them first.

        Args:
            count: How many at most.
        """
        return list(self._lines)[-count:]

    def __enter__(self) -> Log:
        for name in ("bandmate", "asyncio"):
            logger = logging.getLogger(name)
            logger.propagate = False
            for handler in self._handlers:
                logger.addHandler(handler)
        logging.getLogger("bandmate").setLevel(logging.INFO)
        # What strangers do to the socket is no news, and websockets writes frames at its debug level.
        for name in ("websockets.server", "jsonrpcserver"):
            logging.getLogger(name).setLevel(logging.CRITICAL)
        return self

    def __exit__(self, *_: Any) -> None:
        for name in ("bandmate", "asyncio"):
            for handler in self._handlers:
                logging.getLogger(name).removeHandler(handler)
        for handler in self._handlers:
            handler.close()

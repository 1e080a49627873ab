"""Errors of ours, as the log has them: gathered for the operator, the same one once."""

import logging
import threading
from collections.abc import Iterable, Mapping

from alerts.clean import shorten

#: errors kept until they are told; a flood of different ones is one trouble
MOST = 50
#: characters of an error's text
LONGEST = 300
#: what these log is told otherwise: as dead letters, and as tasks that failed
_ELSEWHERE = ("alerts.delivering", "procrastinate.worker")


class Noticed(logging.Handler):
    """Keeps the first word of each error: the same are those of one line and type."""

    def __init__(self) -> None:
        super().__init__(level=logging.ERROR)
        self._found: dict[str, str] = {}
        self._alone = threading.Lock()

    def emit(self, record: logging.LogRecord) -> None:
        """Keep an error; the same one, or one too many, changes nothing."""
        if record.name in _ELSEWHERE:
            return
        kind = record.exc_info[0].__name__ if record.exc_info and record.exc_info[0] else ""
        thing = f"{record.name}, line {record.lineno}{f', {kind}' if kind else ''}"
        with self._alone:
            if len(self._found) < MOST:
                self._found.setdefault(thing, shorten(_said(record), LONGEST))

    def found(self) -> Mapping[str, str]:
        """Return what was found and not forgotten yet."""
        with self._alone:
            return dict(self._found)

    def forget(self, some: Iterable[str]) -> None:
        """Forget errors that the archive knows from now on."""
        with self._alone:
            for thing in some:
                self._found.pop(thing, None)


def _said(record: logging.LogRecord) -> str:
    error = record.exc_info[1] if record.exc_info else None
    return f"{record.getMessage()}: {error}" if error else record.getMessage()

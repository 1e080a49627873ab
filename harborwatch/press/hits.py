"""The access log of the press."""

from __future__ import annotations

import json
import threading
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import IO


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One request and what it got."""

    #: Monotonic seconds of this machine.
    at_real: float
    #: Played time.
    at: datetime
    #: Virtual host without ".localhost".
    host: str
    #: Path and query as asked for.
    path: str
    #: 0 where the connection was dropped without an answer.
    status: int
    #: The request carried If-None-Match or If-Modified-Since.
    conditional: bool
    user_agent: str
    #: Bytes of the body as sent; 0 where it is made while it is sent.
    bytes: int

    def line(self) -> str:
        """Give the hit as one line of JSON."""
        return json.dumps({**asdict(self), "at": self.at.isoformat()})


class AccessLog:
    """Keeps hits in memory and, if a file is named, as lines of JSON."""

    def __init__(self, file: Path | None = None) -> None:
        self._hits: list[Hit] = []
        self._lock = threading.Lock()
        self._path = file
        self._file: IO[str] | None = None

    def open(self) -> None:
        """Open the file, if one was named, for lines to be added."""
        if self._path is not None:
            self._file = self._path.open("a", encoding="utf-8")

    def close(self) -> None:
        """Close the file; hits in memory stay readable."""
        with self._lock:
            if self._file is not None:
                self._file.close()
                self._file = None

    def add(self, hit: Hit) -> None:
        """Keep one hit."""
        with self._lock:
            self._hits.append(hit)
            if self._file is not None:
                self._file.write(hit.line() + "\n")
                self._file.flush()

    def since(self, count: int = 0) -> tuple[Hit, ...]:
        """Give all hits after the first `count`."""
        with self._lock:
            return tuple(self._hits[count:])

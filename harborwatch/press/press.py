"""The press as a whole: outlets, clock, server, log and gold behind one name."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, Self

from .answer import Request, Response
from .clock import PlayedClock
from .control import HOST, control
from .descriptions import write_catalogue
from .desk import Desk
from .faults import EVER, Fault, FaultKind
from .gold import Expected, expected
from .hits import AccessLog, Hit
from .loading import check, read_faults, read_outlets, read_stories
from .outlet import Outlet
from .server import Server
from .wide.desk import WideDesk
from .words import read_words

START = datetime(2018, 9, 18, tzinfo=UTC)


class Press:
    """Replica outlets on 127.0.0.1, publishing on a played clock.

    `outlets` names those that take part; all do if it is None. `speed` is in
    played days per real second; at 0 the clock moves by `advance` only.
    The edition "wide" adds the outlets and hazards of `harborwatch.press.wide`
    at the same port; `expected`, `outlets` and faults stay those of the days.
    Raises ContentError where the stories are wrong, OSError where the port
    is taken.
    """

    def __init__(
        self,
        start: datetime = START,
        port: int = 0,
        outlets: Sequence[str] | None = None,
        *,
        speed: float = 0.0,
        log_file: Path | None = None,
        edition: Literal["days", "wide"] = "days",
    ) -> None:
        self.clock = PlayedClock(start, speed)
        self.access_log = AccessLog(log_file)
        self._outlets = _chosen(outlets)
        names = {outlet.name for outlet in self._outlets}
        stories = read_stories()
        check(read_outlets(), stories)
        taking_part = tuple(story for story in stories if story.outlet in names)
        self._desk = Desk(self._outlets, taking_part, read_words())
        self._wide = WideDesk() if edition == "wide" else None
        self._faults = read_faults()
        self._lock = threading.Lock()
        self._server = Server(self._answer, port)

    def __enter__(self) -> Self:
        self.access_log.open()
        try:
            self._desk.port = self._server.start()
        except OSError:
            self.access_log.close()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._server.stop()
        self.access_log.close()

    @property
    def port(self) -> int:
        """The port, 0 before the press is entered."""
        return self._desk.port

    @property
    def outlets(self) -> tuple[str, ...]:
        """Names of the outlets that take part."""
        return tuple(outlet.name for outlet in self._outlets)

    @property
    def now(self) -> datetime:
        """Played time, UTC."""
        return self.clock.now

    @property
    def log(self) -> tuple[Hit, ...]:
        """All requests to outlets so far; control addresses are not logged."""
        return self.access_log.since()

    def base(self, outlet: str) -> str:
        """Give an outlet's scheme, host and port. Raise KeyError if it is unknown."""
        if self._wide is not None and outlet in self._wide.hosts:
            return f"http://{outlet}.localhost:{self.port}"
        return f"http://{self._desk.held[outlet].outlet.host}.localhost:{self.port}"

    def advance(self, to: datetime) -> None:
        """Move the clock. Raise ValueError for an earlier time, or one without zone."""
        self.clock.advance(to)

    def fault(self, host: str, kind: str, until: datetime | None = None, **more: Any) -> None:
        """Break a host from now on; `more` are path, retry_after, seconds, since.

        The newest fault wins. Raise ValueError for an unknown kind or host.
        """
        if host not in self._desk.hosts:
            raise ValueError(f"no host {host!r}; there are {sorted(self._desk.hosts)}")
        given = {"since": self.now, **more}
        fault = Fault(host=host, kind=FaultKind(kind), until=until or EVER, **given)
        with self._lock:
            self._faults = (fault, *self._faults)

    def mend(self, host: str) -> None:
        """Take all faults from a host, those of the calendar too."""
        with self._lock:
            self._faults = tuple(fault for fault in self._faults if fault.host != host)

    def expected(self) -> tuple[Expected, ...]:
        """Give what a perfect monitor would have by now, oldest first."""
        return expected(self._desk, self.now)

    def write_catalogue(self, folder: Path) -> tuple[Path, ...]:
        """Write the outlets' descriptions with the real port; give the files."""
        return write_catalogue(folder, self.port, self.outlets)

    def _answer(self, request: Request) -> Response:
        if request.host == HOST:
            return control(self, request)
        now = self.now
        if self._wide is not None and request.host in self._wide.hosts:
            response = self._wide.answer(request, now, self.port)
        else:
            response = self._desk.answer(request, now, self._faults)
        self.access_log.add(_hit(request, response, now))
        return response


def _hit(request: Request, response: Response, now: datetime) -> Hit:
    return Hit(
        at_real=time.monotonic(),
        at=now,
        host=request.host,
        path=request.target,
        status=response.status,
        conditional=request.conditional,
        user_agent=request.headers.get("user-agent", ""),
        bytes=0 if request.method == "HEAD" else len(response.body),
    )


def _chosen(names: Sequence[str] | None) -> tuple[Outlet, ...]:
    known = read_outlets()
    if names is None:
        return known
    unknown = sorted(set(names) - {outlet.name for outlet in known})
    if unknown:
        raise ValueError(f"no outlets {unknown}; there are {[each.name for each in known]}")
    return tuple(outlet for outlet in known if outlet.name in names)

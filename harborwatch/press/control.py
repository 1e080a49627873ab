"""The control addresses, on the host `press`: clock, log, faults and gold over HTTP."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any, Protocol
from urllib.parse import parse_qs, urlsplit

from .answer import Request, Response
from .clock import PlayedClock
from .gold import Expected
from .hits import AccessLog

HOST = "press"
JSON = (("Content-Type", "application/json; charset=UTF-8"), ("Cache-Control", "no-store"))


class Steered(Protocol):
    """What the control addresses steer."""

    @property
    def clock(self) -> PlayedClock:
        """The played clock."""

    @property
    def access_log(self) -> AccessLog:
        """The access log."""

    def expected(self) -> tuple[Expected, ...]:
        """Give the gold by now."""

    def fault(self, host: str, kind: str, until: datetime | None = None, **more: Any) -> None:
        """Break something."""


def moment(text: str) -> datetime:
    """Read an ISO time. Raise ValueError where it has no zone."""
    value = datetime.fromisoformat(text)
    if value.tzinfo is None:
        raise ValueError(f"{text!r} wants a zone, as in 2018-09-20T03:00Z")
    return value


def _say(status: int, value: object) -> Response:
    text = json.dumps(value, ensure_ascii=False)
    return Response(status=status, headers=JSON, body=text.encode())


def _clock(press: Steered) -> Response:
    return _say(200, {"now": press.clock.now.isoformat(), "days_per_second": press.clock.speed})


def _move(press: Steered, asked: dict[str, Any]) -> Response:
    if "to" in asked:
        press.clock.advance(moment(asked["to"]))
    if "days_per_second" in asked:
        press.clock.run(float(asked["days_per_second"]))
    return _clock(press)


def _break(press: Steered, asked: dict[str, Any]) -> Response:
    until = asked.pop("until", None)
    press.fault(asked.pop("host"), asked.pop("kind"), moment(until) if until else None, **asked)
    return _say(201, {"done": True})


def _log(press: Steered, query: str) -> Response:
    since = int(parse_qs(query).get("since", ["0"])[0])
    text = "".join(hit.line() + "\n" for hit in press.access_log.since(since))
    headers = (("Content-Type", "application/x-ndjson; charset=UTF-8"),)
    return Response(status=200, headers=headers, body=text.encode())


def _ask(press: Steered, path: str, query: str) -> Response:
    readers: dict[str, Callable[[], Response]] = {
        "/clock": lambda: _clock(press),
        "/log": lambda: _log(press, query),
        "/expected": lambda: _say(200, [each.plain() for each in press.expected()]),
    }
    if path in readers:
        return readers[path]()
    return _say(404, {"error": f"no {path} here; there are /clock, /log, /expected and /fault"})


def _tell(press: Steered, path: str, body: bytes) -> Response:
    asked = json.loads(body or b"{}")
    if not isinstance(asked, dict):
        raise TypeError("send a JSON object")
    if path == "/clock":
        return _move(press, asked)
    if path == "/fault":
        return _break(press, asked)
    return _say(404, {"error": f"nothing to POST at {path}; there are /clock and /fault"})


def control(press: Steered, request: Request) -> Response:
    """Answer a control address; a wrong request gets 400 and the reason."""
    parts = urlsplit(request.target)
    try:
        if request.method == "POST":
            return _tell(press, parts.path, request.body)
        return _ask(press, parts.path, parts.query)
    except (ValueError, TypeError, KeyError) as error:
        return _say(400, {"error": f"{type(error).__name__}: {error}"})

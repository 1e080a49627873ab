"""Nothing twice over the wire: ETag, Last-Modified and 304 (RFC 9110, sections 8.8 and 13).

Feed readers ask again and again; browsers ask before they show what they have.
"""

import hashlib
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime, parsedate_to_datetime
from threading import Lock

from starlette.requests import Request
from starlette.responses import Response

#: addresses whose content is remembered
MOST = 1_000
#: what a 304 does not say: it has no body
_OF_THE_BODY = frozenset((b"content-length", b"content-type", b"content-encoding"))


def etag(content: bytes) -> str:
    """Return the mark of a content. A weak one: on its way a proxy or we may compress it."""
    return f'W/"{hashlib.blake2b(content, digest_size=12).hexdigest()}"'


def is_known(request: Request, mark: str, changed: datetime | None = None) -> bool:
    """Say whether who asks has this content: by its mark, or where none is given by the time."""
    if request.method not in {"GET", "HEAD"}:
        return False
    given = request.headers.get("if-none-match")
    if given is not None:
        return _is_among(mark, given)
    if changed is None:
        return False
    try:
        since = parsedate_to_datetime(request.headers.get("if-modified-since", ""))
    except (ValueError, OverflowError):
        return False
    # "-0000" is UTC whose place is not said; a time without zone is none of HTTP's.
    return changed <= (since if since.tzinfo else since.replace(tzinfo=UTC))


def _is_among(mark: str, given: str) -> bool:
    plain = {one.strip().removeprefix("W/") for one in given.split(",")}
    return "*" in plain or mark.removeprefix("W/") in plain


def marked(response: Response, mark: str, changed: datetime | None = None) -> Response:
    """Return the answer with the mark of its content and the time of its last change."""
    response.headers["ETag"] = mark
    if changed is not None:
        response.headers["Last-Modified"] = format_datetime(changed, usegmt=True)
    return response


def answered(request: Request, response: Response) -> Response:
    """Return an answer as it goes out: as a 304 where who asks has it already."""
    if response.status_code == 304:
        return _without_body(response)
    asks = request.method in {"GET", "HEAD"}
    if not asks or response.status_code != 200 or not response.body:
        return response
    mark = response.headers.get("ETag") or etag(bytes(response.body))
    marked(response, mark)
    return _without_body(response) if is_known(request, mark) else response


def _without_body(response: Response) -> Response:
    unchanged = Response(status_code=304)
    unchanged.raw_headers = [one for one in response.raw_headers if one[0] not in _OF_THE_BODY]
    # As on the whole answer, which is compressed for who takes that.
    unchanged.headers.add_vary_header("Accept-Encoding")
    return unchanged


class Changes:
    """Since when each address says what it says, as far as this process has seen. Threads share it.

    The time of a story would not do: one that was fetched earlier may be stored later. The
    times of an address always rise with its content, by a second at least, so that who
    remembers only the time misses nothing; another process only says it once more.
    """

    def __init__(self) -> None:
        """Begin with nothing."""
        self._known: dict[str, tuple[str, datetime]] = {}
        self._lock = Lock()

    def since(self, address: str, mark: str, now: datetime) -> datetime:
        """Return when an address began to have the content of this mark."""
        with self._lock:
            known = self._known.get(address)
            if known is not None and known[0] == mark:
                return known[1]
            at = now.astimezone(UTC).replace(microsecond=0)
            if known is not None:
                at = max(at, known[1] + timedelta(seconds=1))
            if len(self._known) >= MOST:
                self._known.clear()
            self._known[address] = mark, at
            return at

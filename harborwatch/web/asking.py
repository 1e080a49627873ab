"""A request, as pages see it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from harborwatch.web.access import Visitor
from harborwatch.web.wording import Wording

#: the value of the query string that opens a page without a log-in
PASS = "pass"  # noqa: S105 - a name, not a password
#: numbers above have no row in any database
_HIGHEST = 2**63 - 1


class PageError(Exception):
    """What a page answers in place of itself: HTTP status, what, and what to do."""

    def __init__(self, status: int, what: str, hint: str = "", *, wait: int = 0) -> None:
        self.status, self.what, self.hint = status, what, hint
        #: seconds after which it may be asked again; 0: nothing to wait for
        self.wait = wait
        super().__init__(what)


class Moved(Exception):  # noqa: N818 - an answer, not a fault
    """What was asked for stands at another path now."""

    def __init__(self, path: str, *, api: bool = True) -> None:
        self.path = path
        #: whether /api has it at the same path
        self.api = api
        super().__init__(path)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """What somebody asks a page for."""

    wording: Wording
    visitor: Visitor
    #: parts of the path: {"number": 5}
    path: Mapping[str, Any] = field(default_factory=dict)
    #: the path's text, without host and query
    here: str = "/"
    #: the query string's first value by name
    query: Mapping[str, str] = field(default_factory=dict)
    #: what opens another page for who came by a link of a mail; None for all others
    pass_for: Callable[[str], str] | None = None

    def text(self, name: str, usual: str = "") -> str:
        """Return a value of the query string."""
        return self.query.get(name, usual).strip()

    def number(self, name: str = "number") -> int:
        """Return a number of the path. Raises PageError where no database counts so far."""
        number = int(self.path[name])
        if number > _HIGHEST:
            raise self.missing()
        return number

    def missing(self) -> PageError:
        """Return the error for something that is not in the archive."""
        return PageError(404, self.wording("error.missing"), self.wording("error.missing_hint"))

    def opened(self, path: str) -> str:
        """Return a path that this visitor can open as this page was opened."""
        if self.pass_for is None:
            return path
        plain, _, rest = path.partition("#")
        return f"{plain}?{PASS}={self.pass_for(plain)}" + (f"#{rest}" if rest else "")

    def link(self, **changed: str) -> str:
        """Return this page's path with some values of the query string changed; "" drops one."""
        values = {name: value for name, value in {**self.query, **changed}.items() if value}
        return f"{self.here}?{urlencode(values)}" if values else self.here

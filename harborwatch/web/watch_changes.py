"""What an editor does to watches: give a subscriber one, change it, take it away.

By the same functions as `harborwatch watches`, so that the same mistake is
refused with the same words, and what the file holds is edited only there.
"""

from collections.abc import Callable
from urllib.parse import urlencode

from starlette.responses import RedirectResponse, Response

from archive.telling import subscribers
from harborwatch import editing
from harborwatch.config import WatchConfig
from harborwatch.web.asking import PageError
from harborwatch.web.site import Site
from harborwatch.web.visiting import Visit
from news import HarborwatchError, QueryError


class WatchChanges:
    """Answers what changes a watch."""

    def __init__(self, site: Site) -> None:
        """Take the site."""
        self._site = site

    def add(self, visit: Visit) -> Response:
        """Give a subscriber a watch, as `harborwatch watches add` does."""
        site, given = self._site, _given(visit)
        whose = visit.form.get("subscriber", "")
        _done(lambda: editing.add_watch(site.archive, whose, given, site.topics))
        if visit.form.get("then") == "watches":
            return _listed()
        # Where it now stands among the watches that find the same.
        return RedirectResponse(f"/try?{urlencode({'q': given.query})}", 303)

    def set(self, visit: Visit) -> Response:
        """Change a watch, as `harborwatch watches set` does."""
        site, given = self._site, _given(visit)
        whose = self._whose(visit, given.name)
        _done(lambda: editing.set_watch(site.archive, site.home, whose, given, site.topics))
        return _listed()

    def remove(self, visit: Visit) -> Response:
        """Delete a watch, as `harborwatch watches remove` does."""
        site, name = self._site, visit.form.get("name", "").strip()
        whose, now = self._whose(visit, name), site.clock.now()
        _done(lambda: editing.remove_watch(site.archive, site.home, whose, name, now))
        return _listed()

    def _whose(self, visit: Visit, name: str) -> str:
        """Return the subscriber of a watch that is there. Raises PageError."""
        whose = visit.form.get("subscriber", "")
        with self._site.archive.read() as db:
            everybody = subscribers.kept(db)
        _done(lambda: editing.known_watch(everybody, f"{whose}/{name}"))
        return whose


def _given(visit: Visit) -> WatchConfig:
    form = visit.form
    least = form.get("at_least", "").strip() or "0"
    # More digits than two are out of bounds whatever they are, and are told so.
    is_number = least.isascii() and least.isdigit() and len(least) <= 2
    return WatchConfig(
        name=form.get("name", "").strip(),
        query=form.get("q", "").strip(),
        rhythm=form.get("rhythm", "").strip(),
        at_least=int(least) if is_number else -1,
        surge="surge" in form,
    )


def _done(change: Callable[[], object]) -> None:
    """Change something. Raises PageError with the words that the command would say."""
    try:
        change()
    except QueryError as error:
        raise PageError(400, error.what, error.hint) from error
    except HarborwatchError as error:
        raise PageError(400, str(error)) from error


def _listed() -> Response:
    return RedirectResponse("/watches", 303)

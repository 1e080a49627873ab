"""What visitors do: log in and out, keep a search, forget one."""

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from archive.searching import saved_searches
from archive.searching.saved_searches import SavedSearch, Sort
from archive.telling import ended_sessions
from harborwatch.web.access import COOKIE, Visitor
from harborwatch.web.answering import Answers
from harborwatch.web.asking import PageError
from harborwatch.web.visiting import Visit
from news import QueryError
from query import expand, index_query, parse

#: characters of a saved search's name
LONGEST_NAME = 80


class Changes:
    """Answers what changes something."""

    def __init__(self, answers: Answers) -> None:
        """Take what shows pages."""
        self._answers, self._site, self._visits = answers, answers.site, answers.visits

    def login_page(self, visit: Visit) -> Response:
        """Show where one logs in."""
        return self._login_page(visit, None)

    async def log_in(self, request: Request) -> Response:
        """Log in by a password, and go on to where one was stopped."""
        try:
            visit = await self._visits.of(request)
        except PageError as error:
            return self._answers.failed(request, error, api=False)
        try:
            who = await self._visits.role_of(request, visit.form.get("password", ""), often=False)
        except PageError as error:
            return await run_in_threadpool(self._login_page, visit, error)
        response = RedirectResponse(_own_path(visit.form.get("then", "")), 303)
        self._visits.admit(response, self._site.access.cookie(who.role, self._site.clock.now()))
        return response

    def log_out(self, visit: Visit) -> Response:
        """End the session, on the server too: a kept cookie opens nothing any more."""
        visitor, now = visit.ask.visitor, self._site.clock.now()
        if visitor.session and visitor.ends_at and not self._site.access.is_open:
            with self._site.archive.write() as db:
                ended_sessions.end(db, visitor.session, visitor.ends_at, now)
        response = RedirectResponse("/login", 303)
        response.delete_cookie(COOKIE)
        return response

    def save_search(self, visit: Visit) -> Response:
        """Keep a search by a name."""
        say, form = visit.ask.wording, visit.form
        name, query = form.get("name", "").strip(), form.get("q", "").strip()
        if not name or not name.isprintable() or len(name) > LONGEST_NAME:
            raise PageError(400, say("save.no_name", count=LONGEST_NAME))
        try:
            index_query(expand(parse(query), self._site.topics))
        except QueryError as error:
            raise PageError(400, error.what, error.hint) from error
        sort: Sort = "relevance" if form.get("sort") == "relevance" else "date"
        saved = SavedSearch(name=name, query=query, sort=sort, saved_at=self._site.clock.now())
        with self._site.archive.write() as db:
            saved_searches.save(db, saved)
        return RedirectResponse("/search", 303)

    def forget_search(self, visit: Visit) -> Response:
        """Forget a saved search."""
        with self._site.archive.write() as db:
            if not saved_searches.remove(db, visit.form.get("name", "")):
                raise visit.ask.missing()
        return RedirectResponse("/search", 303)

    def _login_page(self, visit: Visit, error: PageError | None) -> Response:
        # Whoever logs in has a session before, so that no other page can send the form.
        access, now = self._site.access, self._site.clock.now()
        visitor, fresh = visit.ask.visitor, ""
        if not visitor.session:
            fresh = access.cookie(None, now)
            visitor = Visitor(role=None, session=access.visitor(fresh, now).session)
        response = self._answers.shown(
            "login.html",
            visit.ask,
            status=error.status if error else 200,
            menu="",
            error=error,
            login_mark=access.form_mark(visitor),
            then=_own_path(visit.form.get("then") or visit.ask.text("then")),
        )
        if fresh:
            self._visits.admit(response, fresh)
        if error and error.wait:
            response.headers["Retry-After"] = str(error.wait)
        return response


def _own_path(path: str) -> str:
    """Return a path of this page; a path that leads elsewhere is the front page."""
    plain = path.startswith("/") and not path.startswith(("//", "/\\")) and path.isprintable()
    return path if plain and "\\" not in path else "/"

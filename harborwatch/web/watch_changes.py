"""What an editor does to watches: give a subscriber one, change it, take it away.

By the same functions as `harborwatch watches`, so that what the file holds is
edited only there. A form that is wrong comes back as it was filled in, with
what is wrong at its field.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from starlette.responses import RedirectResponse, Response

from archive.telling import subscribers
from harborwatch import editing
from harborwatch.config import MOST_POINTS, WatchConfig
from harborwatch.web.answering import Answers
from harborwatch.web.asking import PageError
from harborwatch.web.pages.trying import tried
from harborwatch.web.pages.watches import watches
from harborwatch.web.visiting import Visit
from harborwatch.web.wording import Wording
from news import FileError, HarborwatchError, QueryError
from news.rhythms import read_rhythm
from query import expand, index_query, parse


@dataclass(frozen=True, slots=True, kw_only=True)
class FilledForm:
    """A watch's form as somebody filled it in."""

    subscriber: str
    name: str
    query: str
    rhythm: str
    #: as it was typed
    at_least: str
    surge: bool
    #: the watch is there and was to be changed; else it was to be made
    changes: bool
    #: what is wrong, by field; "" is of the whole
    wrong: Mapping[str, str]


class WatchChanges:
    """Answers what changes a watch."""

    def __init__(self, answers: Answers) -> None:
        """Take what shows pages."""
        self._answers, self._site = answers, answers.site

    def add(self, visit: Visit) -> Response:
        """Give a subscriber a watch, as `harborwatch watches add` does."""
        site, form = self._site, _filled(visit, changes=False)
        wrong = dict(self._mistakes(visit, form))
        with site.archive.read() as db:
            one = {each.subscriber.id: each for each in subscribers.kept(db)}.get(form.subscriber)
        if one and any(watch.name == form.name for watch in one.subscriber.watches):
            wrong["name"] = visit.ask.wording("watch.taken", name=form.name)
        if not wrong:
            wrong = _tried(
                visit,
                lambda: editing.add_watch(
                    site.archive, form.subscriber, _config(form), site.topics
                ),
            )
        if "q" in wrong and visit.form.get("then") != "watches":
            # Without a question that page has no form.
            raise PageError(400, wrong["q"])
        if wrong:
            return self._again(visit, replace(form, wrong=wrong))
        if visit.form.get("then") == "watches":
            return _listed()
        # Where it now stands among the watches that find the same.
        return RedirectResponse(f"/try?{urlencode({'q': form.query})}", 303)

    def set(self, visit: Visit) -> Response:
        """Change a watch, as `harborwatch watches set` does."""
        site, form = self._site, _filled(visit, changes=True)
        whose = self._whose(visit, form.name)
        wrong = dict(self._mistakes(visit, form)) or _tried(
            visit,
            lambda: editing.set_watch(site.archive, site.home, whose, _config(form), site.topics),
        )
        if "" in wrong:
            # Of the whole: no field could show it.
            raise PageError(400, wrong[""])
        return self._again(visit, replace(form, wrong=wrong)) if wrong else _listed()

    def remove(self, visit: Visit) -> Response:
        """Delete a watch, as `harborwatch watches remove` does."""
        site, name = self._site, visit.form.get("name", "").strip()
        whose, now = self._whose(visit, name), site.clock.now()
        wrong = _tried(
            visit, lambda: editing.remove_watch(site.archive, site.home, whose, name, now)
        )
        if wrong:
            raise PageError(400, wrong[""])
        return _listed()

    def _mistakes(self, visit: Visit, form: FilledForm) -> Mapping[str, str]:
        """Return what is wrong with a form, by field, in the reader's language."""
        say, wrong = visit.ask.wording, dict[str, str]()
        if not form.name:
            wrong["name"] = say("watch.no_name")
        if not form.query:
            wrong["q"] = say("watch.no_query")
        else:
            try:
                index_query(expand(parse(form.query), self._site.topics))
            except QueryError as error:
                wrong["q"] = say.mistake(error.what, error.hint)
        try:
            read_rhythm(form.rhythm)
        except ValueError:
            wrong["rhythm"] = say("watch.no_rhythm")
        if _points(form.at_least) is None:
            wrong["at_least"] = say("watch.no_points", most=MOST_POINTS)
        return wrong

    def _again(self, visit: Visit, form: FilledForm) -> Response:
        """Show the page that a form was sent from, with the form as it was filled in."""
        tries = not form.changes and visit.form.get("then") != "watches"
        here, view = ("/try", tried) if tries else ("/watches", watches)
        ask = replace(visit.ask, here=here, query={"q": form.query} if tries else {})
        site = replace(self._site, language=ask.wording.language)
        with site.archive.read() as db:
            shown = view(site, db, ask)
        return self._answers.shown(
            "trying.html" if tries else "watches.html",
            ask,
            status=400,
            view=shown,
            menu="search" if tries else "watches",
            filled=form,
        )

    def _whose(self, visit: Visit, name: str) -> str:
        """Return the subscriber of a watch that is there. Raises PageError."""
        whose = visit.form.get("subscriber", "")
        with self._site.archive.read() as db:
            everybody = subscribers.kept(db)
        wrong = _tried(visit, lambda: editing.known_watch(everybody, f"{whose}/{name}"))
        if wrong:
            raise PageError(400, wrong[""])
        return whose


def _filled(visit: Visit, *, changes: bool) -> FilledForm:
    form = visit.form
    return FilledForm(
        subscriber=form.get("subscriber", ""),
        name=form.get("name", "").strip(),
        query=form.get("q", "").strip(),
        rhythm=form.get("rhythm", "").strip(),
        at_least=form.get("at_least", "").strip() or "0",
        surge="surge" in form,
        changes=changes,
        wrong={},
    )


def _config(form: FilledForm) -> WatchConfig:
    return WatchConfig(
        name=form.name,
        query=form.query,
        rhythm=form.rhythm,
        at_least=_points(form.at_least) or 0,
        surge=form.surge,
    )


def _points(text: str) -> int | None:
    """Return a number of points; None where it is none, or out of bounds."""
    # More digits than two are out of bounds whatever they are.
    is_number = text.isascii() and text.isdigit() and len(text) <= 2
    return int(text) if is_number and int(text) <= MOST_POINTS else None


def _tried(visit: Visit, change: Callable[[], object]) -> dict[str, str]:
    """Change something; return what is wrong with the whole, if anything is."""
    try:
        change()
    except HarborwatchError as error:
        return {"": _words(visit.ask.wording, error)}
    return {}


def _words(say: Wording, error: HarborwatchError) -> str:
    """Return what an error says, in the reader's language."""
    if isinstance(error, QueryError):
        return say.mistake(error.what, error.hint)
    if isinstance(error, FileError):
        place = f"{error.path.name}:{error.line}" if error.line else error.path.name
        return f"{place}: {say.mistake(error.what, error.hint)}"
    return say.said(error.args[0])


def _listed() -> Response:
    return RedirectResponse("/watches", 303)

"""Answers that are no pages: exports, feeds, raw responses, a digest's own HTML, static files."""

from collections.abc import Sequence
from importlib.metadata import version
from itertools import islice

from sqlalchemy import Connection
from starlette.responses import Response

from archive.keeping import pages as kept_pages
from archive.keeping import revisions
from archive.searching.search import Found
from archive.telling import subscribers
from harborwatch.searching import FEED, everything, exported, written
from harborwatch.web import conditional
from harborwatch.web.asking import PageError
from harborwatch.web.headers import FRAMED_POLICY
from harborwatch.web.pages.digests import digest_of
from harborwatch.web.pages.search import sort_of
from harborwatch.web.site import Site
from harborwatch.web.templating import EXPORT_MOST, STATIC
from harborwatch.web.visiting import Visit
from news import QueryError
from query import Query, expand, index_query, parse
from query.syntax import canonical

#: says after how many stories an export ends that has not all
CUT = "X-Harborwatch-Cut"
KINDS = {
    "csv": "text/csv; charset=utf-8",
    "jsonl": "application/x-ndjson",
    "ris": "application/x-research-info-systems; charset=utf-8",
    "atom": "application/atom+xml; charset=utf-8",
}
_STATIC = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8"}
_STATIC |= {".svg": "image/svg+xml"}


class Files:
    """Answers with files."""

    def __init__(self, site: Site, most: int = EXPORT_MOST) -> None:
        """Take the site, and how many stories an export holds."""
        self._site, self._changes, self._most = site, conditional.Changes(), most

    def export(self, kind: str, visit: Visit) -> Response:
        """Answer with what a question finds, as "csv", "jsonl", "ris" or "atom"."""
        asked = self._asked(visit, visit.ask.text("q"))
        return self._exported(visit, asked, kind)

    def topic_feed(self, visit: Visit) -> Response:
        """Answer with the newest stories of a topic, as an Atom feed."""
        name = visit.request.path_params["id"]
        if name not in self._site.topics:
            raise visit.ask.missing()
        return self._exported(visit, self._asked(visit, f"@{name}"), "atom")

    def watch_feed(self, visit: Visit) -> Response:
        """Answer with the newest stories that a watch's question finds, as an Atom feed."""
        parts = visit.request.path_params
        with self._site.archive.read() as db:
            every = {
                (who, name): query for who, name, query in subscribers.queries(db, unwanted=True)
            }
        query = every.get((parts["subscriber"], parts["name"]))
        if query is None:
            raise visit.ask.missing()
        return self._exported(visit, self._asked(visit, query), "atom")

    def raw(self, visit: Visit) -> Response:
        """Answer with a page's bytes as they came: a file to keep, never a page to show."""
        story, page = visit.ask.number(), visit.ask.number("page")
        with self._site.archive.read() as db:
            if not revisions.is_page_of(db, story, page):
                raise visit.ask.missing()
            kept = kept_pages.load(db, page)
        name = f"story-{story}-page-{page}.txt"
        headers = {
            "Content-Disposition": f'attachment; filename="{name}"',
            "Content-Security-Policy": "sandbox; default-src 'none'",
        }
        return Response(kept.body, media_type="text/plain", headers=headers)

    def digest_html(self, visit: Visit) -> Response:
        """Answer with a digest's own HTML, for a frame in which nothing of it runs."""
        with self._site.archive.read() as db:
            digest = digest_of(db, visit.ask)
        headers = {"Content-Security-Policy": FRAMED_POLICY}
        return Response(digest.html, media_type="text/html", headers=headers)

    def static(self, visit: Visit) -> Response:
        """Answer with a style sheet, a script or a picture of ours."""
        path = STATIC / visit.request.path_params["name"]
        if path.parent != STATIC or not path.is_file():
            raise visit.ask.missing()
        headers = {"Cache-Control": "public, max-age=31536000, immutable"}
        return Response(path.read_bytes(), media_type=_STATIC[path.suffix], headers=headers)

    def _asked(self, visit: Visit, text: str) -> Query:
        if not text:
            raise PageError(400, visit.ask.wording("error.no_query"))
        try:
            asked = expand(parse(text), self._site.topics)
            index_query(asked)
        except QueryError as error:
            raise PageError(400, error.what, error.hint) from error
        return asked

    def _exported(self, visit: Visit, asked: Query, kind: str) -> Response:
        request, site = visit.request, self._site
        sort, now = sort_of(visit.ask), site.clock.now()
        base = site.public_url or str(request.base_url).rstrip("/")
        address = f"{base}{request.url.path}?{request.url.query}".rstrip("?")
        most = FEED if kind == "atom" else self._most

        headers = {"Vary": "Cookie"}
        # Whole, and then sent: a slow reader must hold no transaction open.
        with site.archive.read() as db:
            every = everything(db, asked, sort)
            found = islice(every, most)
            if kind == "atom":
                return self._feed(visit, db, asked, address, tuple(found))
            records = exported(db, found)
            text = "".join(written(kind, asked, records, address, now, outlets=site.outlets))
            if next(every, None):
                headers[CUT] = str(most)
        headers["Content-Disposition"] = f'attachment; filename="harborwatch.{kind}"'
        return Response(text, media_type=KINDS[kind], headers=headers)

    def _feed(
        self, visit: Visit, db: Connection, asked: Query, address: str, found: Sequence[Found]
    ) -> Response:
        """Answer with a feed; who has it already is told so before a sentence is looked for."""
        site, now = self._site, self._site.clock.now()
        mark = _mark(address, asked, found)
        since = self._changes.since(address, mark, now)
        text = ""
        if not conditional.is_known(visit.request, mark, since):
            records = exported(db, found)
            text = "".join(written("atom", asked, records, address, now, outlets=site.outlets))
        response = Response(text, 200 if text else 304, {"Vary": "Cookie"}, KINDS["atom"])
        return conditional.marked(response, mark, since)


def _mark(address: str, asked: Query, found: Sequence[Found]) -> str:
    """Return the mark of a feed, by all that its entries are made of."""
    said = [
        (one.id, one.revision, len(one.body), one.title, one.address, one.outlet, one.authors)
        for one in (entry.story for entry in found)
    ]
    beside = [
        (one.language, one.published_at, one.first_seen_at, sorted(one.topics))
        for one in (entry.story for entry in found)
    ]
    what = (version("harborwatch"), address, asked.text, canonical(asked.root), said, beside)
    return conditional.etag(repr(what).encode())

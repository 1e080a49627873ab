"""The pages by path: one table, for people, for /api/ and for its description."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection

from harborwatch.web.asking import Ask
from harborwatch.web.pages import (
    digests,
    events,
    explain,
    front,
    help,  # noqa: A004 - the page is called so
    lacking_names,
    search,
    sources,
    stories,
    topics,
    trying,
    watches,
    workbench,
)
from harborwatch.web.site import Site

View = Callable[[Site, Connection, Ask], Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """A value of the query string that a page is asked with."""

    name: str
    #: what it is
    text: str
    #: what it may be, as JSON Schema says it, besides being a string
    may_be: Mapping[str, Any] = field(default_factory=dict)


_QUERY = Given(name="q", text="A question in the language of questions; see /help.")
_BEFORE = "Where the last page ended: what it called `after`."


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """A page."""

    #: as Starlette writes it: "/stories/{number:int}"
    path: str
    view: View
    template: str
    #: its place in the menu; "" where it has none
    menu: str = ""
    values: tuple[Given, ...] = ()


#: a topic file is too long for an address: people send it as a form, too
WORKBENCH = Endpoint(
    path="/topics/{id}/workbench",
    view=workbench.workbench,
    template="workbench.html",
    menu="topics",
    values=(
        Given(name="text", text="A changed topic file, or a query, in the place of the topic."),
    ),
)

ENDPOINTS = (
    Endpoint(path="/", view=front.front, template="front.html", menu="front"),
    Endpoint(
        path="/search",
        view=search.search,
        template="search.html",
        menu="search",
        values=(
            _QUERY,
            Given(
                name="sort", text="The usual is `date`.", may_be={"enum": ["date", "relevance"]}
            ),
            Given(name="before", text=_BEFORE),
        ),
    ),
    Endpoint(path="/help", view=help.language, template="help.html", menu="search"),
    Endpoint(
        path="/try", view=trying.tried, template="trying.html", menu="search", values=(_QUERY,)
    ),
    Endpoint(
        path="/stories/{number:int}", view=stories.story, template="story.html", values=(_QUERY,)
    ),
    Endpoint(path="/events/{number:int}", view=events.event, template="event.html"),
    Endpoint(path="/watches", view=watches.watches, template="watches.html", menu="watches"),
    Endpoint(path="/topics", view=topics.all_topics, template="topics.html", menu="topics"),
    Endpoint(path="/topics/{id}", view=topics.one_topic, template="topic.html", menu="topics"),
    Endpoint(
        path="/topics/{id}/names",
        view=lacking_names.lacking_names,
        template="lacking_names.html",
        menu="topics",
        values=(Given(name="language", text="Only in that language."),),
    ),
    WORKBENCH,
    Endpoint(
        path="/sources",
        view=sources.all_sources,
        template="sources.html",
        menu="sources",
        values=(Given(name="before", text=_BEFORE, may_be={"pattern": "^(bad|good)/"}),),
    ),
    Endpoint(
        path="/sources/{outlet}/{way:path}",
        view=sources.one_source,
        template="source.html",
        menu="sources",
    ),
    Endpoint(
        path="/digests",
        view=digests.all_digests,
        template="digests.html",
        menu="digests",
        values=(Given(name="before", text=_BEFORE, may_be={"pattern": "^[0-9]{1,18}$"}),),
    ),
    Endpoint(
        path="/digests/{number:int}",
        view=digests.one_digest,
        template="digest.html",
        menu="digests",
    ),
    Endpoint(
        path="/explain",
        view=explain.explained,
        template="explain.html",
        menu="explain",
        values=(Given(name="address", text="An address, or a story's number."), _QUERY),
    ),
)

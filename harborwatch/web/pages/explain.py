"""Explain: the whole way of an address or a story, or where it stopped, and why."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from archive.grouping.following import followed
from archive.searching.search import document_of
from harborwatch.trails import Trail, never_seen, trail
from harborwatch.web.asking import Ask, PageError
from harborwatch.web.pages.lines import StoryLine, story_line
from harborwatch.web.pages.mistakes import Mistake, mistake
from harborwatch.web.site import Site
from news import QueryError, StoryRow
from query import expand, parse
from query.explain import explain

#: characters of an address
LONGEST = 2_000
#: what begins a part of the way: seen, read, known, told
_PARTS = {
    "address": "way",
    "seen": "way",
    "fetched": "way",
    "waiting": "way",
    "refused": "way",
    "gone": "way",
    "not seen": "way",
    "outlet": "way",
    "watch": "telling",
    "not told": "telling",
    "told": "telling",
    "delivered": "telling",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class StepShown:
    """Something that happened to it, or did not, and why."""

    about: str
    #: "way", "story" or "telling"
    part: str
    text: str
    at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Whether a question finds the story, and which clauses decide."""

    holds: bool
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained:
    """The way of an address or a story."""

    address: str
    query: str
    #: something is known of it
    known: bool
    steps: tuple[StepShown, ...]
    story: StoryLine | None
    answer: Answer | None
    mistake: Mistake | None
    #: what was given is neither address nor number
    no_address: bool


def explained(site: Site, db: Connection, ask: Ask) -> Explained:
    """Explain `address`, an address or a story's number; with `q`, why a question finds it."""
    what = ask.text("address")
    if len(what) > LONGEST:
        raise PageError(400, ask.wording("error.too_long"))
    outlets = list(site.outlets.values())
    known = Trail(steps=(), story=None)
    steps, no_address = known.steps, False
    if what:
        known = trail(db, what, outlets, site.topics, site.clock, language=ask.wording.language)
        try:
            steps = known.steps or tuple(never_seen(what, outlets))
        except ValueError:
            no_address = True
    answer, wrong = _answer(site, db, ask, known.story)
    return Explained(
        address=what,
        query=ask.text("q"),
        known=bool(known.steps),
        steps=tuple(
            StepShown(
                about=one.about,
                part=_PARTS.get(one.about, "story"),
                text=ask.wording.said(one.text),
                at=one.at,
            )
            for one in steps
        ),
        story=story_line(site, known.story) if known.story else None,
        answer=answer,
        mistake=wrong,
        no_address=no_address,
    )


def _answer(
    site: Site, db: Connection, ask: Ask, story: StoryRow | None
) -> tuple[Answer | None, Mistake | None]:
    text = ask.text("q")
    if not text or story is None:
        return None, None
    try:
        asked = followed(db, expand(parse(text), site.topics))
        said = explain(asked, document_of(story))
    except QueryError as error:
        return None, mistake(error, site.topics, ask.wording)
    return Answer(holds=said.holds, lines=tuple(map(ask.wording.said, said.lines()))), None

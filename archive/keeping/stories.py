"""Stories and their revisions: written whole in one transaction, read as rows."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, and_, delete, func, select, text, update

from archive.grouping import vector_queue
from archive.grouping.copy_groups import copy_columns, link, link_parts
from archive.grouping.events import open_event, seen
from archive.grouping.likeness import put_anchors
from archive.indexing import index
from archive.locks import hold, is_shared_writing
from archive.prepared import Prepared
from archive.rows import (
    add,
    claims_of,
    dated_json,
    dated_of,
    dates_json,
    dates_of,
    facts_json,
    facts_of,
    insert_all,
    insert_new,
)
from archive.tables import (
    amounts,
    anchors,
    event_keys,
    mentions,
    revisions,
    stories,
    story_keys,
    to_match,
)
from news import Dated, Fact, Mention, NamedAmount, Story, StoryRow

#: story numbers given to the database at a time; SQLite takes 32,766 values
_GIVEN = 5_000

#: a date less sure than this does not say when a story was told
SURE_DATE = 0.5

#: a story's columns and those of its latest revision
LATEST = (
    select(stories, revisions.c.title, revisions.c.body, revisions.c.authors)
    .select_from(stories)
    .join(
        revisions,
        and_(revisions.c.story == stories.c.id, revisions.c.number == stories.c.revision),
    )
)


# Asked for every story: written down once, it takes a fifth of the time.
_KNOWN_BY = "SELECT min(story) FROM story_keys WHERE key IN (SELECT value FROM {})"
_KNOWN = {
    "sqlite": Prepared(text(_KNOWN_BY.format("json_each(:keys)"))),
    "postgresql": Prepared(
        text(_KNOWN_BY.format("unnest(CAST(:keys AS text[])) AS asked(value)"))
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """What a story said at one time."""

    story: int
    number: int
    page: int
    seen_at: datetime
    title: str
    #: as in ReadPage, from here on: all that its page says
    titles: tuple[tuple[str, str], ...]
    body: str
    authors: tuple[str, ...]
    modified: Dated | None
    method: str
    confidence: float
    section: str
    images: tuple[str, ...]
    agency: str
    dates: tuple[Dated, ...]
    bylines: tuple[tuple[str, str], ...]
    paywalled: bool
    live: bool
    facts: tuple[Fact, ...]


def find(db: Connection, keys: Iterable[str]) -> StoryRow | None:
    """Return the story that is known by one of these keys.

    Who then creates or revises it in the same write is alone with it.
    """
    wanted = list(keys)
    hold(db, *(f"story {key}" for key in wanted))
    story = number_of(db, wanted)
    if story is None:
        return None
    if is_shared_writing(db):
        # Its twin has other keys.
        db.execute(select(stories.c.id).where(stories.c.id == story).with_for_update())
    return load(db, [story])[0]


def number_of(db: Connection, keys: Iterable[str]) -> int | None:
    """Return the number of the story that is known by one of these keys."""
    name, wanted = db.dialect.name, list(keys)
    given = {"keys": json.dumps(wanted) if name == "sqlite" else wanted}
    found = _KNOWN[name].value(db, given)
    return None if found is None else int(found)


def load(db: Connection, ids: Sequence[int]) -> list[StoryRow]:
    """Return stories in the order of their numbers given."""
    if not ids:
        return []
    found = {row.id: row for row in db.execute(LATEST.where(stories.c.id.in_(ids)))}
    return rows(db, [found[story] for story in ids if story in found])


def rows(db: Connection, found: Sequence[Row[Any]]) -> list[StoryRow]:
    """Return rows of LATEST as stories, with the topics and amounts that they name."""
    ids = [row.id for row in found]
    topics, named = _topics(db, ids), _amounts_of(db, ids)
    return [
        _story_row(row, topics.get((row.id, row.revision), ()), named.get(row.id, ()))
        for row in found
    ]


def create(db: Connection, story: Story) -> int:
    """Archive a story seen for the first time; returns its number.

    Its `to_match` row is written in the same transaction, so that no watch
    can miss it.
    """
    published = story.published
    number = add(
        db,
        stories,
        outlet=story.outlet,
        country=story.country,
        source=story.source,
        address=story.address,
        language=story.language,
        published_at=published.at if published else None,
        published_text=published.text if published else "",
        published_zone=published.zone if published else "",
        published_origin=published.origin if published else "",
        published_precision=published.precision if published else "",
        published_confidence=published.confidence if published else 0.0,
        first_seen_at=story.first_seen_at,
        history=story.history,
        revision=1,
        event=_event(db, story),
        event_score=story.event.score if story.event else 0.0,
        event_because=story.event.because if story.event else "",
        event_at=_event_at(story),
        **copy_columns(story.copy_of),
        **_text_columns(story),
    )
    know_by(db, number, (story.key, story.page_key))
    link_parts(db, number, story.parts)
    _write_revision(db, number, 1, story)
    return number


def revise(db: Connection, story: int, old: StoryRow, new: Story) -> int:
    """Archive a new revision of a story; returns the revision's number."""
    number = old.revision + 1
    index.remove(db, story, old.title, old.body)
    for table in (anchors, amounts, event_keys):
        db.execute(delete(table).where(table.c.story == story))
    db.execute(
        update(stories)
        .where(stories.c.id == story)
        .values(revision=number, address=new.address, gone_at=None, **_text_columns(new))
    )
    link(db, story, new.copy_of)
    link_parts(db, story, new.parts)
    _write_revision(db, story, number, new)
    return number


def know_by(db: Connection, story: int, keys: Iterable[str]) -> None:
    """Let a story be found by further keys."""
    insert_new(db, story_keys, [{"key": key, "story": story} for key in keys], key=("key",))


def keys_of(db: Connection, wanted: Sequence[int]) -> dict[int, list[str]]:
    """Return the keys by which each of these stories is known."""
    found: dict[int, list[str]] = {story: [] for story in wanted}
    for key, story in db.execute(select(story_keys.c.key, story_keys.c.story)):
        if story in found:
            found[story].append(key)
    return found


def mark_gone(db: Connection, key: str, at: datetime) -> None:
    """Write down that a story's page has vanished; the story stays."""
    known = select(story_keys.c.story).where(story_keys.c.key == key).scalar_subquery()
    db.execute(update(stories).where(stories.c.id == known).values(gone_at=at))


def revision(db: Connection, story: int, number: int) -> Revision:
    """Return what a story said at that revision."""
    wanted = and_(revisions.c.story == story, revisions.c.number == number)
    return _revision(db.execute(select(revisions).where(wanted)).one())


def revisions_of(db: Connection, story: int) -> tuple[Revision, ...]:
    """Return all that a story said, in order."""
    wanted = select(revisions).where(revisions.c.story == story).order_by(revisions.c.number)
    return tuple(map(_revision, db.execute(wanted)))


def facts_of_latest(db: Connection, wanted: Sequence[int]) -> dict[int, tuple[Fact, ...]]:
    """Return the facts of stories at their latest revision."""
    latest = and_(revisions.c.story == stories.c.id, revisions.c.number == stories.c.revision)
    said = select(stories.c.id, revisions.c.facts).join(revisions, latest)
    found: dict[int, tuple[Fact, ...]] = {}
    for begin in range(0, len(wanted), _GIVEN):
        some = stories.c.id.in_(list(wanted[begin : begin + _GIVEN]))
        found |= {row.id: facts_of(row.facts) for row in db.execute(said.where(some))}
    return found


def revised_at(db: Connection, wanted: Sequence[int]) -> dict[int, datetime]:
    """Return when the latest revision of each of these stories was seen."""
    latest = and_(revisions.c.story == stories.c.id, revisions.c.number == stories.c.revision)
    said = select(stories.c.id, revisions.c.seen_at).join(revisions, latest)
    found = db.execute(said.where(stories.c.id.in_(list(wanted))))
    return {row.id: row.seen_at for row in found}


def of_events(db: Connection, wanted: Sequence[int]) -> list[StoryRow]:
    """Return every story of these events."""
    found = db.execute(LATEST.where(stories.c.event.in_(list(wanted))).order_by(stories.c.id))
    return rows(db, found.all())


def last_seen_by(db: Connection, moment: datetime) -> int:
    """Return the highest number of a story that was first seen by then; 0 where there is none."""
    seen = select(func.max(stories.c.id)).where(stories.c.first_seen_at <= moment)
    return db.execute(seen).scalar() or 0


def mentions_of(db: Connection, story: int, number: int) -> tuple[Mention, ...]:
    """Return the mentions found in a revision."""
    wanted = and_(mentions.c.story == story, mentions.c.revision == number)
    found = db.execute(select(mentions).where(wanted).order_by(mentions.c.topic, mentions.c.start))
    return tuple(
        Mention(
            topic=row.topic,
            field=row.field,
            start=row.start,
            end=row.end,
            words=row.words,
            clause=row.clause,
            sentence=row.sentence,
        )
        for row in found
    )


def _write_revision(db: Connection, story: int, number: int, said: Story) -> None:
    row = {"story": story, "number": number, "page": said.page, "seen_at": said.fetched_at}
    insert_all(db, revisions, [row | _revision_columns(said)])
    index.put(db, story, said.title, said.body)
    put_anchors(db, story, said.anchors)
    insert_all(db, event_keys, [{"key": key, "story": story} for key in said.event_keys])
    insert_all(db, amounts, [{"story": story, **one} for one in _amounts(said.facts)])
    insert_all(db, mentions, [_mention(story, number, found) for found in said.mentions])
    waiting = {"story": story, "revision": number, "stored_at": said.fetched_at}
    insert_all(db, to_match, [waiting])
    if said.copy_of is None:
        vector_queue.add(db, story, number, wanted=bool(said.mentions))


def _revision_columns(said: Story) -> dict[str, Any]:
    """Return what a page says as its revision keeps it."""
    return {
        "title": said.title,
        "titles": [list(title) for title in said.titles],
        "body": said.body,
        "authors": list(said.authors),
        "modified_at": said.modified.at if said.modified else None,
        "method": said.method,
        "confidence": said.confidence,
        "section": said.section,
        "images": list(said.images),
        "agency": said.agency,
        "facts": facts_json(said.facts),
        "dates": dates_json(said.dates),
        "modified": dated_json(said.modified),
        "bylines": [list(byline) for byline in said.bylines],
        "paywalled": said.paywalled,
        "live": said.live,
    }


def _revision(row: Row[Any]) -> Revision:
    return Revision(
        story=row.story,
        number=row.number,
        page=row.page,
        seen_at=row.seen_at,
        title=row.title,
        titles=claims_of(row.titles),
        body=row.body,
        authors=tuple(row.authors),
        modified=dated_of(row.modified),
        method=row.method,
        confidence=row.confidence,
        section=row.section,
        images=tuple(row.images),
        agency=row.agency,
        dates=dates_of(row.dates),
        bylines=claims_of(row.bylines),
        paywalled=row.paywalled,
        live=row.live,
        facts=facts_of(row.facts),
    )


def _mention(story: int, number: int, found: Mention) -> dict[str, object]:
    return {
        "story": story,
        "revision": number,
        "topic": found.topic,
        "field": found.field,
        "start": found.start,
        "end": found.end,
        "words": found.words,
        "clause": found.clause,
        "sentence": found.sentence,
    }


def _amounts(facts: Iterable[Fact]) -> list[dict[str, object]]:
    """Return the different amounts of money among facts, to 15 digits.

    19.97 times 1e9 is 19969999999.999996; a question for 19.97bn means the same.
    """
    found = {
        (
            fact.unit,
            *(float(f"{end:.15g}") for end in (fact.value, fact.high or fact.value)),
        )
        for fact in facts
        if fact.kind == "money"
    }
    return [dict(zip(("currency", "low", "high"), one, strict=True)) for one in sorted(found)]


def _event_at(story: Story) -> datetime:
    """Return the time by which a story is grouped: published where that is sure, or first seen."""
    dated = story.published
    return dated.at if dated and dated.confidence >= SURE_DATE else story.first_seen_at


def _event(db: Connection, story: Story) -> int:
    """Return the event the story joins, opened where there is none yet."""
    joined = story.event.event if story.event else None
    if joined is None:
        return open_event(db, story.first_seen_at)
    seen(db, joined, story.first_seen_at)
    return joined


def _text_columns(story: Story) -> dict[str, Any]:
    """Return what a text says of where it comes from."""
    return {
        "anchors": len(story.anchors),
        "credit": story.credit,
        "credit_by": story.credit_by,
        "release_words": story.release_words,
        "foreign_words": "\n".join(sorted(story.foreign_words)),
        "doubt": story.doubt,
    }


def _topics(db: Connection, ids: Sequence[int]) -> dict[tuple[int, int], tuple[str, ...]]:
    found: dict[tuple[int, int], tuple[str, ...]] = {}
    wanted = select(mentions.c.story, mentions.c.revision, mentions.c.topic).distinct()
    order = (mentions.c.story, mentions.c.revision, mentions.c.topic)
    for row in db.execute(wanted.where(mentions.c.story.in_(ids)).order_by(*order)):
        key = (row.story, row.revision)
        found[key] = (*found.get(key, ()), row.topic)
    return found


def _amounts_of(db: Connection, ids: Sequence[int]) -> dict[int, tuple[NamedAmount, ...]]:
    found: dict[int, tuple[NamedAmount, ...]] = {}
    for row in db.execute(select(amounts).where(amounts.c.story.in_(ids))):
        one = NamedAmount(currency=row.currency, low=row.low, high=row.high)
        found[row.story] = (*found.get(row.story, ()), one)
    return found


def _story_row(row: Row[Any], topics: tuple[str, ...], named: tuple[NamedAmount, ...]) -> StoryRow:
    return StoryRow(
        id=row.id,
        revision=row.revision,
        outlet=row.outlet,
        country=row.country,
        source=row.source,
        address=row.address,
        title=row.title,
        body=row.body,
        authors=tuple(row.authors),
        language=row.language,
        published_at=row.published_at,
        published_precision=row.published_precision,
        first_seen_at=row.first_seen_at,
        history=row.history,
        copy_of=row.copy_of,
        copy_kind=row.copy_kind,
        origin=row.origin,
        origin_by=row.origin_by,
        origin_story=row.origin_story,
        release=row.release,
        doubt=row.doubt,
        event=row.event,
        topics=topics,
        gone_at=row.gone_at,
        amounts=named,
    )

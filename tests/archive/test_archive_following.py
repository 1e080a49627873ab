"""event: and amounts in questions, on a real archive: followed through merges, in plain units."""

from dataclasses import replace
from decimal import Decimal

import pytest
from archive_tellings import ANI, put, revise, story
from sqlalchemy import update

from alerts.matching import compiled
from archive import Archive
from archive.grouping import events
from archive.grouping.following import followed
from archive.keeping import stories
from archive.searching.facets import count, facets
from archive.searching.ranking import ranked
from archive.searching.search import document_of, search
from archive.searching.trials import trial
from archive.tables import stories as story_rows
from news import Fact, QueryError, Rhythm, Watch
from query import Topics, explain, match, parse

LOW = Fact(kind="money", value=5e9, high=7e9, unit="CNY", text="5-7 miliar yuan")
HIGH = Fact(kind="money", value=20e9, unit="CNY", text="200亿元")


def numbers(archive: Archive, text: str) -> list[int]:
    """Return what search finds, having checked that matcher, ranking and counting agree."""
    query = parse(text)
    with archive.read() as db:
        found = [one.story.id for one in search(db, query)]
        asked, rows = followed(db, query), stories.load(db, range(1, 20))
        assert sorted(found) == [row.id for row in rows if match(asked, document_of(row))]
        assert sorted(one.story.id for one in ranked(db, query).found) == sorted(found)
        assert count(db, query).n == facets(db, query).total.n == len(found)
    return found


def test_event_leads_through_merges(archive: Archive) -> None:
    """The number of a merged event finds the stories of the one that took it in."""
    with archive.write() as db:
        one, two, other = (put(db, story(f"{n}", "ASEAN")) for n in range(3))
        into, emptied, _ = (events.of_story(db, number)[0] for number in (one, two, other))
    assert numbers(archive, f"event:{emptied}") == [two]
    with archive.write() as db:
        db.execute(update(story_rows).where(story_rows.c.id == two).values(event=into))
        events.join(db, emptied, into)
    for asked in (f"event:{emptied}", f"event:{into}", f"ASEAN Event:{emptied}"):
        assert numbers(archive, asked) == [two, one]
    assert numbers(archive, f"ASEAN NOT event:{emptied}") == [other]
    assert numbers(archive, f"ASEAN (event:{emptied} OR Davos)") == [two, one]
    assert numbers(archive, "event:99") == []
    with archive.read() as db:
        told = trial(db, parse(f"ASEAN NOT (event:{into} Davos) event:{emptied}"))
        assert [one.story.id for one in told.samples] == [two, one]
        assert told.samples[0].match.hits


def test_amounts_are_found_by_value(archive: Archive) -> None:
    """What is written in any language is found by value, of the latest revision, in its currency."""
    with archive.write() as db:
        one = put(db, story("1", "ASEAN", facts=(LOW,)))
        two = put(db, story("2", "ASEAN", facts=(HIGH, replace(HIGH, text="RMB20 miliar"))))
        put(db, story("3", "ASEAN"))
    assert numbers(archive, "amount>1bn CNY") == [two, one]
    assert numbers(archive, "amount>=20 miliar RMB") == [two]
    assert numbers(archive, "amount>20 miliar RMB") == []
    assert numbers(archive, "amount=60亿元") == [one]
    assert numbers(archive, "amount<6 tỷ nhân dân tệ ASEAN") == [one]
    assert numbers(archive, "amount>0 USD") == []
    assert numbers(archive, "ASEAN -amount>10bn CNY") == [3, one]
    assert numbers(archive, "ASEAN (amount>10bn CNY OR Davos)") == [two]
    with archive.write() as db:
        revise(db, two, story("2", "ASEAN", facts=(LOW,)))
    assert numbers(archive, "amount>1bn CNY") == [two, one]
    assert numbers(archive, "amount>10bn CNY") == []


@pytest.mark.parametrize("value", [19.97 * 1e9, 0.1 + 0.2, 1234567890123.45, 1e18, 2 / 3])
def test_an_amount_is_found_by_what_is_printed(archive: Archive, value: float) -> None:
    """What multiplying floats leaves behind the fifteenth digit keeps no amount from being found."""
    with archive.write() as db:
        put(db, story("1", "ASEAN", facts=(replace(HIGH, value=value),)))
    printed = f"{Decimal(f'{value:.15g}'):f}"
    for sign in ("=", ">=", "<="):
        assert numbers(archive, f"amount{sign}{printed} CNY") == [1]
        assert numbers(archive, f"ASEAN amount{sign}{printed} CNY") == [1]
    assert numbers(archive, f"amount>{printed} CNY") == []


def test_why_an_amount_does_not_match(archive: Archive) -> None:
    """Explaining says which amounts of the currency the story names, or which currencies."""
    with archive.write() as db:
        put(db, story("1", "ASEAN", facts=(LOW,)))
        (row,) = stories.load(db, [1])
    told = explain(parse("amount>10bn CNY"), document_of(row))
    assert str(told).endswith("its amounts in CNY are 5,000,000,000-7,000,000,000")
    told = explain(parse("amount>10bn USD"), document_of(row))
    assert str(told).endswith("it names no amount in USD, only in CNY")
    assert explain(parse("amount>1bn CNY"), document_of(row)).holds
    told = explain(parse("event:7"), document_of(row))
    assert str(told).endswith(f"it is {row.event}")


def test_a_watch_takes_amounts_and_no_event() -> None:
    """An amount can be watched; an event cannot, and the reason is said."""
    topics = Topics({})
    one = replace(ANI, watches=(Watch(name="w", query="amount>1bn CNY", rhythm=Rhythm(kind="instant")),))  # fmt: skip
    assert len(compiled([one], topics)) == 1
    bad = Watch(name="w", query="ASEAN event:7", rhythm=Rhythm(kind="instant"))
    with pytest.raises(QueryError) as raised:
        compiled([replace(one, watches=(bad,))], topics)
    assert (raised.value.at, "stories join one after" in raised.value.what) == (6, True)

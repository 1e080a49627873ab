"""All that a page says of its story, from its bytes to the archive and to who asks."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from pipelines_tellings import NOON, page, sight
from reading_told import LANGUAGES, NOW, TOLD, outlet, read

from archive.keeping import pages, stories, traces
from harborwatch.commands.try_answers import page_line
from harborwatch.page_trail import page_steps
from news import Dated, Entry, Precision, ReadPage
from pipelines.normalise import normalised
from pipelines.read import story_of
from pipelines.stages import Tools
from pipelines.store import Store

#: What stands in a head and above a text, whatever its language.
HEAD = """<html><head><meta charset=utf-8><title>{title} | Suara</title>
<meta property="og:title" content="{title} (1)"><meta property="og:image" content="/a.jpg">
<meta property="article:section" content="Ekonomi"><meta name="author" content="Ani Lestari">
<script type="application/ld+json">{{"@type":"LiveBlogPosting","headline":"{title} (2)",
"datePublished":"2018-09-20T09:22:00+07:00","dateModified":"2018-09-20T11:05:00+07:00",
"isAccessibleForFree":false,"author":{{"@type":"Person","name":"Budi Santoso"}}}}</script></head>"""


def said(language: str) -> ReadPage:
    title, paragraphs, _, printed, _ = TOLD[language]
    told = "".join(f"<p>{one}</p>" for one in paragraphs)
    dateline = "<p>(Xinhua) --</p>" if language == "en" else ""
    text = f"<h1>{title}</h1><time>{printed}</time>{dateline}{told}"
    fed = Dated(
        at=NOW, text="Fri, 21 Sep 2018 03:00:00 GMT", zone="UTC", origin="feed",
        precision=Precision.SECOND, confidence=0.9,
    )  # fmt: skip
    entry = Entry(address="https://www.suara.example/read/1/slug", headline=title, published=fed)
    return read(f"{HEAD.format(title=title)}<article>{text}</article>", outlet(language), entry)


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_that_a_page_says_reaches_the_archive(tools: Tools, language: str) -> None:
    """Headlines, dates with their words, names, marks, section and images come back as read."""
    found = said(language)
    assert {origin for origin, _ in found.titles} >= {"h1", "og", "json-ld", "title", "feed"}
    assert [one.origin for one in found.dates] == ["json-ld", "feed"]
    assert {name for _, name in found.bylines} == {"Ani Lestari", "Budi Santoso"}
    assert found.paywalled
    assert found.live
    assert found.images
    kept = replace(page("suara", "1"), fetched_at=NOW)
    sight(tools.archive, kept)
    with tools.archive.write() as db:
        kept = replace(kept, id=pages.keep(db, kept, None))
    given = normalised(story_of(kept, found, outlet(language)), "Asia/Jakarta")
    Store(tools).process_item(given)
    with tools.archive.read() as db:
        (back,) = stories.revisions_of(db, 1)
        trace = traces.story(db, 1)
    names = ("title", "titles", "body", "authors", "modified", "method", "confidence", "section")
    names += ("images", "agency", "dates", "bylines", "paywalled", "live")
    assert {name: getattr(back, name) for name in names} == {
        name: getattr(given, name) for name in names
    }
    assert trace is not None
    assert trace.revisions == (back,)
    text = " ".join(step.text for step in page_steps(back))
    assert all(words in text for words in ("Ani Lestari (meta)", "not free", "live blog"))
    assert '"2018-09-20T09:22:00+07:00" in +07:00' in text


def test_try_pages_says_all_of_it() -> None:
    """`try pages` gives each claim with where it was read, in its own zone."""
    line = page_line(said("id"))
    assert line["paywalled"] is line["live"] is True
    assert {"origin": "meta", "name": "Ani Lestari"} in line["bylines"]
    first = line["dates"][0]
    assert {"at", "zone", "precision", "text", "origin", "confidence"} == first.keys()
    assert (first["at"], first["at"]) == (line["published"], "2018-09-20T09:22:00+07:00")
    assert line["images"] == ("https://www.suara.example/a.jpg",)


def test_no_claim_is_of_the_future(tools: Tools) -> None:
    """A date after the fetch is held to it and hardly believed, in every claim."""
    found = said("en")
    late = tuple(replace(one, at=NOW + timedelta(days=1)) for one in found.dates)
    kept = replace(page("suara", "1"), fetched_at=NOW, id=1)
    given = replace(found, dates=late, published=late[0])
    story = normalised(story_of(kept, given, outlet("en")), "Asia/Manila")
    moments: set[datetime] = {one.at for one in story.dates}
    assert moments == {NOW}
    assert story.published == story.dates[0]
    assert NOON < NOW

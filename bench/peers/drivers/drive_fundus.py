"""fundus: a publisher for each outlet, in a group, crawled as its documentation shows.

It has feeds and sitemaps; an outlet with neither is not for it. One parser
says where title, body and date stand in the press's layouts; its default
applies: an article without one of the three is dropped. It keeps nothing
between two crawls, so that each crawl hands over all that is listed. Its
pause of a second between two pages of a publisher is off, as everybody's is.
"""

from datetime import datetime
from typing import Any

from driving import drive, record
from fundus import Crawler, RSSFeed, Sitemap
from fundus.parser import ArticleBody, BaseParser, ParserProxy, attribute
from fundus.parser.utility import extract_article_body_with_selector, generic_date_parsing
from fundus.publishers.base_objects import Publisher, PublisherGroup
from lxml.etree import XPath

WAYS = {"feed": RSSFeed, "sitemap": Sitemap}


class ReplicaParser(ParserProxy):
    """All layouts of the press."""

    class V1(BaseParser):
        _paragraphs = XPath(
            "//*[@id='font_news' or contains(@class, 'entry-content')"
            " or contains(@class, 'post-content')]/p[not(contains(@class, 'text-muted'))]"
        )
        _headline = XPath("string(//main//h1 | //h1)")
        _time = XPath("string(//time/@datetime)")

        @attribute
        def title(self) -> str | None:
            return self.precomputed.meta.get("og:title") or self._headline(self.precomputed.doc)

        @attribute
        def body(self) -> ArticleBody | None:
            return extract_article_body_with_selector(self.precomputed.doc, self._paragraphs)

        @attribute
        def publishing_date(self) -> datetime | None:
            return generic_date_parsing(
                self.precomputed.ld.bf_search("datePublished")
                or self.precomputed.meta.get("article:published_time")
                or self._time(self.precomputed.doc)
                or None
            )


class Fundus:
    """One crawl a poll."""

    def __init__(self, assignment: dict[str, Any]) -> None:
        self.group = PublisherGroup("Replicas", (), dict(_publishers(assignment["sources"])))
        self.records: list[dict[str, Any]] = []

    def poll(self, at: datetime, number: int) -> list[str]:
        crawled = [_record(one) for one in Crawler(self.group, delay=0.0).crawl()]
        self.records += crawled
        return [one["address"] for one in crawled]

    def result(self) -> dict[str, Any]:
        return {"records": self.records, "found": None}


def _publishers(sources: list[dict[str, Any]]) -> Any:
    by_outlet: dict[str, list[dict[str, Any]]] = {}
    for source in sources:
        if source["way"] in WAYS:
            by_outlet.setdefault(source["outlet"], []).append(source)
    for outlet, own in by_outlet.items():
        ways = [WAYS[one["way"]](one["address"], languages=set(one["languages"])) for one in own]
        yield (
            outlet,
            Publisher(
                name=own[0]["name"], domain=own[0]["home"], parser=ReplicaParser, sources=ways
            ),
        )


def _record(article: Any) -> dict[str, Any]:
    return record(
        article.html.responded_url,
        title=article.title or "",
        text=article.plaintext or "",
        published=article.publishing_date.isoformat() if article.publishing_date else None,
    )


drive(Fundus)

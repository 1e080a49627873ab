"""Topics and facts are called in the reader's language on every page that names them."""

import pytest
from web_server import Server

from harborwatch.web.pages.told_facts import of_story
from harborwatch.web.wording import wording
from news import Fact
from news.facts import plainly
from query import Topics

CAIH = Topics.shipped().get("caih")


@pytest.mark.parametrize("language", ["en", "id", "zh"])
def test_a_topic_is_called_in_the_language_of_the_page(web: Server, language: str) -> None:
    """Heading, definition, list, chips and facets call a topic in the reader's language, and say which."""
    title = CAIH.titled(language)
    page = web.get(f"/topics/caih?lang={language}").page
    assert page.xpath("//h1/text()") == [title]
    assert page.xpath("//h1/@lang") == [language]
    assert page.xpath("//p[@class='words']/@lang") == [language]
    assert (CAIH.definition in page.xpath("//p[@class='words']/text()")) == (language == "en")
    for path in ("/topics", "/", "/stories/31", "/events/31"):
        links = web.get(f"{path}?lang={language}").page.xpath(
            "//*[@id='main']//a[@href='/topics/caih']"
        )
        assert links, path
        assert {link.text_content() for link in links} == {title}, path
        own = [next(iter(link.xpath("ancestor-or-self::*[@lang][1]/@lang"))) for link in links]
        assert set(own) == {language}, path
    facets = {
        one["name"]: one["values"]
        for one in web.get(f"/api/search?q=%40caih&lang={language}").json["facets"]
    }
    shown = {one["value"]: one for one in facets["topic"]}
    assert (shown["caih"]["name"], shown["caih"]["language"]) == (title, language)


FACTS = {
    "en": ["20,000,000,000 CNY", "35 projects", "5 to 7 %", "14 gerai", "2018-09-11 to 2018-09-18"],
    "id": ["20,000,000,000 CNY", "35 proyek", "5 sampai 7 %", "14 gerai", "2018-09-11 sampai 2018-09-18"],
    "zh": ["20,000,000,000 CNY", "35 个项目", "5 至 7 %", "14 gerai", "2018-09-11 至 2018-09-18"],
}  # fmt: skip


@pytest.mark.parametrize("language", FACTS)
def test_a_fact_is_said_in_the_readers_language(language: str) -> None:
    """What is counted, and from where to where, is said in the reader's words; what is not known stays as printed."""
    facts = [
        Fact(kind="money", value=20e9, unit="CNY", text="RMB20 miliar"),
        Fact(kind="count", value=35.0, what="projects", known=True, text="35 proyek"),
        Fact(kind="percent", value=5.0, high=7.0, unit="%", text="5-7%"),
        Fact(kind="count", value=14.0, what="gerai", text="14 gerai"),
        Fact(kind="range", value="2018-09-11", high="2018-09-18", text="11-18 September"),
    ]
    shown = [one.plainly for kind in of_story(facts, wording(language)) for one in kind.facts]
    assert sorted(shown) == sorted(FACTS[language])
    assert all(str(plainly(fact)) in FACTS["en"] for fact in facts)

"""Topics are called in the reader's language on every page that names them."""

import pytest
from web_server import Server

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

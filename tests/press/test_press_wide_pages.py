"""Pages of the wide press: what they hold, in every language and layout."""

from __future__ import annotations

import json
from collections import defaultdict
from datetime import timedelta
from html import escape

import pytest
from lxml import html
from wide_reading import flat, text_of

from harborwatch.press import wide
from harborwatch.press.wide.layouts import LAYOUTS
from harborwatch.press.wide.library import library

LANGUAGES = {"id", "ms", "en", "zh", "zh-Hant", "vi", "th", "km", "lo", "my", "fil"}
PAGES = wide.pages()
STORIES = wide.stories()
OUTLETS = {outlet.name: outlet for outlet in wide.outlets()}
KINDS = sorted({(page.language, page.layout, page.kind) for page in STORIES})
#: Names of the harbor in the languages of the texts that tell of it at their end.
HARBOR = ("Information Harbor", "Pelabuhan Maklumat", "信息港", "Cảng thông tin", "កំពង់ផែព័ត៌មាន",
          "ທ່າເຮືອຂໍ້ມູນ", "သတင်းအချက်အလက်ဆိပ်ကမ်း")  # fmt: skip


def test_every_language_has_layouts_enough():
    """At least ninety story pages; in every language five layouts, and galleries, live blogs, paywalls."""
    layouts, kinds = defaultdict(set), defaultdict(set)
    for page in STORIES:
        layouts[page.language].add(page.layout)
        kinds[page.language].add(page.kind)
    assert len(STORIES) >= 90
    assert set(layouts) == LANGUAGES
    everywhere = {"state", "joomla", "paged", "magazine", "rendered"}
    assert all(each >= everywhere for each in layouts.values())
    assert all(each >= {"story", "gallery", "live", "paywall"} for each in kinds.values())
    assert {page.layout for page in STORIES} == set(LAYOUTS)


@pytest.mark.parametrize(("language", "layout", "kind"), KINDS)
def test_pages_hold_their_gold(language, layout, kind):
    """A page decodes in its true encoding; headline and own paragraphs stand in it, in order."""
    for page in STORIES:
        if (page.language, page.layout, page.kind) != (language, layout, kind):
            continue
        if layout == "rendered":
            assert_state_holds(page)
            continue
        text = text_of(page.body, page.encoding)
        places = [text.find(flat(line)) for line in page.gold.parts[0].splitlines()]
        assert flat(page.gold.title) in text
        assert -1 not in places, page.address
        assert places == sorted(places)


def assert_state_holds(page):
    """A client-rendered page shows nothing; its state has every paragraph."""
    text = page.body.decode()
    lines = page.gold.body.splitlines()
    visible = text_of(page.body, "utf-8")
    assert not any(flat(line) in visible for line in lines)
    forms = [(line, escape(line)) for line in lines]
    for form in forms:
        told = [
            json.dumps(each, ensure_ascii=False)[1:-1].replace("<", "\\u003c") for each in form
        ]
        assert any(each in text for each in told)


def test_paragraphs_are_a_story():
    """Each story has five to twelve paragraphs, a release included; a paywall shows two."""
    for page in STORIES:
        count = len(page.gold.body.splitlines())
        assert count == 2 if page.gold.paywalled else 5 <= count <= 12, page.address


def test_further_pages_hold_the_rest():
    """The parts of a paged story are its body; each further page holds its own part."""
    paged = [page for page in STORIES if page.layout == "paged"]
    assert {OUTLETS[page.outlet].paging for page in paged} == {"query", "slash", "html"}
    for page in paged:
        further = wide.further_pages(page)
        assert "\n".join(page.gold.parts) == page.gold.body
        assert len(page.gold.parts) == len(further) + 1 == len(page.further) + 1 >= 2
        for body, part in zip(further, page.gold.parts[1:], strict=True):
            text = text_of(body, page.encoding)
            assert all(flat(line) in text for line in part.splitlines())
    with pytest.raises(LookupError):
        wide.further_pages(next(page for page in PAGES if page.kind == "consent"))


def test_the_name_one_looks_for_stands_on_the_last_page():
    """In every language a paged story names the harbor on its last page only."""
    found = {
        page.language
        for page in STORIES
        if page.layout == "paged"
        and any(name in page.gold.parts[-1] for name in HARBOR)
        and not any(name in part for name in HARBOR for part in page.gold.parts[:-1])
    }
    assert found == LANGUAGES


def test_what_surrounds_a_story_is_none_of_it():
    """Boxes, captions, tails, view counts and byline codes stand on pages, never in the gold."""
    for page in STORIES:
        outlet, phrases = OUTLETS[page.outlet], library().phrases[page.language]
        words = library().words[page.language]
        text = page.body.decode(page.encoding)
        around = [phrases.newsletter, phrases.tail, phrases.members, f"{words.read_also}:"]
        assert not any(each in page.gold.unicode_body for each in around)
        if "newsletter" in outlet.boxes and page.kind == "story" and page.layout == "magazine":
            assert phrases.newsletter in text
        if page.gold.code:
            last = page.gold.body.splitlines()[-1]
            assert f"({page.gold.code})" not in page.gold.body
            assert flat(f"{escape(last)}({page.gold.code})") in flat(text)


def test_metadata_may_carry_another_headline():
    """Where OpenGraph or JSON-LD stand, the gold has both headlines; authors only where printed."""
    two = [page for page in STORIES if len(page.gold.titles) == 2]
    assert len({page.language for page in two}) == 11
    for page in STORIES:
        assert page.gold.titles[0] == page.gold.title
        assert bool(page.gold.authors) == (page.layout not in ("state", "release"))
        assert all(name in page.gold.body for name in [page.gold.agency] if page.kind == "story")


def test_a_release_fans_out_within_the_hour():
    """One release stands in six languages at ten hosts within an hour, two of them by machine."""
    told = [page for page in STORIES if page.gold.happening == "selat-data-2018"]
    times = sorted(page.gold.published for page in told)
    assert len({page.outlet for page in told}) == 10
    assert {page.language for page in told} == {"en", "zh", "id", "vi", "th", "ms"}
    assert times[-1] - times[0] <= timedelta(hours=1)
    assert (
        sum(text.machine for text in {p.text for n in library().placed.values() for p in n}) == 2
    )


def test_pages_that_are_no_story_stand_in_every_language():
    """Consent, not found, numbers, empty and ten news in one: refused, with the class of reason."""
    refused = defaultdict(set)
    for page in PAGES:
        if page.gold.refused:
            refused[page.gold.refused].add(page.language)
            assert page.gold.body == ""
            assert page.body.decode(page.encoding)
    assert set(refused) == {"consent-page", "error-page", "numbers-only", "no-body", "listing"}
    assert all(each == LANGUAGES for each in refused.values())


def test_ten_news_in_one_are_ten():
    """A page of briefs has ten headlines with a text each."""
    for page in PAGES:
        if page.kind == "briefs":
            tree = html.document_fromstring(page.body.decode(page.encoding))
            assert len(tree.cssselect(".briefs h3")) == len(tree.cssselect(".briefs p")) == 10


def test_addresses_are_unique():
    """No two pages share an address."""
    addresses = [each for page in PAGES for each in (page.address, *page.further)]
    assert len(addresses) == len(set(addresses))

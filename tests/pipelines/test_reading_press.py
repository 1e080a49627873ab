"""The wide press (layouts D to H in ten languages) against its own gold."""

import re
from collections import Counter, defaultdict
from urllib.parse import urlsplit

import pytest

from harborwatch.press import wide
from news import Entry, Outlet, Refused
from pipelines.reading.decoding.decode import decode
from pipelines.reading.markup import parse
from pipelines.reading.page_numbers import may_go_on
from pipelines.reading.pages import read_page
from pipelines.reading.paging import join, next_page

PAGES = wide.pages()
STORIES = [page for page in PAGES if not page.gold.refused]
#: A character of a script without spaces stands for a word.
WORD = re.compile(
    r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3400-\u9fff]|[^\W\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3400-\u9fff]+"
)


def outlet_of(page):
    host = urlsplit(page.address).netloc
    return Outlet(
        id=page.outlet, name=page.outlet, home=f"https://{host}/", country="XX",
        languages=(page.gold.language,), zone=page.zone, hosts=(host,),
    )  # fmt: skip


def read(page, body=None, address=None):
    address = address or page.address
    return read_page(
        body or page.body, page.content_type, address, Entry(address=address), outlet_of(page),
        wide.NOW,
    )  # fmt: skip


def grams(text):
    words = WORD.findall(text)
    return Counter(zip(words, words[1:], words[2:], words[3:], strict=False))


def f1(found, gold):
    mine, theirs = grams(found), grams(gold)
    return 2 * (mine & theirs).total() / (mine.total() + theirs.total())


def test_bodies_in_every_language():
    """The first pages of all layouts give their stories in every language, and no page is lost."""
    scores = defaultdict(list)
    for page in STORIES:
        scores[page.language].append(f1(read(page).body, page.gold.parts[0]))
    means = {language: sum(found) / len(found) for language, found in scores.items()}
    assert {language: mean for language, mean in means.items() if mean < 0.98} == {}
    assert min(min(found) for found in scores.values()) > 0.8


@pytest.mark.parametrize("kind", ["consent", "missing", "rates", "lottery", "shell", "briefs"])
def test_what_is_no_story_says_why(kind):
    """Pages that hold no story are refused in every language for what they are."""
    for page in PAGES:
        if page.kind == kind:
            with pytest.raises(Refused) as refused:
                read(page)
            assert refused.value.reason == page.gold.refused, page.outlet


def test_paged_stories_are_whole():
    """Following the next page to the last gives the whole story once; no other page has a next."""
    for page in STORIES:
        tree = parse(decode(page.body, page.content_type)[0])
        found = next_page(tree, page.address, outlet_of(page))
        assert found == (page.further[0] if page.further else None)
        assert found is None or may_go_on(page.body, page.address, outlet_of(page))
        if page.further:
            bodies = [read(page).body]
            for address, body in zip(page.further, wide.further_pages(page), strict=True):
                bodies.append(read(page, body, address).body)
                found = next_page(
                    parse(decode(body, page.content_type)[0]), address, outlet_of(page)
                )
            assert found is None
            assert f1(join(bodies), page.gold.body) > 0.95, page.outlet

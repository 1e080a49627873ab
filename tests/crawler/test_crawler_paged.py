"""Stories told on several pages, crawled over HTTP: kept, read and replayed as one."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from crawling import Crawl
from sqlalchemy import select

from archive import Archive, open_archive
from archive.tables import mentions, revisions, stories
from crawler.replay import replay
from harborwatch.press import Press, wide

pytestmark = pytest.mark.long

Started = Callable[..., Crawl]

PAGED = [page for page in wide.stories() if page.layout == "paged"]
OUTLETS = sorted({page.outlet for page in PAGED})
#: Names of the harbor in the languages of the texts that tell of it at their end.
HARBOR = ("Information Harbor", "Pelabuhan Maklumat", "信息港", "Cảng thông tin", "កំពង់ផែព័ត៌មាន",
          "ທ່າເຮືອຂໍ້ມູນ", "သတင်းအချက်အလက်ဆိပ်ကမ်း")  # fmt: skip
#: A character of a script without spaces stands for a word.
WORD = re.compile(
    r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3400-\u9fff]|[^\W\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3400-\u9fff]+"
)


@pytest.fixture
def press() -> Iterator[Press]:
    with Press(wide.NOW, edition="wide") as running:
        yield running


@pytest.fixture
def catalogue(press: Press, tmp_path: Path) -> Path:
    """The outlet files of the wide press's outlets that page their stories."""
    wide.write_catalogue(tmp_path / "catalogue", press.port, OUTLETS)
    return tmp_path / "catalogue"


def told(archive: Archive) -> dict[str, tuple[str, str, frozenset[str]]]:
    """Return each story's text, method and topics by its address' path."""
    with archive.read() as db:
        rows = db.execute(
            select(stories.c.id, stories.c.address, revisions.c.body, revisions.c.method).join(
                revisions, revisions.c.story == stories.c.id
            )
        ).all()
        topics: dict[int, set[str]] = {}
        for row in db.execute(select(mentions.c.story, mentions.c.topic)):
            topics.setdefault(row.story, set()).add(row.topic)
    assert len({row.id for row in rows}) == len(rows), "each has one revision"
    return {
        _path(row.address): (row.body, row.method, frozenset(topics.get(row.id, ())))
        for row in rows
    }


def _path(address: str) -> str:
    return re.sub(r"^https?://|:\d+(?=/)", "", address)


def f1(found: str, gold: str) -> float:
    mine, theirs = _grams(found), _grams(gold)
    return 2 * (mine & theirs).total() / (mine.total() + theirs.total())


def _grams(text: str) -> Counter[tuple[str, ...]]:
    words = WORD.findall(text)
    return Counter(zip(words, words[1:], words[2:], words[3:], strict=False))


async def test_paged_stories_are_stored_whole(
    crawl: Started, press: Press, tmp_path: Path
) -> None:
    """In every language all pages of a story are one story, and its topic on the last is found.

    No page is asked for twice, and replay gives the same.
    """
    program = crawl()
    report = await program.poll()
    assert report.errors == 0
    found = told(program.tools.archive)
    scores = {
        page.address: f1(found[_path(page.address)][0], page.gold.unicode_body) for page in PAGED
    }
    assert {address: score for address, score in scores.items() if score < 0.97} == {}
    for page in PAGED:
        harbor = any(name in page.gold.parts[-1] for name in HARBOR)
        assert ("caih" in found[_path(page.address)][2]) == harbor, page.address
    asked = Counter((hit.host, hit.path) for hit in press.log if hit.path != "/robots.txt")
    assert max(asked.values()) == 1
    target = open_archive(f"sqlite:///{tmp_path / 'again.db'}")
    await replay(program.tools, target)
    again = told(target)
    target.close()
    assert again == found

"""Burmese that came in Zawgyi: shown in Unicode, kept as it came."""

from collections.abc import Iterator
from itertools import pairwise
from urllib.parse import quote

import icu
import pytest
from archive_tellings import NOON, put, revise, story, subscribe
from hypothesis import given, settings
from hypothesis import strategies as st
from web_server import Server, serving

from alerts.clean import Piece
from archive import open_archive
from archive.telling import digests
from archive.telling.digests import Issue
from harborwatch.text_differences import differences
from harborwatch.web.burmese import burmese, burmese_changes, burmese_parts
from query.zawgyi import is_zawgyi, to_unicode

TITLE = "တရုတ် အာဆီယံ သတင်းအချက်အလက် ဆိပ်ကမ်း ဖွင့်လှစ်"
BODY = "ကျွန်တော်တို့သည် မြန်မာနိုင်ငံ၏ ဆိပ်ကမ်း ကြီးကို ဖွင့်လှစ်ခဲ့ပြီး ပြည်ပကုန်သွယ်မှု ၃၅ ခု လက်မှတ်ရေးထိုးသည်။"
ZAWGYI = icu.Transliterator.createInstance("my-Zawgyi").transliterate
#: the word searched for, in Unicode
WORD = "ဆိပ်ကမ်း"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A home with a story in Zawgyi, its second revision, and a digest that told it."""
    home = tmp_path_factory.mktemp("zawgyi")
    archive = open_archive(f"sqlite:///{home / 'archive.db'}")
    with archive.write() as db:
        told = story("a", ZAWGYI(TITLE), ZAWGYI(BODY), language="my")
        number = put(db, told)
        revise(
            db, number, story("a", ZAWGYI(TITLE), ZAWGYI(BODY.replace("၃၅", "၅၃")), language="my")
        )
        issue = Issue(
            subscriber="ani", slot="2018-09-20T17:00+07:00", at=NOON, subject=ZAWGYI(TITLE),
            text=f"1 event\n{ZAWGYI(TITLE)}", html="", tells=[(number, 1, "new")], instant=False,
            messages=[],
        )  # fmt: skip
        subscribe(db)
        digests.save(db, issue)
    archive.close()
    with serving(home) as server:
        yield server


def test_every_page_shows_it_in_unicode(desk: Server) -> None:
    """Headline, text and changes are shown in Unicode, with a note on the story's page."""
    for path in ("/", "/stories/1", "/events/1", f"/search?q={quote(WORD)}", f"/try?q={quote(WORD)}", "/explain?address=1", "/digests", "/digests/1"):  # fmt: skip
        said = desk.get(path)
        assert said.status == 200
        assert ZAWGYI(TITLE) not in said.page.xpath("string(//main)"), path
        assert to_unicode(ZAWGYI(TITLE)) in said.page.xpath("string(//main)"), path
    assert not is_zawgyi(desk.get("/events/1").says("//article//blockquote")[0])
    said = desk.get("/stories/1")
    assert said.says("//p[@class='meta']/span[.='Zawgyi']") == ["Zawgyi"]
    (body,) = said.says("//div[@class='body']")
    assert not is_zawgyi(body)
    assert said.says("//del") + said.says("//ins") == ["၅", "၅"]


def test_marks_stay_on_their_words(desk: Server) -> None:
    """A word of a question, asked in Unicode, is marked in the shown text."""
    for path in (f"/search?q={quote(WORD)}", f"/stories/1?q={quote(WORD)}"):
        assert to_unicode(ZAWGYI(WORD)) in desk.get(path).says("//main//mark")


def test_programs_get_what_came(desk: Server) -> None:
    """The API and exports hold the outlet's own letters; the API says that they are Zawgyi."""
    said = desk.get("/api/stories/1").json
    assert said["story"]["headline"] == ZAWGYI(TITLE)
    assert said["zawgyi"] is True
    assert ZAWGYI(TITLE) in desk.get(f"/search.csv?q={quote(WORD)}").text


@given(st.lists(st.integers(0, len(ZAWGYI(BODY))), max_size=6))
@settings(max_examples=60, deadline=None)
def test_parts_are_the_text_wherever_marks_begin(cuts: list[int]) -> None:
    """However a sentence is cut in parts, they are together its Unicode."""
    raw = ZAWGYI(BODY)
    edges = sorted({0, len(raw), *cuts})
    parts = [Piece(text=raw[a:b], marked=n % 2 == 1) for n, (a, b) in enumerate(pairwise(edges))]  # fmt: skip
    shown = burmese_parts(parts, zawgyi=True)
    assert "".join(one.text for one in shown) == burmese(raw, zawgyi=True)
    assert sum(one.marked for one in shown) <= sum(one.marked for one in parts)


@pytest.mark.parametrize("text", [BODY, TITLE, "Forum signs 35 projects", "信息港", ""])
def test_what_is_no_zawgyi_stays(text: str) -> None:
    """Unicode Burmese and other languages are shown as they came."""
    parts = [Piece(text=text, marked=True)]
    changes = differences(text, text + "1")
    assert burmese(text) == text
    assert burmese_parts(parts) == parts
    assert burmese_changes(changes) == changes

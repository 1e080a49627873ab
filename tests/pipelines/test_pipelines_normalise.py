"""Law 5: history is searchable, never mailed; and one form for what outlets write many ways."""

import unicodedata
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pipelines_tellings import NOON, story

from news import Dated, Precision
from pipelines.normalise import NEWS, Normalise, clean, is_history, normalised
from pipelines.stages import Tools

JAKARTA, MINUTE, DAY = "Asia/Jakarta", timedelta(minutes=1), timedelta(days=1)
#: 00:30 on 21 Sept in Jakarta, still the 20th in UTC
AFTER_MIDNIGHT = datetime(2018, 9, 20, 17, 30, tzinfo=UTC)


def printed(at: datetime, precision: Precision = Precision.MINUTE) -> Dated:
    return Dated(
        at=at, text="20/9", zone=JAKARTA, origin="printed", precision=precision, confidence=0.8
    )


def day(of_month: int, month: int = 9) -> Dated:
    """Return a printed day: it stands at its noon in Jakarta."""
    return printed(datetime(2018, month, of_month, 5, tzinfo=UTC), Precision.DAY)


@pytest.mark.parametrize(
    ("published", "seen_at", "history"),
    [
        (None, NOON, True),
        (printed(NOON), NOON, False),
        (printed(NOON - NEWS), NOON, False),
        (printed(NOON - NEWS - MINUTE), NOON, True),
        (printed(NOON - 400 * DAY), NOON, True),
        (printed(NOON + DAY), NOON, False),
        (day(20), NOON, False),
        (day(19), NOON, True),
        (day(21), NOON, False),
        (day(20), AFTER_MIDNIGHT, True),
        (day(21), AFTER_MIDNIGHT, False),
        (printed(AFTER_MIDNIGHT - timedelta(hours=23), Precision.SECOND), AFTER_MIDNIGHT, False),
    ],
)
def test_what_a_first_good_poll_shows(
    published: Dated | None, seen_at: datetime, history: bool
) -> None:
    """Of it, stories of the last 24 hours are news, or of today where only a day is printed."""
    assert is_history(True, published, seen_at, JAKARTA) is history
    assert is_history(False, published, seen_at, JAKARTA) is False


def test_a_day_ends_where_the_outlet_is() -> None:
    """The same moment is today in one zone and yesterday in another."""
    assert not is_history(True, day(20), AFTER_MIDNIGHT, "Europe/London")
    assert is_history(True, day(20), AFTER_MIDNIGHT, JAKARTA)


@given(st.datetimes(datetime(2000, 1, 1), datetime(2030, 1, 1)), st.booleans())
def test_what_a_normal_poll_shows_is_news(at: datetime, is_day: bool) -> None:
    """Whatever date is printed, a story first seen in a normal poll is no history."""
    precision = Precision.DAY if is_day else Precision.MINUTE
    assert not is_history(False, printed(at.replace(tzinfo=UTC), precision), NOON, JAKARTA)


@example("e\x00\u0301")
@example("a\tb\x85c\r\nd")
@given(st.text())
def test_cleaning_is_done_once(text: str) -> None:
    """Clean text stays as it is: NFC, lines trimmed, none empty, nothing invisible that controls."""
    once = clean(text)
    assert clean(once) == once
    assert unicodedata.is_normalized("NFC", once)
    assert all(line == " ".join(line.split()) != "" for line in once.split("\n") if once)
    assert not [c for c in once if c != "\n" and unicodedata.category(c) in ("Cc", "Cs")]


@pytest.mark.parametrize(
    ("raw", "kept"),
    [
        ("Hợp  tác\u00a0số ", "Hợp tác số"),
        (unicodedata.normalize("NFD", "Cảng thông tin"), "Cảng thông tin"),
        ("中国\u3000东盟\r\n\n  信息港", "中国 东盟\n信息港"),
        ("กรุงเทพ\x00ฯ\t๑", "กรุงเทพฯ ๑"),
        ("cafe\x00\u0301", "café"),
        ("កម្ពុជា\u200bថ្មី", "កម្ពុជា\u200bថ្មី"),
        ("\ud83d", ""),
    ],
)
def test_text_has_one_form(raw: str, kept: str) -> None:
    """Spaces, forms of letters and controls are mended; letters and joiners are left."""
    assert clean(raw) == kept


def test_a_story_is_not_of_the_future() -> None:
    """A date after the fetch becomes the fetch, its words kept and its confidence lowered."""
    tomorrow = printed(NOON + DAY)
    found = normalised(story("1", "Judul", "Isi", published=tomorrow), JAKARTA).published
    assert found == replace(tomorrow, at=NOON, confidence=0.2)
    past = printed(NOON - DAY)
    assert normalised(story("1", "Judul", "Isi", published=past), JAKARTA).published == past


def test_headlines_are_one_line_each(tools: Tools) -> None:
    """The stage cleans headline, all headlines and body, and asks the outlet's zone."""
    said = story(
        "1",
        " Judul\n  baru ",
        " satu \n\n dua",
        titles=(("h1", "Judul\nbaru"), ("og", " Judul ")),
        published=day(20),
        first_seen_at=AFTER_MIDNIGHT,
        fetched_at=AFTER_MIDNIGHT,
        history=True,
    )
    found = Normalise(tools).process_item(said)
    assert (found.title, found.body) == ("Judul baru", "satu\ndua")
    assert found.titles == (("h1", "Judul baru"), ("og", "Judul"))
    assert found.history

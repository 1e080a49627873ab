"""Who was first on a card, what is counted on it, and whom it does not quote."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from alerts.compose import compose
from alerts.firsts import first_telling
from alerts.matches import Match, Told
from alerts.render import render
from news import Subscriber, Target, Telling

NOON = datetime(2018, 9, 20, 12, tzinfo=UTC)
TARGET = Target(channel="mail", address="desk@reader.example")
NOTHING = Told(stories={}, events=frozenset(), facts={}, instant=frozenset(), event_of={}, also={})


def telling(story: int, **given: object) -> Telling:
    line = Telling(
        story=story,
        revision=1,
        outlet=f"o{story}",
        outlet_name=f"Outlet {story}",
        language="en",
        title=f"Headline {story}",
        address=f"https://o{story}.example/{story}",
        published_at=None,
        published_precision="",
        first_seen_at=NOON + timedelta(hours=story),
    )
    return replace(line, **given)


def mailed(*lines: Telling, language: str = "en") -> str:
    who = Subscriber(
        id="desk",
        name="Desk",
        zone="Asia/Jakarta",
        language=language,
        targets=(TARGET,),
        watches=(),
    )
    found = [
        Match(
            story=line,
            event=1,
            topics=(),
            watch="Harbor",
            sentence=f"sentence {line.story}",
            hits=(),
            facts=(),
            late=False,
        )
        for line in lines
    ]
    made = compose(who, "2018-09-21T07:00+07:00", NOON, found, NOTHING, "")
    assert made is not None
    return render(made, "Harborwatch <a@b.example>", TARGET, NOON, None).text


def test_an_agencys_own_text_is_the_first_whenever_it_came() -> None:
    """A text that is known to be another telling's was that one's first."""
    lines = [
        telling(1, origin="Xinhua", origin_story=2),
        telling(2, origin="Xinhua", origin_story=2, copy_of=1),
    ]
    assert first_telling(lines).story == 2
    assert "First: Outlet 2, " in mailed(*lines)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "First: Xinhua, through Outlet 1"),
        ("id", "Pertama: Xinhua, melalui Outlet 1"),
        ("zh", "最早：Xinhua（经 Outlet 1）"),
    ],
)
def test_an_agency_without_a_text_is_named(language: str, said: str) -> None:
    """Where the agency's own text is not there, the telling that credits it stands beside it."""
    assert said in mailed(telling(1, origin="Xinhua"), language=language)


def test_releases_are_counted_by_themselves() -> None:
    """One release, its reprints, and the reports that are their own."""
    lines = [telling(1, release=True)]
    lines += [telling(number, copy_of=1, release=True) for number in (2, 3)]
    lines += [telling(4), telling(5)]
    assert "1 press release · 2 originals · 2 copies" in mailed(*lines)


def test_a_doubted_page_is_never_quoted() -> None:
    """Headline, sentence and first telling are of a page that is trusted, in any language."""
    bad = telling(1, language="id", doubted=True)
    good = telling(2, copy_of=1)
    for language in ("en", "id"):
        text = mailed(bad, good, language=language)
        assert text.index("Headline 2") < text.index("Headline 1")
        assert "sentence 2" in text
        assert "sentence 1" not in text
    assert first_telling([bad, good]).story == 2
    assert first_telling([bad]).story == 1

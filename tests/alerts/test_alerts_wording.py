"""Six languages of digests: nothing is missing, nothing is left in English."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime
from string import Formatter

import pytest
from babel import Locale

from alerts.render import render
from alerts.sample import sample_digest
from alerts.views import ledger_line
from alerts.wording import LANGUAGES, Wording, wording_for
from alerts.words.counted import counted
from archive.collecting.ledger import Checked
from archive.reporting.fact_table import FactLine
from news import Fact, Subscriber, Target
from pipelines.facts.words import known_things, table

ENGLISH = wording_for("en")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Teller:
    outlet: str
    original: bool = True
    facts: tuple[Fact, ...] = ()


TARGET = Target(channel="mail", address="desk@reader.example")
NOON = datetime(2018, 9, 20, 5, tzinfo=UTC)
#: what is the same in English, or a name
#: what languages may share: dates, and the marks between words
MARKS = {"colon", "comma", "semicolon", "listing", "moment"}
SAME = {"language", "locale", "date", "long_date", *MARKS}


def texts(wording: Wording) -> dict[str, str]:
    """Return every text of a catalogue by its name and, if it has forms, theirs."""
    found: dict[str, str] = {}
    for one in fields(wording):
        value = getattr(wording, one.name)
        if isinstance(value, Mapping):
            found |= {f"{one.name}.{form}": text for form, text in value.items()}
        else:
            found[one.name] = value
    return found


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def test_these_are_the_six() -> None:
    """Digests are worded in six languages; all others are answered in English."""
    assert set(LANGUAGES) == {"en", "id", "zh", "vi", "th", "ms"}
    assert wording_for("zh-Hant").language == "zh"
    assert wording_for("km") is ENGLISH


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_language_lacks_a_message(language: str) -> None:
    """Every message is there, holds what the English one holds, and is not the English one."""
    wording = wording_for(language)
    mine, english = texts(wording), texts(ENGLISH)
    for name, text in mine.items():
        assert text.strip(), name
        like = english.get(name) or english[f"{name.partition('.')[0]}.other"]
        assert placeholders(text) == placeholders(like), name
        if language != "en" and name not in SAME:
            assert text != like, name
    assert {name.partition(".")[0] for name in mine} == {one.name for one in fields(Wording)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_counted_words_have_every_plural_form(language: str) -> None:
    """A counted word has exactly the forms that CLDR knows of the language, for any number."""
    wording = wording_for(language)
    forms = {Locale.parse(wording.locale).plural_form(n) for n in range(1000)}
    for one in fields(Wording):
        value = getattr(wording, one.name)
        if isinstance(value, Mapping) and one.name not in {"troubles", "outcomes"}:
            assert value.keys() == forms, one.name
            assert "{" not in wording.count(value, 12_345)


@pytest.mark.parametrize(
    ("language", "day", "number"),
    [
        ("en", "Thursday, 20 Sep 2018", "12,345 outlets"),
        ("id", "Kamis, 20 Sep 2018", "12.345 media"),
        ("zh", "2018年9月20日 星期四", "12,345 家媒体"),
        ("vi", "Thứ Năm, 20 thg 9, 2018", "12.345 báo"),
        ("th", "วันพฤหัสบดีที่ 20 ก.ย. 2018", "12,345 สื่อ"),
        ("ms", "Khamis, 20 Sep 2018", "12,345 media"),
    ],
)
def test_dates_and_numbers_are_the_languages_own(language: str, day: str, number: str) -> None:
    """Days, months and numbers are printed as the language prints them."""
    wording = wording_for(language)
    assert wording.weekday(NOON) == day
    assert wording.count(wording.outlets, 12_345) == number


def test_one_is_one() -> None:
    """English counts one apart."""
    assert ENGLISH.count(ENGLISH.outlets, 1) == "1 outlet"
    assert ENGLISH.count(ENGLISH.outlets, 0) == "0 outlets"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_digest_speaks_one_language(language: str) -> None:
    """A sample digest has its frame in the reader's language and none of the English frame."""
    reader = Subscriber(
        id="desk", name="", zone="Asia/Jakarta", language=language, targets=(TARGET,), watches=()
    )
    made = render(sample_digest(reader, NOON), "Harborwatch <w@h.example>", TARGET, NOON)
    wording = wording_for(language)
    for words in (wording.new, wording.updates, wording.sent, wording.stop, wording.facts):
        assert words in made.text
        assert words in made.html
    if language != "en":
        for name in ("new", "updates", "sent", "stop", "changed", "topics", "watches", "facts"):
            assert f"\n{getattr(ENGLISH, name)}\n" not in made.text
            assert f"{getattr(ENGLISH, name)}: " not in made.text
        assert "outlet" not in made.text
        assert "checked" not in made.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_ledgers_line_is_in_the_readers_language(language: str) -> None:
    """Sums and silent sources are said in the language; English says the same as the terminal."""
    silent = tuple((f"s{n}/feed", "HTTP 403") for n in range(5))
    checked = Checked(sources=1214, silent=silent, gaps=1)
    line = ledger_line(checked, wording_for(language))
    assert "s0/feed (HTTP 403)" in line
    assert "s3/feed" not in line
    if language == "en":
        assert line.replace("1,", "1") == checked.said().replace("1,", "1")


@pytest.mark.parametrize("language", [one for one in LANGUAGES if one != "en"])
def test_what_facts_count_is_said_in_every_language(language: str) -> None:
    """Each thing that all languages share has a word in each, no other has, and ranges have one."""
    words = counted(language)
    measures = set(table().units.values())
    assert words.keys() - measures - {"{first} to {last}"} == known_things()
    assert placeholders(words["{first} to {last}"]) == {"first", "last"}
    named = [word for word in known_things() if words[word] != word]
    assert len(named) > len(known_things()) - 3


def test_where_outlets_differ_is_said_in_the_readers_language() -> None:
    """A conflict names values in the reader's words, and outlets by their names."""
    left, right = (
        Fact(kind="count", value=value, what="projects", known=True, text=f"{value:.0f} proyek")
        for value in (35.0, 32.0)
    )
    here = FactLine(fact=left, printed=(), reports=(_Teller(outlet="邕江新闻网"),))
    there = FactLine(fact=right, printed=(), reports=(_Teller(outlet="The Strand Ledger"),))
    conflict = replace(here, against=(there,)).conflict
    assert conflict == "35 projects: 邕江新闻网; 32 projects: The Strand Ledger"
    said = wording_for("zh").said(conflict)
    assert said == "35 个项目: 邕江新闻网; 32 个项目: The Strand Ledger"
    assert wording_for("en").said(conflict) == conflict
    reader = Subscriber(
        id="li", name="Li", zone="Asia/Shanghai", language="zh", targets=(TARGET,), watches=()
    )
    digest = sample_digest(reader, NOON)
    digest = replace(digest, cards=(replace(digest.cards[0], conflicts=(conflict,)),))
    mail = render(digest, "Harborwatch <watch@harbor.example>", TARGET, NOON)
    assert said in mail.html

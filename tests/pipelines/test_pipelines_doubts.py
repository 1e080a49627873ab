"""Doubts: spun and hijacked texts and outlets that only copy are kept, and trusted last."""

import random
from dataclasses import replace

import pytest
from pipelines_reprints import report, row, tell
from pipelines_tellings import HARBOR, LANGUAGES, RAILWAY, text

from pipelines.doubts import COPIER_STORIES
from pipelines.stages import Tools


def spun(body: str, share: float) -> str:
    """Put made-up words in the place of so many."""
    chance = random.Random(7)
    return " ".join(
        "".join(chance.choices("aeioulmnrst", k=7)) if chance.random() < share else word
        for word in body.split()
    )


def test_a_spun_text_attaches_and_is_not_trusted(press: Tools) -> None:
    """A text with a quarter of its words replaced is a copy in doubt; with a few, an edit."""
    body = " ".join([*HARBOR["en"], *RAILWAY["en"]])
    first = tell(press, replace(report("1", "paper-1"), body=body))
    few = tell(press, replace(report("2", "paper-2"), body=spun(body, 0.05)))
    many = tell(press, replace(report("3", "paper-3"), title=first.title, body=spun(body, 0.25)))
    assert (few.copy_of, few.doubt) == (first.id, "")
    assert (many.copy_of, many.doubt) == (first.id, "spun")


@pytest.mark.parametrize(
    "words", ["situs slot gacor", "online casino", "线上赌场", "nhà cái", "คาสิโนออนไลน์"]
)
@pytest.mark.parametrize("order", ["12", "21"])
def test_a_hijacked_text_is_not_trusted_whenever_it_came(
    press: Tools, words: str, order: str
) -> None:
    """Gambling words in a text that lacks them elsewhere: the page that has them is in doubt."""
    told = {"1": report("1", "paper-1"), "2": report("2", "paper-2")}
    told["2"] = replace(told["2"], body=f"{told['2'].body}\n{words}")
    for key in order:
        tell(press, told[key])
    clean, bad = row(press.archive, "1"), row(press.archive, "2")
    assert (clean.doubt, bad.doubt) == ("", "hijacked")
    assert clean.origin_story == bad.origin_story == clean.id


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_plain_reprint_is_trusted(press: Tools, language: str) -> None:
    """A reprint with a sentence less is in no doubt, in any language."""
    tell(press, report("1", "paper-1", "", language))
    cut = text(HARBOR[language][:2] + HARBOR[language][3:], language)
    assert tell(press, replace(report("2", "paper-2", "", language), body=cut)).doubt == ""


def test_an_outlet_that_only_copies_is_not_trusted(press: Tools) -> None:
    """Once nearly all that an outlet prints is others' and it never says so, its copies are in doubt."""
    for number in range(COPIER_STORIES + 1):
        body = " ".join(f"w{number}x{word}" for word in range(80))
        tell(press, replace(report(f"a{number}", "paper-1"), title="", body=body))
        copied = tell(press, replace(report(f"b{number}", "paper-2"), title="", body=body))
        assert copied.copy_of is not None
        assert copied.doubt == ("copies without credit" if number >= COPIER_STORIES else "")

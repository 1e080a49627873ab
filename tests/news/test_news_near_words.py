"""Which known word a mistyped one was meant to be."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from news.near_words import nearest, slips
from query import Topics

TOPICS = Topics.shipped().ids
WORDS = st.text("abcde", max_size=7)


@pytest.mark.parametrize("name", [one for one in TOPICS if len(one) > 2])
def test_two_letters_that_changed_places_are_found(name: str) -> None:
    """A topic's name with any two neighbouring letters exchanged suggests that topic."""
    for at in range(len(name) - 1):
        typed = f"{name[:at]}{name[at + 1]}{name[at]}{name[at + 2 :]}"
        meant = nearest(typed, TOPICS)
        assert meant is not None
        # Another name may be as near: ca_cyber_forum has none, cbiz and cabis have.
        assert slips(typed, meant) <= slips(typed, name) <= 1


@pytest.mark.parametrize(("typed", "meant"), [("ciah", "caih"), ("rib", "bri"), ("RCPE", "rcep"), ("caih_froum", "caih_forum"), ("beibuu", "beibu"), ("information", None), ("", None)])  # fmt: skip
def test_what_was_meant(typed: str, meant: str | None) -> None:
    """Slips are understood, capitals do not matter, and what is like nothing stays alone."""
    assert nearest(typed, TOPICS) == meant


@settings(max_examples=60)
@given(a=WORDS, b=WORDS, c=WORDS)
def test_slips_are_counted_as_a_distance(a: str, b: str, c: str) -> None:
    """Nothing lies between a word and itself, the way back is as long, none is longer than both."""
    assert slips(a, a) == 0
    assert slips(a, b) == slips(b, a) <= max(len(a), len(b))
    assert slips(a + c, b + c) <= slips(a, b)

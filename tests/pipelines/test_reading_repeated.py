import pytest
from hypothesis import given
from hypothesis import strategies as st
from reading_told import LANGUAGES, TOLD, outlet, read

from pipelines.reading.body.repeated import MOST, Repeated, forgotten, hashed, learn


def after(*stories):
    known = Repeated()
    for story in stories:
        known = learn(known, [hashed(line) for line in story])
    return known


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_three_stories_carry_is_the_outlets(language):
    """A line that three stories of an outlet carry is cut from the fourth; the story's own lines stay."""
    box = TOLD[language][1][2]
    known = after(*([f"Kisah {n} sendiri saja.", box] for n in range(3)))
    title, (one, two, _), *_ = TOLD[language]
    page = f"<html><title>{title}</title><body><article><h1>{title}</h1><p>{one}</p><p>{two}</p><p>{box}</p></article>"
    assert read(page, outlet(language)).body == f"{one}\n{two}\n{box}"
    assert read(page, outlet(language), furniture=known.furniture).body == f"{one}\n{two}"


def test_two_stories_are_not_enough():
    """A story and its follow-up share their background: that is no furniture."""
    assert not after(["Latar"], ["Latar"]).furniture.holds("Latar")
    assert after(["Latar"], ["Latar"], ["Latar"]).furniture.holds("latar!")


def test_what_comes_and_goes_is_not_furniture():
    """Three stories far apart make no box."""
    apart = [["Nama"], *([[f"k {n}"] for n in range(40)])]
    assert not after(*apart, *apart, *apart).furniture.holds("Nama")


@given(st.lists(st.lists(st.integers(0, 50), max_size=8), max_size=30))
def test_learning_is_pure_and_bounded(stories):
    """Learning changes nothing that was known, counts a story once, and stays within its bound."""
    known = Repeated()
    for story in stories:
        before = dict(known.lines)
        following = learn(known, story)
        assert known.lines == before
        assert following == learn(known, [*story, *story])
        known = following
    assert known.stories == len(stories)
    many = learn(known, range(MOST + 10))
    assert len(many.lines) - len(forgotten(many)) <= MOST
    assert not forgotten(known)

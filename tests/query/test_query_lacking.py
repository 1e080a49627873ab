"""Names that a topic lacks are found by what they are known by, in ten languages."""

from itertools import product

import pytest
from query_quays import HOTEL, QUAY, SAID

from query import Document, tokens
from query.folding import fold
from query.lacking import Lacking, lacking


def story(body: str, language: str, title: str = "") -> Document:
    return Document.of(title=title, body=body, language=language)


def gram(words: str) -> tuple[str, ...]:
    return tuple(token.text for token in tokens(fold(words)))


def beside(language: str, name: str) -> list[Document]:
    """Five stories of three sentences each: one names the quay, as the press does in passing."""
    said, hotel = SAID[language], HOTEL[language]
    return [
        story("\n\n".join([said[n - 2].format(hotel), one.format(name), said[n - 1].format(hotel)]), language)
        for n, one in enumerate(said)
    ]  # fmt: skip


def elsewhere(language: str) -> list[Document]:
    """Twenty stories that say the same of something else."""
    said, hotel = SAID[language], HOTEL[language]
    return [
        story(f"{one.format(hotel)}\n\n{other.format(hotel)}", language)
        for one, other in product(said, said)
        if one != other
    ]


def found(language: str, **given: list[tuple[str, ...]]) -> tuple[Lacking, ...]:
    return lacking(beside(language, QUAY[language]), elsewhere(language), **given)


@pytest.mark.parametrize("language", QUAY)
def test_a_planted_name_stands_first(language: str) -> None:
    """A name that returns among changing neighbours and nowhere else is the likeliest."""
    first, *_ = found(language)
    assert first.words == QUAY[language]
    assert (first.language, first.stories, first.elsewhere) == (language, 5, 0)
    assert QUAY[language] in first.sentence
    assert first.term.tokens == gram(QUAY[language])


@pytest.mark.parametrize("language", QUAY)
def test_what_all_stories_say_is_no_name(language: str) -> None:
    """Where nothing is planted nothing is suggested: the same words stand elsewhere."""
    assert lacking(beside(language, HOTEL[language]), elsewhere(language)) == ()


@pytest.mark.parametrize("language", QUAY)
def test_a_name_is_suggested_whole_and_once(language: str) -> None:
    """No two suggestions hold one another: neither parts of a name, nor it with its neighbours."""
    grams = [" ".join(one.term.tokens) for one in found(language)]
    assert not any(one in other for one, other in product(grams, grams) if one != other)


@pytest.mark.parametrize("language", QUAY)
def test_known_names_and_their_parts_are_left_out(language: str) -> None:
    """What another topic or the gazetteer knows is not suggested."""
    known = found(language, known=[gram(QUAY[language])])
    assert all(one.term.tokens != gram(QUAY[language]) for one in known)


def test_a_name_needs_two_stories() -> None:
    """A phrase of one story is none of a topic's names, however often it stands there."""
    once = story("Southern Sea Digital Quay. The Southern Sea Digital Quay opens.", "en")
    assert lacking([once, story("Nothing.", "en")], elsewhere("en")) == ()


def test_marks_of_the_press_part_names() -> None:
    """No name goes over a comma, a full stop or a bracket; dashes and quotes may stand in it."""
    bodies = [
        "In Nanning, Quay Nusa (Beibu) opens.",
        "To Nanning, Quay Nusa (Beibu) sails.",
        "“Quay” - Nusa.",
    ]
    others = elsewhere("en")
    words = {one.words for one in lacking([story(body, "en") for body in bodies], others)}
    assert "Quay Nusa" in words
    assert not any("," in one or "(" in one for one in words)


def test_a_capital_makes_a_name_likelier() -> None:
    """Of two phrases alike in all else the one that is written as a name stands first."""
    bodies = [
        "We saw Blue Lantern and old timber.",
        "Has Blue Lantern no old timber?",
        "Blue Lantern is old timber",
    ]
    first, *_ = lacking([story(body, "en") for body in bodies], elsewhere("en"))
    assert first.words == "Blue Lantern"


def test_a_common_word_with_a_capital_may_end_a_name() -> None:
    """Of, ng and the end no name; Nam does, although every story has Việt Nam or năm."""
    said = ["Tàu đến Bến Nam hôm qua.", "Mở Bến Nam cho tàu.", "Ở Bến Nam, tàu neo lại."]
    elsewhere = [
        story(f"Việt Nam nói về chuyện {word}.", "vi") for word in ["một", "hai", "ba", "bốn"]
    ]
    first, *_ = lacking([story(one, "vi") for one in said], elsewhere)
    assert first.words == "Bến Nam"


def test_tokens_of_the_topic_make_a_name_likelier() -> None:
    """Of two names the one that resembles the topic's own stands first."""
    bodies = [
        "We saw Blue Lantern and Data Wharf.",
        "Has Blue Lantern Data Wharf?",
        "Data Wharf, Blue Lantern",
    ]
    stories = [story(body, "en") for body in bodies]
    for token, name in (("wharf", "Data Wharf"), ("lantern", "Blue Lantern")):
        assert lacking(stories, elsewhere("en"), likely=[token])[0].words == name


def test_at_most_so_many_are_told_of_each_language() -> None:
    """Each language has its own share of the list."""
    both = [one for language in ("en", "zh") for one in beside(language, QUAY[language])]
    told = lacking(both, [*elsewhere("en"), *elsewhere("zh")], most=1)
    assert [one.words for one in told] == [QUAY["en"], QUAY["zh"]]

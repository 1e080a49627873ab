"""Copies: a text that repeats another's is found in every language, and nothing else is."""

from collections.abc import Sequence
from dataclasses import replace

import opencc
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pipelines_tellings import FURNITURE, HARBOR, LANGUAGES, RAILWAY, put, story, text, zawgyi

from archive import Archive
from archive.grouping.likeness import SharedText
from archive.keeping import stories
from news import Story
from pipelines.anchors import Anchored, anchors
from pipelines.copies import Copies, linked
from pipelines.likenesses import BOILERPLATE, CONTAINED, SHARED, likenesses
from pipelines.stages import Tools


def archived(tools: Tools, said: Story) -> tuple[int, Story]:
    """Take a story through the stage and into the archive."""
    found = Copies(tools).process_item(said)
    return put(tools.archive, found), found


def harbor(key: str, language: str, body: str | None = None, **given: str) -> Story:
    whole = text(HARBOR[language], language)
    return story(key, f"Judul {key}", body if body is not None else whole, language, **given)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_reprint_is_a_copy(tools: Tools, language: str) -> None:
    """A text printed again with a sentence less and a line more is a copy of the first."""
    first, found = archived(tools, harbor("1", language))
    assert found.copy_of is None
    cut = f"{text(HARBOR[language][:2] + HARBOR[language][3:], language)}\nBaca juga: cuaca (wn)"
    _, again = archived(tools, harbor("2", language, cut, outlet="antara"))
    assert again.copy_of is not None
    assert (again.copy_of.story, again.copy_of.kind) == (first, "reprint")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_summary_is_a_part(tools: Tools, language: str) -> None:
    """The first sentences of a text alone are a summary of it."""
    first, _ = archived(tools, harbor("1", language, long(language)))
    _, short = archived(tools, harbor("2", language, HARBOR[language][0], outlet="antara"))
    assert short.copy_of is not None
    assert (short.copy_of.story, short.copy_of.kind) == (first, "summary")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_summary_that_came_first_becomes_a_part(tools: Tools, language: str) -> None:
    """The whole text is an original, and the summary before it is linked to it."""
    short, _ = archived(tools, harbor("1", language, HARBOR[language][0]))
    whole, found = archived(tools, harbor("2", language, long(language), outlet="antara"))
    assert found.copy_of is None
    assert [(part.story, part.kind) for part in found.parts] == [(short, "summary")]
    with tools.archive.read() as db:
        (row,) = stories.load(db, [short])
    assert (row.copy_of, row.copy_kind) == (whole, "summary")


@pytest.mark.parametrize("language", LANGUAGES)
def test_two_reports_are_no_copies(tools: Tools, language: str) -> None:
    """Two different reports in one language stand by themselves."""
    archived(tools, harbor("1", language))
    railway = story("2", "Judul 2", text(RAILWAY[language], language), language)
    _, other = archived(tools, railway)
    assert (other.copy_of, other.parts) == (None, ())


def test_a_script_twin_is_a_copy(tools: Tools) -> None:
    """The same text in Traditional characters is a reprint of the Simplified one."""
    first, _ = archived(tools, harbor("1", "zh"))
    twin = opencc.OpenCC("s2t").convert(text(HARBOR["zh"], "zh"))
    assert twin != text(HARBOR["zh"], "zh")
    _, again = archived(tools, harbor("2", "zh", twin, outlet="antara"))
    assert again.copy_of is not None
    assert (again.copy_of.story, again.copy_of.kind) == (first, "reprint")
    assert again.copy_of.containment > 0.9


def test_a_zawgyi_twin_is_a_copy(tools: Tools) -> None:
    """The same text in Zawgyi is a reprint of the one in Unicode."""
    first, _ = archived(tools, harbor("1", "my"))
    twin = zawgyi(text(HARBOR["my"], "my"))
    assert twin != text(HARBOR["my"], "my")
    _, again = archived(tools, harbor("2", "my", twin, outlet="antara"))
    assert again.copy_of is not None
    assert (again.copy_of.story, again.copy_of.kind) == (first, "reprint")
    assert again.copy_of.containment > 0.9


@pytest.mark.parametrize("language", sorted(FURNITURE))
def test_boilerplate_makes_no_copies(tools: Tools, language: str) -> None:
    """A guide printed below many unlike stories joins none of them, once it is known."""
    bodies = [*HARBOR[language], *RAILWAY[language]]
    for number, sentence in enumerate(bodies):
        said = harbor(str(number), language, f"{sentence}\n{FURNITURE[language]}")
        _, found = archived(tools, replace(said, title=""))
        if number > BOILERPLATE:
            assert (found.copy_of, found.parts) == (None, ()), number


@pytest.mark.parametrize("place", ["above", "below"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_an_outlets_second_story_is_no_copy_for_its_lines(
    tools: Tools, language: str, place: str
) -> None:
    """Lines that stand above or below every story of an outlet make no copy of the second one."""
    lines = text(HARBOR[language][:3], language)
    for number, sentences in enumerate((RAILWAY[language][:2], RAILWAY[language][2:])):
        own = text(sentences, language)
        body = f"{lines}\n{own}" if place == "above" else f"{own}\n{lines}"
        _, found = archived(tools, harbor(str(number), language, body))
        assert (found.copy_of, found.parts) == (None, ())


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_outlets_text_with_more_behind_it_is_the_same_text(tools: Tools, language: str) -> None:
    """A short report that its outlet prints again with more below it is a part of that."""
    archived(tools, harbor("1", language, HARBOR[language][0]))
    _, again = archived(tools, harbor("2", language, long(language)))
    assert again.copy_of or again.parts


@pytest.mark.parametrize("language", LANGUAGES)
def test_another_outlets_text_behind_another_lead_is_its_copy(tools: Tools, language: str) -> None:
    """Between outlets a text is a copy also where only its beginning is another."""
    first, _ = archived(tools, harbor("1", language))
    lead = RAILWAY[language][0]
    body = text((lead, *HARBOR[language][1:]), language)
    _, found = archived(tools, harbor("2", language, body, outlet="antara"))
    assert found.copy_of is not None
    assert found.copy_of.story == first


def test_a_copy_of_a_copy_is_linked_to_the_first(tools: Tools) -> None:
    """Every reprint names the oldest text, whichever reprint it was taken from."""
    first, _ = archived(tools, harbor("1", "en"))
    for key in "2345":
        _, found = archived(tools, harbor(key, "en", outlet="antara"))
        assert found.copy_of is not None
        assert found.copy_of.story == first


def test_a_revision_is_no_copy_of_itself(tools: Tools) -> None:
    """A story read again is compared with others, never with itself or its own copies."""
    archived(tools, harbor("1", "en"))
    archived(tools, harbor("2", "en", outlet="antara"))
    again = Copies(tools).process_item(harbor("1", "en", long("en")))
    assert (again.copy_of, again.parts) == (None, ())


def long(language: str) -> str:
    return text(HARBOR[language] + RAILWAY[language][1:], language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_anchors_are_of_the_text_not_of_its_dress(language: str) -> None:
    """Case, width, dashes, quotes, line breaks and joiners change no anchor."""
    plain = text(HARBOR[language], language)
    dressed = plain.upper().replace(" ", "\n").replace("။", "\u200b။")
    assert dressed != plain or language in ("zh", "th", "km", "lo")
    assert anchors(dressed) == anchors(plain)
    assert anchors(f"\u2060{plain}\u00ad ") == anchors(plain)


def test_anchors_stay_what_they_are() -> None:
    """Archived anchors must meet those of tomorrow: the same text gives these numbers."""
    found = anchors(text(HARBOR["en"], "en"))
    assert found == tuple(sorted(set(found)))
    assert (len(found), found[0], found[-1]) == PINNED


PINNED = (40, 194908805633242725, 8809179628459011323)


@given(st.text(alphabet="ab c中国กข", max_size=80), st.text(alphabet="ab c中国กข", max_size=80))
def test_what_follows_takes_no_anchor_away(one: str, other: str) -> None:
    """A text that goes on has all anchors of its beginning, so that summaries meet it."""
    assert set(anchors(f"{one}\n")) <= set(anchors(f"{one}\n{other}"))


@given(st.text(max_size=200))
def test_anchors_fit_the_archive(any_text: str) -> None:
    """Any text has anchors of 63 bits, each once and in order."""
    found = anchors(any_text)
    assert found == tuple(sorted(set(found)))
    assert all(0 <= anchor < 2**63 for anchor in found)


def whole(values: Sequence[int]) -> Anchored:
    """Make a text of these anchors, each at a word of its own."""
    return Anchored(anchors=list(values), places=list(range(len(values))), words=len(values))


def row(number: int, values: Sequence[int], *, root: int | None = None) -> SharedText:
    return SharedText(
        story=number,
        root=root or number,
        outlet=f"outlet-{number}",
        anchors=len(values),
        shared=tuple(values),
    )


@given(st.sets(st.integers(0, 60)), st.sets(st.integers(0, 60)))
def test_likeness_is_the_share_of_the_smaller_text(own: set[int], other: set[int]) -> None:
    """Two texts are alike exactly if they share enough anchors and enough of the smaller one's."""
    both = own & other
    shared = [replace(row(7, sorted(other)), shared=tuple(sorted(both)))] if both else []
    contained = len(both) / max(1, min(len(own), len(other)))
    found = likenesses("own", whole(sorted(own)), shared)
    if len(both) >= SHARED and contained >= CONTAINED:
        (like,) = found
        assert (like.story, like.containment) == (7, contained)
    else:
        assert found == []


def test_an_anchor_of_many_unrelated_texts_says_nothing() -> None:
    """Boilerplate is counted by originals: fifty reprints of one text are one."""
    own = list(range(10))
    reprints = [row(number, own, root=1) for number in range(2, 52)]
    assert likenesses("own", whole(own), [row(1, own), *reprints])[0].story == 1
    unrelated = [row(number, own) for number in range(1, BOILERPLATE + 2)]
    assert likenesses("own", whole(own), unrelated) == []


def test_of_equals_the_oldest_is_the_original() -> None:
    """A text that equals several is linked to the one that was archived first."""
    own = list(range(10))
    found = linked(story("1", "", ""), whole(own), [row(9, own), row(4, own)])
    assert found.copy_of is not None
    assert found.copy_of.story == 4
    assert found.anchors == tuple(own)


def test_the_archive_keeps_anchors_of_the_latest_revision_only(
    archive: Archive, tools: Tools
) -> None:
    """After a revision a copy of the old text is no copy of this story any more."""
    number, _ = archived(tools, harbor("1", "en"))
    revised = harbor("1", "en", text(RAILWAY["en"], "en"))
    revised = Copies(tools).process_item(revised)
    with archive.write() as db:
        (old,) = stories.load(db, [number])
        stories.revise(db, number, old, replace(revised, page=1))
    _, late = archived(tools, harbor("2", "en", outlet="antara"))
    assert late.copy_of is None
    _, railway = archived(tools, harbor("3", "en", text(RAILWAY["en"], "en"), outlet="antara"))
    assert railway.copy_of is not None
    assert railway.copy_of.story == number

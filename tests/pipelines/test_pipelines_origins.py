"""Origins: who had a text first is told from the texts, in any order in which they come."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pipelines_reprints import report, row, tell
from pipelines_tellings import HARBOR, LANGUAGES, NOON

from archive.grouping.copy_groups import Member, Origin
from news import Dated, Precision
from pipelines.credits import NOBODY, SIGNED, credit
from pipelines.origins import origin
from pipelines.stages import Tools

#: how each language passes an agency's report on, in a first sentence or a dateline
CREDITS = {
    "id": "NANNING (Xinhua) - ",
    "ms": "NANNING, 18 Sept (Xinhua) -- ",
    "en": "NANNING, Sept. 18 (Xinhua) -- ",
    "zh": "据新华社报道，",
    "vi": "Theo Tân Hoa Xã, ",
    "th": "ตามรายงานของซินหัว ",
    "km": "(ស៊ិនហួ) ",
    "lo": "(ຊິນຫົວ) ",
    "my": "(ဆင်ဟွာ) ",
    "fil": "Ayon sa ulat ng Xinhua, ",
}
AGENCIES = {"xinhuanet": "Xinhua", "antara": "ANTARA"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_is_credited_had_it_first(press: Tools, language: str) -> None:
    """A paper that was seen first and credits an agency had it from there, in every language."""
    tell(press, report("1", "paper-1", CREDITS[language], language))
    agency = tell(press, report("2", "xinhuanet", "", language))
    for key in "12":
        found = row(press.archive, key)
        assert (found.origin, found.origin_story) == ("Xinhua", agency.id)
        assert found.origin_by in ("agency line", "reported by")


def test_an_agency_whose_text_never_came_had_it_first(press: Tools) -> None:
    """Its name stands there, and no story."""
    found = tell(press, report("1", "paper-1", CREDITS["en"]))
    assert (found.origin, found.origin_by, found.origin_story) == ("Xinhua", "agency line", None)


def test_a_chain_of_credits_is_followed_to_its_end(press: Tools) -> None:
    """What papers took from ANTARA, which took it from Xinhua, is Xinhua's."""
    tell(press, report("1", "paper-1", "Jakarta (ANTARA) - "))
    tell(press, report("2", "paper-2", "Jakarta (ANTARA) - "))
    found = tell(press, report("3", "antara", "Nanning (ANTARA/Xinhua) - "))
    assert found.origin == "Xinhua"


def test_a_dateline_names_another_outlet(press: Tools) -> None:
    """NANNING (IndoTelko) printed elsewhere is IndoTelko's, and in IndoTelko its own."""
    own = tell(press, report("1", "indotelko", "NANNING (IndoTelko) - "))
    assert own.origin == ""
    found = tell(press, report("2", "paper-1", "NANNING (IndoTelko) - "))
    told = (found.origin, found.origin_by, found.origin_story)
    assert told == ("indotelko", "dateline", own.id)


@pytest.mark.parametrize("end", [" (T.KR-WNM)", " (ANTARA/rig)", "\n– ANTARA"])
def test_an_agencys_sign_behind_the_end_is_a_credit(press: Tools, end: str) -> None:
    """What is signed like ANTARA's is ANTARA's, whichever paper printed it first."""
    first = report("1", "paper-1", language="id")
    found = tell(press, replace(first, body=first.body + end))
    assert (found.origin, found.origin_by, found.origin_story) == ("ANTARA", "agency line", None)


def test_a_byline_code_names_the_desk_that_wrote_it(press: Tools) -> None:
    """(esy/indotelko) under a paper's text is IndoTelko's; in IndoTelko, and (wn/abc), say nothing."""
    found = tell(press, report("1", "paper-1", authors=("esy/indotelko",)))
    assert (found.origin, found.origin_by) == ("indotelko", "byline code")
    assert tell(press, report("2", "indotelko", authors=("esy/indotelko",))).origin == "indotelko"
    for authors in (("esy/indotelko",), ("wn/abc",), ("A Person/IndoTelko",)):
        said = report("3", "indotelko", authors=authors)
        assert credit(said, {"indotelko": "IndoTelko"}) == NOBODY


def test_who_signed_a_text_had_it_first(press: Tools) -> None:
    """A text that one of its outlets signs in the dateline is that one's, also where it came late."""
    tell(press, report("1", "paper-1"))
    own = tell(press, report("2", "indotelko", "NANNING (IndoTelko) - "))
    assert (own.origin, own.origin_by, own.origin_story) == ("indotelko", "dateline", own.id)


def test_the_whole_text_was_before_its_cut(press: Tools) -> None:
    """A teaser that was seen first was cut from the whole text, which nobody credits."""
    teaser = replace(report("1", "paper-1"), body=HARBOR["en"][0])
    tell(press, teaser)
    whole = tell(press, replace(report("2", "paper-2"), first_seen_at=NOON + timedelta(hours=1)))
    for key in "12":
        found = row(press.archive, key)
        assert (found.origin_story, found.origin_by) == (whole.id, "longest text")


def test_a_printed_time_is_before_the_time_of_a_visit(press: Tools) -> None:
    """Of two that credit nobody the one published first had it, whichever was visited first."""
    printed = Dated(
        at=NOON - timedelta(hours=5),
        precision=Precision.MINUTE,
        origin="json-ld",
        text="",
        zone="",
        confidence=0.9,
    )
    tell(press, report("1", "paper-1"))
    early = tell(press, report("2", "paper-2", published=printed))
    assert (early.origin_story, early.origin_by) == (early.id, "first published")
    assert row(press.archive, "1").origin_story == early.id


def test_a_story_alone_has_no_origin(press: Tools) -> None:
    """Nothing is said of a text that nobody repeats and that credits nobody."""
    found = tell(press, report("1", "paper-1"))
    assert (found.origin, found.origin_by, found.release) == ("", "", False)


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_the_order_of_arrival_changes_nothing(press: Tools, order: Sequence[int]) -> None:
    """However three tellings come, all are of one group and the agency had it first."""
    told = [
        report("0", "paper-1", CREDITS["en"]),
        report("1", "xinhuanet"),
        report("2", "paper-2", "NANNING (Xinhua) - "),
    ]
    for at in order:
        tell(press, told[at])
    rows = [row(press.archive, key) for key in "012"]
    assert {one.copy_of or one.id for one in rows} == {min(one.id for one in rows)}
    assert {one.origin for one in rows} == {"Xinhua"}
    assert {one.origin_story for one in rows} == {rows[1].id}


def members() -> st.SearchStrategy[list[Member]]:
    def made(number: int, hours: tuple[int, int], rest: tuple[str, int, str, str, str]) -> Member:
        name, anchors, credit, doubt, signed = rest
        return Member(
            story=number,
            outlet=name,
            first_seen_at=NOON + timedelta(hours=max(hours)),
            out_at=NOON + timedelta(hours=min(hours)),
            anchors=anchors,
            credit=credit,
            credit_by="agency line" if credit else signed,
            doubt=doubt,
        )

    rest = st.tuples(
        st.sampled_from(["antara", "xinhuanet", "paper-1", "paper-2", "paper-3"]),
        st.sampled_from([10, 40, 50]),
        st.sampled_from(["", "", "ANTARA", "Xinhua", "paper-1"]),
        st.sampled_from(["", "", "spun"]),
        st.sampled_from(["", "", SIGNED]),
    )
    one = st.tuples(st.tuples(st.integers(0, 9), st.integers(0, 9)), rest)
    return st.lists(one, min_size=1, max_size=6).map(
        lambda found: [made(number, *given) for number, given in enumerate(found, 1)]
    )


@given(members(), st.randoms())
def test_what_is_decided_hangs_on_the_members_alone(group: list[Member], chance: Any) -> None:
    """A group in any order has one origin, one of its own or somebody credited."""
    mixed = list(group)
    chance.shuffle(mixed)
    found = origin(group, AGENCIES)
    assert origin(mixed, AGENCIES) == found
    trusted = [one for one in group if not one.doubt] or group
    assert found.story in {None, *(one.story for one in trusted)}
    assert found.to in {"", *(one.outlet for one in trusted), *(one.credit for one in trusted)}


def member(number: int, hour: int, **given: Any) -> Member:
    at = NOON + timedelta(hours=hour)
    made = Member(story=number, outlet=f"paper-{number}", first_seen_at=at, out_at=at, anchors=40)
    return replace(made, **given)


def test_three_outlets_within_hours_print_a_release() -> None:
    """A text that three outlets print whole within hours, crediting nobody, was sent to them."""
    three = [member(1, 0), member(2, 2), member(3, 5)]
    assert origin(three, {}).release
    assert not origin(three[:2], {}).release
    assert not origin([*three[:2], member(3, 30)], {}).release
    assert not origin([*three[:2], member(3, 5, anchors=5)], {}).release
    assert not origin(
        [*three[:2], member(3, 5, credit="Xinhua", credit_by="dateline")], {}
    ).release
    assert not origin([*three[:2], member(3, 5, outlet="paper-1")], {}).release
    assert not origin([*three[:2], member(3, 5, credit_by=SIGNED)], {}).release
    assert origin([member(1, 0, release_words="PRNewswire"), member(2, 90)], {}).release


def test_nobody_in_doubt_had_it_first() -> None:
    """A hijacked page that was seen first is not the first, where another has the text."""
    found = origin([member(1, 0, doubt="hijacked"), member(2, 5)], {})
    assert found == Origin(to="paper-2", by="first seen", story=2)

"""What a probe proposes for an outlet's file: its text changed, never more than was seen."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawler import catalogue
from crawler.mending import mended
from crawler.probing import ProbedOutlet, ProbedWay, Verdict, as_unreached, judged, unreached
from crawler.proposals import FoundWay, Proposal
from crawler.reports import WayReport
from crawler.unlisted import unlisted
from news import Dated, Entry, Outcome, Outlet, Precision, Source

FILES = catalogue.files([catalogue.SHIPPED])
OUTLETS = catalogue.load([catalogue.SHIPPED])
SEEN = datetime(2018, 9, 20, 2, 22, tzinfo=UTC)
ENTRY = Entry(
    address="https://suara.example/read/1537410163/pelabuhan",
    headline="Pelabuhan maklumat",
    published=Dated(
        at=SEEN, text="", zone="UTC", origin="feed", precision=Precision.SECOND, confidence=1
    ),
)


def alive(source: Source) -> WayReport:
    return WayReport(
        source=source, outcome=Outcome.GOOD, answer="HTTP 200", status=200,
        entries=(ENTRY,), stories=(ENTRY,), newest=SEEN,
    )  # fmt: skip


def gone(source: Source) -> WayReport:
    return WayReport(source=source, outcome=Outcome.GONE, answer="HTTP 410", status=410)


def silent(source: Source) -> WayReport:
    answer = f"{source.address}: no such host"
    return WayReport(source=source, outcome=Outcome.TEMPORARY, answer=answer)


def moved(source: Source) -> WayReport:
    return replace(alive(source), moved=f"{source.address}/\"new\"?a='b'")


def probed(
    outlet: Outlet, reports: Sequence[WayReport], found: Proposal | None = None
) -> ProbedOutlet:
    return ProbedOutlet(outlet=outlet, ways=[judged(one) for one in reports], found=found)


def feed_found(outlet: Outlet) -> Proposal:
    way = FoundWay(
        way="feed",
        address=f"{outlet.home}/another.xml",
        why="at a usual place",
        entries=(ENTRY,),
    )
    return Proposal(asked=outlet.home, plain=unlisted(outlet.home), ways=(way,))


def loaded(text: str, outlet: Outlet, folder: Path) -> Outlet:
    path = folder / f"{outlet.id}.toml"
    path.write_text(text, "utf-8")
    return catalogue.load_file(path)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_file_keeps_all_that_was_not_probed(path: Path, tmp_path: Path) -> None:
    """Of every shipped file: what lives changes nothing, a move one address, a find the lost sources."""
    text, outlet = path.read_text("utf-8"), OUTLETS[path.stem]
    first, others = outlet.sources[0], outlet.sources[1:]
    assert mended(text, probed(outlet, [alive(one) for one in outlet.sources])) == text
    after = loaded(mended(text, probed(outlet, [moved(first)])), outlet, tmp_path)
    assert after.sources[0].address == moved(first).moved
    assert after == replace(outlet, sources=(after.sources[0], *others))
    lost = [gone(first), *(silent(one) for one in others)]
    new = loaded(mended(text, probed(outlet, lost, feed_found(outlet))), outlet, tmp_path)
    assert [one.address for one in new.sources] == [f"{outlet.home}/another.xml"]
    assert replace(new, sources=()) == replace(outlet, sources=())


def test_no_source_is_given_up_for_a_silence() -> None:
    """Beside a living way one that the server calls gone is taken out, one that gave no answer is not."""
    path = next(path for path in FILES if path.stem == "antara")
    text, outlet = path.read_text("utf-8"), OUTLETS["antara"]
    first, second, *rest = outlet.sources
    assert mended(text, probed(outlet, [alive(first), silent(second)])) == text
    without = mended(text, probed(outlet, [alive(first), gone(second)]))
    assert json.dumps(second.address) not in without
    assert all(json.dumps(one.address) in without for one in (first, *rest))
    alone = [gone(one) for one in outlet.sources]
    assert mended(text, probed(outlet, alone)) == text, "nothing was found to stand in"


def test_another_form_of_sources_is_left_alone() -> None:
    """A file whose sources are no tables that stand together is never rewritten."""
    outlet = OUTLETS["indotelko"]
    for text in (
        'sources = [{ way = "listing", address = "https://www.indotelko.com/" }]\n',
        '[[sources]]\nway = "listing"\n[addresses]\nstory = []\n[[sources]]\nway = "feed"\n',
        "",
    ):
        assert mended(text, probed(outlet, [moved(outlet.sources[0])])) == text


@pytest.mark.parametrize(
    ("change", "verdict", "says"),
    [
        ({}, Verdict.ALIVE, "1 entries, newest 2018-09-20 02:22 UTC"),
        ({"stories": ()}, Verdict.ALIVE, "none is a story by addresses.story, as https://suara"),
        ({"moved": "https://a.example/"}, Verdict.MOVED, "301 to https://a.example/; 1 entries"),
        ({"entries": (), "stories": ()}, Verdict.EMPTY, "HTTP 200, but no stories"),
        ({"outcome": Outcome.GONE, "answer": "HTTP 410"}, Verdict.DEAD, "HTTP 410"),
        ({"outcome": Outcome.MISSING, "answer": "HTTP 404"}, Verdict.DEAD, "HTTP 404"),
        ({"outcome": Outcome.UNREADABLE, "note": "HTML"}, Verdict.UNREADABLE, "not a listing: HTML"),
        ({"outcome": Outcome.BLOCKED, "answer": "HTTP 403"}, Verdict.BLOCKED, "HTTP 403"),
        ({"outcome": Outcome.TOLD_TO_WAIT}, Verdict.TOLD_TO_WAIT, "HTTP 200"),
        ({"outcome": Outcome.TEMPORARY, "status": 502}, Verdict.FAILING, "HTTP 200"),
        ({"outcome": Outcome.TEMPORARY, "status": None}, Verdict.DEAD, "HTTP 200"),
    ],
)  # fmt: skip
def test_what_an_answer_means(change: dict[str, object], verdict: Verdict, says: str) -> None:
    """Each outcome of a way has one verdict, in words that say what was seen."""
    report = replace(alive(OUTLETS["indotelko"].sources[0]), **change)
    found: ProbedWay = judged(report)
    assert found.verdict is verdict
    assert says in found.text


def test_an_outage_needs_two_hosts() -> None:
    """Silence of several hosts is ours; silence of one host is its own, and so is an answer of one."""
    one, other = OUTLETS["indotelko"], OUTLETS["kompas"]
    both = [probed(outlet, [silent(outlet.sources[0])]) for outlet in (one, other)]
    assert unreached(both)
    assert not unreached(both[:1])
    assert not unreached([both[0], probed(other, [gone(other.sources[0])])])
    assert {way.verdict for way in as_unreached(both[0]).ways} == {Verdict.UNREACHED}

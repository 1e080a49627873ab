"""Exports: foreign text never becomes a formula, a control or a broken file."""

import csv
import io
import json
from datetime import UTC, datetime
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harborwatch.exports import Record, atom, csv_text, json_lines

NOON = datetime(2018, 9, 20, 12, tzinfo=UTC)
WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
ATOM = "{http://www.w3.org/2005/Atom}"


def record(title: str = "信息港", url: str = "https://a.example/1", hit: str = "") -> Record:
    return Record(
        id=1,
        url=url,
        title=title,
        outlet="a",
        country="CN",
        language="zh",
        authors=(title,) if title else (),
        published=None,
        first_seen=NOON,
        updated=NOON,
        revision=1,
        topics=("caih",),
        event=None,
        copy_of=None,
        hit=hit,
        words=(hit,) if hit else (),
    )


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+62 21", "-5%", "@SUM(A1)", "\t=1", "\r=1", " =HYPERLINK()", "＝1", "\ufeff=1"],
)
def test_no_cell_is_a_formula(text: str) -> None:
    """A cell that a spreadsheet would compute begins with an apostrophe."""
    _, row = csv.reader(io.StringIO("".join(csv_text([record(text, hit=text)])), newline=""))
    assert [cell for cell in row if text in cell] == [f"'{text}"] * 4


@given(WORDS, WORDS)
def test_csv_gives_the_text_back(title: str, hit: str) -> None:
    """Whatever a headline holds, CSV readers get one row with it, formulas apart."""
    _, row = csv.reader(io.StringIO("".join(csv_text([record(title, hit=hit)])), newline=""))
    cells = dict(zip(Record.__dataclass_fields__, row, strict=True))
    assert cells["title"] in (title, f"'{title}")
    assert cells["hit"] in (hit, f"'{hit}")


@given(WORDS, WORDS)
def test_json_gives_the_text_back(title: str, hit: str) -> None:
    """Whatever a headline holds, each story is one line of JSON."""
    (line,) = json_lines([record(title, hit=hit)])
    assert line.count("\n") == 1
    assert json.loads(line)["title"] == title


@given(WORDS, WORDS, WORDS)
def test_atom_is_well_formed(title: str, url: str, query: str) -> None:
    """Whatever headline, address and query hold, the feed parses, each entry with link or text."""
    feed = ET.fromstring(atom(query, [record(title, url=url)], NOON))
    (entry,) = feed.findall(f"{ATOM}entry")
    assert entry.find(f"{ATOM}link") is not None or entry.find(f"{ATOM}content") is not None
    assert entry.find(f"{ATOM}author/{ATOM}name") is not None


def test_an_unsafe_address_is_no_link() -> None:
    """An address that is no web page stands as text."""
    feed = ET.fromstring(atom("x", [record(url="javascript:alert(1)")], NOON))
    assert feed.find(f"{ATOM}entry/{ATOM}link") is None
    content = feed.find(f"{ATOM}entry/{ATOM}content")
    assert content is not None
    assert content.text == "javascript:alert(1)"

"""Exports: foreign text never becomes a formula, a control or a broken file."""

import csv
import io
import json
import re
from dataclasses import replace
from datetime import UTC, datetime
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alerts.clean import clean
from harborwatch.exports import Record, atom, csv_text, json_lines
from harborwatch.ris import ris_text
from news import Outlet

NOON = datetime(2018, 9, 20, 12, tzinfo=UTC)
WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
#: of our own making, in the ten languages
HEADLINES = [
    "Pelabuhan data dibuka di Nanning",
    "Hab maklumat dibuka di Nanning",
    "Information harbor opens in Nanning",
    "信息港在南宁启用",
    "Cảng thông tin mở cửa tại Nam Ninh",
    "ท่าเรือสารสนเทศเปิดที่หนานหนิง",
    "កំពង់ផែព័ត៌មានបើកនៅណាននីង",
    "ທ່າເຮືອຂໍ້ມູນເປີດຢູ່ໜານໜິງ",
    "သတင်းအချက်အလက်ဆိပ်ကမ်း နန်နင်းတွင်ဖွင့်",
    "Binuksan ang daungan ng impormasyon sa Nanning",
]
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
        lead="",
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


def references(text: str) -> list[list[tuple[str, str]]]:
    """Read RIS as its specification says: every line a tag, TY to ER."""
    found: list[list[tuple[str, str]]] = []
    assert not text.strip() or text.endswith("\r\n")
    for line in text.split("\r\n"):
        if not line:
            continue
        assert line.splitlines() == [line]
        tag, between, said = line[:2], line[2:6], line[6:]
        assert re.fullmatch("[A-Z][A-Z0-9]", tag), line
        assert between == "  - "
        if tag == "TY":
            found.append([])
        found[-1].append((tag, said))
    assert all(one[0] == ("TY", "NEWS") and one[-1] == ("ER", "") for one in found)
    return found


@given(WORDS, WORDS)
def test_ris_gives_the_text_back(title: str, lead: str) -> None:
    """Whatever a headline holds, RIS has one line for each tag, and a reader gets it back clean."""
    text = "".join(ris_text([replace(record(title), lead=lead), record()], {}))
    first, second = references(text)
    tags = [tag for tag, _ in first]
    assert len(set(tags)) == len(tags)
    assert tags == [one for one in RIS if one in tags]
    said = dict(first)
    assert said["TI"] == (clean(title) or "https://a.example/1")
    assert said.get("AU", "") == clean(title)
    assert said.get("AB", "") == clean(lead)
    assert dict(second)["TI"] == "信息港"


RIS = ("TY", "TI", "AU", "T2", "PB", "DA", "UR", "LA", "AB", "N1", "ER")


@pytest.mark.parametrize("headline", HEADLINES)
def test_ris_says_what_a_reference_asks_for(headline: str) -> None:
    """A reference has outlet by name, day in its zone, address, language, authors and topics."""
    night = datetime(2018, 9, 19, 18, 30, tzinfo=UTC)
    one = replace(
        record(headline), published=night, authors=("Siti Aminah", "李明"), topics=("caih", "bri")
    )
    outlet = Outlet(
        id="a",
        name="Strand Pos",
        home="https://a.example/",
        country="ID",
        languages=("id",),
        zone="Asia/Jakarta",
    )
    (found,) = references("".join(ris_text([one], {"a": outlet})))
    assert found == [
        ("TY", "NEWS"),
        ("TI", headline),
        ("AU", "Siti Aminah"),
        ("AU", "李明"),
        ("T2", "Strand Pos"),
        ("PB", "Strand Pos"),
        ("DA", "2018/09/20/"),
        ("UR", "https://a.example/1"),
        ("LA", "zh"),
        ("N1", "caih, bri"),
        ("ER", ""),
    ]


def test_ris_leads_to_no_unsafe_address() -> None:
    """An address that is no web page is no link of a reference; no day is made up."""
    (found,) = references("".join(ris_text([record(url="javascript:alert(1)")], {})))
    assert not {"UR", "DA"} & {tag for tag, _ in found}

"""`harborwatch try stories`: what the pipeline makes of stories, without a crawl."""

import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from harborwatch.commands import main
from harborwatch.commands.try_inputs import BadLine
from harborwatch.commands.try_story_inputs import StoryInput, first_seen, story_inputs
from pipelines.embedding import shipped
from query import Topics

pytestmark = pytest.mark.long

Try = Callable[..., Result]
Line = Mapping[str, Any]

#: one forum, told by ten newsrooms in their own words
FORUM = {
    "id": "Forum Pelabuhan Informasi Tiongkok-ASEAN dibuka di Nanning pada 12 September. Perusahaan AsiaInfo dan Fiberhome meneken 35 proyek bernilai RMB20 miliar, kata panitia kepada wartawan yang hadir di sana.",
    "ms": "Forum Pelabuhan Maklumat China-ASEAN bermula di Nanning pada 12 September. Syarikat AsiaInfo dan Fiberhome menandatangani 35 projek bernilai RMB20 bilion, kata penganjur kepada pemberita yang berada di situ.",
    "en": "The China-ASEAN Information Harbor Forum began in Nanning on September 12. AsiaInfo and Fiberhome signed 35 projects worth 20 billion yuan, the hosts told reporters who had come to see them.",
    "zh": "中国—东盟信息港论坛9月12日在南宁开幕，AsiaInfo与Fiberhome等企业签下35个项目，总额200亿元。",
    "vi": "Diễn đàn Cảng thông tin Trung Quốc-ASEAN khai mạc tại Nam Ninh ngày 12/9. AsiaInfo và Fiberhome ký 35 dự án trị giá 20 tỷ nhân dân tệ, ban tổ chức cho biết.",
    "th": "การประชุมท่าเรือสารสนเทศจีน-อาเซียนเปิดขึ้นที่เมืองหนานหนิงเมื่อวันที่ 12 กันยายน AsiaInfo และ Fiberhome ลงนาม 35 โครงการ มูลค่า 2 หมื่นล้านหยวน",
    "km": "វេទិកាកំពង់ផែព័ត៌មានចិន-អាស៊ាន បានបើកនៅទីក្រុងណាននីង ថ្ងៃទី១២ ខែកញ្ញា ដោយ AsiaInfo និង Fiberhome ចុះហត្ថលេខា ៣៥ គម្រោង។",
    "lo": "ກອງປະຊຸມທ່າເຮືອຂໍ້ມູນຂ່າວສານຈີນ-ອາຊຽນ ເປີດຂຶ້ນທີ່ນະຄອນໜານໜິງ ວັນທີ 12 ກັນຍາ, AsiaInfo ແລະ Fiberhome ເຊັນ 35 ໂຄງການ.",
    "my": "တရုတ်-အာဆီယံ သတင်းအချက်အလက်ဆိပ်ကမ်း ဖိုရမ်ကို နန်နင်းမြို့တွင် စက်တင်ဘာလ ၁၂ ရက်၌ ဖွင့်ပြီး AsiaInfo နှင့် Fiberhome တို့ စီမံကိန်း ၃၅ ခု လက်မှတ်ထိုးသည်။",
    "fil": "Binuksan sa Nanning noong ika-12 ng Setyembre ang Tsina-ASEAN Information Harbor Forum. Lumagda ang AsiaInfo at Fiberhome sa 35 proyekto, ayon sa mga nag-imbita sa mga mamamahayag na dumalo roon.",
}
#: a report of nothing that is watched, long enough to be known again
FISH = "".join(
    f"The {day} market by the old quay sold {fish} from boats that left before dawn. "
    for day, fish in [
        ("Monday", "red snapper and squid"), ("Tuesday", "mackerel in wooden crates"),
        ("Wednesday", "prawns weighed by hand"), ("Thursday", "dried anchovies on mats"),
        ("Friday", "crabs tied with straw"), ("Saturday", "eels kept in clay jars"),
    ]
)  # fmt: skip
#: a landslide on a railway, told three times
LANDSLIDE = {
    "en": "The railway across the northern hills is closed after a landslide struck an old bridge. Rescuers took the passengers down by bus and nobody was hurt.",
    "id": "Jalur kereta api yang melintasi perbukitan utara ditutup setelah longsor menimpa jembatan tua. Petugas mengevakuasi penumpang dengan bus dan tidak ada yang terluka.",
    "ms": "Laluan kereta api merentasi perbukitan utara ditutup selepas tanah runtuh menimpa jambatan lama. Pasukan penyelamat membawa penumpang turun dengan bas dan tiada sesiapa cedera.",
}
TOPIC = """id = "fish"
title = "Fish"
tier = 3
relation = "related"
definition = "What is sold on the quay."
[sure]
en = ["red snapper"]
"""


@pytest.fixture
def tried(tmp_path: Path) -> Try:
    """Run `harborwatch try stories` with a home of no outlets."""
    (tmp_path / "home").mkdir()

    def run(file: str | Path, given: bytes = b"") -> Result:
        named = ["--home", str(tmp_path / "home"), "try", "stories", str(file)]
        return CliRunner().invoke(main, named, input=given, catch_exceptions=False)

    return run


def told(tried: Try, *rows: Mapping[str, object] | bytes) -> tuple[Result, list[Line]]:
    given = [
        one if isinstance(one, bytes) else json.dumps(one, ensure_ascii=False).encode()
        for one in rows
    ]
    done = tried("-", b"\n".join(given))
    return done, [json.loads(line) for line in done.stdout.splitlines()]


def at(hours: float) -> str:
    return (datetime(2018, 9, 12, 3, tzinfo=UTC) + timedelta(hours=hours)).isoformat()


def test_a_forum_in_ten_languages(tried: Try) -> None:
    """Language, topic, event and facts of one happening are found in all ten languages."""
    rows = [
        {"id": code, "title": "", "text": text, "published": at(hours), "outlet": f"o-{code}"}
        for hours, (code, text) in enumerate(FORUM.items())
    ]
    done, answers = told(tried, *rows)
    assert (done.exit_code, done.stderr) == (0, "")
    assert [one["id"] for one in answers] == list(FORUM)
    assert {one["id"]: one["language"] for one in answers} == {code: code for code in FORUM}
    for one in answers:
        topic = one["topics"][0]
        assert (topic["id"], topic["tier"]) == ("caih", 1), one
        assert 0 < topic["score"] <= 1
        assert topic["reasons"][0] == "tier 1"
        assert all(words in FORUM[one["id"]] for words in topic["words"])
        assert set(topic["facets"]) <= set(Topics.shipped().get("caih").facets)
        assert one["copy_of"] is None
        assert one["event"] == "id", one
        facts = {(fact["kind"], fact["value"]) for fact in one["facts"]}
        assert {("date", "2018-09-12"), ("place", "Nanning"), ("count", 35.0)} <= facts, one
        assert all(fact["text"] in FORUM[one["id"]] for fact in one["facts"])
        assert all(fact.keys() == {"kind", "value", "high", "unit", "what", "text"} for fact in one["facts"])  # fmt: skip


def test_copies_name_the_first_of_them(tried: Try) -> None:
    """A text that repeats another's names it, stands in its event, and other texts do not."""
    _, (first, other, again) = told(
        tried,
        {"id": "first", "title": "Fish", "text": FISH},
        {"id": 2, "title": "Forum", "text": FORUM["en"], "language": "en-GB"},
        {"id": "again", "title": "Fish of the quay", "text": f"(Agency) {FISH}"},
    )
    assert (first["copy_of"], first["event"], first["topics"]) == (None, "first", [])
    assert (other["id"], other["copy_of"], other["event"], other["language"]) == (2, None, 2, "en")
    assert (again["copy_of"], again["event"]) == ("first", "first")


def test_a_longer_text_later_is_the_whole(tried: Try) -> None:
    """Where a summary came first, it ends as a copy of the whole text that came after it."""
    _, (part, whole) = told(
        tried,
        {"id": "part", "title": "", "text": ". ".join(FISH.split(". ")[:2]) + "."},
        {"id": "whole", "title": "", "text": FISH},
    )
    assert (part["copy_of"], whole["copy_of"]) == ("whole", None)
    assert part["event"] == whole["event"] == "part"


def test_what_is_told_again_much_later_is_another_event(tried: Try) -> None:
    """Dates count: the same words beyond the window of days tell of another happening."""
    rows = [
        {"id": code, "title": "", "text": FORUM[code], "published": at(hours)}
        for code, hours in (("en", 0), ("id", 2), ("vi", 400))
    ]
    _, answers = told(tried, *rows)
    assert [one["event"] for one in answers] == ["en", "en", "vi"]


def test_bad_lines_are_told_and_the_rest_is_read(tried: Try) -> None:
    """A line that is no story is one line with its error, in its place; status 1."""
    good = {"id": "good", "title": "Fish", "text": FISH}
    done, answers = told(
        tried, good, b"", b"no json", b"[1]", b"\xff\xfe{}", b"[" * 100_000,
        {"title": "t", "text": "x"}, {"id": "a", "title": "t"}, {"id": "b", "text": 5},
        {"id": True, "text": "x"}, {"id": "c", "title": ["t"], "text": "x"}, good,
        {"id": "d", "text": "x", "language": "tlh"}, {"id": "e", "text": "x", "url": "fish"},
        {"id": "f", "text": "x", "published": "yesterday"},
        {"id": "g", "text": "x", "published": "0001-01-01T00:00:00+14:00"},
        b'{"id": "h", "title": "\\u0000\\ud800", "text": "\\ud800 \\u0007", "published": null}',
        {"id": "last", "title": "Fish", "text": FISH, "url": "https://fish.example/1"},
    )  # fmt: skip
    assert done.exit_code == 1
    assert "see the lines with an error" in done.stderr
    assert "Traceback" not in done.stderr
    first, *bad, odd, last = answers
    assert [one for one in bad if "error" not in one] == []
    assert [one["line"] for one in bad] == [3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16]
    ids = [one["id"] for one in bad if "id" in one]
    assert ids == ["a", "b", "c", "good", "d", "e", "f", "g"]
    assert (odd["id"], odd["topics"], odd["facts"]) == ("h", [], [])
    assert (first["event"], last["copy_of"]) == ("good", "good")


def test_a_file_or_a_pipe(tmp_path: Path, tried: Try) -> None:
    """A file is read as a pipe is; one that is not there or is empty is told."""
    row = json.dumps({"id": "1", "title": "Forum", "text": FORUM["en"]}).encode()
    (tmp_path / "stories.jsonl").write_bytes(b"\xef\xbb\xbf" + row + b"\r\n")
    assert tried(tmp_path / "stories.jsonl").stdout == tried("-", row).stdout != ""
    missing, nothing = tried(tmp_path / "none.jsonl"), tried("-")
    assert (missing.exit_code, "none.jsonl: cannot be read" in missing.stderr) == (2, True)
    assert (nothing.exit_code, "nothing to read" in nothing.stderr) == (1, True)


def test_outlets_and_topics_of_the_home(tmp_path: Path, tried: Try) -> None:
    """Topics of the home are looked for too; what one outlet prints below every story is no copy."""
    (tmp_path / "home" / "topics").mkdir()
    (tmp_path / "home" / "topics" / "fish.toml").write_text(TOPIC, "utf-8")
    many = [f"{FISH} It was reported by boat {number} on its way." for number in range(7)]
    for place in ({}, {"outlet": "quay"}, {"url": "https://quay.example.id/a"}):
        _, answers = told(
            tried,
            *({"id": at, "title": "", "text": text, **place} for at, text in enumerate(many)),
        )
        assert [one["topics"][0]["id"] for one in answers] == ["fish"] * len(many)
        assert answers[0]["topics"][0]["words"] == ["red snapper"]
        assert [one["copy_of"] for one in answers[:3]] == [None, 0, 0]
        assert (answers[-1]["copy_of"] == 0) == (not place), place


@pytest.mark.skipif(shipped() is None, reason="the extra vectors is not installed")
def test_meaning_joins_what_shares_no_name(tried: Try) -> None:
    """With vectors, tellings of one happening are one event without a name, number or day in common."""
    _, answers = told(
        tried,
        *({"id": code, "title": text, "text": text} for code, text in LANDSLIDE.items()),
        {"id": "fish", "title": "Fish", "text": FISH},
    )
    assert [one["event"] for one in answers] == ["en", "en", "en", "fish"]


def times(*published: str) -> list[float]:
    """Return the seconds at which stories came, after noon of one day."""
    noon = datetime(2018, 9, 12, 12, tzinfo=UTC)
    rows = [{"id": str(at), "text": "x", "published": one} for at, one in enumerate(published)]
    given = list(story_inputs(json.dumps(row).encode() for row in rows))
    assert not any(isinstance(one, BadLine) for one in given)
    good = [one for one in given if isinstance(one, StoryInput)]
    return [(one - noon).total_seconds() for one in first_seen(good, noon)]


def test_stories_come_in_the_order_of_their_lines() -> None:
    """Each comes when it was published, but after the one above it; a bare day means its noon."""
    assert times("", "") == [0.0, 0.001]
    assert times("", "2018-09-12T12:01Z", "") == [60.0, 60.001, 60.002]
    assert times("2018-09-12T19:00:09+07:00", "2018-09-12", "2018-09-13") == [9.0, 9.001, 86400.0]

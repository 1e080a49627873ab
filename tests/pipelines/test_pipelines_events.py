"""Events: tellings of one happening are joined in any language, others stay apart."""

import math
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pipelines_tellings import LANGUAGES, NOON, put, story

from archive.grouping import events
from archive.grouping.events import Telling
from archive.keeping import stories
from news import Story
from pipelines.copies import Copies
from pipelines.event_groups import FLOOR
from pipelines.event_keys import MOST, Seen, edition_keys, expected_share, name_keys, shown, weigh
from pipelines.event_score import evidence, features, tie
from pipelines.event_settling import WINDOW, Settler
from pipelines.events import Events
from pipelines.facts.stage import Facts
from pipelines.stages import Tools
from pipelines.topics import Topics as Mentions

#: one forum, told by ten newsrooms in their own words; figures differ in two
FORUM = {
    "id": "Forum Pelabuhan Informasi Tiongkok-ASEAN dibuka di Nanning pada 12 September. AsiaInfo dan Fiberhome meneken 35 proyek bernilai RMB20 miliar.",
    "ms": "Nanning menjadi tuan rumah apabila Forum Pelabuhan Maklumat China-ASEAN bermula 12 September; AsiaInfo serta Fiberhome antara penandatangan 35 projek bernilai RMB20 bilion.",
    "en": "Thirty-five projects worth 20 billion yuan were signed in Nanning on September 12 as the China-ASEAN Information Harbor Forum began, AsiaInfo and Fiberhome said.",
    "zh": "中国—东盟信息港论坛9月12日在南宁开幕，AsiaInfo与Fiberhome等企业签约53个项目，总额200亿元。",
    "vi": "Tại Nam Ninh ngày 12/9, Diễn đàn Cảng thông tin Trung Quốc-ASEAN khai mạc với 35 dự án trị giá 20 tỷ nhân dân tệ của AsiaInfo và Fiberhome.",
    "th": "เมืองหนานหนิงเปิดการประชุมท่าเรือสารสนเทศจีน-อาเซียน เมื่อวันที่ 12 กันยายน AsiaInfo และ Fiberhome ลงนาม 35 โครงการ มูลค่า 2 หมื่นล้านหยวน",
    "km": "វេទិកាកំពង់ផែព័ត៌មានចិន-អាស៊ាន បានបើកនៅទីក្រុងណាននីង ថ្ងៃទី១២ ខែកញ្ញា ដោយ AsiaInfo និង Fiberhome ចុះហត្ថលេខា ៣៥ គម្រោង។",
    "lo": "ກອງປະຊຸມທ່າເຮືອຂໍ້ມູນຂ່າວສານຈີນ-ອາຊຽນ ເປີດຂຶ້ນທີ່ນະຄອນໜານໜິງ ວັນທີ 12 ກັນຍາ, AsiaInfo ແລະ Fiberhome ເຊັນ 35 ໂຄງການ.",
    "my": "တရုတ်-အာဆီယံ သတင်းအချက်အလက်ဆိပ်ကမ်း ဖိုရမ်ကို နန်နင်းမြို့တွင် စက်တင်ဘာလ ၁၂ ရက်၌ ဖွင့်ပြီး AsiaInfo နှင့် Fiberhome တို့ စီမံကိန်း ၃၅ ခု လက်မှတ်ထိုးသည်။",
    "fil": "Binuksan sa Nanning noong ika-12 ng Setyembre ang Tsina-ASEAN Information Harbor Forum; 35 proyekto ang nilagdaan ng AsiaInfo at Fiberhome.",
}
#: another happening at the same place in the same week, of the same topic's company
OTHER = {
    "id": "Sebuah konferensi tentang padi hibrida dibuka di Nanning pada 14 September, dihadiri 120 peneliti dari ASEAN.",
    "en": "A fair for tropical fruit opened in Nanning on September 14 with 120 growers from ASEAN countries.",
    "zh": "一场热带水果展销会9月14日在南宁举行，来自东盟的120家果农参加。",
    "th": "งานแสดงผลไม้เมืองร้อนเปิดขึ้นที่หนานหนิงเมื่อวันที่ 14 กันยายน มีชาวสวนจากอาเซียน 120 รายเข้าร่วม",
}


def told(tools: Tools, key: str, body: str, language: str, **given: Any) -> tuple[int, Story]:
    """Take a telling through the stages and into the archive; returns its number."""
    said = replace(story(key, "", body, language, outlet=f"outlet-{key}"), **given)
    for stage in (Copies, Mentions, Facts, Events):
        said = stage(tools).process_item(said)
    number = put(tools.archive, said)
    with tools.archive.write() as db:
        Settler.of(tools.topics).new(db, number, said)
    return number, said


def event_of(tools: Tools, number: int) -> int:
    with tools.archive.read() as db:
        (row,) = stories.load(db, [number])
    assert row.event is not None
    return row.event


@pytest.mark.parametrize("language", [one for one in LANGUAGES if one != "en"])
def test_two_tellings_are_one_event(tools: Tools, language: str) -> None:
    """A report in English and one in any other language share names, day and place: one event."""
    first, _ = told(tools, "1", FORUM["en"], "en")
    second, said = told(tools, "2", FORUM[language], language)
    assert event_of(tools, second) == event_of(tools, first), said.event_keys
    assert said.copy_of is None
    with tools.archive.read() as db:
        place = events.standing(db, [second])[second].place
    assert place.because.startswith("same: ")


@pytest.mark.parametrize("language", sorted(OTHER))
def test_another_happening_of_the_week_is_another_event(tools: Tools, language: str) -> None:
    """The same city in the same week with the same neighbours is not the same happening."""
    forum = {event_of(tools, told(tools, one, FORUM[one], one)[0]) for one in ("id", "en", "zh")}
    assert len(forum) == 1
    number, _ = told(tools, "9", OTHER[language], language)
    assert event_of(tools, number) not in forum


def test_figures_never_split_an_event(tools: Tools) -> None:
    """Reports with other figures of the same forum are in its event all the same."""
    for number, one in enumerate(("id", "en", "zh", "vi")):
        body = FORUM[one].replace("35", str(100 + number)).replace("53", "179")
        found, _ = told(tools, one, body, one)
        assert event_of(tools, found) == 1


def test_a_copy_is_in_the_event_of_its_original(tools: Tools) -> None:
    """A reprint goes where its text is, even a month later."""
    first, _ = told(tools, "1", FORUM["id"], "id")
    later = NOON + timedelta(days=30)
    again, said = told(tools, "2", FORUM["id"] + " (wn)", "id", first_seen_at=later)
    assert said.copy_of is not None
    assert event_of(tools, again) == event_of(tools, first)


def test_the_same_words_a_month_later_are_another_event(tools: Tools) -> None:
    """What is first seen outside the window opens an event of its own."""
    first, _ = told(tools, "1", FORUM["en"], "en")
    late = NOON + WINDOW + timedelta(hours=1)
    second, _ = told(tools, "2", FORUM["id"], "id", first_seen_at=late)
    assert event_of(tools, second) != event_of(tools, first)


def test_a_revision_leaves_and_comes_back(tools: Tools) -> None:
    """A text that was replaced is another event's; with the text it returns to its number."""
    first, _ = told(tools, "1", FORUM["en"], "en")
    second, said = told(tools, "2", FORUM["id"], "id")
    event = event_of(tools, first)
    assert event_of(tools, second) == event
    revised(tools, second, OTHER["id"], said)
    assert event_of(tools, second) != event
    assert event_of(tools, first) == event
    apart = event_of(tools, second)
    revised(tools, second, FORUM["id"], said)
    assert event_of(tools, second) == event
    with tools.archive.read() as db:
        assert events.current(db, apart) == event


def revised(tools: Tools, number: int, body: str, said: Story) -> None:
    """Let a story say something else."""
    again = replace(said, body=body, page=1, copy_of=None, parts=(), mentions=(), facts=())
    for stage in (Copies, Mentions, Facts, Events):
        again = stage(tools).process_item(again)
    with tools.archive.write() as db:
        (known,) = stories.load(db, [number])
        stories.revise(db, number, known, again)
        Settler.of(tools.topics).arrive(db, number)


WEIGHTS = {"t:caih": 6.0, "t:bri": 4.0, "n:city:nanning": 5.0, "d:9-12": 4.0, "f:35": 5.0}
WEIGHTS |= {"f:2e+10CNY": 6.0, "w:asiainfo": 6.0, "n:country:cn": 0.7, "n:city:guilin": 5.0}
KEYS = st.lists(st.sampled_from(sorted(WEIGHTS)), unique=True)


def telling(number: int, keys: Sequence[str], **given: Any) -> Telling:
    known = {"at": NOON, "language": "en", **given}
    return Telling(story=number, keys={key: WEIGHTS.get(key, 3.0) for key in keys}, **known)


@given(KEYS, KEYS)
def test_more_in_common_is_more_evidence(some: list[str], more: list[str]) -> None:
    """Evidence is never lowered by a further key, whatever the order."""
    together = {key: WEIGHTS[key] for key in [*some, *more]}
    fewer = {key: WEIGHTS[key] for key in some}
    assert evidence(together) >= evidence(fewer)
    assert math.isclose(evidence(together), evidence(dict(reversed(together.items()))))


def test_topics_of_one_story_hang_together() -> None:
    """The strongest topic counts whole, each further one a quarter; other keys all count."""
    weights = {key: WEIGHTS[key] for key in ("t:caih", "t:bri")}
    assert evidence(weights) == 7.0
    assert evidence({"t:bri": 4.0, "n:city:nanning": 5.0, "d:9-12": 4.0}) == 13.0
    assert evidence({}) == 0.0


@given(KEYS, KEYS, st.one_of(st.none(), st.floats(-1, 1)))
def test_a_tie_has_no_direction(some: list[str], others: list[str], meaning: float | None) -> None:
    """Two stories are as surely tied whichever is asked, and never less than the floor."""
    one, other = telling(1, some), telling(2, others, language="id")
    assert tie(one, other, meaning) == tie(other, one, meaning)
    assert tie(one, other, meaning).score >= FLOOR


def test_nothing_in_common_ties_nothing() -> None:
    """Without a shared key and without vectors two stories are strangers."""
    assert tie(telling(1, ["f:35"]), telling(2, ["d:9-12"]), None).score == FLOOR


def test_time_apart_weakens_a_tie() -> None:
    """The same keys prove less with each day between the two."""
    keys = ["t:caih", "n:city:nanning", "d:9-12", "w:asiainfo"]
    now = tie(telling(1, keys), telling(2, keys), 0.4).score
    later = tie(telling(1, keys), telling(2, keys, at=NOON + timedelta(days=3)), 0.4).score
    assert now > later


def test_figures_never_keep_two_apart() -> None:
    """Other figures take nothing away that no figures would give."""
    keys = ["n:city:nanning", "w:asiainfo", "d:9-12"]
    one, other = telling(1, [*keys, "f:35"]), telling(2, [*keys, "f:1779"])
    found = features(one, other, None)
    assert found["figures"] == 0.0
    assert not any(name.startswith("other_fig") for name in found)


def test_other_editions_keep_two_apart() -> None:
    """The third forum and the fourth are two, much as they have in common."""
    keys = ["n:city:nanning", "w:asiainfo"]
    third, fourth = telling(1, [*keys, "e:3"]), telling(2, [*keys, "e:4"])
    assert tie(third, fourth, 0.5).score < tie(third, telling(2, [*keys, "e:3"]), 0.5).score


def test_a_tie_says_why() -> None:
    """What ties two stories is told in words, with how close they are in meaning."""
    keys = ["t:caih", "w:asiainfo", "n:city:nanning", "f:2e+10CNY"]
    because = tie(telling(1, keys), telling(2, keys), 0.62).because
    assert because == "same: 20 bn CNY, caih, asiainfo, nanning; close in meaning .62"


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("第三届中国—东盟信息港论坛", ["e:3"]),
        ("Forum ke-3 dan yang keempat", ["e:3", "e:4"]),
        ("the 4th forum, on 4 September", ["e:4"]),
        ("Diễn đàn lần thứ 3", ["e:3"]),
        ("การประชุมครั้งที่ ๓", ["e:3"]),
        ("វេទិកាលើកទី៣", ["e:3"]),
        ("ກອງປະຊຸມຄັ້ງທີ 3", ["e:3"]),
        ("(၃) ကြိမ်မြောက် ဖိုရမ်", ["e:3"]),
        ("Ikatlong Forum noong ika-12 ng Setyembre", ["e:3"]),
    ],
)
def test_editions_are_read(text: str, numbers: list[str]) -> None:
    """Which one of a row of meetings it was is read in every language; a day is none."""
    assert list(edition_keys(text)) == numbers


KINDS = ["t:caih", "t:unknown", "n:country:cn", "n:city:nanning", "n:bloc:asean", "n:region:gx"]
KINDS += [
    "e:3",
    "n:agency:xinhua",
    "f:7",
    "f:20",
    "f:60",
    "f:1500",
    "f:5%",
    "f:2e+10CNY",
    "d:9-12",
]


@given(
    st.dictionaries(st.sampled_from([*KINDS, "w:asiainfo"]), st.integers(0, 5000)),
    st.integers(0, 5000),
)
def test_rare_keys_weigh_more(counts: dict[str, int], total: int) -> None:
    """A key's weight lies between 0 and the most, and falls with the stories that have it."""
    seen = {key: Seen(min(times, total), total) for key, times in counts.items()}
    weights = weigh(list(counts), seen, {"caih": 1})
    assert all(0.0 <= weight <= MOST for weight in weights.values())
    often = {key: Seen(one.times + 10, total) for key, one in seen.items()}
    more = weigh(list(counts), often, {"caih": 1})
    assert all(more[key] <= weights[key] for key in counts)


@pytest.mark.parametrize("key", [*KINDS, "w:asiainfo"])
def test_every_kind_has_an_expected_share(key: str) -> None:
    """Each kind of key is expected in some share of all stories."""
    assert 0.0 < expected_share(key, {"caih": 1}) < 0.5


@pytest.mark.parametrize(
    ("language", "text", "names"),
    [
        ("zh", "AsiaInfo与Huawei Cloud等企业", ["w:asiainfo", "w:huawei cloud"]),
        ("th", "บริษัทFiberhome ร่วมกับ ZTEและ", ["w:fiberhome", "w:zte"]),
        ("en", "Officials met AsiaInfo. Trade grew.", ["w:asiainfo"]),
        ("id", "Menteri bertemu Wisnu Nugroho dan CAIH.", ["w:wisnu nugroho", "w:caih"]),
        ("km", "ក្រុមហ៊ុនFiberhome", ["w:fiberhome"]),
        ("vi", "Đại diện ĐHQGHNội và ASEANPlus", ["w:aseanplus"]),
    ],
)
def test_names_in_latin_letters_are_kept(language: str, text: str, names: list[str]) -> None:
    """In any script names in Latin letters are keys; a sentence's first word is none."""
    assert list(name_keys(text, language, [])) == names


def test_a_name_that_is_known_counts_once() -> None:
    """What stands in the span of a topic or a place is no name beside it."""
    assert list(name_keys("Forum di Nanning Baru", "zh", [(9, 16)])) == ["w:forum"]


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("f:2e+10CNY", "20 bn CNY"),
        ("f:1.5e+06", "1.5 m"),
        ("f:35", "35"),
        ("f:6.5%", "6.5 %"),
        ("n:city:nanning", "nanning"),
        ("d:9-13", "9-13"),
        ("t:caih", "caih"),
    ],
)
def test_a_link_is_explained_in_words(key: str, words: str) -> None:
    """What joined two stories is told as a person would write it."""
    assert shown(key) == words

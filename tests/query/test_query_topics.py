"""Topic files compile to one query; topics are put into questions by name."""

import sqlite3
from pathlib import Path

import pytest

from news import FileError, QueryError
from query import (
    FTS5_TOKENIZE,
    Document,
    Topics,
    expand,
    index_query,
    index_text,
    match,
    parse,
)

HARBOR = """
id = "harbor"
title = "Information Harbor"
tier = 1
relation = "core"
definition = "A harbor of data."
includes = ["forum"]

[sure]
en = ["China-ASEAN Information Harbor"]
id = ["Pelabuhan Informasi China-ASEAN"]
ms = ["Pelabuhan Maklumat China-ASEAN"]
fil = ["Daungan ng Impormasyon ng Tsina-ASEAN"]
vi = ["Cảng thông tin Trung Quốc-ASEAN"]
zh = ["中国-东盟信息港"]
th = ["ท่าเรือข้อมูลจีน-อาเซียน"]
lo = ["ທ່າເຮືອຂໍ້ມູນຈີນ-ອາຊຽນ"]
km = ["កំពង់ផែព័ត៌មានចិន-អាស៊ាន"]
my = ["တရုတ်-အာဆီယံ သတင်းဆိပ်ကမ်း"]

[[ambiguous]]
names = ["=CAIH", "南向"]
near = 5
accept = ["ASEAN", "东盟"]
reject = ["institute", "新南向", "南向政策"]

[[ambiguous]]
names = ["harbor of OR NOT"]
accept = ["Nanning"]
"""
FORUM = """
id = "forum"
title = "Forum"
tier = 2
relation = "direct"
definition = "Its forum."
[sure]
en = ["Harbor Forum"]
"""
BRI = """
id = "bri"
title = "Belt and Road"
tier = 3
relation = "related"
definition = "Belt and Road."
[sure]
en = ["Belt and Road", "一带一路"]
[[ambiguous]]
names = ["=BRI"]
near = 30
accept = ["Tiongkok", "Belt"]
reject = ["nasabah", "Bank Rakyat Indonesia"]
[facets.roads]
title = "Roads"
[facets.roads.names]
en = ["motorway*"]
id = ["jalan tol"]
zh = ["高速公路"]
"""


@pytest.fixture
def topics(tmp_path: Path) -> Topics:
    for name, text in (("harbor", HARBOR), ("forum", FORUM), ("bri", BRI)):
        (tmp_path / f"{name}.toml").write_text(text, encoding="utf-8")
    return Topics.load(tmp_path)


def says(topics: Topics, query: str, text: str) -> bool:
    asked = expand(parse(query), topics)
    return match(asked, Document.of(title="Berita", body=text)) is not None


@pytest.mark.parametrize(
    "text",
    [
        "The China – ASEAN Information Harbor opened on Friday.",
        "Pelabuhan Informasi China-ASEAN dibuka di sana.",
        "Majlis Pelabuhan Maklumat China ASEAN bermula.",
        "Binuksan ang Daungan ng Impormasyon ng Tsina-ASEAN kahapon.",
        "Lễ ra mắt Cảng thông tin Trung Quốc – ASEAN diễn ra sáng nay.",
        "昨日“中國一東盟”信息港開放。",
        "เปิดท่าเรือข้อมูล จีน - อาเซียน แล้ว",
        "ເປີດທ່າເຮືອຂໍ້ມູນຈີນ - ອາຊຽນແລ້ວ",
        "បានបើកកំពង់ផែព័ត៌មាន ចិន-អាស៊ាន ថ្ងៃនេះ",
        "တရုတ်-အာဆီယံ သတင်းဆိပ်ကမ်းကို ယနေ့ ဖွင့်သည်။",
        "CAIH, says ASEAN, is open.",
        "The harbor of or not, near Nanning.",
        "东盟的南向通道",
        "A Harbor Forum is a topic of its own.",
        "The institute CAIH of ASEAN and the China-ASEAN Information Harbor.",
    ],
)
def test_a_topic_is_found_in_ten_languages(topics: Topics, text: str) -> None:
    """A sure name, or an ambiguous one in company, or an included topic finds a story."""
    assert says(topics, "@harbor", text)


@pytest.mark.parametrize(
    "text",
    [
        "CAIH is an institute.",
        "The institute CAIH works with ASEAN.",
        "Caih with ASEAN in small letters.",
        "CAIH one two three four five six seven ASEAN.",
        "东盟与新南向",
        "东盟的南向政策",
        "The harbor of or not, elsewhere.",
    ],
)
def test_an_ambiguous_name_needs_good_company(topics: Topics, text: str) -> None:
    """Without company near, or with bad company near, an ambiguous name says nothing."""
    assert not says(topics, "@harbor", text)


def test_the_bank_is_not_the_road(topics: Topics) -> None:
    """BRI the bank is no mention; a bad word never cancels a sure name."""
    assert not says(topics, "@bri", "BRI melayani nasabah dari Tiongkok.")
    assert not says(topics, "@bri", "BRI membuka cabang.")
    assert says(topics, "@bri", "BRI didukung Tiongkok.")
    assert says(topics, "@bri", "BRI melayani nasabah; Belt and Road lain lagi.")


def test_a_topic_inside_a_question_means_the_topic(topics: Topics) -> None:
    """@topic in a watch gives what the topic's own query gives."""
    story = Document.of(title="Harbor Forum", body="CAIH and ASEAN")
    for topic in topics:
        assert match(expand(parse(f"@{topic.id}"), topics), story) == match(topic.query, story)
    assert says(topics, "@bri -@harbor", "Belt and Road")
    assert not says(topics, "@bri -@harbor", "Belt and Road and the Harbor Forum")


def test_core_is_only_the_sure_names(topics: Topics) -> None:
    """@topic/core leaves ambiguous names out, and can stand at NEAR."""
    assert not says(topics, "@bri/core", "BRI didukung Tiongkok.")
    assert says(topics, "@bri/core", "Belt and Road")
    assert says(topics, "@bri/core NEAR/2 forum", "the Belt and Road forum")
    assert not says(topics, "@bri/core NEAR/2 forum", "BRI forum")


def test_a_facet_is_named_beside_the_topic(topics: Topics) -> None:
    """@topic/facet is a story of the topic that names this side of it near one of its names."""
    assert says(topics, "@bri/roads", "Along the Belt and Road a new motorway opens.")
    assert says(topics, "@bri/roads", "BRI didukung Tiongkok: jalan tol baru.")
    assert says(topics, "topic:@bri/roads", "一带一路：高速公路。")
    assert not says(topics, "@bri/roads", "BRI melayani nasabah dari Tiongkok di jalan tol.")
    assert not says(topics, "@bri/roads", "Belt and Road" + " and so on" * 20 + " motorway")
    assert not says(topics, "@bri/roads", "一带一路" + "很" * 100 + "高速公路")
    assert says(topics, "@bri -@bri/roads", "Belt and Road")


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("@bri/rods", 'did you mean "roads"'),
        ("@forum/roads", "known are: core"),
    ],
)
def test_an_unknown_facet_gets_a_suggestion(topics: Topics, text: str, what: str) -> None:
    """A question that names no facet of the topic says which there are, and where it stands."""
    with pytest.raises(QueryError, match=what) as raised:
        expand(parse(f"port {text}"), topics)
    assert raised.value.at == 5


def test_a_facet_stands_at_no_near() -> None:
    """NEAR takes names; a facet asks for two places of a story."""
    with pytest.raises(QueryError, match="NEAR takes"):
        parse("@bri/roads NEAR/3 port")


def test_company_decides_but_is_not_shown(topics: Topics) -> None:
    """The hits of a topic are its names."""
    found = match(topics.get("bri").query, Document.of(title="", body="BRI didukung Tiongkok."))
    assert found is not None
    assert [(hit.words, hit.clause) for hit in found.hits] == [("BRI", "=BRI NEAR/30 tiongkok")]


def test_an_unknown_topic_gets_a_suggestion(topics: Topics) -> None:
    """A question that names no topic of ours says which was meant, and where."""
    with pytest.raises(QueryError, match='did you mean "harbor"') as raised:
        expand(parse("forum OR @harbour"), topics)
    assert raised.value.at == 9


def test_a_later_folder_replaces_topics_by_id(tmp_path: Path) -> None:
    """The subscriber's own file stands in for the shipped one."""
    for folder, name in (("first", "Harbor Forum"), ("second", "Wharf Forum")):
        (tmp_path / folder).mkdir()
        path = tmp_path / folder / "forum.toml"
        path.write_text(FORUM.replace("Harbor Forum", name), encoding="utf-8")
    loaded = Topics.load(tmp_path / "first", tmp_path / "second")
    assert loaded.ids == ("forum",)
    assert says(loaded, "@forum", "Wharf Forum")
    assert not says(loaded, "@forum", "Harbor Forum")


@pytest.mark.parametrize(
    ("name", "text", "line", "what"),
    [
        ("forum", FORUM.replace("tier", "teir"), 4, 'did you mean "tier"'),
        ("forum", FORUM.replace('"forum"', '"other"'), 2, "not the name of the file"),
        ("forum", FORUM.replace('"Harbor Forum"', '"Harbor Forum", "…"'), 8, "no letter"),
        ("forum", FORUM.replace('en = ["Harbor Forum"]', ""), 2, "no names"),
        (
            "bri",
            BRI.replace('accept = ["Tiongkok", "Belt"]', "accept = []"),
            12,
            '"accept" is empty',
        ),
        ("bri", BRI.replace("near = 30", "near = -1"), 11, "less than 0"),
        ("bri", BRI.replace('["motorway*"]', '["motorway*", "!"]'), 17, "no letter"),
        ("bri", BRI.replace("facets.roads", "facets.core"), 14, 'cannot be called "core"'),
        ("bri", BRI.replace("facets.roads", "facets.Roads"), 14, 'cannot be called "Roads"'),
        ("bri", BRI.replace('title = "Roads"', ""), 14, '"title" is missing'),
        ("bri", BRI.replace("tier = 3", 'tier = 3\nincludes = ["brii"]'), 5, 'no topic "brii"'),
        ("bri", BRI.replace("tier = 3", 'tier = 3\nincludes = ["bri"]'), 5, "bri → bri"),
    ],
)
def test_a_wrong_file_is_named_with_its_line(
    tmp_path: Path, name: str, text: str, line: int, what: str
) -> None:
    """A mistake in a topic file says file, line and remedy."""
    path = tmp_path / f"{name}.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(FileError, match=what) as raised:
        Topics.load(tmp_path)
    assert (raised.value.path, raised.value.line) == (path, line)


def test_all_shipped_topics_together_stay_within_fts5() -> None:
    """FTS5 takes the OR of all shipped topics, and each alone, and finds what match finds."""
    shipped = Topics.shipped()
    text = "The China-ASEAN Information Harbor and the Belt and Road. 中国—东盟信息港论坛"
    story = Document.of(title="", body=text)
    db = sqlite3.connect(":memory:")
    db.execute(f'CREATE VIRTUAL TABLE words USING fts5(title, body, tokenize="{FTS5_TOKENIZE}")')
    db.execute("INSERT INTO words VALUES ('', ?)", (index_text(text),))
    together = expand(parse(" OR ".join(f"@{name}" for name in shipped.ids)), shipped)
    for query in (together, *(topic.query for topic in shipped)):
        asked = index_query(query)
        row = db.execute(
            "SELECT count(*) FROM words WHERE words MATCH ?", (asked.match,)
        ).fetchone()
        said = match(query, story) is not None
        assert row[0] >= said
        assert not asked.exact or row[0] == said
    db.close()
    assert match(shipped.get("caih").query, story) is not None
    assert match(shipped.get("bri").query, story) is not None

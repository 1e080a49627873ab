"""Places and organisations named in a story."""

from pathlib import Path

import pytest

from news import FileError
from query import Document, Names

FILE = """
[[names]]
id = "nanning"
title = "Nanning"
kind = "city"
any = ["Nanning"]
[names.forms]
zh = ["南宁"]
vi = ["Nam Ninh"]
th = ["หนานหนิง"]

[[names]]
id = "beihai"
title = "Beihai"
kind = "city"
any = ["Beihai"]
reject = ["北海道"]
[names.forms]
zh = ["北海"]

[[names]]
id = "guangxi"
title = "Guangxi"
kind = "region"
any = ["Guangxi", "Guangxi Zhuang Autonomous Region"]
"""


@pytest.fixture
def names(tmp_path: Path) -> Names:
    (tmp_path / "places.toml").write_text(FILE, encoding="utf-8")
    return Names.load(tmp_path)


def found(names: Names, text: str, language: str = "") -> list[tuple[str, str]]:
    hits = names.find(Document.of(title="", body=text, language=language))
    return [(hit.id, text[hit.start : hit.end]) for hit in hits]


def test_names_are_found_in_every_script(names: Names) -> None:
    """A name is found as the story writes it, in its order."""
    text = "NANNING (IndoTelko) - 論壇在南寧與北海，เปิดที่หนานหนิง ở Nam Ninh"
    assert [words for _, words in found(names, text, "vi")] == [
        "NANNING",
        "南寧",
        "北海",
        "หนานหนิง",
        "Nam Ninh",
    ]


def test_latin_forms_count_in_their_language(names: Names) -> None:
    """A Latin form of one language counts in it, and where the language is not known."""
    assert found(names, "Nam Ninh", "vi") == found(names, "Nam Ninh") == [("nanning", "Nam Ninh")]
    assert found(names, "Nam Ninh", "id") == []


def test_the_longest_form_counts(names: Names) -> None:
    """Of forms that overlap the longest counts, once."""
    text = "the Guangxi Zhuang Autonomous Region"
    assert found(names, text) == [("guangxi", "Guangxi Zhuang Autonomous Region")]


def test_a_longer_word_of_another_meaning_rejects(names: Names) -> None:
    """北海道 is not 北海."""
    assert found(names, "北海道与北海") == [("beihai", "北海")]


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        (FILE.replace('"beihai"', '"nanning"'), 12, "stands twice"),
        (FILE.replace("kind", "knid", 1), 5, 'did you mean "kind"'),
        (FILE.replace('["Nanning"]', '["…"]'), 2, "no letter"),
        ('[[names]]\nid = "a"\ntitle = "A"\nkind = "city"\n', 1, "no forms"),
    ],
)
def test_a_wrong_file_is_named_with_its_line(
    tmp_path: Path, text: str, line: int, what: str
) -> None:
    """A mistake in a file of names says file, line and remedy."""
    path = tmp_path / "places.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(FileError, match=what) as raised:
        Names.load(tmp_path)
    assert raised.value.line == line


def test_the_shipped_names_load_and_find(names: Names) -> None:
    """The shipped gazetteer finds Nanning in each language's script."""
    shipped = Names.shipped()
    for text in ("Nanning", "南宁", "หนานหนิง", "ໜານໜິງ", "ណាននីង", "နန်နင်း"):
        assert "nanning" in [name for name, _ in found(shipped, text)], text

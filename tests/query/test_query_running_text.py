"""Every name that is shipped is found inside running text of its language."""

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from news.toml_files import read_toml
from query import Document, match, parse
from query.topic_words import spelling_of

QUERY = Path(__file__).parents[2] / "query"

#: Ordinary words, by language, that stand before and after a name. Scripts
#: without spaces write nothing between; words that begin with a vowel sign in
#: front, a stacked letter or a closing letter are among them.
AROUND = {
    "id": [("tentang ", " yang"), ("(", ").")],
    "ms": [("mengenai ", " yang"), ("“", "”,")],
    "en": [("about ", " which"), ("the ", "'s plan")],
    "vi": [("về ", " và"), ("(", "),")],
    "fil": [("tungkol sa ", " at"), ("ang ", "’y bago")],
    "zh": [("关于", "的"), ("提出", "一")],
    "th": [("เกี่ยวกับ", "และ"), ("ของ", "ใน"), ("ว่า", "อาจ"), ("ที่", "เมื่อ")],
    "lo": [("ກ່ຽວກັບ", "ແລະ"), ("ຂອງ", "ໃນ"), ("ວ່າ", "ອາດ"), ("ທີ່", "ເມື່ອ")],
    "km": [("អំពី", "និង"), ("នៃ", "ដែល"), ("ថា", "ក្នុង")],
    "my": [("သည်", "နှင့်"), ("က", "ကို"), ("နှင့်", "၏"), ("မှာ", "အတွက်")],
}
#: first and last letter of the scripts that tell the language
SCRIPTS = {"zh": "㐀鿿", "th": "ก๛", "lo": "ກໝ", "km": "ក៹", "my": "က႟"}


def the_language(name: str) -> str:
    """The language of a name that is listed under none: by its script, else English."""
    found = (code for code, (a, b) in SCRIPTS.items() if any(a <= sign <= b for sign in name))
    return next(found, "en")


def shipped_names() -> Iterator[tuple[str, str]]:
    """Each name of the topic files and of the lists of names, with its language."""
    for path in sorted(QUERY.glob("topics/*.toml")):
        topic = tomllib.loads(path.read_text("utf-8"))
        spelling = spelling_of(read_toml(path), topic.get("words", {}))
        for language, names in topic.get("sure", {}).items():
            for name in names:
                yield from ((language, one) for one in spelling.all_of((), name, [language]))
        for group in topic.get("ambiguous", []):
            company = (*group["accept"], *group.get("also", []), *group.get("reject", []))
            spelled = [spelling.all_of((), name, group["languages"]) for name in group["names"]]
            spelled += [spelling.all_of((), name) for name in company]
            yield from ((the_language(one), one.rstrip("*")) for some in spelled for one in some)
    for path in sorted(QUERY.glob("names/*.toml")):
        for listed in tomllib.loads(path.read_text("utf-8"))["names"]:
            for language, names in listed.get("forms", {}).items():
                yield from ((language, name) for name in names)
            yield from ((the_language(name), name) for name in listed.get("any", []))


NAMES = sorted(set(shipped_names()))


@pytest.mark.parametrize("language", AROUND)
def test_each_shipped_name_is_found_in_running_text(language: str) -> None:
    """Between ordinary words, without spaces where its script has none, a name is found whole."""
    names = [name for listed, name in NAMES if listed == language]
    assert len(names) >= 30
    lost = []
    for name in names:
        sign, words = name[: name.startswith("=")], name.removeprefix("=")
        query = parse(f'{sign}"{words}"')
        for before, after in AROUND[language]:
            found = match(query, Document.of(title="", body=f"{before}{words}{after}"))
            hit = found and (found.hits[0].start, found.hits[0].words)
            if hit != (len(before), words.rstrip(".")):
                lost.append((before, words, after))
    assert not lost

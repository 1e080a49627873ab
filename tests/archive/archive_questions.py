"""Made-up stories in ten languages and questions drawn from their text.

The other law-one test (tests/query) checks the matcher against a definition
worked out by hand; here the witness is the archive's own search, so stories
and questions may be as odd as the press writes them.
"""

import random
import unicodedata
from dataclasses import replace
from datetime import timedelta

from archive_tellings import NOON, dated, story
from sqlalchemy import Connection

from archive.grouping import events
from news import EventLink, Fact, Story

#: by language: words as the press writes them, some with odd spelling
WORDS = {
    "id": ["Pelabuhan", "Informasi", "kerja", "kerjasama", "Tiongkok", "ASEAN", "Jum'at", "BRI"],
    "ms": ["Perdagangan", "maklumat", "kerjasama", "China", "ASEAN", "hab", "RM20", "BRI"],
    "en": ["Information", "Harbor", "harbor's", "Belt", "and", "Road", "roads", "ASEAN", "5G"],
    "fil": ["Daungan", "pagtutulungan", "Tsina", "ASEAN", "ika-20", "ñandu", "puwerto"],
    "vi": ["Cảng", "thông", "tin", "Trung", "Quốc", "hợp", "tác", "ASEAN", "cảng"],
    "zh": [
        "中国",
        "东盟",
        "信息港",
        "中國",
        "東盟",
        "資訊港",
        "論壇",
        "“一带”一“路”",
        "南宁",
        "１５",
    ],
    "th": ["จีน", "อาเซียน", "ท่าเรือ", "ข้อมูล", "น้ำ", "๒๕๖๑", "ที่", "เเม่"],
    "lo": ["ຈີນ", "ອາຊຽນ", "ທ່າເຮືອ", "ຂໍ້ມູນ", "ລາວ", "ເວລາ", "ວັນທີ", "໒໐"],
    "km": ["ចិន", "អាស៊ាន", "កំពង់ផែ", "ព័ត៌មាន", "\u200bកម្ពុជា", "១៣", "និង"],
    "my": ["တရုတ်", "အာဆီယံ", "သတင်း", "ဆိပ်ကမ်း", "မြန်မာ", "မြန်မာ့", "၁၅", "နိုင်ငံ"],
}
#: names that topics are found by
NAMES = {
    "id": "Pelabuhan Informasi Tiongkok-ASEAN",
    "en": "China-ASEAN Information Harbor",
    "zh": "中国—东盟信息港",
    "vi": "Cảng thông tin Trung Quốc-ASEAN",
    "th": "ท่าเรือสารสนเทศจีน-อาเซียน",
    "ms": "Pelabuhan Maklumat China-ASEAN",
}
UNSPACED = ("zh", "th", "lo", "km", "my")
BETWEEN = [" ", " ", " ", ", ", "-", " – ", ". ", "\n"]
BETWEEN_UNSPACED = ["", "", "", "", " ", "-", " - ", "—", "。", "，", "\u200b", "\n"]
#: amounts of money, as far as questions look at them
MONEY = [
    Fact(kind="money", value=20e9, unit="CNY", text="20 miliar"),
    Fact(kind="money", value=5e9, high=7e9, unit="CNY", text="5 miliar-7 miliar"),
    Fact(kind="money", value=1.2e6, unit="USD", text="1,2 juta"),
    Fact(kind="money", value=0.1, unit="USD", text="0.1"),
]
OUTLETS = ["indotelko", "antara", "zhong-xin"]


def passage(chance: random.Random, languages: list[str], size: int) -> list[str]:
    """Return words and what stands between them, in turn."""
    parts: list[str] = []
    for _ in range(size):
        language = chance.choice(languages)
        word = chance.choice([*WORDS[language], *WORDS[language], NAMES.get(language, "ASEAN")])
        if parts:
            parts.append(chance.choice(BETWEEN_UNSPACED if language in UNSPACED else BETWEEN))
        parts.append(spelled(chance, word))
    return parts


def spelled(chance: random.Random, word: str) -> str:
    form = chance.choice(["", "", "", "NFD", "lower", "upper"])
    if form == "NFD":
        return unicodedata.normalize(form, word)
    return {"lower": word.lower(), "upper": word.upper()}.get(form, word)


def telling(chance: random.Random, key: str) -> Story:
    languages = chance.sample(sorted(WORDS), chance.choice([1, 1, 2, 3]))
    outlet = chance.choice(OUTLETS)
    day = NOON + timedelta(days=chance.randint(-3, 3), hours=chance.randint(-12, 12))
    return replace(
        story(
            key,
            "".join(passage(chance, languages, chance.randint(1, 5))),
            "".join(passage(chance, languages, chance.randint(2, 25))),
        ),
        outlet=outlet,
        source=f"{outlet}/listing",
        country=chance.choice(["ID", "VN"]),
        language=languages[0],
        authors=chance.choice([(), ("Chen Guoliang",), ("陈国良", "Wisnu Nugroho")]),
        published=chance.choice([None, dated(day)]),
        event=EventLink(event=chance.choice([1, 2])),
        facts=tuple(chance.sample(MONEY, chance.choice([0, 1, 2]))),
        first_seen_at=NOON + timedelta(days=chance.randint(-1, 1)),
    )


def open_events(db: Connection) -> None:
    """Open the events that made-up stories are in."""
    assert [events.open_event(db, NOON) for _ in range(2)] == [1, 2]


def question(chance: random.Random, tellings: list[Story], depth: int = 2) -> str:
    """Return a query with any of the operators, of which a good part finds something."""
    said = chance.choice(tellings)
    kinds = (
        ["term"]
        if depth == 0
        else ["term", "near", "and", "or", "not", "field", "fact", "fact", "@"]
    )
    kind = chance.choice(kinds)
    if kind == "term":
        return term(chance, said)
    if kind == "near":
        name = chance.choice(["NEAR", "ONEAR"])
        return f"{side(chance, said)} {name}/{chance.choice([0, 1, 3, 10])} {side(chance, said)}"
    if kind == "field":
        return f"{chance.choice(['title', 'body'])}:({question_of_terms(chance, said)})"
    if kind == "@":
        return chance.choice(["@caih", "@caih/core", "@bri", "topic:caih_forum"])
    # A condition of one story beside a word of another is hardly ever true.
    told = [said] if kind == "fact" else tellings
    first, second = (f"({question(chance, told, depth - 1)})" for _ in range(2))
    if kind == "fact":
        return f"{fact(chance, said)} {first}"
    word = {"and": chance.choice(["AND ", ""]), "or": "OR "}.get(
        kind, chance.choice(["NOT ", "-"])
    )
    return f"{first} {word}{second}"


def question_of_terms(chance: random.Random, said: Story) -> str:
    first, second = term(chance, said), term(chance, said)
    return chance.choice(
        [first, f"{first} {second}", f"{first} OR {second}", f"{first} -{second}"]
    )


def side(chance: random.Random, said: Story) -> str:
    if chance.random() < 0.6:
        return term(chance, said)
    return f"({' OR '.join(term(chance, said) for _ in range(chance.randint(2, 3)))})"


def fact(chance: random.Random, said: Story) -> str:
    when = said.published.at if said.published else said.first_seen_at
    day = f"{when + timedelta(days=chance.choice([-1, 0, 0, 1])):%Y-%m-%d}"
    return chance.choice(
        [
            f"lang:{said.language}",
            f"outlet:{said.outlet}",
            f"source:{said.source}",
            f"country:{said.country}",
            f"author:{chance.choice(['Chen', 'Nugroho', '国良'])}",
            f"since:{chance.choice([day, day[:7], day[:4]])}",
            f"until:{chance.choice([day, day[:7], day[:4]])}",
            f"event:{said.event.event if said.event else 1}",
            amount(chance, said),
        ]
    )


def amount(chance: random.Random, said: Story) -> str:
    """Ask for an amount near one that a story names."""
    named = chance.choice(said.facts or (MONEY[0],))
    sign, spelled_out = chance.choice([">", ">=", "<", "<=", "="]), named.text.partition("-")[0]
    return f"amount{sign}{chance.choice([spelled_out, '1 juta'])} {named.unit}"


def term(chance: random.Random, said: Story) -> str:
    """Return a piece of the story as a word, a phrase, a prefix or in exact case."""
    text = said.title if chance.random() < 0.3 else said.body
    words = text.split()
    begin = chance.randrange(len(words))
    piece = " ".join(words[begin : begin + chance.choice([1, 1, 1, 2, 3])])
    if chance.random() < 0.3:
        cut = chance.randrange(len(piece))
        piece = piece[cut : cut + chance.randint(2, 12)]
    # Quotes are the query's own; what is left must hold a letter to look for.
    piece = "".join(" " if c in '"“”„「」『』*' else c for c in piece).strip()
    if not any(c.isalnum() for c in piece):
        piece = "ASEAN"
    star = "*" if piece[-1].isalpha() and chance.random() < 0.2 else ""
    equals = "=" if chance.random() < 0.2 else ""
    return f'{equals}"{piece}{star}"'

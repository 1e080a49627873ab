"""Made-up stories with their tokens worked out by hand, for the law of one answer.

Nothing here uses the product's folding, tokens, parser or matcher: words are
written with their letters already parted by "|", so that the naive answer
(query_naive) follows from the definition in docs/queries.md alone.
"""

import random
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

#: by language: words; unspaced ones parted into letters with their marks
WORDS = {
    "id": ["pelabuhan", "informasi", "kerja", "bekerja", "pekerjaannya", "kerjasama", "menulis"],
    "ms": ["perdagangan", "berniaga", "perniagaan", "kerjaya", "mengirim", "China", "ASEAN"],
    "en": ["harbor", "Road", "roads", "Belt", "belting", "China", "ASEAN", "BRI"],
    "fil": ["daungan", "pagtutulungan", "Tsina", "ASEAN"],
    "vi": ["cảng", "thông", "tin", "Trung", "Quốc", "hợp", "tác"],
    "zh": ["中|国", "东|盟", "信|息|港", "国|家", "论|坛", "港"],
    "th": ["จี|น", "อา|เซี|ย|น", "ท่า|เรื|อ", "ข้|อ|มู|ล", "นี้"],
    "lo": ["ຈີ|ນ", "ອາ|ຊຽ|ນ", "ລາ|ວ", "ເວ|ລາ", "ວັ|ນ"],
    "km": ["ចិ|ន", "អា|ស៊ា|ន", "កំ|ព|ង់", "ព័|ត៌|មា|ន", "ន្តា"],
    "my": ["တ|ရု|တ်", "အာ|ဆီ|ယံ", "သ|တ|င်း", "မြ|န်|မာ"],
}
#: by root: the words above that are forms of it, by the grammar books
FORMS = {
    "kerja": ["kerja", "bekerja", "pekerjaannya"],
    "niaga": ["berniaga", "perniagaan"],
    "dagang": ["perdagangan"],
    "kirim": ["mengirim"],
    "tulis": ["menulis"],
    "labuh": ["pelabuhan"],
    "asean": ["asean"],
}
UNSPACED = ("zh", "th", "lo", "km", "my")
#: what stands between words, and whether it parts letters of unspaced scripts
BETWEEN_UNSPACED = [("", False), ("", False), (" ", False), ("-", False), (" - ", False)]
BETWEEN_UNSPACED += [("。", True), ("，", True), (" (", True), ("”", False)]
BETWEEN = [(" ", False), (" ", False), (", ", True), ("-", False), (" – ", False), (". ", True)]
STOP = "|stop|"


@dataclass
class Piece:
    """One token of a story as it was written."""

    token: str
    written: str
    unspaced: bool


@dataclass
class Telling:
    """A made-up story: its text, and its tokens by field."""

    texts: dict[str, str]
    pieces: dict[str, list[Piece]]
    language: str
    outlet: str
    when: datetime


def spelled(chance: random.Random, word: str, *, unspaced: bool) -> list[Piece]:
    if unspaced:
        return [Piece(part, part, True) for part in word.split("|")]
    written = chance.choice([word, word, word.lower(), word.upper()])
    return [Piece(word.lower(), written, False)]


def passage(chance: random.Random, languages: list[str], size: int) -> tuple[str, list[Piece]]:
    """Write some words with what the press puts between them."""
    text, pieces = "", list[Piece]()
    for _ in range(size):
        language = chance.choice(languages)
        new = spelled(chance, chance.choice(WORDS[language]), unspaced=language in UNSPACED)
        if pieces:
            both = pieces[-1].unspaced and new[0].unspaced
            between, stops = chance.choice(BETWEEN_UNSPACED if both else BETWEEN)
            text += between
            if stops and both:
                pieces.append(Piece(STOP, between, True))
        text += "".join(piece.written for piece in new)
        pieces += new
    return text, pieces


def telling(chance: random.Random) -> Telling:
    languages = chance.sample(sorted(WORDS), chance.choice([1, 1, 2, 3]))
    made = {
        "title": passage(chance, languages, chance.randint(1, 5)),
        "body": passage(chance, languages, chance.randint(3, 22)),
    }
    return Telling(
        texts={name: text for name, (text, _) in made.items()},
        pieces={name: pieces for name, (_, pieces) in made.items()},
        language=languages[0],
        outlet=chance.choice(["indotelko", "antara"]),
        when=datetime(2018, 9, 10, 22, tzinfo=UTC) + timedelta(days=chance.randint(0, 9)),
    )

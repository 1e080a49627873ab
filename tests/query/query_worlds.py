"""Made-up stories with their tokens worked out by hand, for the law of one answer.

Nothing here uses the product's folding, tokens, parser or matcher: words are
written with their letters already parted by "|", so that the naive answer
(query_naive) follows from the definition in docs/queries.md alone.
"""

import random
import unicodedata
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

#: by language: words and names; unspaced ones parted into letters with their marks
WORDS = {
    "id": [
        "pelabuhan",
        "informasi",
        "kerja",
        "bekerja",
        "pekerjaannya",
        "kerjasama",
        "menulis",
        "keberhasilan",
        "budaya",
        "memberdayakan",
        "Jumat",
        "pusat informasi",
        "2018",
        "20.000",
    ],
    "ms": [
        "perdagangan",
        "berniaga",
        "perniagaan",
        "kerjaya",
        "mengirim",
        "China",
        "ASEAN",
        "hasilnya",
        "pusat informasi",
        "dagangan",
        "1,5",
    ],
    "en": [
        "harbor",
        "Road",
        "roads",
        "Belt",
        "belting",
        "China",
        "ASEAN",
        "BRI",
        "BRIN",
        "and",
        "or",
        "Belt and Road",
        "5|G",
        "1,500",
        "500",
    ],
    "fil": ["daungan", "pagtutulungan", "Tsina", "ASEAN", "BRI", "1.500"],
    "vi": ["cảng", "thông", "tin", "Trung", "Quốc", "hợp", "tác", "hoà", "ma", "mà"],
    "zh": ["中|国", "东|盟", "信|息|港", "国|家", "论|坛", "港", "南|向", "新|南|向"],
    "th": ["จี|น", "อา|เซี|ย|น", "ท่า|เรื|อ", "ข้|อ|มู|ล", "นี้", "น้ำ", "ผ|ล", "แผ|ล"],
    "lo": ["ຈີ|ນ", "ອາ|ຊຽ|ນ", "ລາ|ວ", "ລາ|ວາ", "ເວ|ລາ", "ວັ|ນ"],
    "km": ["ចិ|ន", "អា|ស៊ា|ន", "កំ|ព|ង់", "ព័|ត៌|មា|ន", "ន្តា"],
    "my": ["တ|ရု|တ်", "အာ|ဆီ|ယံ", "သ|တ|င်း", "မြ|န်|မာ"],
}
#: by root: the words above that are forms of it, by the grammar books
FORMS = {
    "kerja": ["kerja", "bekerja", "pekerjaannya"],
    "niaga": ["berniaga", "perniagaan"],
    "dagang": ["perdagangan", "dagangan"],
    "kirim": ["mengirim"],
    "tulis": ["menulis"],
    "labuh": ["pelabuhan"],
    "hasil": ["keberhasilan", "hasilnya"],
    "daya": ["memberdayakan"],
    "asean": ["asean"],
}
#: numbers whose token is not what is printed
NUMBERS = {"20.000": "20000", "1,500": "1500", "1.500": "1500", "1,5": "1.5"}
#: other spellings of the same
TWINS = {"国": "國", "东": "東", "论": "論", "坛": "壇", "hoà": "hòa", "น้ำ": "นำ้"}
TWINS |= {"China": "China’s", "Tsina": "Tsina'y", "Jumat": "Jum'at"}
UNSPACED = ("zh", "th", "lo", "km", "my")
#: what stands between words, and whether it parts letters of unspaced scripts
BETWEEN_UNSPACED = [("", False), ("", False), ("", False), (" ", False), ("-", False)]
BETWEEN_UNSPACED += [(" - ", False), ("—", False), ("·", False), ("\n", False), ("”", False)]
BETWEEN_UNSPACED += [("。", True), ("，", True), (" (", True), ("… ", True), ("\n\n", True)]
BETWEEN = [" ", " ", " ", ", ", "-", " – ", ". ", "\n", "\n\n"]
STOP = "|stop|"

OUTLETS = ("indotelko", "antara", "zhong-xin")
COUNTRIES = ("ID", "VN", "CN")
EVENTS = (1, 2, 3)
#: numbers of amounts, and how a question may write them
AMOUNTS = {
    0.25: ("0.25", "0,25"),
    1500.0: ("1500", "1.500", "1,500", "1.5 ribu", "၁၅၀၀"),
    1500000.5: ("1,500,000.5", "1.500.000,5"),
    500e6: ("500m", "500 juta", "5亿", "500 triệu", "៥០០លាន"),
    19.97e9: ("19.97bn", "19,97 miliar", "199.7亿"),
    20e9: ("20bn", "20 miliar", "200亿", "2 หมื่นล้าน", "20 tỷ", "20,000,000,000", "20 ຕື້"),
}
CURRENCIES = ("CNY", "USD", "IDR")
#: words for them, behind the number; those of one sign before it
BEHIND = {
    "CNY": ("CNY", "RMB", "yuan", "元", "หยวน"),
    "USD": ("USD", "dolar AS", "美元"),
    "IDR": ("IDR", "rupiah", "印尼盾"),
}
BEFORE = {"CNY": ("RMB", "CN¥"), "USD": ("US$", "$"), "IDR": ("Rp",)}
AUTHORS = ((), ("Chen Guoliang",), ("陈|国|良", "Wisnu Nugroho"), ("Lê Quốc",))
#: mornings from which days are counted: one before a month ends, one before a year does
MORNINGS = tuple(datetime(*day, tzinfo=UTC) for day in ((2018, 9, 12), (2018, 8, 29), (2017, 12, 29)))  # fmt: skip


@dataclass(frozen=True)
class Piece:
    """One token of a story."""

    token: str
    #: folded in all but case
    written: str
    #: as the text spells it
    shown: str
    unspaced: bool


@dataclass
class Telling:
    """A made-up story: its text, and its tokens by field."""

    texts: dict[str, str]
    pieces: dict[str, list[Piece]]
    language: str
    outlet: str
    first_seen: datetime
    published: datetime | None = None
    source: str = ""
    country: str = ""
    event: int = 1
    #: of money: currency, low, high
    amounts: tuple[tuple[str, float, float], ...] = ()
    authors: tuple[str, ...] = ()
    author_pieces: list[list[Piece]] = field(default_factory=list)

    @property
    def when(self) -> datetime:
        return self.published or self.first_seen


def spelled(chance: random.Random, word: str, *, unspaced: bool) -> list[Piece]:
    """Return one word, perhaps in other case or oddly spelled."""
    case = chance.choice([str, str, str.lower, str.upper])
    return [_piece(chance, part, case(part), unspaced=unspaced) for part in word.split("|")]


def _piece(chance: random.Random, part: str, cased: str, *, unspaced: bool) -> Piece:
    token = NUMBERS.get(part, part.lower())
    if part[0].isdigit():
        return Piece(token, token, part, unspaced=False)
    return Piece(token, cased, oddly(chance, cased), unspaced)


def oddly(chance: random.Random, text: str) -> str:
    """Spell a word as the press may: decomposed, wide, with hidden signs, by its twin."""
    # Burmese is left alone: only real texts tell its two encodings apart.
    if chance.random() < 0.8 or text[0].isdigit() or "က" <= text[0] <= "႟":
        return text
    forms = [unicodedata.normalize("NFD", text), TWINS.get(text, text)]
    forms.append(text[0] + chance.choice("\u200b\u00ad\u200e") + text[1:])
    if text.isascii() and text.isalpha():
        forms.append("".join(chr(ord(letter) + 0xFEE0) for letter in text))
    return chance.choice(forms)


def passage(chance: random.Random, languages: list[str], size: int) -> tuple[str, list[Piece]]:
    """Write some words with what the press puts between them."""
    text, pieces = "", list[Piece]()
    for _ in range(size):
        language = chance.choice(languages)
        # Said twice or thrice, a phrase can stand in places that share a word.
        said = " ".join([chance.choice(WORDS[language])] * chance.choice([*[1] * 16, 2, 3]))
        for at, word in enumerate(said.split(" ")):
            new = spelled(chance, word, unspaced=language in UNSPACED)
            between, stops = _between(chance, pieces, new) if not at else (" ", False)
            text += between
            if stops:
                pieces.append(Piece(STOP, STOP, between, unspaced=True))
            text += "".join(piece.shown for piece in new)
            pieces += new
    return text, pieces


def _between(chance: random.Random, before: list[Piece], after: list[Piece]) -> tuple[str, bool]:
    if not before:
        return "", False
    if before[-1].unspaced and after[0].unspaced:
        return chance.choice(BETWEEN_UNSPACED)
    return chance.choice(BETWEEN), False


def named(author: str) -> list[Piece]:
    """Return an author's name as tokens."""
    parts = author.replace("|", " ").split(" ")
    return [Piece(part.lower(), part, part, "|" in author) for part in parts]


def amount(chance: random.Random) -> tuple[str, float, float]:
    """Return an amount of money, some of them a range."""
    low, high = sorted(chance.sample(sorted(AMOUNTS), 2))
    return chance.choice(CURRENCIES), low, chance.choice([low, low, low, high])


def telling(chance: random.Random) -> Telling:
    languages = chance.sample(sorted(WORDS), chance.choice([1, 1, 2, 3]))
    made = {
        "title": passage(chance, languages, chance.randint(1, 5)),
        "body": passage(chance, languages, chance.randint(3, 22)),
    }
    outlet, authors = chance.choice(OUTLETS), chance.choice(AUTHORS)
    seconds = chance.choice([0, chance.randint(1, 86_398), 86_399])
    seen = chance.choice(MORNINGS) + timedelta(days=chance.randint(0, 5), seconds=seconds)
    return Telling(
        texts={name: text for name, (text, _) in made.items()},
        pieces={name: pieces for name, (_, pieces) in made.items()},
        language=languages[0],
        outlet=outlet,
        first_seen=seen,
        published=chance.choice([None, seen - timedelta(hours=chance.randint(0, 60))]),
        source=f"{outlet}/{chance.choice(['feed', 'listing'])}",
        country=chance.choice(COUNTRIES),
        event=chance.choice(EVENTS),
        amounts=tuple({amount(chance): None for _ in range(chance.choice([0, 1, 1, 2, 3]))}),
        authors=tuple(name.replace("|", "") for name in authors),
        author_pieces=[named(name) for name in authors],
    )

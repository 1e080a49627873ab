"""Made-up stories and questions with answers worked out by hand, for the law of one answer.

Nothing here uses the product's folding, tokens, parser or matcher: words are
written with their letters already parted by "|", so that the naive answer
follows from the definition in docs/queries.md alone.
"""

import random
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

#: by language: words; unspaced ones parted into letters with their marks
WORDS = {
    "id": ["pelabuhan", "informasi", "kerja", "kerjasama", "Tiongkok", "ASEAN"],
    "ms": ["perdagangan", "maklumat", "kerjasama", "China", "ASEAN"],
    "en": ["harbor", "Road", "roads", "Belt", "belting", "China", "ASEAN", "BRI"],
    "fil": ["daungan", "pagtutulungan", "Tsina", "ASEAN"],
    "vi": ["cảng", "thông", "tin", "Trung", "Quốc", "hợp", "tác"],
    "zh": ["中|国", "东|盟", "信|息|港", "国|家", "论|坛", "港"],
    "th": ["จี|น", "อ|า|เ|ซี|ย|น", "ท่|า|เ|รื|อ", "ข้|อ|มู|ล", "นี้"],
    "lo": ["ຈີ|ນ", "ອ|າ|ຊ|ຽ|ນ", "ລ|າ|ວ", "ເ|ວ|ລ|າ", "ວັ|ນ"],
    "km": ["ចិ|ន", "អា|ស៊ា|ន", "កំ|ព|ង់", "ព័|ត៌|មា|ន", "ន្តា"],
    "my": ["တ|ရု|တ်", "အာ|ဆီ|ယံ", "သ|တ|င်း", "မြ|န်|မာ"],
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


@dataclass
class Asked:
    """A question: how a person writes it, and what it means to the naive evaluator."""

    text: str
    #: ("term", tokens, prefix, cased) and so on; see `naive`
    meaning: tuple
    kinds: frozenset[str]


def a_term(chance: random.Random, story: Telling) -> Asked:
    """Draw a word, a phrase or a part of one from a story, or a word from anywhere."""
    pieces = story.pieces[chance.choice(["title", "body", "body"])]
    if chance.random() < 0.15:
        language = chance.choice(sorted(WORDS))
        word = chance.choice(WORDS[language])
        pieces = spelled(chance, word, unspaced=language in UNSPACED)
    start = chance.randrange(len(pieces))
    part = pieces[start : start + chance.choice([1, 1, 2, 2, 3, 4])]
    while part[0].token == STOP:
        part = part[1:] or [p for p in pieces if p.token != STOP][:1]
    while part[-1].token == STOP:
        part = part[:-1]
    return _written_term(chance, part)


def _written_term(chance: random.Random, part: list[Piece]) -> Asked:
    cased = chance.random() < 0.2 and not all(piece.unspaced for piece in part)
    last, kinds = part[-1], {"phrase"} if len(part) > 1 else {"word"}
    prefix = chance.random() < 0.25 and not last.unspaced and len(last.token) > 3
    shown = [
        piece.written if cased else chance.choice([piece.token, piece.written]) for piece in part
    ]
    tokens = [piece.token for piece in part]
    if prefix:
        keep = chance.randint(2, len(last.token))
        shown[-1], tokens[-1] = shown[-1][:keep], tokens[-1][:keep]
        kinds.add("prefix")
    text = shown[0]
    for before, piece, word in zip(part, part[1:], shown[1:], strict=False):
        if piece.token == STOP:
            text += "。"
            continue
        tight = before.unspaced and piece.unspaced and chance.random() < 0.7
        text += word if tight or before.token == STOP else f" {word}"
    text += "*" * prefix
    quoted = f'"{text}"' if len(part) > 1 else text
    kinds |= {"case"} if cased else set()
    tokens = tuple(tokens)
    written = tuple(STOP if p.token == STOP else w for p, w in zip(part, shown, strict=True))
    meaning = ("term", tokens, prefix, written if cased else ())
    return Asked(f"={quoted}" if cased else quoted, meaning, frozenset(kinds))


def a_side(chance: random.Random, story: Telling) -> Asked:
    if chance.random() < 0.6:
        return a_term(chance, story)
    terms = [a_term(chance, story) for _ in range(chance.randint(2, 3))]
    text = f"({' OR '.join(one.text for one in terms)})"
    return Asked(
        text, ("or", *(t.meaning for t in terms)), frozenset().union(*(t.kinds for t in terms))
    )


def a_near(chance: random.Random, story: Telling) -> Asked:
    left, right = a_side(chance, story), a_side(chance, story)
    name, distance = chance.choice(["NEAR", "ONEAR"]), chance.choice([0, 1, 2, 5, 12])
    kinds = left.kinds | right.kinds | {name.lower()}
    meaning = (name.lower(), left.meaning, right.meaning, distance)
    return Asked(f"{left.text} {name}/{distance} {right.text}", meaning, kinds)


def a_condition(chance: random.Random, story: Telling) -> Asked:
    kind = chance.choice(["lang", "outlet", "since", "until"])
    day = (story.when + timedelta(days=chance.choice([-1, 0, 1]))).strftime("%Y-%m-%d")
    value = {
        "lang": chance.choice([story.language, "en"]),
        "outlet": chance.choice([story.outlet, "antara"]),
    }.get(kind, day)
    return Asked(f"{kind}:{value}", (kind, value), frozenset({kind}))


def a_question(chance: random.Random, story: Telling, depth: int = 2) -> Asked:
    """Draw a question of which a good part is true of the story."""
    kind = chance.choice(["term", "near", "near", "and", "or", "not", "field", "condition"])
    if depth == 0 or kind == "term":
        return a_term(chance, story)
    if kind == "near":
        return a_near(chance, story)
    if kind == "field":
        name = chance.choice(["title", "body"])
        inner = chance.choice([a_term, a_side, a_near])(chance, story)
        text = f"{name}:({inner.text})"
        return Asked(text, ("within", name, inner.meaning), inner.kinds | {name})
    if kind == "condition":
        first = a_condition(chance, story)
        second = a_question(chance, story, depth - 1)
        return _joined("and", first, second, f"{first.text} ({second.text})")
    first, second = a_question(chance, story, depth - 1), a_question(chance, story, depth - 1)
    if kind == "not":
        text = f"({first.text}) {chance.choice(['NOT ', '-', 'AND NOT '])}({second.text})"
        meaning = ("and", first.meaning, ("not", second.meaning))
        return Asked(text, meaning, first.kinds | second.kinds | {"not"})
    word = {"and": chance.choice(["AND ", ""]), "or": "OR "}[kind]
    return _joined(kind, first, second, f"({first.text}) {word}({second.text})")


def _joined(kind: str, first: Asked, second: Asked, text: str) -> Asked:
    kinds = first.kinds | second.kinds | {kind}
    return Asked(text, (kind, first.meaning, second.meaning), kinds)


def naive(meaning: tuple, story: Telling, fields: tuple[str, ...] = ("title", "body")) -> bool:
    """Answer from the definition, by trying every place."""
    kind, *rest = meaning
    if kind == "and":
        return all(naive(part, story, fields) for part in rest)
    if kind == "or":
        return any(naive(part, story, fields) for part in rest)
    if kind == "not":
        return not naive(rest[0], story, fields)
    if kind == "within":
        return naive(rest[1], story, (rest[0],))
    if kind == "term":
        return any(places(meaning, story.pieces[name]) for name in fields)
    if kind in {"near", "oneear", "onear"}:
        return any(beside(meaning, story.pieces[name]) for name in fields)
    day = story.when.strftime("%Y-%m-%d")
    known = {"lang": rest[0] == story.language, "outlet": rest[0] == story.outlet}
    return (known | {"since": day >= rest[0], "until": day <= rest[0]})[kind]


def places(meaning: tuple, pieces: list[Piece]) -> list[tuple[int, int]]:
    """Every place where a term, or one of several, stands: first token, one after the last."""
    if meaning[0] == "or":
        return [place for part in meaning[1:] for place in places(part, pieces)]
    _, tokens, prefix, cased = meaning
    found = []
    for start in range(len(pieces) - len(tokens) + 1):
        part = pieces[start : start + len(tokens)]
        wanted = cased or tokens
        here = [STOP if p.token == STOP else p.written if cased else p.token for p in part]
        if prefix:
            here[-1] = here[-1][: len(wanted[-1])]
        if here == list(wanted):
            found.append((start, start + len(tokens)))
    return found


def beside(meaning: tuple, pieces: list[Piece]) -> bool:
    kind, left, right, distance = meaning
    return any(
        0 <= c - b <= distance or (kind == "near" and 0 <= a - d <= distance)
        for a, b in places(left, pieces)
        for c, d in places(right, pieces)
    )

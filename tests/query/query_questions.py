"""Questions drawn from made-up stories, each with its meaning worked out by hand."""

import itertools
import random
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta

from query_naive import FIELDS, apart, naive, places
from query_subjects import SUBJECTS
from query_worlds import (
    AMOUNTS,
    AUTHORS,
    BEFORE,
    BEHIND,
    COUNTRIES,
    EVENTS,
    FORMS,
    OUTLETS,
    STOP,
    UNSPACED,
    WORDS,
    Piece,
    Telling,
    amount,
    named,
    oddly,
    spelled,
)

CONDITIONS = ("lang", "outlet", "source", "country", "author", "since", "until", "event", "amount")
#: the operators, each to be found among the questions often enough
KINDS = ("word", "phrase", "prefix", "case", "affixed", "times", "near", "onear", "and", "or")
KINDS += ("not", "title", "body", "topic", "core", *CONDITIONS)


@dataclass(frozen=True)
class Asked:
    """A question: how a person writes it, and what it means to the naive evaluator."""

    text: str
    #: ("term", tokens, prefix, cased) and so on; see query_naive
    meaning: tuple
    kinds: frozenset[str]


Draw = Callable[[random.Random, Telling], Asked]


def a_term(chance: random.Random, story: Telling) -> Asked:
    """Draw a word, a phrase or a part of one from a story, or a word from anywhere."""
    pieces = story.pieces[chance.choice(["title", "body", "body"])]
    roots = [root for root, forms in FORMS.items() if any(p.token in forms for p in pieces)]
    if chance.random() < (0.2 if roots else 0.05):
        return an_affixed(chance, chance.choice(roots or sorted(FORMS)))
    if chance.random() < 0.15:
        language = chance.choice(sorted(WORDS))
        word = chance.choice(chance.choice(WORDS[language]).split(" "))
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
    prefix = chance.random() < 0.25 and last.token.isalpha() and len(last.token) > 3
    prefix = prefix and not last.unspaced
    shown = [
        oddly(chance, p.written if cased else chance.choice([p.token, p.shown])) for p in part
    ]
    tokens, written = [piece.token for piece in part], [piece.written for piece in part]
    if prefix:
        keep = chance.randint(2, len(last.token))
        tokens[-1], written[-1] = tokens[-1][:keep], written[-1][:keep]
        shown[-1] = written[-1]
        kinds.add("prefix")
    text = _in_one_line(chance, part, shown) + "*" * prefix
    quoted = _needs_quotes(text) or chance.random() < 0.5
    kinds |= {"case"} if cased else set()
    meaning = ("term", tuple(tokens), prefix, tuple(written) if cased else ())
    return Asked("=" * cased + (f'"{text}"' if quoted else text), meaning, frozenset(kinds))


def _in_one_line(chance: random.Random, part: list[Piece], shown: list[str]) -> str:
    text = shown[0]
    for before, piece, word in zip(part, part[1:], shown[1:], strict=False):
        if piece.token == STOP:
            text += chance.choice("。，…")
        elif before.token == STOP:
            text += word
        else:
            unspaced = before.unspaced and piece.unspaced
            text += chance.choice(["", "", "", " ", "—"] if unspaced else [" ", " ", "-"]) + word
    return text


def _needs_quotes(text: str) -> bool:
    # Typed bare, AND and OR are operators, whatever hides in them, and a space parts words.
    seen = "".join(c for c in unicodedata.normalize("NFKC", text) if c.isalpha())
    return seen.upper() in {"AND", "OR", "NOT"} or any(letter.isspace() for letter in text)


def an_affixed(chance: random.Random, root: str) -> Asked:
    text = chance.choice([f"~{root}", f"~{root.upper()}", f'~"{root}"'])
    return Asked(text, ("affixed", root), frozenset({"affixed"}))


def a_count(chance: random.Random, story: Telling, fields: tuple[str, ...] = FIELDS) -> Asked:
    """Ask for a term as often as it stands there, or once more."""
    some = [a_term(chance, story) for _ in range(3)]
    twice = [
        pair
        for name in fields
        for pair in itertools.pairwise(story.pieces[name])
        if pair[0].token == pair[1].token
    ]
    if twice:
        some[0] = _written_term(chance, list(chance.choice(twice)))
    often = [sum(len(apart(places(one.meaning, story.pieces[f]))) for f in fields) for one in some]
    at = max(range(3), key=often.__getitem__)
    wanted = max(2, often[at] + chance.choice([0, 0, 1]))
    meaning = ("times", some[at].meaning, wanted)
    return Asked(f"{{{wanted}}}{some[at].text}", meaning, some[at].kinds | {"times"})


def a_side(chance: random.Random, story: Telling) -> Asked:
    """Draw one side of NEAR: a term, a topic's sure names, or several of these."""
    draw = chance.random()
    if draw < 0.5:
        return a_term(chance, story)
    if draw < 0.65:
        return a_topic(chance, story, core=True)
    parts = [chance.choice([a_term, a_term, a_core])(chance, story) for _ in range(2)]
    return _joined("or", parts, f"({parts[0].text} OR {parts[1].text})")


def a_near(chance: random.Random, story: Telling) -> Asked:
    left, right = a_side(chance, story), a_side(chance, story)
    name, distance = chance.choice(["NEAR", "ONEAR"]), chance.choice([0, 1, 2, 5, 12])
    kinds = (left.kinds | right.kinds) - {"or"} | {name.lower()}
    meaning = (name.lower(), left.meaning, right.meaning, distance)
    return Asked(f"{left.text} {name}/{distance} {right.text}", meaning, kinds)


def a_topic(chance: random.Random, story: Telling, *, core: bool = False) -> Asked:
    """Name a topic, mostly one that the story belongs to."""
    kind = "core" if core else "topic"
    true = [name for name in SUBJECTS if naive((kind, name), story)]
    name = chance.choice(true if true and chance.random() < 0.8 else sorted(SUBJECTS))
    text = f"@{name}/core" if core else chance.choice([f"@{name}", f"topic:{name}"])
    return Asked(text, (kind, name), frozenset({kind}))


def a_core(chance: random.Random, story: Telling) -> Asked:
    return a_topic(chance, story, core=True)


def a_condition(chance: random.Random, story: Telling) -> Asked:
    """Ask for what is known of a story, mostly what is true of this one."""
    kind = chance.choice(CONDITIONS)
    right = chance.random() < 0.8
    if kind == "author":
        return an_author(chance, story if right else None)
    if kind == "amount":
        return an_amount(chance, story if right else None)
    day = (story.when + timedelta(days=chance.choice([-1, 0, 0, 1]))).strftime("%Y-%m-%d")
    value = {
        "lang": story.language if right else chance.choice(sorted(WORDS)),
        "outlet": story.outlet if right else chance.choice(OUTLETS),
        "source": story.source if right else f"{chance.choice(OUTLETS)}/feed",
        "country": story.country if right else chance.choice(COUNTRIES),
        "event": str(story.event if right else chance.choice(EVENTS)),
    }.get(kind, day[: chance.choice([10, 10, 7, 4])])
    shown = chance.choice([value, value.upper(), value.lower(), f'"{value}"'])
    asked = Asked(f"{kind}:{shown}", (kind, value), frozenset({kind}))
    if right or chance.random() < 0.5:
        return asked
    return Asked(f"NOT {asked.text}", ("not", asked.meaning), frozenset({kind, "not"}))


def an_amount(chance: random.Random, story: Telling | None) -> Asked:
    """Ask for an amount, mostly near one that a story names."""
    known = story.amounts if story and story.amounts else [amount(chance)]
    currency, low, high = chance.choice(known)
    numbers = sorted(AMOUNTS)
    value = chance.choice([low, high, chance.choice(numbers)])
    sign = chance.choice([">", ">=", "<", "<=", "="])
    number = chance.choice(AMOUNTS[value])
    # A short scale would go on with the letters of a word behind it.
    behind = f"{number} {chance.choice(BEHIND[currency])}"
    shown = chance.choice([behind, chance.choice(BEFORE[currency]) + number])
    space = chance.choice(["", "", " "])
    text = f"{chance.choice(['amount', 'Amount'])}{space}{sign}{space}{shown}"
    return Asked(text, ("amount", (sign, value, currency)), frozenset({"amount"}))


def an_author(chance: random.Random, story: Telling | None) -> Asked:
    known = story.author_pieces if story else []
    name = chance.choice(known or [named(one) for some in AUTHORS for one in some])
    start = chance.randrange(len(name))
    part = name[start : start + chance.choice([1, 2, 3])]
    text = _in_one_line(chance, part, [oddly(chance, piece.written) for piece in part])
    meaning = ("author", tuple(piece.token for piece in part))
    return Asked(f'author:"{text}"', meaning, frozenset({"author"}))


def a_field(chance: random.Random, story: Telling) -> Asked:
    name = chance.choice(FIELDS)
    asked: list[Draw] = [a_term, a_side, a_near, a_pair, a_count]
    # A topic looks at the whole story, so none may stand in a field.
    draw, inner = chance.choice(asked), None
    while inner is None or "@" in inner.text:
        again = draw is a_count
        inner = a_count(chance, story, (name,)) if again else draw(chance, story)
    text = f"{name}:({inner.text})"
    return Asked(text, ("within", name, inner.meaning), inner.kinds | {name})


def a_pair(chance: random.Random, story: Telling) -> Asked:
    """Join two terms by any of the three."""
    return a_compound(chance, a_term(chance, story), a_term(chance, story))


def an_either(chance: random.Random, story: Telling) -> Asked:
    """Ask for a condition or a term; alone, every story would have to be read for it."""
    parts = (a_condition(chance, story), chance.choice([a_term, a_core])(chance, story))
    return _joined("or", parts, " OR ".join(f"({part.text})" for part in parts))


def a_compound(chance: random.Random, first: Asked, second: Asked) -> Asked:
    kind = chance.choice(["and", "or", "not"])
    if kind == "not":
        both, away = (first.text, second.text), ("not", second.meaning)
        text = "({0}) NOT ({1})|({0}) -({1})|({0}) AND NOT ({1})|-({1}) ({0})|NOT ({1}) AND ({0})"
        kinds = first.kinds | second.kinds | {"not"}
        text = chance.choice(text.split("|")).format(*both)
        return Asked(text, ("and", first.meaning, away), kinds)
    word = {"and": chance.choice(["AND ", ""]), "or": "OR "}[kind]
    return _joined(kind, (first, second), f"({first.text}) {word}({second.text})")


def a_question(chance: random.Random, story: Telling, depth: int = 2) -> Asked:
    """Draw a question of which a good part is true of the story."""
    asked = _plain_question(chance, story, depth)
    for _ in range(chance.choice([0, 0, 1, 1, 2]) if depth == 2 else 0):
        one = a_condition(chance, story)
        both = [(one, asked), (asked, one)][chance.randrange(2)]
        asked = _joined("and", both, " ".join(f"({part.text})" for part in both))
    return asked


def _plain_question(chance: random.Random, story: Telling, depth: int) -> Asked:
    draws: list[Draw] = [a_term, a_count, a_near, a_near, a_field, a_field, a_topic, an_either]
    kind = chance.choice([*draws, *["compound"] * 4]) if depth else a_term
    if isinstance(kind, str):
        first, second = (_plain_question(chance, story, depth - 1) for _ in range(2))
        return a_compound(chance, first, second)
    return kind(chance, story)


def _joined(kind: str, parts: Iterable[Asked], text: str) -> Asked:
    parts = tuple(parts)
    kinds = frozenset({kind}).union(*(part.kinds for part in parts))
    return Asked(text, (kind, *(part.meaning for part in parts)), kinds)

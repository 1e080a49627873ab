"""Questions drawn from made-up stories, each with its meaning worked out by hand."""

import random
from dataclasses import dataclass
from datetime import timedelta

from query_naive import apart, places
from query_worlds import FORMS, STOP, UNSPACED, WORDS, Piece, Telling, spelled

#: the operators, each to be found among the questions often enough
KINDS = ("word", "phrase", "prefix", "case", "affixed", "times", "near", "onear")
KINDS += ("and", "or", "not", "title", "body")


@dataclass
class Asked:
    """A question: how a person writes it, and what it means to the naive evaluator."""

    text: str
    #: ("term", tokens, prefix, cased) and so on; see query_naive
    meaning: tuple
    kinds: frozenset[str]


def a_term(chance: random.Random, story: Telling) -> Asked:
    """Draw a word, a phrase or a part of one from a story, or a word from anywhere."""
    pieces = story.pieces[chance.choice(["title", "body", "body"])]
    roots = [root for root, forms in FORMS.items() if any(p.token in forms for p in pieces)]
    if chance.random() < (0.2 if roots else 0.05):
        return an_affixed(chance, chance.choice(roots or sorted(FORMS)))
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


def an_affixed(chance: random.Random, root: str) -> Asked:
    text = chance.choice([f"~{root}", f"~{root.upper()}", f'~"{root}"'])
    return Asked(text, ("affixed", root), frozenset({"affixed"}))


def a_count(chance: random.Random, story: Telling, fields: tuple[str, ...]) -> Asked:
    """Ask for a term as often as it stands there, or once more."""
    one = a_term(chance, story)
    found = sum(len(apart(places(one.meaning, story.pieces[name]))) for name in fields)
    wanted = max(2, found + chance.choice([0, 0, 1]))
    kinds = one.kinds | {"times"}
    return Asked(f"{{{wanted}}}{one.text}", ("times", one.meaning, wanted), kinds)


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
    kinds = ["term", "times", "near", "near", "and", "or", "not", "field", "condition"]
    kind = chance.choice(kinds)
    if depth == 0 or kind == "term":
        return a_term(chance, story)
    if kind == "times":
        return a_count(chance, story, ("title", "body"))
    if kind == "near":
        return a_near(chance, story)
    if kind == "field":
        name = chance.choice(["title", "body"])
        asked = [a_term, a_side, a_near, lambda by, said: a_count(by, said, (name,))]
        inner = chance.choice(asked)(chance, story)
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

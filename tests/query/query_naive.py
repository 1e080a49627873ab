"""The naive evaluator: answers from the definition in docs/queries.md, by trying every place.

A witness for the law of one answer: it shares no code with the product.
"""

from collections.abc import Iterable, Iterator

from query_subjects import SUBJECTS, Group, Subject, meant, sure_names
from query_worlds import FORMS, STOP, Piece, Telling

Place = tuple[int, int]
FIELDS = ("title", "body")


def naive(meaning: tuple, story: Telling, fields: tuple[str, ...] = FIELDS) -> bool:
    """Say whether the story answers the question."""
    kind, *rest = meaning
    if kind == "and":
        return all(naive(part, story, fields) for part in rest)
    if kind == "or":
        return any(naive(part, story, fields) for part in rest)
    if kind == "not":
        return not naive(rest[0], story, fields)
    if kind == "within":
        return naive(rest[1], story, (rest[0],))
    if kind == "times":
        found = [apart(places(rest[0], story.pieces[name])) for name in fields]
        return sum(map(len, found)) >= rest[1]
    if kind in {"term", "affixed", "core"}:
        return any(places(meaning, story.pieces[name]) for name in fields)
    if kind in {"near", "onear"}:
        return any(beside(meaning, story.pieces[name]) for name in fields)
    if kind == "topic":
        return belongs(SUBJECTS[rest[0]], story)
    return _is_so(kind, rest[0], story)


def _is_so(kind: str, value: object, story: Telling) -> bool:
    """Answer a condition; days, months and years compare by as much as is written."""
    if kind == "author":
        return any(places(("term", value, False, ()), name) for name in story.author_pieces)
    if kind == "event":
        return str(story.event) == value
    if kind == "amount":
        return any(_is_worth(*value, *named) for named in story.amounts)
    day = story.when.strftime("%Y-%m-%d")[: len(str(value))]
    known = {"lang": story.language, "outlet": story.outlet, "source": story.source}
    known["country"] = story.country
    if kind in known:
        return known[kind] == value
    return {"since": day >= str(value), "until": day <= str(value)}[kind]


def _is_worth(sign: str, asked: float, of: str, currency: str, low: float, high: float) -> bool:
    """Of a range, something in it may be as asked."""
    within = {">": high > asked, "<": low < asked, "=": low <= asked <= high}
    within |= {">=": not high < asked, "<=": not low > asked}
    return of == currency and within[sign]


def belongs(subject: Subject, story: Telling) -> bool:
    """Say whether a story is of a topic: a sure name, an ambiguous one in company, an included topic."""
    return (
        naive(("core", subject.id), story)
        or any(_in_company(group, story) for group in subject.groups)
        or any(belongs(SUBJECTS[other], story) for other in subject.includes)
    )


def _in_company(group: Group, story: Telling) -> bool:
    names, good, bad = (
        ("or", *map(meant, some)) for some in (group.names, group.accept, group.reject)
    )
    if group.near is None:
        return naive(names, story) and naive(good, story) and not naive(bad, story)
    return naive(("near", names, good, group.near), story) and not any(
        _nearer(place, other, group.near) or _overlap(place, other)
        for field in FIELDS
        for place in places(names, story.pieces[field])
        for other in places(bad, story.pieces[field])
    )


def places(meaning: tuple, pieces: list[Piece]) -> list[Place]:
    """Every place where a term, or one of several, stands: first token, one after the last."""
    if meaning[0] in {"or", "core"}:
        parts = meaning[1:] if meaning[0] == "or" else sure_names(SUBJECTS[meaning[1]])
        return [place for part in parts for place in places(part, pieces)]
    if meaning[0] == "affixed":
        forms = FORMS[meaning[1]]
        return [(at, at + 1) for at, piece in enumerate(pieces) if piece.token in forms]
    return list(_places(pieces, *meaning[1:]))


def _places(
    pieces: list[Piece], tokens: tuple[str, ...], prefix: bool, cased: tuple[str, ...]
) -> Iterator[Place]:
    for start in range(len(pieces) - len(tokens) + 1):
        part = pieces[start : start + len(tokens)]
        wanted = cased or tokens
        here = [STOP if p.token == STOP else p.written if cased else p.token for p in part]
        if prefix:
            here[-1] = here[-1][: len(wanted[-1])]
        if here == list(wanted):
            yield start, start + len(tokens)


def apart(found: Iterable[Place]) -> list[Place]:
    """Keep places that share no token, from the first one on."""
    kept: list[Place] = []
    for start, end in found:
        if all(start >= before for _, before in kept):
            kept.append((start, end))
    return kept


def beside(meaning: tuple, pieces: list[Piece]) -> bool:
    kind, left, right, distance = meaning
    return any(
        _follows(one, other, distance) or (kind == "near" and _follows(other, one, distance))
        for one in places(left, pieces)
        for other in places(right, pieces)
    )


def _follows(first: Place, second: Place, distance: int) -> bool:
    return 0 <= second[0] - first[1] <= distance


def _nearer(one: Place, other: Place, distance: int) -> bool:
    return _follows(one, other, distance) or _follows(other, one, distance)


def _overlap(one: Place, other: Place) -> bool:
    return one[0] < other[1] and other[0] < one[1]

"""The naive evaluator: answers from the definition in docs/queries.md, by trying every place.

A witness for the law of one answer: it shares no code with the product.
"""

from query_worlds import FORMS, STOP, Piece, Telling


def naive(meaning: tuple, story: Telling, fields: tuple[str, ...] = ("title", "body")) -> bool:
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
    if kind in {"term", "affixed"}:
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
    if meaning[0] == "affixed":
        forms = FORMS[meaning[1]]
        return [(at, at + 1) for at, piece in enumerate(pieces) if piece.token in forms]
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


def apart(found: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Keep places that share no token, from the first one on."""
    kept = []
    for start, end in found:
        if all(start >= before for _, before in kept):
            kept.append((start, end))
    return kept


def beside(meaning: tuple, pieces: list[Piece]) -> bool:
    kind, left, right, distance = meaning
    return any(
        0 <= c - b <= distance or (kind == "near" and 0 <= a - d <= distance)
        for a, b in places(left, pieces)
        for c, d in places(right, pieces)
    )

"""What a story has instead of what a clause asks for, in words for a person."""

from dataclasses import replace
from difflib import get_close_matches

from news.saying import joined, say
from query.affixes import SHORTEST, is_affixed
from query.documents import Document, FieldText, Span
from query.matching import holds, pairs
from query.nearness import FIELDS, Fields, longest_part, part_of
from query.syntax import Amount, Near, Times, Where, canonical
from query.terms import Term, canonical_term

#: as far apart as anything can stand
_ANYWHERE = 10**9
#: difflib's measure from which on a word is taken for a slip of another
_ALIKE = 0.8


def of_term(term: Term, document: Document, fields: Fields) -> str:
    """Say what stands in the place of a word or phrase that is not there as asked."""
    folded = replace(term, cased=())
    if term.cased and holds(folded, document, fields):
        words = _written(folded, document, fields)
        asked = " ".join(term.cased)
        return say('it is written "{words}", not "{asked}"', words=words, asked=asked)
    if len(term.tokens) > 1 and (part := longest_part(term, document, fields)):
        return _rest(term, part, document, fields)
    absent = say("it is not {where}", where=FIELDS[fields])
    return joined("", [absent, _alike(term, document, fields)])


def of_times(times: Times, document: Document, fields: Fields) -> str:
    """Say how often a term stands there."""
    found = sum(len(document.text_of(name).apart(times.term)) for name in fields)
    if not found:
        return of_term(times.term, document, fields)
    where = FIELDS[fields]
    return say("it stands {n} of {asked} times {where}", n=found, asked=times.count, where=where)


def of_near(near: Near, document: Document, fields: Fields) -> str:
    """Say which side of a NEAR is not there, or how far apart they stand."""
    away = [side for side in (near.left, near.right) if not holds(side, document, fields)]
    if away:
        sides = [canonical(side) for side in away]
        named = say("{one} and {other}", one=sides[0], other=sides[1]) if sides[1:] else sides[0]
        return say("{sides}: not {where}", sides=named, where=FIELDS[fields])
    if found := _nearest(near, document, fields):
        return _too_far(near, *found)
    if near.ordered and _nearest(replace(near, ordered=False), document, fields):
        left, right = canonical(near.left), canonical(near.right)
        return say("{left} stands behind {right}, not before it", left=left, right=right)
    if any(all(holds(s, document, (f,)) for s in (near.left, near.right)) for f in fields):
        return say("both are in the same words; they must stand apart")
    return say("one is in the headline, the other in the body")


def of_where(where: Where, document: Document) -> str:
    """Say what is so of the story instead of what was asked."""
    match where.condition:
        case "since" | "until":
            when = document.when
            if when is None:
                return say("its date is not known")
            return say("it is of {moment}", moment=f"{when:%Y-%m-%d %H:%M %Z}")
        case "author":
            names = ", ".join(author.folded.source for author in document.authors)
            if not names:
                return say("it names no author")
            return say("its authors are {names}", names=names)
        case "lang":
            known = document.language
        case "country":
            known = document.country
        case "outlet":
            known = document.outlet
        case "source":
            known = document.source
        case "event":
            known = str(document.event or "")
    return say("it is {known}", known=known) if known else say("it is not known")


def of_amount(asked: Amount, document: Document) -> str:
    """Say which amounts a story names instead."""
    named = [one for one in document.amounts if one.currency == asked.currency]
    if not named:
        others = sorted({one.currency for one in document.amounts})
        if not others:
            return say("it names no amount in {currency}", currency=asked.currency)
        return say(
            "it names no amount in {currency}, only in {others}",
            currency=asked.currency, others=", ".join(others),
        )  # fmt: skip
    ends = ("-".join(f"{end:,.12g}" for end in sorted({one.low, one.high})) for one in named)
    amounts = ", ".join(ends)
    return say("its amounts in {currency} are {amounts}", currency=asked.currency, amounts=amounts)


def _written(term: Term, document: Document, fields: Fields) -> str:
    text, span = next(
        (document.text_of(name), span)
        for name in fields
        for span in document.text_of(name).spans(term)
    )
    return _original(text, span)


def _original(text: FieldText, span: Span) -> str:
    start, end = text.original(span)
    return text.folded.source[start:end]


def _rest(term: Term, part: Span, document: Document, fields: Fields) -> str:
    """Say how much of a phrase is there, and what stands where the rest was asked for."""
    known = part_of(term, part)
    name = next(name for name in fields if document.text_of(name).has(known))
    text = document.text_of(name)
    start, end = text.spans(known)[0]
    there = _original(text, (start, end))
    if part[0] == 0:
        beside, asked = (end, end + len(term.tokens) - part[1]), (part[1], len(term.tokens))
    else:
        beside, asked = (start - part[0], start), (0, part[0])
    beside = (max(0, beside[0]), min(len(text.words), beside[1]))
    wanted = canonical_term(part_of(term, asked))
    found = f'"{_original(text, beside)}"' if beside[0] < beside[1] else say("nothing")
    said = {"there": there, "where": FIELDS[name,], "found": found, "wanted": wanted}
    if part[0] == 0:
        return say('"{there}" is {where}, followed by {found} instead of {wanted}', **said)
    return say('"{there}" is {where}, preceded by {found} instead of {wanted}', **said)


def _alike(term: Term, document: Document, fields: Fields) -> str:
    """Name a word that may have been meant, and how to find it."""
    if len(term.tokens) > 1 or term.affixed or len(word := term.tokens[0]) < SHORTEST:
        return ""
    for name in fields:
        text = document.text_of(name)
        for other in text.vocabulary:
            sign = f"{word}*" if other.startswith(word) else ""
            if sign := sign or (f"~{word}" if is_affixed(word, other) else ""):
                return say('; {sign} would find "{other}"', sign=sign, other=other)
    words = [other for name in fields for other in document.text_of(name).vocabulary]
    slips = get_close_matches(word, words, n=1, cutoff=_ALIKE)
    return say('; was "{slip}" meant?', slip=slips[0]) if slips else ""


def _nearest(near: Near, document: Document, fields: Fields) -> tuple[str, str, int] | None:
    """Return the two sides' words where they stand nearest, and how many tokens are between."""
    far = replace(near, distance=_ANYWHERE)
    best: tuple[str, str, int] | None = None
    for name in fields:
        text = document.text_of(name)
        for (first, _), (second, _) in pairs(far, document, name):
            between = second[0] - first[1]
            if best is None or between < best[2]:
                best = (_original(text, first), _original(text, second), between)
    return best


def _too_far(near: Near, first: str, second: str, between: int) -> str:
    return say(
        '{n} words stand between "{first}" and "{second}"; at most {most} may',
        n=between, first=first, second=second, most=near.distance,
    )  # fmt: skip

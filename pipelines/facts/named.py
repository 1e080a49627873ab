"""Places, organisations and people of the gazetteer, as facts."""

from collections.abc import Iterator, Sequence

from news import Fact
from query import NameHit, Names

#: kinds of the gazetteer that are places; a person is one, all else is a body
PLACES = frozenset({"city", "region", "country", "water", "district", "port", "park"})


def named(
    text: str, names: Names, hits: Sequence[NameHit], taken: Sequence[tuple[int, int]]
) -> Iterator[Fact]:
    """Yield the names of a body as facts, but those inside a span that is taken.

    A name of Latin letters printed without any capital is a word: Ý is Italy
    and ý an idea, Mác a name and mac nothing.
    """
    for hit in hits:
        shown = text[hit.start : hit.end]
        inside = any(begin <= hit.start and hit.end <= end for begin, end in taken)
        if hit.field != "body" or inside or _is_word(shown):
            continue
        yield Fact(
            kind=_kind(hit.kind),
            value=names.get(hit.id).title,
            what=hit.id,
            text=shown,
            start=hit.start,
            end=hit.end,
        )


def _kind(kind: str) -> str:
    if kind == "person":
        return kind
    return "place" if kind in PLACES else "organisation"


def _is_word(shown: str) -> bool:
    return shown.islower()

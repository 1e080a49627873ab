"""The whole of a story that is told on several pages."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from pipelines.reading.agencies import agency
from pipelines.reading.body.bodies import Body
from pipelines.reading.body.furniture import trim
from pipelines.reading.paging import join
from pipelines.reading.parts import Part


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """A story's joined text, and what was cut from between its pages."""

    body: Body
    authors: tuple[str, ...] = ()
    agency: str = ""


def whole(first: Body, parts: Sequence[Part], titles: Collection[str]) -> Whole:
    """Return the text of all pages; it is no surer than the least sure of them."""
    if not parts:
        return Whole(body=first)
    begun = trim(first.text, titles)
    read: list[Body | Part] = [first, *parts]
    least = min(read, key=lambda one: one.confidence)
    text = join([begun.text, *(part.text for part in parts)])
    said = (agency(first.text), *(part.agency for part in parts))
    return Whole(
        body=replace(first, text=text, method=least.method, confidence=least.confidence),
        authors=(*begun.authors, *(name for part in parts for name in part.authors)),
        agency=next(filter(None, said), ""),
    )

"""What a further page of a story adds to it; light, for both sides of a worker."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """The text of one further page, without its furniture."""

    text: str
    #: how it was found, and how surely, as in ReadPage
    method: str
    confidence: float
    #: named under this page: the last one often says who wrote the story
    authors: tuple[str, ...] = ()
    agency: str = ""

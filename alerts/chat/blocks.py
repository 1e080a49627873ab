"""A digest as blocks of lines, before any markup: what a chat message says. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass

from alerts.clean import Piece, isolated
from alerts.views import CardView, Line, Section, view
from alerts.wording import Wording
from news import Digest


@dataclass(frozen=True, slots=True)
class Span:
    """A run of text, still as it came."""

    text: str
    bold: bool = False
    #: "" or a safe address
    link: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """One line of a message."""

    spans: tuple[Span, ...]
    #: a sentence of somebody else's
    quoted: bool = False


#: What stays in one message: an event, a list, the frame.
Block = tuple[Words, ...]


def blocks(digest: Digest, wording: Wording, cards: int, briefs: int) -> list[Block]:
    """Return the digest with at most so many events in full, and lines per section."""
    shown = view(digest, wording, cards, briefs)
    head = (_said("Harborwatch", bold=True), _said(shown.title), _said(shown.summary))
    made: list[Block] = [head]
    for section in shown.sections:
        made += _section(section, wording)
    foot = tuple(_said(text) for text in (shown.ledger, shown.times) if text)
    return [*made, foot]


def _section(section: Section, wording: Wording) -> Iterator[Block]:
    """Give a section's blocks; its title stays with the first of them."""
    title: Block = (_said(section.title, bold=True),)
    for number, card in enumerate(section.cards, 1):
        yield (*title, *_card(card, number, wording))
        title = ()
    for brief in section.briefs:
        note = Span(f" ({isolated(brief.note)})" if brief.note else "")
        yield (*title, Words((Span("• "), Span(isolated(brief.headline), link=brief.link), note)))
        title = ()
    if section.more:
        yield (*title, _said(section.more))


def _card(card: CardView, number: int, wording: Wording) -> Iterator[Words]:
    headline = Span(isolated(card.headline), bold=True, link=card.link)
    yield Words((Span(f"{number} · "), headline))
    yield _said(f"{card.languages} – {card.reason} · {card.counts}")
    yield _said(isolated(card.first))
    if card.split_from:
        yield _said(isolated(card.split_from))
    if card.changes:
        yield _said(isolated(f"{wording.changed}{wording.colon}{' · '.join(card.changes)}"))
    if card.sentence:
        yield Words(tuple(_spans(card.sentence)), quoted=True)
    if card.facts:
        yield _said(isolated(f"{wording.facts}{wording.colon}{' · '.join(card.facts)}"))
    for conflict in card.conflicts:
        yield _said(isolated(f"{wording.conflict}{wording.colon}{conflict}"))
    if card.topics:
        yield _said(
            isolated(f"{wording.topics}{wording.colon}{wording.listing.join(card.topics)}")
        )
    if card.facets:
        yield _said(
            isolated(f"{wording.facets}{wording.colon}{wording.listing.join(card.facets)}")
        )
    if card.watches:
        yield _said(
            isolated(f"{wording.watches}{wording.colon}{wording.listing.join(card.watches)}")
        )
    # A single telling is the headline itself.
    for line in card.lines if len(card.lines) > 1 else ():
        yield _telling(line)
    if card.more:
        yield _said(card.more)


def _telling(line: Line) -> Words:
    note = f", {line.note}" if line.note else ""
    outlet = Span(isolated(f"– {line.outlet} [{line.language or '?'}{note}] "))
    return Words((outlet, Span(isolated(line.title), link=line.link)))


def _spans(pieces: tuple[Piece, ...]) -> Iterator[Span]:
    for piece in pieces:
        if not piece.marked:
            yield Span(piece.text)
            continue
        # Bold that begins or ends with a space or a sign is no bold in most markdowns.
        begin, end = 0, len(piece.text)
        while begin < end and not piece.text[begin].isalnum():
            begin += 1
        while end > begin and piece.text[end - 1] in " .,;:!?\"'()[]«»“”‘’—–-":
            end -= 1
        yield from (Span(piece.text[:begin]), Span(piece.text[begin:end], bold=True))
        yield Span(piece.text[end:])


def _said(text: str, *, bold: bool = False) -> Words:
    return Words((Span(text, bold=bold),))

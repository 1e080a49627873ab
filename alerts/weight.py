"""How many bytes a digest takes as a mail, told before it is rendered. Pure.

Rendering costs far more than counting: how many cards fit in full is counted
here, so that one rendering does. A little too much is said rather than too
little; a test holds it against what comes out.
"""

import html
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import accumulate

from alerts.views import Brief, CardView, DigestView, Line

#: Bytes that a byte takes in quoted-printable for the soft ends of its lines (RFC 2045,
#: 6.7: three for each 73 or more), and in base64 (78 for each 57).
_QUOTED, _BASE64 = 76 / 73, 78 / 57
#: In the plain text a line of 72 columns begins with up to five spaces and ends with two bytes.
_FOLDED = 1.07


@dataclass(frozen=True, slots=True)
class Bytes:
    """Bytes of a text: those that quoted-printable leaves, and those that it makes three of."""

    plain: float
    odd: float

    def __add__(self, other: "Bytes") -> "Bytes":
        """Return both together."""
        return Bytes(self.plain + other.plain, self.odd + other.odd)

    def quoted(self) -> float:
        """Return the size in quoted-printable."""
        return _QUOTED * (self.plain + 3 * self.odd)

    def based(self) -> float:
        """Return the size in base64."""
        return _BASE64 * (self.plain + self.odd)


@dataclass(frozen=True, slots=True)
class Weight:
    """What a part of a digest weighs in the plain text and in the page."""

    text: Bytes
    page: Bytes

    def __add__(self, other: "Weight") -> "Weight":
        """Return both together."""
        return Weight(self.text + other.text, self.page + other.page)

    def bytes(self) -> float:
        """Return the bytes as they are sent, each part in the encoding that is shorter."""
        return sum(min(part.quoted(), part.based()) for part in (self.text, self.page))


def counted(text: str) -> Bytes:
    """Count the bytes of a text."""
    raw = text.encode("utf-8", "replace")
    odd = raw.count(b"=")
    if not text.isascii():
        odd += len(raw) - len(text.encode("ascii", "ignore"))
    return Bytes(len(raw) - odd, odd)


def quoted_is_shorter(text: str) -> bool:
    """Tell whether a text is sent shorter in quoted-printable than in base64."""
    size = counted(text)
    return size.quoted() <= size.based()


def _markup(text: float, page: float, odd: float = 0) -> Weight:
    return Weight(Bytes(text, 0), Bytes(page - odd, odd))


#: What stands round the texts, in bytes of the plain text and of the page, and of these the
#: equals signs; measured on the templates with their styles inlined.
_FRAME = _markup(500, 2_900, 40)
_SECTION = Weight(Bytes(8, 90), Bytes(150, 3))
_CARD = _markup(45, 740, 14)
_ROW = _markup(12, 112, 2)
_MARK = _markup(2, 112, 2)
_LINE = _markup(12, 138, 3)
_LINK = _markup(7, 72, 2)
_WORTH = _markup(12, 150, 3)
_BRIEF = _markup(8, 118, 3)


def weights(shown: DigestView) -> tuple[Weight, list[Weight]]:
    """Return what a digest weighs without its cards, and each of them, in their order."""
    rest, cards = _FRAME + _said(shown.ledger, shown.because, shown.summary, shown.preview), []
    for section in shown.sections:
        rest = _sum((rest, _SECTION, _said(section.title, section.more), *_briefs(section.briefs)))
        cards += [_card(card) for card in section.cards]
    return rest, cards


def fitting(shown: DigestView, largest: int) -> int:
    """Return how many of the cards, from the first on, stay with all else under that many bytes."""
    rest, cards = weights(shown)
    sums = accumulate(cards, Weight.__add__, initial=rest)
    return max(sum(1 for whole in sums if whole.bytes() <= largest) - 1, 0)


def _card(card: CardView) -> Weight:
    rows = (*card.changes, *card.facts, *card.conflicts, *card.topics, *card.facets, *card.watches)
    kinds = (
        card.split_from,
        card.changes,
        card.facts,
        card.topics,
        card.facets,
        card.watches,
        card.sentence,
    )
    sentence = "".join(piece.text for piece in card.sentence)
    plain = (card.headline, card.languages, card.reason, card.counts, card.first, card.more)
    return _sum(
        (
            _CARD,
            _said(*plain, card.split_from, sentence, *(f"{row} · " for row in rows)),
            *(_ROW for kind in kinds if kind),
            *(_ROW for _ in card.conflicts),
            *(_MARK for piece in card.sentence if piece.marked),
            _linked("", card.link),
            _linked(card.page, card.page),
            *([_worth(card)] if card.worth else []),
            *map(_line, card.lines),
        )
    )


def _line(line: Line) -> Weight:
    return _sum((_LINE, _said(line.outlet, line.title, line.note), _linked(line.link, line.link)))


def _worth(card: CardView) -> Weight:
    """Return what the links weigh by which a reader says what a card was worth."""
    yes, no = f"{card.worth}&say=yes", f"{card.worth}&say=no"
    return _sum((_WORTH, _said(card.asks), _linked(card.worth, yes), _linked("", no)))


def _briefs(briefs: Sequence[Brief]) -> list[Weight]:
    return [
        _sum((_BRIEF, _said(one.headline, one.note), _linked(one.link, one.link)))
        for one in briefs
    ]


def _linked(text: str, link: str) -> Weight:
    """Return what a link weighs; the plain text may not show it."""
    if not link:
        return Weight(Bytes(0, 0), Bytes(0, 0))
    return _LINK + Weight(counted(text), counted(html.escape(link)))


def _said(*texts: str) -> Weight:
    whole = "".join(texts)
    said = counted(whole)
    # Escaping makes up to six bytes of one, each of them plain.
    escaped = len(html.escape(whole)) - len(whole)
    folded = Bytes(said.plain * _FOLDED + said.odd * (_FOLDED - 1), said.odd)
    return Weight(folded, Bytes(said.plain + escaped, said.odd))


def _sum(parts: Iterable[Weight]) -> Weight:
    return reduce(Weight.__add__, parts)

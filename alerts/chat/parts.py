"""Blocks put into messages of a service's length, cut between events. Pure."""

from collections.abc import Sequence
from dataclasses import replace

from alerts.chat.blocks import Block, Span, Words
from alerts.chat.service import Service
from alerts.clean import goes_on

#: Room for "12/34" and the empty line behind it.
_NUMBER = 16
#: where a sentence ends, in the scripts of the ten languages
_ENDS = frozenset(".!?。！？။៕។…")


def parts(blocks: Sequence[Block], service: Service) -> list[str]:
    """Return the messages, each within the service's limit, numbered where there are several.

    A block stays in one message; one that is longer than a whole message is
    cut at the end of a line or a sentence, and ends with "…".
    """
    room = service.limit - _NUMBER
    gap = service.markup.gap
    made: list[str] = []
    for block in blocks:
        text = _fitted(block, service, room)
        if not text:
            continue
        together = f"{made[-1]}{gap}{text}" if made else text
        if made and service.measure(together) <= room:
            made[-1] = together
        else:
            made.append(text)
    if len(made) == 1:
        return made
    return [f"{at}/{len(made)}{gap}{text}" for at, text in enumerate(made, 1)]


def written(block: Block, service: Service) -> str:
    """Return a block in the service's markup."""
    return service.markup.newline.join(_line(words, service) for words in block)


def _line(words: Words, service: Service) -> str:
    markup = service.markup
    line = "".join(_span(span, service) for span in words.spans)
    return markup.quote(line) if words.quoted else line


def _span(span: Span, service: Service) -> str:
    markup = service.markup
    text = markup.escape(span.text)
    if not text:
        return ""
    if span.link:
        text = markup.link(text, span.link)
    return markup.bold(text) if span.bold else text


def _fitted(block: Block, service: Service, room: int) -> str:
    whole = written(block, service)
    if service.measure(whole) <= room:
        return whole
    kept: list[Words] = []
    for words in block:
        if service.measure(written((*kept, words, _more()), service)) > room:
            cut = _cut(words, tuple(kept), service, room)
            return written((*kept, *cut), service)
        kept.append(words)
    return written(tuple(kept), service)


def _cut(words: Words, before: Block, service: Service, room: int) -> Block:
    """Return as much of the line as fits, or "…" alone; nothing where not even that fits."""

    def fits(candidate: Words) -> bool:
        return service.measure(written((*before, candidate), service)) <= room

    kept: list[Span] = []
    for span in words.spans:
        if fits(Words((*kept, span, Span("…")), words.quoted)):
            kept.append(span)
            continue
        for end in _ends(span.text):
            part = replace(span, text=span.text[:end])
            shorter = Words((*kept, part, Span("…")), words.quoted)
            if fits(shorter):
                return (shorter,)
        break
    return (_more(),) if fits(_more()) else ()


def _ends(text: str) -> list[int]:
    """Return where a text may be cut, the best first: sentences, then any whole letter."""
    sentences = [at + 1 for at, sign in enumerate(text) if sign in _ENDS]
    letters = [at for at in range(1, len(text)) if not goes_on(text, at)]
    if not sentences:
        # Halving is enough: what is cut is lost either way.
        return letters[::-1][:: max(1, len(letters) // 40)]
    return sentences[::-1]


def _more() -> Words:
    return Words((Span("…"),))

"""The sentence round some words of a story, for cards and search results."""

import re
import unicodedata
from collections.abc import Iterator

import icu

#: characters that a sentence may have; longer ones are cut at word edges
LONGEST = 240

# A full stop ends a sentence only before a space or the end, and not after a
# capital alone or one of the short forms that datelines are full of.
# Looked for behind the stop, not before it: at every letter that would cost most of the time.
_SHORT = (
    r"(?<!\b[A-Z]\.)(?<!\bMr\.)(?<!\bMs\.)(?<!\bDr\.)(?<!\bNo\.)(?<!\bSt\.)(?<!\bMrs\.)(?<!\bJan\.)"
    r"(?<!\bFeb\.)(?<!\bMar\.)(?<!\bApr\.)(?<!\bJun\.)(?<!\bJul\.)(?<!\bAug\.)(?<!\bSep\.)(?<!\bSept\.)"
    r"(?<!\bOct\.)(?<!\bNov\.)(?<!\bDec\.)(?<!\bCo\.)(?<!\bLtd\.)(?<!\bInc\.)(?<!\bTP\.)(?<!\bH\.E\.)"
)
_CLOSERS = "[\"'”’」』》)）]*"
_END = re.compile(
    rf"\.{_SHORT}{_CLOSERS}(?=\s|$)|[!?]+{_CLOSERS}(?=\s|$)|[。！？।]+{_CLOSERS}|[។៕။]|\n+"
)
#: places where a long sentence may be cut: white space, commas of all scripts
_SOFT = re.compile(r"\s+|[，、；：၊]")


def sentence_around(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the span of the sentence that holds text[start:end].

    Sentences end at full stops of all ten languages and at line ends. Thai and
    Lao have none: there, as in any sentence over 240 characters, the part
    round the words is taken, cut at spaces, commas or else word edges. Words
    that stand in two sentences give both. A span over 240 characters gives
    itself.
    """
    if not 0 <= start <= end <= len(text):
        raise ValueError(f"span {start}:{end} is outside a text of {len(text)}")
    first, last = _trimmed(text, *_between_stops(text, start, end))
    first, last = min(first, start), max(last, end)
    if last - first <= LONGEST:
        return first, last
    return _cut(text, first, last, start, end)


def cut_sentence(text: str, start: int, end: int) -> str:
    """Return text[start:end], with "…" at each end where its sentence goes on."""
    first, last = _trimmed(text, *_between_stops(text, start, end))
    return ("…" if first < start else "") + text[start:end] + ("…" if end < last else "")


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Yield the spans of a text's sentences in order, each as `sentence_around` would give it.

    A sentence of over 240 characters comes in parts.
    """
    at = 0
    while at < len(text):
        if text[at].isspace():
            at += 1
            continue
        last = max(sentence_around(text, at, at + 1)[1], at + 1)
        yield at, last
        at = last


def _between_stops(text: str, start: int, end: int) -> tuple[int, int]:
    # Stories run to many pages; a sentence is looked for this far on each side.
    reach = 8 * LONGEST
    low, high = max(0, start - reach), min(len(text), end + reach)
    first, last = low, high
    for stop in _END.finditer(text, low, high):
        if stop.end() <= start:
            first = stop.end()
        elif stop.start() >= end or stop.end() >= end:
            last = stop.end()
            break
    return first, last


def _trimmed(text: str, first: int, last: int) -> tuple[int, int]:
    part = text[first:last]
    first += len(part) - len(part.lstrip())
    return first, max(first, last - (len(part) - len(part.rstrip())))


def _cut(text: str, first: int, last: int, start: int, end: int) -> tuple[int, int]:
    """Take up to 240 characters with the words in them, most of the rest before them."""
    spare = max(0, LONGEST - (end - start))
    low = max(first, start - spare // 2)
    high = min(last, low + max(LONGEST, end - low))
    low = max(first, min(low, high - LONGEST)) if high - LONGEST > first else first
    low = min(low, start)
    new_low = low if low == first else _next_edge(text, low, start)
    new_high = high if high == last else _last_edge(text, end, high)
    return _trimmed(text, new_low, new_high) if new_low < new_high else (start, end)


def _next_edge(text: str, low: int, start: int) -> int:
    """Return the first good place to begin from `low` on, at most at `start`."""
    for soft in _SOFT.finditer(text, low, start):
        if soft.end() - low <= LONGEST // 4:
            return soft.end()
        break
    return min((edge for edge in _word_edges(text, low, start) if edge >= low), default=start)


def _last_edge(text: str, end: int, high: int) -> int:
    """Return the last good place to end up to `high`, at least at `end`."""
    soft = [found.start() for found in _SOFT.finditer(text, end, min(len(text), high + 1))]
    if soft and high - soft[-1] <= LONGEST // 4:
        return max(end, soft[-1])
    return max((edge for edge in _word_edges(text, end, high) if edge <= high), default=end)


def _word_edges(text: str, low: int, high: int) -> list[int]:
    """Return the word edges between two places, by ICU's dictionaries."""
    begin, finish = max(0, low - 40), min(len(text), high + 40)
    # ICU counts in UTF-16; one letter for each pair keeps its numbers ours.
    part = "".join("x" if ord(c) > 0xFFFF else c for c in text[begin:finish])
    words = icu.BreakIterator.createWordInstance(icu.Locale.getRoot())
    words.setText(part)
    edges = [begin + edge for edge in words]
    return [e for e in edges if low <= e <= high and (e >= len(text) or not _joined(text[e]))]


def _joined(character: str) -> bool:
    return unicodedata.category(character)[0] == "M" or 0xDC00 <= ord(character) <= 0xDFFF

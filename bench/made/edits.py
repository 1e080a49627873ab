"""What newsrooms do to a text that is not theirs: an editing generator."""

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import icu
import opencc

from query.sentences import sentence_around
from query.zawgyi import to_unicode

TEASER = 280
#: outlets that print copies; each has its own lines below every story
PRINTERS = 12

_LETTERS = re.compile(r"[^\W\d_]")


@dataclass(frozen=True)
class Text:
    """A text in one language, with others of that language to take words and lines from."""

    title: str
    body: str
    language: str
    others: Sequence[str]


def sentences(text: str) -> list[str]:
    found, at = [], 0
    while at < len(text):
        start, end = sentence_around(text, at, at + 1)
        found.append(text[max(start, at) : end].strip())
        at = max(end, at + 1)
        while at < len(text) and text[at].isspace():
            at += 1
    return [one for one in found if one]


def spaced(language: str) -> str:
    return "" if language in ("zh", "th", "km", "lo") else " "


def words(text: str, language: str) -> list[str]:
    """Return a text's words and what stands between them, by ICU."""
    breaker = icu.BreakIterator.createWordInstance(icu.Locale(language))
    breaker.setText(text)
    found, last = [], 0
    for edge in breaker:
        found.append(text[last:edge])
        last = edge
    return found


def changed(share: float) -> Callable[[random.Random, Text], str]:
    """Return the edit that puts other words in the place of that share of them."""

    def edit(chance: random.Random, text: Text) -> str:
        pool = [
            one for one in words(chance.choice(text.others), text.language) if _LETTERS.match(one)
        ]
        return "".join(
            chance.choice(pool) if _LETTERS.match(one) and chance.random() < share else one
            for one in words(text.body, text.language)
        )

    return edit


def dropped(chance: random.Random, text: Text) -> str:
    """Leave 30 % of the sentences out."""
    every = sentences(text.body)
    gone = set(chance.sample(range(len(every)), round(0.3 * len(every))))
    return spaced(text.language).join(one for at, one in enumerate(every) if at not in gone)


def both(chance: random.Random, text: Text) -> str:
    less = Text(text.title, dropped(chance, text), text.language, text.others)
    return changed(0.12)(chance, less)


def boilerplate(chance: random.Random, text: Text) -> str:
    """Put one printer's own lines below the text, and a line of another story into it."""
    printer = text.others[chance.randrange(PRINTERS) % len(text.others)]
    every = sentences(text.body)
    every.insert(len(every) // 2, sentences(chance.choice(text.others))[0])
    return spaced(text.language).join(every) + "\n" + "\n".join(sentences(printer)[-2:])


def two_sentences(chance: random.Random, text: Text) -> str:
    return spaced(text.language).join(sentences(text.body)[:2])


def teaser(chance: random.Random, text: Text) -> str:
    return f"{text.body[:TEASER]} […]"


def twin(chance: random.Random, text: Text) -> str:
    """Write the text in the other script or encoding of its language."""
    if text.language == "zh":
        traditional = opencc.OpenCC("s2t").convert(text.body)
        return traditional if traditional != text.body else opencc.OpenCC("t2s").convert(text.body)
    unicode = to_unicode(text.body)
    if unicode != text.body:
        return unicode
    return str(icu.Transliterator.createInstance("my-Zawgyi").transliterate(text.body))


#: what is done to a text, by name; a twin only where the language has one
EDITS: dict[str, Callable[[random.Random, Text], str]] = {
    "boilerplate": boilerplate,
    "words 5 %": changed(0.05),
    "words 12 %": changed(0.12),
    "sentences dropped": dropped,
    "dropped and changed": both,
    "two sentences": two_sentences,
    "280 characters": teaser,
    "twin": twin,
}
SUMMARIES = ("two sentences", "280 characters")

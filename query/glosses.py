"""Abbreviations that a story explains itself: Rural Clinics Expansion Programme (RCEP).

An abbreviation in brackets behind the words that it stands for, or these in
brackets behind it. Where they have nothing to do with the names of a topic,
the story means something else by the abbreviation, all through.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from query.folding import fold
from query.tokens import BREAK, is_unspaced, split

#: letters by which words of several languages are one: ekonomi, ekonomiya
_STEM = 5
#: letters of the shortest word that tells anything: not dan, the, của
_TELLING = 4
#: letters that follow one another in a name without spaces: 经济, ทางเศรษฐ
_HAN_RUN, _LETTER_RUN = 2, 3
#: the least that is taken for a long form without spaces, and the most, in letters
_HAN_LEAST, _LETTER_LEAST, _LETTERS_MOST = 5, 8, 40
#: the most words and characters of a long form; the least words where no initials agree
_WORDS_MOST, _CHARACTERS_MOST, _WORDS_LEAST = 10, 140, 3
#: small words between capitals of one name: of the, bộ của
_SMALL_BETWEEN, _SMALL_LETTERS = 2, 4

_WORD = re.compile(r"[^\W\d_]+")
_CLAUSE_END = re.compile(r"[.,;:!?()（）。，、；：？！“”\"«»「」។၊။]|\n\s*\n")
_QUOTES = " \t\n“”\"'‘’«»「」"
#: what says it in front of the long form, without brackets
_MEANS = (
    r"(?:,|stands for|is short for|singkatan dari(?:pada)?|kependekan dari(?:pada)?"
    r"|(?:là )?viết tắt của|(?:ay )?pinaikling)"
)
_OR = r"(?:or|atau|hay|o|disingkat|singkatan|gọi tắt là|viết tắt là)"


@dataclass(frozen=True, slots=True)
class Gloss:
    """Words that a story says an abbreviation stands for, and where the two stand."""

    words: str
    start: int
    end: int
    #: in brackets; else behind "or", where only initials show that they belong together
    bracketed: bool


def stems(names: Iterable[str]) -> frozenset[str]:
    """Return by what the words of names are known again in other languages and forms."""
    return frozenset(stem for name in names for stem in _stems(name))


def meant_otherwise(
    abbreviation: str, text: str, known: frozenset[str]
) -> tuple[Gloss, ...] | None:
    """Return where a text explains an abbreviation by words that are none of a topic's names.

    `known` are the `stems` of these names. None: it explains it by such names,
    which decides, whatever else it says.
    """
    others: list[Gloss] = []
    for gloss in _glosses(abbreviation, text):
        verdict = _verdict(abbreviation, gloss, known)
        if verdict is None:
            continue
        if verdict:
            return None
        others.append(gloss)
    return tuple(others)


def _glosses(abbreviation: str, text: str) -> Iterator[Gloss]:
    short = re.escape(abbreviation)
    for found in re.finditer(rf"[(（][{_QUOTES}]*(?:{_OR}\s)?{short}[{_QUOTES}]*[)）]", text):
        begin, words = _clause_before(text, found.start())
        yield Gloss(words, begin, found.end(), bracketed=True)
    for found in re.finditer(rf"(?<!\w){short}[{_QUOTES}]*[(（]([^()（）]+)[)）]", text):
        yield Gloss(found[1], found.start(), found.end(), bracketed=True)
    inside = (
        rf"[(（](?:([^()（）]+?)\s?[:;,–—-]\s?{short}|{short}\s?[:;,–—-]\s?([^()（）]+))\s?[)）]"
    )
    for found in re.finditer(inside, text):
        yield Gloss(found[1] or found[2], found.start(), found.end(), bracketed=True)
    for found in re.finditer(rf",?\s{_OR}[{_QUOTES}]+{short}(?!\w)", text):
        begin, words = _clause_before(text, found.start())
        yield Gloss(words, begin, found.end(), bracketed=False)
    for found in re.finditer(rf"(?<!\w){short}\s?{_MEANS}\s((?:[^\W\d_]+\s?){{3,12}})", text):
        words = " ".join(_spelled_first(abbreviation, _WORD.findall(found[1])))
        yield Gloss(words, found.start(), found.end(), bracketed=False)


def _spelled_first(abbreviation: str, words: Sequence[str]) -> Sequence[str]:
    """Return the first words whose initials are the abbreviation."""
    spelled = (words[:n] for n in range(len(abbreviation), len(words) + 1))
    return next((some for some in spelled if _spelled(abbreviation, some)), ())


def _clause_before(text: str, end: int) -> tuple[int, str]:
    """Return where the clause before a place begins, and its words."""
    least = max(0, end - _CHARACTERS_MOST)
    before = text[least:end].rstrip(_QUOTES)
    begin = max((found.end() for found in _CLAUSE_END.finditer(before)), default=0)
    return least + begin, before[begin:]


def _verdict(abbreviation: str, gloss: Gloss, known: frozenset[str]) -> bool | None:
    """Say whether a long form is a name of the topic; None where it may be no long form at all."""
    letters = split(fold(gloss.words)).words
    if letters and is_unspaced(letters[-1]):
        return _unspaced_verdict(letters, known) if gloss.bracketed else None
    words = _WORD.findall(gloss.words)
    spelled = _spelled(abbreviation, words)
    if spelled:
        shared = [word for word in spelled if _is_known(word, known)]
        return 2 * len(shared) >= len(spelled)
    if not gloss.bracketed:
        return None
    return _named_verdict(_capitalised(words), known)


def _named_verdict(words: Sequence[str], known: frozenset[str]) -> bool | None:
    telling = [word for word in words if len(word) >= _TELLING or word[0].isupper()]
    if any(_is_known(word, known) for word in telling):
        return True
    return False if len(telling) >= _WORDS_LEAST else None


def _spelled(abbreviation: str, words: Sequence[str]) -> list[str]:
    """Return the last words whose initials are the abbreviation; small ones may stand between."""
    wanted, taken = list(abbreviation.lower()), list[str]()
    for word in reversed(words[-2 * _WORDS_MOST :]):
        if wanted and fold(word).text[:1] == wanted[-1]:
            wanted.pop()
            taken.append(word)
        elif len(word) > _SMALL_LETTERS or word[0].isupper():
            break
        if not wanted:
            return taken
    return []


def _capitalised(words: Sequence[str]) -> Sequence[str]:
    """Return the last words that look like one name: with capitals, and small words between."""
    first, small = len(words), 0
    for at in range(len(words) - 1, max(-1, len(words) - 1 - _WORDS_MOST), -1):
        word = words[at]
        if word[0].isupper():
            first, small = at, 0
            continue
        small += 1 if len(word) <= _SMALL_LETTERS else _SMALL_BETWEEN
        if small > _SMALL_BETWEEN:
            break
    return words[first:]


def _unspaced_verdict(letters: Sequence[str], known: frozenset[str]) -> bool | None:
    run: list[str] = []
    for letter in reversed(letters[-_LETTERS_MOST:]):
        if letter == BREAK or not is_unspaced(letter):
            break
        run.append(letter)
    run.reverse()
    found = set(_runs(run))
    if found & known:
        return True
    script = _is_han(run[-1])
    if not any(is_unspaced(one[0]) and _is_han(one[0]) == script for one in known):
        return None  # the topic has no name in this script: nothing to compare
    return False if len(run) >= (_HAN_LEAST if script else _LETTER_LEAST) else None


def _stems(name: str) -> Iterator[str]:
    words = split(fold(name)).words
    for word in words:
        if not is_unspaced(word) and len(word) >= _TELLING:
            yield word[:_STEM]
    yield from _runs([word for word in words if is_unspaced(word)])


def _runs(letters: Sequence[str]) -> Iterator[str]:
    if letters:
        size = _HAN_RUN if _is_han(letters[0]) else _LETTER_RUN
        yield from ("".join(letters[at : at + size]) for at in range(len(letters) - size + 1))


def _is_han(letter: str) -> bool:
    return "\u2e80" <= letter[0] <= "\u9fff"


def _is_known(word: str, known: frozenset[str]) -> bool:
    folded = fold(word).text
    return len(folded) >= _TELLING and folded[:_STEM] in known

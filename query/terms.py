"""Terms: a word or a phrase as the tokens that it is made of."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

from query.affixes import SHORTEST
from query.folding import AS_UNICODE, Folded, fold
from query.letters import keep_case, one_case
from query.seams import POINT
from query.tokens import BREAK, Token, is_unspaced, split


@dataclass(frozen=True, slots=True)
class Term:
    """A word or a phrase: tokens that follow one another in one field."""

    tokens: tuple[str, ...]
    #: the last token may go on: kerja*
    prefix: bool = False
    #: the tokens as they must be written; empty where case does not matter
    cased: tuple[str, ...] = ()
    #: the one token is a root that may stand with its affixes: ~kerja
    affixed: bool = False
    #: decides like any other, but is no hit: the company of an ambiguous name
    quiet: bool = field(default=False, compare=False)


def term(
    text: str,
    *,
    cased: bool = False,
    prefix: bool = False,
    affixed: bool = False,
    quiet: bool = False,
) -> Term | None:
    """Return the term for words as written; None where no letter or digit is in them.

    A script without case has no exact case, and a letter of an unspaced script
    is found inside every word anyway: there the flags mean nothing and are
    dropped, so that equal questions stay equal. Only one word of letters can
    be a root; else `affixed` is dropped too.
    """
    folded = fold(text)
    found = split(folded)
    if not found.words:
        return None
    words = tuple(found.words)
    has_case = cased and text.upper() != text.lower()
    exact = as_written(folded, found.at(0, len(words))) if has_case else ()
    goes_on = prefix and not is_unspaced(words[-1])
    root = affixed and len(words) == 1 and _is_root(words[0])
    return Term(words, prefix=goes_on, cased=exact, affixed=root, quiet=quiet)


def _is_root(word: str) -> bool:
    return word.isalpha() and len(word) >= SHORTEST and not is_unspaced(word)


def as_written(folded: Folded, tokens: Sequence[Token]) -> tuple[str, ...]:
    """Return tokens folded in all but case."""
    return tuple(written(folded, token) for token in tokens)


def written(folded: Folded, token: Token) -> str:
    """Return one token folded in all but case; a break is itself."""
    if token.text == BREAK:
        return BREAK
    start, end = folded.original(token.start, token.end)
    kept = keep_case(folded.source[start:end])
    # One written letter can fold to several tokens; then which part had which
    # case is not known, and it counts as small.
    return kept if one_case(kept) == token.text else token.text


# Asked again for every word that a clause has marked.
@lru_cache(maxsize=16_384)
def canonical_term(node: Term) -> str:
    """Return a term as text that parses to it."""
    words = node.cased or node.tokens
    star, sign = "*" * node.prefix, "=" * bool(node.cased) + "~" * node.affixed
    spaced = " ".join(words).replace(BREAK, "。")
    pointed = _tight(words).replace(POINT, ".")
    for text in (pointed, _tight(words), spaced, AS_UNICODE + spaced):
        again = term(text, cased=bool(node.cased), prefix=node.prefix, affixed=node.affixed)
        if again == node:
            break
    bare = BREAK not in words and " " not in text
    return f"{sign}{text}{star}" if bare else f'{sign}"{text}{star}"'


def _tight(words: Sequence[str]) -> str:
    """Join words by spaces, letters of unspaced scripts by nothing."""
    text = words[0]
    for before, word in pairwise(words):
        joined = is_unspaced(before) and is_unspaced(word)
        text += word if joined else f" {word}"
    return text.replace(BREAK, "。")

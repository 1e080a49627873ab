"""Made-up saved queries, of the kinds that people watch the press with."""

import random

from made.words import LANGUAGES, WORDS, Vocabulary

#: people do not watch for the hundred or two words that every story holds
_FIRST = 200
#: kinds, and how many of a hundred queries they are
_MIX = {
    "phrase": 34, "word": 4, "and": 20, "any": 14, "near": 10, "onear": 4,
    "prefix": 3, "case": 3, "affixed": 1, "not": 4, "times": 1, "field": 2,
}  # fmt: skip


def queries(seed: int, count: int) -> list[str]:
    """Return so many queries, of all languages in turn."""
    chance = random.Random(seed)
    known = [Vocabulary.of(language) for language in LANGUAGES]
    kinds = chance.choices(list(_MIX), list(_MIX.values()), k=count)
    return [_query(chance, known[n % len(known)], kind) for n, kind in enumerate(kinds)]


def _query(chance: random.Random, known: Vocabulary, kind: str) -> str:  # noqa: C901 - one line for each kind
    def word() -> str:
        # The logarithm of the rank is even: frequent words are asked for often.
        drawn = known.words[int(_FIRST * (WORDS / _FIRST) ** chance.random()) - 1]
        return f'"{drawn}"'

    def phrase() -> str:
        words = [word().strip('"') for _ in range(chance.choice([2, 2, 3]))]
        return f'"{" ".join(words)}"'

    one, two = word(), word()
    match kind:
        case "word":
            return one
        case "and":
            return f"{one} AND {two}"
        case "any":
            return f"({one} OR {two} OR {word()}) AND ({phrase()} OR {word()})"
        case "near":
            return f"({one} OR {phrase()}) NEAR/10 {two}"
        case "onear":
            return f"{one} ONEAR/5 {two}"
        case "prefix":
            return f'"{one.strip(chr(34))}*" AND {two}'
        case "case":
            return f'="{one.strip(chr(34)).title()}" AND {two}'
        case "affixed":
            return f"~{one}" if known.language == "id" else f"{phrase()} OR {phrase()}"
        case "not":
            return f"{one} AND {two} NOT {word()}"
        case "times":
            return f"{{2}}{one} AND {two}"
        case "field":
            return f"title:{one} lang:{known.language}"
    return phrase()

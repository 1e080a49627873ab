"""Searches drawn from an archive's own words, so that each finds something: few or many stories."""

import random

from made.corpus import PLANTED
from made.words import LANGUAGES, UNSPACED, WORDS, Vocabulary
from sqlalchemy import Connection, select

from archive.tables import revisions, stories
from query import index_query, index_text, parse
from query.tokens import BREAK, is_unspaced

#: what the index decides alone
SURE = ("word", "phrase", "boolean", "near", "prefix", "Chinese", "Thai")
#: what the matcher must verify: case, order, counts, NEAR over groups too large to write out
UNSURE = ("=case", "ordered near", "{2}times", "near groups")
#: words with a rank under this stand in nearly every story
_FIRST = 5
_SPACED = tuple(language for language in LANGUAGES if language not in UNSPACED)
_GROUP = 9


class Searches:
    """A drawer of searches; the same for the same archive and seed."""

    def __init__(self, db: Connection, seed: int) -> None:
        self._chance = random.Random(seed)
        self._known = {language: Vocabulary.of(language) for language in LANGUAGES}
        self._texts = {language: _texts(db, language, self._chance) for language in LANGUAGES}

    def draw(self, kind: str, count: int) -> list[str]:
        """Return so many searches of a kind, no two alike."""
        drawn: dict[str, None] = {}
        if kind == "phrase":
            drawn.update((f'"{name}"', None) for one in _SPACED for name in PLANTED[one])
        if kind in ("Chinese", "Thai"):
            drawn.update(dict.fromkeys(PLANTED["zh" if kind == "Chinese" else "th"]))
        while len(drawn) < count:
            text = self._one(kind)
            # NEAR of a word and itself, say, is no question for the index alone.
            if index_query(parse(text)).exact == (kind in SURE):
                drawn[text] = None
        return list(drawn)

    def _one(self, kind: str) -> str:
        language = self._chance.choice(_SPACED)
        a, b, c = (self._word(language) for _ in range(3))
        match kind:
            case "word":
                return a
            case "phrase":
                return f'"{" ".join(self._running(language, self._chance.choice([2, 2, 3])))}"'
            case "boolean":
                return self._chance.choice([f"{a} {b}", f"({a} OR {b}) {c}", f"{a} {b} -{c}"])
            case "near" | "ordered near":
                some = self._running(language, 11)
                sign = "NEAR/10" if kind == "near" else "ONEAR/10"
                return f"{some[0]} {sign} {some[self._chance.randint(1, 10)]}"
            case "prefix":
                return f'"{self._begun(language)}*"'
            case "=case":
                return f"={self._word(language).split()[-1].strip(_QUOTE).title()}"
            case "{2}times":
                return f"{{2}}{a}"
            case "near groups":
                return f"({self._group(language)}) NEAR/10 ({self._group(language)})"
        text = self._chance.choice(self._texts["zh" if kind == "Chinese" else "th"])
        return self._cut(text, kind)

    def _word(self, language: str) -> str:
        # The logarithm of the rank is even: frequent words are asked for often.
        rank = int(_FIRST * (WORDS / _FIRST) ** self._chance.random())
        return f'"{self._known[language].words[rank - 1]}"'

    def _begun(self, language: str) -> str:
        word = self._word(language).strip(_QUOTE).split()[-1]
        return word[: max(3, len(word) - self._chance.randint(1, 3))]

    def _group(self, language: str) -> str:
        return " OR ".join(self._word(language) for _ in range(_GROUP))

    def _running(self, language: str, count: int) -> list[str]:
        """Return words that follow one another in some story."""
        while True:
            text = self._chance.choice(self._texts[language])
            sentence = self._chance.choice(text.split(". ")).rstrip(".").split()
            words = [word for word in sentence if word.isalpha()]
            if len(words) == len(sentence) > count:
                at = self._chance.randrange(len(words) - count)
                return words[at : at + count]

    def _cut(self, text: str, kind: str) -> str:
        """Return letters with their marks that follow one another in some story."""
        letters = index_text(text).split(" ")
        while True:
            size = self._chance.randint(1, 4) if kind == "Chinese" else self._chance.randint(2, 7)
            at = self._chance.randrange(len(letters) - size)
            cut = letters[at : at + size]
            if all(is_unspaced(letter) and letter != BREAK for letter in cut):
                return "".join(cut)


_QUOTE = '"'


def _texts(db: Connection, language: str, chance: random.Random) -> list[str]:
    """Return the bodies of some stories of a language."""
    numbers = select(stories.c.id).where(stories.c.language == language).limit(20_000)
    chosen = chance.sample(list(db.scalars(numbers)), k=400)
    found = select(revisions.c.body).where(revisions.c.story.in_(chosen))
    return list(db.scalars(found.order_by(revisions.c.story)))

"""Made-up stories of a given size in five languages."""

import random
from dataclasses import dataclass

from made.words import LANGUAGES, UNSPACED, Vocabulary


@dataclass(frozen=True)
class Story:
    """A made-up story."""

    language: str
    title: str
    body: str


def stories(seed: int, count: int, size: int) -> list[Story]:
    """Return stories of so many bytes (UTF-8) each, of all languages in turn."""
    chance = random.Random(seed)
    known = [Vocabulary.of(language) for language in LANGUAGES]
    return [_story(chance, known[number % len(known)], size) for number in range(count)]


def _story(chance: random.Random, known: Vocabulary, size: int) -> Story:
    title = _sentence(chance, known, 8)
    body, length = [], len(title.encode())
    while length < size:
        body.append(_sentence(chance, known, chance.randint(8, 25)))
        length += len(body[-1].encode()) + 1
    return Story(known.language, title, " ".join(body))


def _sentence(chance: random.Random, known: Vocabulary, words: int) -> str:
    drawn = [known.draw(chance) for _ in range(words)]
    if known.language == "zh":
        return f"{''.join(drawn[: words // 2])}，{''.join(drawn[words // 2 :])}。"
    if known.language in UNSPACED:
        return "".join(word + " " * (chance.random() < 0.15) for word in drawn)
    # One word in eight is a name.
    shown = [word.title() if chance.random() < 0.12 else word for word in drawn]
    return f"{' '.join(shown).capitalize()}."

"""Sentences that can be said in another language: English, with the pattern they were made of.

Who does not ask has English text; who has a catalogue of patterns says it in the reader's
language (`said_in`). A value may be a sentence itself.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Self


class Sentence(str):
    """English text that knows its pattern and what stands in it."""

    __slots__ = ("pattern", "values")

    pattern: str
    values: Mapping[str, object]

    def __new__(cls, pattern: str, values: Mapping[str, object]) -> Self:
        """Fill the pattern in. Raises KeyError where a place has no value."""
        made = super().__new__(cls, pattern.format(**values))
        made.pattern, made.values = pattern, values
        return made

    def __reduce__(self) -> tuple[type[str], tuple[str]]:
        """Travel on, to another process or as a copy, as English."""
        return str, (str(self),)


def say(pattern: str, **values: object) -> Sentence:
    """Return a sentence of a pattern in the manner of `str.format`: "read {n} times"."""
    return Sentence(pattern, values)


def word(text: str) -> Sentence:
    """Return a word of ours, such as the reason of a refusal: itself where no catalogue has it."""
    return Sentence(text.replace("{", "{{").replace("}", "}}"), {})


def joined(between: str, parts: Iterable[object]) -> Sentence:
    """Return parts one after the other; each is said by itself."""
    every: Sequence[object] = list(parts)
    pattern = between.join(f"{{p{n}}}" for n in range(len(every)))
    return Sentence(pattern, {f"p{n}": part for n, part in enumerate(every)})


#: in the place of a hint, where there is none
NO_HINT = say("")


def said_in(patterns: Mapping[str, str], text: object) -> str:
    """Return a text in the language of a catalogue; what it lacks stays as it is."""
    if not isinstance(text, Sentence):
        return str(text)
    values = {
        name: said_in(patterns, one) if isinstance(one, Sentence) else one
        for name, one in text.values.items()
    }
    return patterns.get(text.pattern, text.pattern).format(**values)

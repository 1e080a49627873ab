"""Words that names of topics are made of: {china-asean} Expo stands for all its spellings.

A country has several names in a language, two of them are joined in either
order and by several joints: written out, each name of a topic would stand in
its file some twenty times, and one spelling would always be missing.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import permutations, product
from pathlib import Path

from news.errors import FileError
from news.toml_files import Key, TomlFile, did_you_mean, read_toml

#: words by language
Words = Mapping[str, tuple[str, ...]]

#: {china}, {china-asean}
_SLOT = re.compile(r"\{([^{}]*)\}")
#: good in every language
_ANY = "any"
_JOINT = "joint"


@dataclass(frozen=True, slots=True, kw_only=True)
class WordsFile:
    """What stands in the file of words."""

    #: by their name, then by language
    words: Mapping[str, Words]


@cache
def shared_words() -> Mapping[str, Words]:
    """Return the words that come with Harborwatch."""
    return read_toml(Path(__file__).with_suffix(".toml")).read(WordsFile).words


@dataclass(frozen=True, slots=True)
class Spelling:
    """Writes out the names of one topic file."""

    file: TomlFile
    #: the file's own words in front of the shared ones
    words: Mapping[str, Words]

    def all_of(self, key: Key, name: str, languages: Iterable[str] = ()) -> tuple[str, ...]:
        """Return every spelling of a name; words of these languages stand in its braces.

        A name that is nothing but {china} stands for the words of all languages.
        Raises FileError at words that are not known.
        """
        slots = _SLOT.findall(name)
        if not slots:
            return (name,)
        if _SLOT.fullmatch(name) and "-" not in slots[0]:
            known = self._known(key, slots[0])
            return tuple(dict.fromkeys(word for some in known.values() for word in some))
        spelled = (one for language in languages for one in self._in(key, name, language))
        return tuple(dict.fromkeys(spelled))

    def _in(self, key: Key, name: str, language: str) -> Iterator[str]:
        # At even places of the split stands what is between the braces.
        pieces = _SLOT.split(name)
        choices = [
            self._slot(key, piece, language) if place % 2 else (piece,)
            for place, piece in enumerate(pieces)
        ]
        yield from map("".join, product(*choices))

    def _slot(self, key: Key, slot: str, language: str) -> Sequence[str]:
        names = slot.split("-")
        if len(names) == 1:
            return self._of(key, slot, language)
        joints = ["-", *(f" {one} " for one in self._of(key, _JOINT, language))]
        return [
            joint.join(pair)
            for order in permutations(names)
            for pair in product(*(self._of(key, one, language) for one in order))
            for joint in joints
        ]

    def _of(self, key: Key, word: str, language: str) -> tuple[str, ...]:
        known = self._known(key, word)
        return (*known.get(_ANY, ()), *known.get(language, ()))

    def _known(self, key: Key, word: str) -> Words:
        if word not in self.words:
            raise self._unknown(key, word)
        return self.words[word]

    def _unknown(self, key: Key, word: str) -> FileError:
        return self.file.error(
            key,
            f'there are no words "{word}" to put into braces',
            did_you_mean(word, [*self.words]),
        )


def spelling_of(file: TomlFile, own: Mapping[str, Words]) -> Spelling:
    """Return what writes out the names of a file that has words of its own."""
    return Spelling(file, {**shared_words(), **own})

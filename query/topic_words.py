"""Words that names of topics are made of: {china-asean} Expo stands for all its spellings.

A country has several names in a language, two of them are joined in either
order and by several joints: written out, each name of a topic would stand in
its file some twenty times, and one spelling would always be missing.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import permutations, product
from pathlib import Path

from news.errors import FileError
from news.toml_files import Key, TomlFile, did_you_mean, read_toml
from query.topic_shapes import TopicFile

#: words by language
Words = Mapping[str, tuple[str, ...]]

#: {china}
_SLOT = re.compile(r"\{([^{}]*)\}")
#: {china-asean}, {china+asean}
_PAIR = re.compile("([^-+]+)([-+])([^-+]+)")
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

    def all_of(
        self, key: Key, name: str, languages: Iterable[str] | None = None
    ) -> tuple[str, ...]:
        """Return every spelling of a name; words of these languages stand in its braces.

        None: of all languages. Raises FileError at words that are not known.
        """
        if "{" not in name:
            return (name,)
        chosen = self._languages if languages is None else languages
        spelled = (one for language in chosen for one in self._in(key, name, language))
        return tuple(dict.fromkeys(map(_marks_at_the_ends, spelled)))

    def words_in(self, key: Key, name: str, languages: Iterable[str]) -> Iterator[str]:
        """Yield the words of a name's spellings: what stands in braces once, not in each."""
        for place, piece in enumerate(_SLOT.split(name)):
            if not place % 2:
                yield piece
                continue
            words = [word.partition(":")[0] for word in re.split("[-+]", piece)]
            yield from (
                one
                for language in languages
                for word in words
                for one in self._of(key, word, language)
            )

    @property
    def _languages(self) -> Iterable[str]:
        return dict.fromkeys(
            language for some in self.words.values() for language in some if language != _ANY
        )

    def _in(self, key: Key, name: str, language: str) -> Iterator[str]:
        # At odd places of the split stands what was in braces.
        choices = [
            self._slot(key, piece, language) if place % 2 else (piece,)
            for place, piece in enumerate(_SLOT.split(name))
        ]
        yield from map("".join, product(*choices))

    def _slot(self, key: Key, slot: str, language: str) -> Sequence[str]:
        if pair := _PAIR.fullmatch(slot):
            first, sign, second = pair.groups()
            return list(self._pairs(key, (first, second), language, joined=sign == "+"))
        word, _, own = slot.partition(":")
        return self._of(key, word, own or language)

    def _pairs(
        self, key: Key, pair: tuple[str, str], language: str, *, joined: bool
    ) -> Iterator[str]:
        joints = [f" {one} " for one in self._of(key, _JOINT, language)] if joined else []
        for order in permutations(pair):
            sides = [self._of(key, one, language) for one in order]
            pairs = [two for two in product(*sides) if not _is_odd(*two)]
            yield from (joint.join(two) for joint in ("-", *joints) for two in pairs)

    def _of(self, key: Key, word: str, language: str) -> tuple[str, ...]:
        known = self._known(key, word)
        found = (*known.get(_ANY, ()), *known.get(language, ()))
        return tuple(spelled for one in found for spelled in self._in(key, one, language))

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


def _is_odd(first: str, second: str) -> bool:
    """Say whether nobody would write two so: China in Latin letters beside a native ASEAN."""
    return _is_latin(first) != _is_latin(second) and "ASEAN" not in (first, second)


def _is_latin(word: str) -> bool:
    """Say whether a word is in Latin letters, with marks (Trung Quốc) or without."""
    return all(unicodedata.name(sign, "").startswith("LATIN") for sign in word if sign.isalpha())


def _marks_at_the_ends(name: str) -> str:
    """Leave out a star that a word brought into the middle of a name."""
    return name[:-1].replace("*", "") + name[-1:]


def spelling_of(file: TomlFile, own: Mapping[str, Words]) -> Spelling:
    """Return what writes out the names of a file that has words of its own."""
    return Spelling(file, {**shared_words(), **own})


def readable(file: TomlFile, content: TopicFile) -> TopicFile:
    """Return a topic file for a person to read: each name in its first spelling, … for the others.

    Raises FileError at words in braces that are not known.
    """
    spelling = spelling_of(file, content.words)

    def first(names: tuple[str, ...], languages: Iterable[str] | None) -> tuple[str, ...]:
        spelled = (spelling.all_of((), name, languages) or (name,) for name in names)
        return tuple(one[0] if len(one) == 1 else f"{one[0]} …" for one in spelled)

    groups = tuple(
        replace(
            group,
            names=first(group.names, group.languages),
            accept=first(group.accept, None),
            also=first(group.also, None),
            reject=first(group.reject, None),
        )
        for group in content.ambiguous
    )
    sure = {language: first(names, [language]) for language, names in content.sure.items()}
    return replace(content, sure=sure, ambiguous=groups)

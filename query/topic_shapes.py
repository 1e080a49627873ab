"""What stands in a topic file, as it is written."""

from collections.abc import Mapping
from dataclasses import dataclass, field


def in_language(english: str, others: Mapping[str, str], language: str) -> str:
    """Return a text in a language ("zh-Hant"), in English where there is no other."""
    return others.get(language.partition("-")[0].lower(), english)


@dataclass(frozen=True, slots=True, kw_only=True)
class AmbiguousNames:
    """Names that mean the topic only in company."""

    #: such as an acronym that others use too
    names: tuple[str, ...]
    #: one of these near accepts
    accept: tuple[str, ...]
    #: one of these must stand beside it as well
    also: tuple[str, ...] = ()
    #: one of these near rejects; it never cancels a sure name
    reject: tuple[str, ...] = ()
    #: tokens between at most; without it, anywhere in the story
    near: int | None = None
    #: the same for `also`; without it, as `near`
    also_near: int | None = None
    #: languages whose press uses these names; their words stand in braces
    languages: tuple[str, ...] = ()
    #: for a person
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FacetNames:
    """A side of a topic, with its names by language; they mean it only beside the topic's."""

    #: how it is shown
    title: str
    #: by language
    names: Mapping[str, tuple[str, ...]]
    #: how it is shown in other languages than English
    titles: Mapping[str, str] = field(default_factory=dict)

    def titled(self, language: str) -> str:
        """Return the title in a language ("zh-Hant"), in English where the file has no other."""
        return in_language(self.title, self.titles, language)


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicFile:
    """What stands in a topic file."""

    #: the name of its file; `@id` in queries
    id: str
    #: how it is shown
    title: str
    #: 1 core, 2 direct, 3 related, 4 context
    tier: int
    #: for a person: how it stands to the subject, "core", "part-of", "context"
    relation: str
    #: for a person: what it is, and what it is not
    definition: str
    #: how it is shown in other languages than English
    titles: Mapping[str, str] = field(default_factory=dict)
    #: the definition in other languages than English
    definitions: Mapping[str, str] = field(default_factory=dict)
    #: topics whose stories belong to this one too
    includes: tuple[str, ...] = ()
    #: names that mean the topic by themselves, by language
    sure: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    ambiguous: tuple[AmbiguousNames, ...] = ()
    #: words that its names are made of, each by language: {harbor} in a name stands for them
    words: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)
    #: sides of the topic by their ids
    facets: Mapping[str, FacetNames] = field(default_factory=dict)

    def titled(self, language: str) -> str:
        """Return the title in a language ("zh-Hant"), in English where the file has no other."""
        return in_language(self.title, self.titles, language)

    def defined(self, language: str) -> str:
        """Return the definition in a language, in English where the file has no other."""
        return in_language(self.definition, self.definitions, language)

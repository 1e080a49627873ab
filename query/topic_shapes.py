"""What stands in a topic file, as it is written."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class AmbiguousNames:
    """Names that mean the topic only in company."""

    #: such as an acronym that others use too
    names: tuple[str, ...]
    #: one of these near accepts
    accept: tuple[str, ...]
    #: one of these near rejects; it never cancels a sure name
    reject: tuple[str, ...] = ()
    #: tokens between at most; without it, anywhere in the story
    near: int | None = None
    #: for a person: languages whose press uses these names
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
    #: topics whose stories belong to this one too
    includes: tuple[str, ...] = ()
    #: names that mean the topic by themselves, by language
    sure: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    ambiguous: tuple[AmbiguousNames, ...] = ()
    #: sides of the topic by their ids
    facets: Mapping[str, FacetNames] = field(default_factory=dict)

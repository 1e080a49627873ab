"""What stands in a topic file, as it is written."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class AmbiguousNames:
    """Names that mean the topic only in company."""

    names: tuple[str, ...]
    #: one of these near accepts
    accept: tuple[str, ...]
    #: one of these near rejects; it never cancels a sure name
    reject: tuple[str, ...] = ()
    #: tokens between at most; None: anywhere in the story
    near: int | None = None
    #: for a person
    languages: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FacetNames:
    """A side of a topic, with its names by language; they mean it only beside the topic's."""

    title: str
    names: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicFile:
    """What stands in a topic file."""

    id: str
    title: str
    #: 1 core, 2 direct, 3 related, 4 context
    tier: int
    relation: str
    definition: str
    #: topics whose stories belong to this one too
    includes: tuple[str, ...] = ()
    #: names that mean the topic by themselves, by language
    sure: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    ambiguous: tuple[AmbiguousNames, ...] = ()
    #: sides of the topic by their ids
    facets: Mapping[str, FacetNames] = field(default_factory=dict)

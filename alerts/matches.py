"""What compose is given: what the watches found, and what was told before."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from news import Fact, Telling


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A story, at one revision, that a watch found."""

    story: Telling
    #: the event that the story belongs to now
    event: int
    topics: tuple[str, ...] = ()
    #: titles of the sides of these that it speaks of
    facets: tuple[str, ...] = ()
    #: the best tier of its topics; 0 where it has none
    tier: int = 0
    #: the watch's name; "" for a telling of the event that no watch found: it
    #: is shown and counted, but opens no card of its own
    watch: str
    #: the sentence that the watch hit, as the story writes it
    sentence: str = ""
    #: the words in that sentence as (start, end)
    hits: tuple[tuple[int, int], ...] = ()
    #: all that were read from this revision
    facts: tuple[Fact, ...] = ()
    #: published over 7 days before it was seen (law 5)
    late: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What one subscriber was told so far."""

    #: story -> the highest revision told
    stories: Mapping[int, int]
    #: events that told stories belong to now
    events: frozenset[int]
    #: told story -> the facts of the revision that was told; none read: may be left out
    facts: Mapping[int, tuple[Fact, ...]]
    #: events told by an instant alert since the last daily digest
    instant: frozenset[int]
    #: told story -> the event it belongs to now
    event_of: Mapping[int, int]
    #: stories told by no more than an "also" line -> their outlet. Their facts
    #: were not announced: with a second outlet they still make an update.
    also: Mapping[int, str] = field(default_factory=dict)
    #: told story -> the story that the reader knew its event by; none kept: may be left out
    known_by: Mapping[int, int] = field(default_factory=dict)
    #: the headlines of the stories that events were known by
    headlines: Mapping[int, str] = field(default_factory=dict)

"""Topics: which there are, and of each its names by language and its volume over time."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection

from alerts.clean import clean
from archive.keeping import latest, mentioned
from harborwatch.web.asking import Ask
from harborwatch.web.charts import Chart, chart
from harborwatch.web.pages.lines import EventShown, TopicTag, event_shown, topic_tags
from harborwatch.web.site import Site
from harborwatch.web.wording import LANGUAGES

#: the languages that are read, in whose names a topic is found first
OURS = frozenset(("id", "ms", "en", "zh", "vi", "th", "km", "lo", "my", "fil"))
#: stories that volume is counted over, mentions that words are counted over
STORIES, MENTIONS = 10_000, 5_000
#: words, outlets and events that are named
WORDS, OUTLETS, EVENTS = 40, 12, 15


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicLine:
    """A topic with how often the archive speaks of it."""

    topic: TopicTag
    #: in the language of the page, or English
    definition: str
    definition_language: str
    stories: int
    last: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Topics:
    """The topics, those of the core first."""

    topics: tuple[TopicLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NameList:
    """A topic's names in one language."""

    language: str
    #: good by themselves
    sure: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CompanyNames:
    """Names that mean a topic only in company."""

    names: tuple[str, ...]
    accept: tuple[str, ...]
    #: of these one as well
    also: tuple[str, ...]
    reject: tuple[str, ...]
    #: words between at most; None: anywhere in the story
    near: int | None
    #: the same for `also`
    also_near: int | None
    languages: tuple[str, ...]
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """A side of a topic, with its names; they mean it only beside the topic."""

    id: str
    title: str
    #: of the title
    language: str
    names: tuple[NameList, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """Something counted."""

    value: str
    name: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicPage:
    """A topic: names, volume, words that the press used, latest events."""

    topic: TopicTag
    #: in the language of the page, or English
    definition: str
    definition_language: str
    relation: str
    includes: tuple[TopicTag, ...]
    stories: int
    #: these are all; else there are at least so many
    whole: bool
    volume: Chart | None
    languages: tuple[Count, ...]
    outlets: tuple[Count, ...]
    words: tuple[Count, ...]
    names: tuple[NameList, ...]
    company: tuple[CompanyNames, ...]
    sides: tuple[Side, ...]
    events: tuple[EventShown, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """How the press speaks of a topic, counted over its newest stories."""

    stories: int
    volume: Chart | None
    #: the most frequent first
    languages: tuple[tuple[str, int], ...]
    outlets: tuple[tuple[str, int], ...]
    words: tuple[tuple[str, int], ...]


def all_topics(site: Site, db: Connection, ask: Ask) -> Topics:
    """Show the topics with how many stories mention each."""
    del ask
    counts = site.remembered.of(db, mentioned.counts, site.clock.now())
    return Topics(
        topics=tuple(
            TopicLine(
                topic=tag,
                definition=site.topic_files[tag.id].defined(site.language),
                definition_language=_language(site, site.topic_files[tag.id].definitions),
                stories=counts[tag.id][0] if tag.id in counts else 0,
                last=counts[tag.id][1] if tag.id in counts else None,
            )
            for tag in topic_tags(site, site.topic_files)
        )
    )


def one_topic(site: Site, db: Connection, ask: Ask) -> TopicPage:
    """Show a topic: volume over time, names by language, words in use, latest events."""
    name = str(ask.path["id"])
    if name not in site.topic_files:
        raise ask.missing()
    file = site.topic_files[name]
    spoken = site.remembered.of(db, _spoken, site.clock.now(), name)
    return TopicPage(
        topic=topic_tags(site, [name])[0],
        definition=file.defined(site.language),
        definition_language=_language(site, file.definitions),
        relation=file.relation,
        includes=topic_tags(site, file.includes),
        stories=spoken.stories,
        whole=spoken.stories < STORIES,
        volume=spoken.volume,
        languages=_counts(
            spoken.languages, lambda one: ask.wording.name("language", one or "unknown")
        ),
        outlets=_counts(spoken.outlets, site.outlet_name),
        words=_counts([(clean(value), n) for value, n in spoken.words], str),
        names=_names(file.sure),
        sides=tuple(
            Side(
                id=side,
                title=one.titled(site.language),
                language=_language(site, one.titles),
                names=_names(one.names),
            )
            for side, one in file.facets.items()
        ),
        company=tuple(
            CompanyNames(
                names=one.names,
                accept=one.accept,
                also=one.also,
                reject=one.reject,
                near=one.near,
                also_near=one.near if one.also_near is None else one.also_near,
                languages=one.languages,
                note=one.note,
            )
            for one in file.ambiguous
        ),
        events=tuple(
            event_shown(site, one) for one in latest.latest_events(db, EVENTS, topic=name)
        ),
    )


def _language(site: Site, others: Mapping[str, str]) -> str:
    """Return the language in which a text is shown that has these other languages."""
    return site.language if site.language in others else LANGUAGES[0]


def _spoken(db: Connection, name: str) -> Spoken:
    found = mentioned.mentioning(db, name, STORIES)
    days = Counter(one.when.astimezone(UTC).date() for one in found)
    words = Counter(mentioned.words_of(db, name, MENTIONS))
    return Spoken(
        stories=len(found),
        volume=chart(list(days.items())),
        languages=tuple(Counter(one.language for one in found).most_common()),
        outlets=tuple(Counter(one.outlet for one in found).most_common(OUTLETS)),
        words=tuple(words.most_common(WORDS)),
    )


def _counts(counted: Iterable[tuple[str, int]], name: Callable[[str], str]) -> tuple[Count, ...]:
    return tuple(Count(value=value, name=name(value), count=n) for value, n in counted)


def _names(names: Mapping[str, tuple[str, ...]]) -> tuple[NameList, ...]:
    """Return names by language, our ten first."""
    ordered = sorted(names, key=lambda one: (one not in OURS, one))
    return tuple(NameList(language=one, sure=names[one]) for one in ordered)

"""Events without a model: stories that share rare names, numbers and days tell of one happening.

Each shared key is evidence, the stronger the fewer stories have it: the
logarithm of how much likelier two tellings of one happening share it than
two stories taken at random. The same keys explain the link to a person.
Figures never keep two stories apart; true reports differ in them.
"""

import math
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from archive import stories as archived
from archive.likeness import (
    COMMON_KEY,
    SharedKey,
    count_stories,
    key_counts,
    sharing_keys,
)
from news import EventLink, Story
from pipelines.days import named_days
from pipelines.stages import Stage, Tools
from pipelines.topics import document_of
from query import Names

#: stories of one happening are first seen within this time of one another
WINDOW = timedelta(days=5)
#: evidence that two tellings need in common (natural logarithm of the odds)
ENOUGH = 14.0
#: evidence lost with each day between the two
PER_DAY = 1.0
#: how likely two tellings of one happening share a key that one of them has
SHARED = 0.5
#: no single key proves more than this
MOST = 6.0
#: how many made-up stories stand behind the expected shares below
PRIOR_STORIES = 300
#: keys of a kind that are kept per story, the first in the text
KEPT = 40

_LATIN = r"A-Za-zÀ-ÖØ-öø-ɏḀ-ỿ\d"
#: names in Latin letters, which every language keeps as they are; not \b, which
#: sees no edge in AsiaInfo与 or บริษัทZTE
_LATIN_NAME = re.compile(
    rf"(?<![{_LATIN}])[A-Z][A-Za-z0-9]{{2,}}(?![{_LATIN}])(?:[ -][A-Z][A-Za-z0-9]+(?![{_LATIN}]))*"
)


def day_keys(text: str) -> Iterator[str]:
    """Return the days named in a text as "d:9-13"."""
    for named in named_days(text):
        yield f"d:{named.month}-{named.day}"


def name_keys(text: str, language: str, taken: Sequence[tuple[int, int]]) -> Iterator[str]:
    """Return names in Latin letters as "w:asiainfo".

    In a language written in Latin letters every sentence begins with a
    capital, so there a name must have two words or a capital inside. What
    stands in a span that is taken counts as a topic or a place already.
    """
    latin = language in ("en", "id", "ms", "vi", "fil", "")
    for found in _LATIN_NAME.finditer(text):
        name = found.group()
        overlaps = any(begin < found.end() and found.start() < end for begin, end in taken)
        if not overlaps and (not latin or " " in name or not name[1:].islower()):
            yield f"w:{name.casefold()}"


def event_keys(story: Story, names: Names) -> tuple[str, ...]:
    """Return what a story may share with other tellings of its happening."""
    known = names.find(document_of(story))
    mentioned = [(one.start, one.end) for one in story.mentions if one.field == "body"]
    placed = [(hit.start, hit.end) for hit in known if hit.field == "body"]
    kinds = (
        [f"t:{mention.topic}" for mention in story.mentions],
        [f"n:{hit.kind}:{hit.id}" for hit in known],
        [f"f:{figure.value:.6g}{figure.unit}" for figure in story.figures],
        list(day_keys(f"{story.title}\n{story.body}")),
        list(name_keys(story.body, story.language, mentioned + placed)),
    )
    kept = [key for kind in kinds for key in list(dict.fromkeys(kind))[:KEPT]]
    return tuple(dict.fromkeys(kept))


def expected_share(key: str, tiers: Mapping[str, int]) -> float:
    """Return in which share of all stories a key is expected before any was seen.

    Guessed by kind from the replica outlets' stories; the archive's own
    counts take over as it grows.
    """
    kind, _, rest = key.partition(":")
    if kind == "t":
        return {1: 0.004, 2: 0.01, 3: 0.03}.get(tiers.get(rest, 4), 0.05)
    if kind == "n":
        return {"country": 0.25, "bloc": 0.15, "region": 0.05, "city": 0.03}.get(
            rest.partition(":")[0], 0.01
        )
    if kind == "f":
        return _expected_figure(rest)
    return {"d": 0.04, "w": 0.01}[kind]


def _expected_figure(printed: str) -> float:
    number = printed.rstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ%")
    if number != printed:
        return 0.01 if printed.endswith("%") else 0.002
    value = float(number)
    return 0.2 if value <= 12 else 0.05 if value <= 31 else 0.02 if value <= 100 else 0.006


def weigh(
    keys: Sequence[str], counts: Mapping[str, int], stories: int, tiers: Mapping[str, int]
) -> dict[str, float]:
    """Return the evidence that sharing each key would be."""
    weights = {}
    for key in keys:
        seen = counts.get(key, 0) + PRIOR_STORIES * expected_share(key, tiers)
        share = seen / (stories + PRIOR_STORIES)
        weights[key] = max(0.0, min(MOST, math.log(SHARED / share)))
    return weights


def evidence(keys: Sequence[str], weights: Mapping[str, float]) -> float:
    """Return the evidence of keys together.

    Topics of one story hang together (the forum names the harbor, and both
    the road), so the strongest counts whole and each further one a quarter.
    """
    topics = sorted((weights[key] for key in keys if key.startswith("t:")), reverse=True)
    others = sum(weights[key] for key in keys if not key.startswith("t:"))
    return others + sum(topics[:1]) + sum(topics[1:]) / 4


def best_link(
    weights: Mapping[str, float], shared: Sequence[SharedKey], seen_at: datetime
) -> EventLink:
    """Return the event of the archived story with the most evidence in common.

    Fewer than two kinds of keys in common prove nothing: one topic has many
    happenings, and so has one city.
    """
    by_story: dict[int, list[SharedKey]] = defaultdict(list)
    for found in shared:
        by_story[found.story].append(found)
    best = EventLink(event=None)
    for common in by_story.values():
        apart = abs(seen_at - common[0].first_seen_at) / timedelta(days=1)
        score = evidence([found.key for found in common], weights) - PER_DAY * apart
        kinds = {found.key[0] for found in common if weights[found.key] > 1.0}
        if score >= ENOUGH and len(kinds) >= 2 and score > best.score:
            best = EventLink(
                event=common[0].event, score=round(score, 1), because=_because(common, weights)
            )
    return best


def _because(common: Sequence[SharedKey], weights: Mapping[str, float]) -> str:
    strongest = sorted(common, key=lambda found: (-weights[found.key], found.key))[:5]
    return "same: " + ", ".join(shown(found.key) for found in strongest)


def shown(key: str) -> str:
    """Return an event key for a person: "20 bn CNY", "nanning", "9-13"."""
    kind, _, rest = key.partition(":")
    if kind != "f":
        return rest.rpartition(":")[2]
    number = rest.rstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ%")
    value, unit = float(number), rest[len(number) :]
    for size, name in ((1e12, "tn"), (1e9, "bn"), (1e6, "m")):
        if value >= size:
            return f"{value / size:g} {name} {unit}".strip()
    return f"{value:g} {unit}".strip()


class Events(Stage):
    """Story to story with its event."""

    def __init__(self, tools: Tools) -> None:
        super().__init__(tools)
        self._tiers = {topic.id: topic.tier for topic in tools.topics}

    def process_item(self, item: Story) -> Story:
        """Join the event of the story it copies, or the one it shares most with."""
        keys = event_keys(item, self.tools.names)
        return replace(item, event_keys=keys, event=self._link(item, keys))

    def _link(self, story: Story, keys: Sequence[str]) -> EventLink:
        near = [story.copy_of, *story.parts]
        same_text = next((link for link in near if link is not None), None)
        begin, end = story.first_seen_at - WINDOW, story.first_seen_at + WINDOW
        with self.tools.archive.read() as db:
            if same_text is not None:
                (other,) = archived.load(db, [same_text.story])
                return EventLink(event=other.event, score=MOST, because="same text")
            counts = key_counts(db, keys)
            weights = weigh(keys, counts, count_stories(db), self._tiers)
            rare = [key for key in keys if counts.get(key, 0) <= COMMON_KEY and weights[key] > 0]
            return best_link(weights, sharing_keys(db, rare, begin, end), story.first_seen_at)

"""Event keys: what a story may share with other tellings of its happening, and what each proves.

Each shared key is evidence, the stronger the fewer stories have it: the
logarithm of how much likelier two tellings of one happening share it than
two stories taken at random.
"""

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from news import Fact, Story
from pipelines.days import named_days
from pipelines.editions import editions
from pipelines.topics import document_of
from query import Names

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


@dataclass(frozen=True, slots=True)
class Seen:
    """How often a key stood in the stories before."""

    #: stories that had it
    times: int
    #: among so many stories
    among: int


def event_keys(story: Story, names: Names) -> tuple[str, ...]:
    """Return what a story may share with other tellings of its happening."""
    known, whole = names.find(document_of(story)), f"{story.title}\n{story.body}"
    mentioned = [(one.start, one.end) for one in story.mentions if one.field == "body"]
    placed = [(hit.start, hit.end) for hit in known if hit.field == "body"]
    taken = mentioned + placed
    kinds = (
        [f"t:{mention.topic}" for mention in story.mentions],
        [f"n:{hit.kind}:{hit.id}" for hit in known],
        list(number_keys(story.facts)),
        list(day_keys(whole)),
        list(edition_keys(whole)),
        [key for key in name_keys(story.body, story.language, taken) if not _is_own(key, story)],
    )
    kept = [key for kind in kinds for key in list(dict.fromkeys(kind))[:KEPT]]
    return tuple(dict.fromkeys(kept))


def _is_own(key: str, story: Story) -> bool:
    """Return whether a name is the outlet's, as datelines have it: it is in all its stories."""
    return key[2:].replace(" ", "") == story.outlet.replace("-", "")


def number_keys(facts: Iterable[Fact]) -> Iterator[str]:
    """Return amounts, shares and counts as "f:2e+10CNY"; of a range the lower end.

    A count has its number alone: what is counted is not read in every language.
    """
    for fact in facts:
        if isinstance(fact.value, float):
            yield f"f:{fact.value:.6g}{'' if fact.kind == 'count' else fact.unit}"


def day_keys(text: str) -> Iterator[str]:
    """Return the days named in a text as "d:9-13"."""
    for named in named_days(text):
        yield f"d:{named.month}-{named.day}"


def edition_keys(text: str) -> Iterator[str]:
    """Return the editions named in a text as "e:3"; an ordinal that dates something is none."""
    days = [(day.start, day.end) for day in named_days(text)]
    for number, start, end in editions(text):
        if not any(begin < end and start < finish for begin, finish in days):
            yield f"e:{number}"


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
        return _expected_number(rest)
    return {"d": 0.04, "e": 0.05, "w": 0.01}[kind]


def _expected_number(printed: str) -> float:
    number = printed.rstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ%")
    if number != printed:
        return 0.01 if printed.endswith("%") else 0.002
    value = float(number)
    return 0.2 if value <= 12 else 0.05 if value <= 31 else 0.02 if value <= 100 else 0.006


def weigh(
    keys: Sequence[str], seen: Mapping[str, Seen], tiers: Mapping[str, int]
) -> dict[str, float]:
    """Return the evidence that sharing each key would be."""
    weights = {}
    for key in keys:
        before = seen.get(key, Seen(0, 0))
        expected = PRIOR_STORIES * expected_share(key, tiers)
        share = (before.times + expected) / (before.among + PRIOR_STORIES)
        weights[key] = round(max(0.0, min(MOST, math.log(SHARED / share))), 3)
    return weights


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

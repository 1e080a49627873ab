"""Credits: whom a text itself names as the one who had it first. Pure.

An agency in its dateline, its credits, its first sentence or behind its last;
another outlet in its dateline, below it, or in the code that signs it: (esy/jpnn).
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from news import Outlet, Story
from pipelines.reading.agencies import agency, agency_called, reported_by

#: characters at the start and at the end where credits stand
_HEAD, _FOOT = 250, 300
#: a reporter's initials before the desk that they write for
_CODE = re.compile(r"[a-z]{2,5}\d?(?:/[a-z]{2,5}\d?)?")
#: shorter names are words of other things
_SHORTEST = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Credit:
    """Who is named, and how."""

    #: an agency's name, or an outlet's id; "" where nobody else is named
    to: str = ""
    #: "agency line", "reported by", "dateline", "credit line", "byline code"; `SIGNED`; "" where nobody is named
    by: str = ""


#: the text names its own outlet in its dateline
SIGNED = "own dateline"
NOBODY = Credit()


def agencies_of(outlets: Iterable[Outlet]) -> dict[str, str]:
    """Return which outlets are agencies, by their names."""
    named = {outlet.id: agency_called(outlet.name) for outlet in outlets}
    return {outlet: name for outlet, name in named.items() if name}


def credit(story: Story, outlets: Mapping[str, str]) -> Credit:
    """Return whom a story credits but itself; `outlets` are the names of those known, by id."""
    own = agency_called(outlets.get(story.outlet, story.outlet))
    for by, named in (
        ("agency line", story.agency or agency(story.body)),
        ("reported by", reported_by(story.body)),
    ):
        if named:
            return Credit(to=named, by=by) if named != own else Credit(by=SIGNED)
    return _outlet(story, outlets)


def _outlet(story: Story, outlets: Mapping[str, str]) -> Credit:
    """Return the other outlet that a dateline or a line below the text names."""
    named, credited = _patterns(frozenset(outlets.items()))
    head, foot = story.body[:_HEAD], story.body[-_FOOT:]
    for by, found in (
        ("dateline", named.search(head)),
        ("credit line", credited.search(head) or credited.search(foot)),
    ):
        if found:
            ids = {name.casefold(): id_ for id_, name in sorted(outlets.items(), reverse=True)}
            to = ids[found["name"].casefold()]
            return Credit(to=to, by=by) if to != story.outlet else Credit(by=SIGNED)
    return _coded(story, outlets)


def _coded(story: Story, outlets: Mapping[str, str]) -> Credit:
    """Return the other outlet whose name ends a byline code; reading keeps codes as authors."""
    codes = [author.rpartition("/") for author in story.authors if "/" in author]
    if not codes:
        return NOBODY
    ids = {name.casefold(): id_ for id_, name in sorted(outlets.items(), reverse=True)}
    for code, _, desk in codes:
        to = (
            ids.get(desk.casefold(), "")
            if _CODE.fullmatch(code) and len(desk) >= _SHORTEST
            else ""
        )
        if to and to != story.outlet:
            return Credit(to=agency_called(desk) or to, by="byline code")
    return NOBODY


@cache
def _patterns(outlets: frozenset[tuple[str, str]]) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return the patterns of a name in a dateline's brackets, and behind a word like "source"."""
    names = sorted({name for _, name in outlets if len(name) >= _SHORTEST})
    every = "|".join(map(re.escape, sorted(names, key=len, reverse=True))) or r"(?!)"
    source = (
        r"sumber|source|nguồn|theo|ที่มา|来源|來源|转自|轉自|ប្រភព|ແຫຼ່ງຂ່າວ|ရင်းမြစ်|pinagmulan|mula sa"
    )
    return (
        re.compile(rf"[(（]\s*(?P<name>{every})\s*[)）]", re.IGNORECASE),
        re.compile(
            rf"^\W*(?:{source})\s*[:：]?\s*(?P<name>{every})\W*$", re.IGNORECASE | re.MULTILINE
        ),
    )

"""A draft of an outlet's file, written from what a search found: pure.

Comments say what was seen, so that whoever keeps the file can judge it.
"""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta, tzinfo

from crawler.catalogue import NO_COUNTRY
from crawler.proposals import FoundWay, Proposal
from crawler.reports import time_of
from crawler.story_links import patterns_of, stories_of
from crawler.twins import twins_of
from crawler.unlisted import LANDS, NO_ZONE, country_of, host_of, language_of
from news import Dated, Entry
from pipelines.reading import addresses
from pipelines.reading.dates.zones import tz
from query.zawgyi import is_zawgyi, to_unicode

#: minutes between two polls by the stories of a day: the newest entries of a
#: feed of twenty must not be gone before they are seen
_EVERY = ((100, 10), (40, 15), (10, 30), (0, 60))
_LONGEST_COMMENT = 160


def draft(found: Proposal) -> str:
    """Return an outlet file as TOML."""
    parts = [_head(found)]
    first, second = _chosen(found)
    parts += [source_text(way) for way in first]
    parts += [_commented(source_text(way)) for way in second]
    parts.append(_addresses(found))
    return "\n".join(part for part in parts if part)


def ways_of(found: Proposal) -> Sequence[FoundWay]:
    """Return the ways that a draft names as sources."""
    return _chosen(found)[0]


def _head(found: Proposal) -> str:
    plain = found.plain
    name = _name(found)
    languages, seen = _languages(found)
    country = country_of(plain.hosts[0], found.clues.language)
    if country == NO_COUNTRY:
        country = _guessed(languages[0], found)
    zone = LANDS[country].zone if country in LANDS else NO_ZONE
    guessed = "" if country == country_of(plain.hosts[0]) else "guessed; "
    lines = [
        f"name = {toml_text(to_unicode(name) if is_zawgyi(name) else name)}",
        f"home = {toml_text(plain.home)}",
        f"country = {toml_text(country)}{_note(guessed + _unknown(country))}",
        f"languages = [{', '.join(map(toml_text, languages))}]{_note(seen)}",
        f"zone = {toml_text(zone)}{_note(guessed + _printed(found, zone))}",
        f"hosts = [{', '.join(map(toml_text, _hosts(found)))}]",
        'note = "Drafted by harborwatch outlets new; unproved."',
        "",
    ]
    return "\n".join(lines)


def _guessed(language: str, found: Proposal) -> str:
    """Return the land that a language is at home in, else one that has it and the printed zone."""
    home = country_of("", language)
    said = [entry.published for entry in stories_of(found)]
    said += [page.read.published for page in found.pages]
    away = Counter(_offset(one, tz(one.zone)) for one in said if one and one.zone != NO_ZONE)
    if home != NO_COUNTRY or not away:
        return home
    offset, any_said = away.most_common(1)[0][0], next(filter(None, said))
    fitting = [
        (land.languages.index(language), code)
        for code, land in LANDS.items()
        if language in land.languages and _offset(any_said, tz(land.zone)) == offset
    ]
    return min(fitting)[1] if fitting else home


def _offset(said: Dated, zone: tzinfo) -> timedelta | None:
    return said.at.astimezone(zone).utcoffset()


def _unknown(country: str) -> str:
    return "not known: write the two letters of the country" if country == NO_COUNTRY else ""


def _languages(found: Proposal) -> tuple[list[str], str]:
    """Return the outlet's languages, the most frequent first, and what tells them."""
    counted = Counter(page.read.language for page in found.pages if page.read.language)
    if counted:
        told = ", ".join(f"{code} on {n}" for code, n in counted.most_common())
        return [code for code, _ in counted.most_common()], f"{told} of {len(found.pages)} pages"
    declared = language_of(found.clues.language)
    if declared:
        return [declared], "as the page declares it; no story was read"
    return [found.plain.languages[0]], "guessed by the host; no story was read"


def _name(found: Proposal) -> str:
    """Return the outlet's name: as it calls itself, else what its titles have in common."""
    named = [found.clues.name, *(page.clues.name for page in found.pages)]
    if any(named):
        return next(filter(None, named))
    titles = [found.clues.title, *(page.clues.title for page in found.pages)]
    ends = Counter(end for title in titles for end in _ends(title))
    common = [end for end, count in ends.most_common() if count > 1]
    return next(iter([*common, *_ends(found.clues.title)]), "") or found.plain.name


def _ends(title: str) -> Iterator[str]:
    parts = [
        part.strip()
        for sign in (" | ", " - ", " – ", " — ", "_", "-")
        for part in title.split(sign)[1:][-1:]
    ]
    yield from dict.fromkeys(part for part in parts if 1 < len(part) <= 60)


def _printed(found: Proposal, zone: str) -> str:
    """Say where pages print times of another zone."""
    own = tz(zone)
    said = [page.read.published for page in found.pages if page.read.published]
    # Unix seconds in an address are of no zone.
    other = [
        one.zone
        for one in said
        if one.origin != "address" and _offset(one, tz(one.zone)) != _offset(one, own)
    ]
    return f"pages print {', '.join(dict.fromkeys(other))}" if other else ""


def _hosts(found: Proposal) -> list[str]:
    own = list(found.plain.hosts)
    entries = [entry.address for entry in stories_of(found)]
    # The reading takes hosts below these for the outlet's own.
    own += [host_of(one) for one in entries if not addresses.is_own(one, found.plain)]
    own += twins_of(found).hosts
    return list(dict.fromkeys(own))


def _chosen(found: Proposal) -> tuple[list[FoundWay], list[FoundWay]]:
    """Return the ways to name, and those that are only worth knowing."""
    order = {"feed": 0, "wordpress": 1, "sitemap": 2}
    ways = sorted(found.ways, key=lambda one: order[one.way])
    good = [one for one in ways if one.headlines]
    second = [one for one in ways if not one.headlines]
    if found.listed:
        why = f"links {len(found.listed)} stories"
        second.append(
            FoundWay(way="listing", address=found.listing, why=why, entries=tuple(found.listed))
        )
    if not good:
        # A listing shows what is new; a plain sitemap everything that ever was.
        good, second = second[-1:], second[:-1]
    return good, second


def source_text(way: FoundWay) -> str:
    """Return a found way as a source of an outlet file, with a comment on what was seen."""
    times = sorted(moment for one in way.entries if (moment := time_of(one)))
    newest = f", newest {times[-1]:%Y-%m-%d %H:%M} UTC" if times else ""
    told = f"{way.why}; {len(way.entries)} entries{newest}"
    return (
        f"{_comment(told)}\n[[sources]]\nway = {toml_text(way.way)}\n"
        f"address = {toml_text(way.address)}\nevery = {_every(way.entries, times)}\n"
    )


def _every(entries: Sequence[Entry], times: Sequence[datetime]) -> int:
    span = times[-1] - times[0] if len(times) > 1 else timedelta()
    if not span:
        return 30
    a_day = len(entries) * timedelta(days=1) / span
    return next(minutes for least, minutes in _EVERY if a_day >= least)


def _addresses(found: Proposal) -> str:
    patterns, twins = patterns_of(found), twins_of(found)
    total = len(stories_of(found))
    if not patterns and not twins.rewrite:
        return ""
    lines = ["[addresses]"]
    if patterns:
        lines += [
            _comment(f"fits {one.count} of {total} stories, as {one.example}") for one in patterns
        ]
        lines.append(f"story = [{', '.join(_literal(one.text) for one in patterns)}]")
    if fields := list(dict.fromkeys(one.field for one in patterns if one.field)):
        lines.append(f"keep_query = [{', '.join(map(toml_text, fields))}]")
    if twins.rewrite:
        rules = ", ".join(
            f"{{ pattern = {_literal(one.pattern)}, to = {_literal(one.to)} }}"
            for one in twins.rewrite
        )
        lines.append(_comment(f"AMP twin: {twins.example}"))
        lines.append(f"rewrite = [{rules}]")
    return "\n".join(lines) + "\n"


def _commented(toml: str) -> str:
    lines = (line if line.startswith("#") else f"# {line}" for line in toml.splitlines())
    return "\n".join(lines) + "\n"


def _comment(text: str) -> str:
    shown = "".join(letter if letter.isprintable() else " " for letter in text)
    return f"# {shown[:_LONGEST_COMMENT]}"


def _note(text: str) -> str:
    return f"  {_comment(text.strip('; '))}" if text.strip("; ") else ""


def toml_text(value: str) -> str:
    """Return a TOML string; JSON's are TOML's, save for one control character."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _literal(value: str) -> str:
    return toml_text(value) if "'" in value else f"'{value}'"

"""Outlet files drafted from a list of feeds: pure; feeds of one site make one outlet."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from crawler.catalogue import NO_COUNTRY
from crawler.drafts import toml_text
from crawler.unlisted import LANDS, NO_ZONE, country_of, host_of, language_of, name_of
from harborwatch.opml import Subscription
from news import Outlet, SourceError
from pipelines.reading.addresses import owner

_TWIN = re.compile(r"^(?:www\d?|m|amp|mobile)\.(?=[^.]+\.)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """An outlet's file that is to be written."""

    id: str
    country: str
    text: str
    feeds: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """A feed that makes no file, and why."""

    subscription: Subscription
    why: str


@dataclass(slots=True, kw_only=True)
class Plan:
    """What becomes of a list of feeds."""

    drafts: list[Draft] = field(default_factory=list)
    left: list[Left] = field(default_factory=list)


def planned(subscriptions: Iterable[Subscription], outlets: Mapping[str, Outlet]) -> Plan:
    """Return the files to write, and the feeds that are left because they are known already."""
    plan, sites = Plan(), dict[str, list[Subscription]]()
    known = {
        _plain(one.address): one.outlet for outlet in outlets.values() for one in outlet.sources
    }
    for one in subscriptions:
        try:
            host_of(one.address)
            site = _TWIN.sub("", host_of(_home(one)))
        except SourceError as error:
            plan.left.append(Left(subscription=one, why=str(error)))
            continue
        if why := _known(one, outlets, known):
            plan.left.append(Left(subscription=one, why=why))
        else:
            known[_plain(one.address)] = "this list"
            sites.setdefault(site, []).append(one)
    taken = set(outlets)
    for site, feeds in sites.items():
        name = _free_name(site, taken)
        taken.add(name)
        plan.drafts.append(_draft(name, feeds))
    return plan


def _home(one: Subscription) -> str:
    return one.home if one.home.startswith(("http://", "https://")) else one.address


def _known(one: Subscription, outlets: Mapping[str, Outlet], sources: Mapping[str, str]) -> str:
    if named := sources.get(_plain(one.address)):
        return f"{named} has this feed already"
    has = owner(_home(one), outlets.values())
    return f"{has.id} has this host already; add the feed to its file" if has else ""


def _plain(address: str) -> str:
    return address.partition("://")[2].rstrip("/")


def _free_name(site: str, taken: set[str]) -> str:
    """Return an id that no other outlet has: a file of its name would stand in for it."""
    whole = re.sub(r"[^a-z0-9]+", "-", site.lower()).strip("-")
    name = next((one for one in (name_of(site), whole) if one not in taken), whole)
    number = 2
    while name in taken:
        name, number = f"{whole}-{number}", number + 1
    return name


def _draft(name: str, feeds: Sequence[Subscription]) -> Draft:
    first = feeds[0]
    host = host_of(_home(first))
    country, told = _country(feeds, host)
    zone = LANDS[country].zone if country in LANDS else NO_ZONE
    languages, spoken = _languages(feeds, country)
    bare = _TWIN.sub("", host)
    lines = [
        f"name = {toml_text(first.name or bare)}",
        f"home = {toml_text(_home(first) if first.home else f'https://{host}')}",
        f"country = {toml_text(country)}{told}",
        f"languages = [{', '.join(map(toml_text, languages))}]{spoken}",
        f"zone = {toml_text(zone)}{told}",
        f"hosts = [{', '.join(map(toml_text, dict.fromkeys((host, bare))))}]",
        'note = "From a list of feeds (OPML); unproved."',
    ]
    for one in feeds:
        lines += ["", "[[sources]]", 'way = "feed"', f"address = {toml_text(one.address)}"]
    return Draft(id=name, country=country, text="\n".join(lines) + "\n", feeds=len(feeds))


def _country(feeds: Sequence[Subscription], host: str) -> tuple[str, str]:
    """Return the country that a folder is named by, else the host's or the language's."""
    for folder in (folder for one in feeds for folder in reversed(one.folders)):
        if re.fullmatch("[A-Z]{2}", folder):
            return folder, ""
    country = country_of(host, feeds[0].language)
    unknown = country == NO_COUNTRY
    return country, "  # not known: write it" if unknown else "  # guessed by the host"


def _languages(feeds: Sequence[Subscription], country: str) -> tuple[list[str], str]:
    declared = [code for one in feeds if (code := language_of(one.language))]
    if declared:
        return list(dict.fromkeys(declared)), ""
    of_land = LANDS[country].languages if country in LANDS else ("en",)
    return list(of_land), "  # guessed by the country"

"""Origins: of stories of one text, who had it first, and whether it is a press release. Pure.

    whom they credit ─ else who signed it ─ else the longest text ─ else the first to be out

What is decided hangs on the members alone, never on the order in which they came.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import timedelta

from archive.grouping.copy_groups import Member, Origin
from pipelines.credits import SIGNED

#: a member with at most this share of the longest one's anchors is a cut of it
CUT = 0.5
#: a text printed by so many outlets within so short a time, crediting nobody, was sent to them
RELEASED_BY, WITHIN = 3, timedelta(hours=6)


def origin(group: Sequence[Member], agencies: Mapping[str, str]) -> Origin:
    """Return who had a text first; `agencies` are those that outlets are, by outlet.

    An agency that members credit is, even where its own text came later, or
    never. A chain of credits is followed to its end: what a paper took from
    ANTARA, which took it from Xinhua, is Xinhua's.
    """
    trusted = [one for one in group if not one.doubt] or list(group)
    release = is_release(group)
    credited = _credited(trusted, agencies)
    if credited is not None:
        to, by = credited
        own = [one for one in trusted if to in (one.outlet, agencies.get(one.outlet))]
        first = min(own, key=_out, default=None)
        return Origin(to=to, by=by, story=first.story if first else None, release=release)
    if len(group) == 1:
        return Origin(release=release)
    signed = [one for one in trusted if one.credit_by == SIGNED]
    if signed:
        first = min(signed, key=_out)
        return Origin(to=first.outlet, by="dateline", story=first.story, release=release)
    longest = max(one.anchors for one in trusted)
    whole = [one for one in trusted if one.anchors > CUT * longest]
    first, earliest = min(whole, key=_out), min(trusted, key=_out)
    by = _seen_first(first) if first == earliest else "longest text"
    return Origin(to=first.outlet, by=by, story=first.story, release=release)


def _credited(group: Sequence[Member], agencies: Mapping[str, str]) -> tuple[str, str] | None:
    """Return whom most members credit, at the end of the chain, and how."""
    named = Counter(one.credit for one in group if one.credit)
    if not named:
        return None
    to = min(named, key=lambda name: (-named[name], name))
    passed = {to}
    while following := _credit_of(to, group, agencies) - passed:
        to = min(following)
        passed.add(to)
    how = Counter(one.credit_by for one in group if one.credit == to)
    return to, min(how, key=lambda by: (-how[by], by))


def _credit_of(name: str, group: Sequence[Member], agencies: Mapping[str, str]) -> set[str]:
    """Return whom the members that are this agency or outlet credit themselves."""
    own = [one for one in group if name in (one.outlet, agencies.get(one.outlet))]
    return {one.credit for one in own if one.credit}


def _out(one: Member) -> tuple[object, str, int]:
    return one.out_at, one.outlet, one.story


def _seen_first(one: Member) -> str:
    return "first published" if one.out_at < one.first_seen_at else "first seen"


def is_release(group: Sequence[Member]) -> bool:
    """Return whether a text was sent to those that print it, to be printed.

    One of them says so, or at least three outlets print it whole within hours
    and none of them credits another or signs it.
    """
    if any(one.release_words for one in group):
        return True
    longest = max(one.anchors for one in group)
    whole = [one for one in group if one.anchors > CUT * longest and not one.doubt]
    if any(one.credit_by for one in group):
        return False
    outs = sorted((one.out_at, one.outlet) for one in whole)
    return any(
        len({outlet for at, outlet in outs if begin <= at <= begin + WITHIN}) >= RELEASED_BY
        for begin, _ in outs
    )

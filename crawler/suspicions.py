"""What is not taken in as it looks: another site's stories, and addresses that change at every visit."""

from collections.abc import Collection, Mapping, Sequence

from news import Outlet, Sighting
from pipelines.reading import addresses
from pipelines.reading.refusals import weight
from pipelines.reading.sources.shown import Shown

#: below so many entries a poll says too little
FEWEST = 5
#: the share of new addresses that must lead to known headlines
MOST = 0.8
#: a headline shorter than this (in Latin letters) may stand over many stories
_HEADLINE = 20


def is_another_site(
    shown: Shown, sighted: Sequence[Sighting], known: Collection[str], before: Mapping[str, str],
    outlet: Outlet,
) -> bool:  # fmt: skip
    """Return whether a source that was good shows another site's stories now.

    `known` are the addresses seen before, `before` what it showed until now.
    Nothing of it is known, and either all lead elsewhere where not all did, or
    it is written in a language that is not the outlet's.
    """
    if not shown.strange or len(sighted) < FEWEST or known or not before:
        return False
    elsewhere = not any(addresses.is_own(one.address, outlet) for one in sighted)
    return not elsewhere or any(addresses.is_own(one, outlet) for one in before.values())


def known_by_headline(
    sighted: Sequence[Sighting], known: Collection[str], before: Mapping[str, str]
) -> frozenset[str]:
    """Return the new addresses of a listing that lead to stories it showed under others.

    () unless nearly all of them do: then its addresses change at every visit
    (a session's number in the path), and the headline is what stays.
    """
    new = [one for one in sighted if one.key not in known]
    same = [
        one
        for one in new
        if one.entry.headline in before and weight(one.entry.headline) >= _HEADLINE
    ]
    # Of a few new addresses some may be slugs that were changed.
    if len(new) < FEWEST or len(new) * 2 <= len(sighted) or len(same) < MOST * len(new):
        return frozenset()
    return frozenset(one.key for one in same)

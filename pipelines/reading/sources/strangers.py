"""Whether what a source shows is its outlet's at all: domains are sold, and feeds with them."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from news import Outlet
from pipelines.reading import addresses
from pipelines.reading.languages import detect
from pipelines.reading.sources.shown import Shown

Reader = Callable[[bytes, str, str, Outlet, datetime], Shown]

#: entries below which a poll says too little of whose they are
FEWEST = 5
#: the share of headlines in a strange language that makes a source strange
MOST = 0.8


def with_strangers(read: Reader) -> Reader:
    """Return a reader that also says why what was shown may be another site's."""

    def reading(
        body: bytes, content_type: str, address: str, outlet: Outlet, now: datetime
    ) -> Shown:
        shown = read(body, content_type, address, outlet, now)
        return replace(shown, strange=strange(shown, outlet))

    return reading


def strange(shown: Shown, outlet: Outlet) -> str:
    """Return what speaks against the entries being this outlet's, or "".

    It is a suspicion: an outlet's feed may lead to another's address all the
    time. Whoever knows what it showed before decides.
    """
    if len(shown.entries) < FEWEST:
        return ""
    if not any(addresses.is_own(one.address, outlet) for one in shown.entries):
        return f"not one address is of {outlet.home}"
    headlines = [one.headline for one in shown.entries if one.headline]
    if len(headlines) < FEWEST:
        return ""
    # A headline alone is short for its language; all of them together are not.
    told = Counter(detect(one, "", outlet.languages) for one in headlines)
    whole = detect(headlines[0], ". ".join(headlines), outlet.languages)
    ours = sum(told[code] for code in outlet.languages)
    if whole in {"", *outlet.languages} or ours > (1 - MOST) * len(headlines):
        return ""
    return f'its headlines are written in "{whole}", not in {", ".join(outlet.languages)}'

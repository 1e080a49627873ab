"""The time that a feed says of an entry: read as any printed date, with the feed as its origin."""

from dataclasses import replace
from datetime import datetime

from news import Dated, Outlet
from pipelines.reading.dates.dates import parse_printed


def feed_time(printed: str, outlet: Outlet, now: datetime) -> Dated | None:
    """Read a feed's time; where no zone stands beside it, the outlet's is meant."""
    own = outlet.languages[0] if outlet.languages else ""
    moment = parse_printed(printed.strip(), own, outlet.zone, now)
    return replace(moment, origin="feed") if moment else None

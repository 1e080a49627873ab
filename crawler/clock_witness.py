"""Clock witness: the Date of the outlets' answers beside our own time."""

from datetime import datetime
from email.utils import parsedate_to_datetime
from statistics import median

from scrapy.http import Response

from archive import Archive
from archive.collecting import clocks

#: one host's clock may be wrong itself; after so many hosts the middle is sure enough
ENOUGH = 5


def ahead(response: Response, now: datetime) -> float | None:
    """Return how many seconds our clock is ahead of an answer's; None where it says no time.

    An answer from a store on the way (RFC 9111, section 5.1: Age) is old and says none.
    """
    said = (response.headers.get("Date") or b"").decode("latin-1")
    if not said or response.headers.get("Age"):
        return None
    try:
        then = parsedate_to_datetime(said)
    except ValueError:
        return None
    # "-0000" in the place of a zone gives a time without one.
    return None if then.tzinfo is None else (now - then).total_seconds()


class ClockWitness:
    """Hears the first answers of a crawl, and keeps what they say twice: at first, and when sure."""

    def __init__(self) -> None:
        self._heard: dict[str, float] = {}

    def hear(self, host: str, response: Response, archive: Archive, now: datetime) -> None:
        """Take an answer's time into account."""
        if host in self._heard or len(self._heard) >= ENOUGH:
            return
        seconds = ahead(response, now)
        if seconds is None:
            return
        self._heard[host] = seconds
        hosts = len(self._heard)
        if hosts in {1, ENOUGH}:
            heard = clocks.Heard(seconds=median(self._heard.values()), hosts=hosts, at=now)
            with archive.write() as db:
                clocks.hear(db, heard)

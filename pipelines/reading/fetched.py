"""What is known of a page before its bytes are read."""

from dataclasses import dataclass
from datetime import datetime

from news import Entry, Outlet


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """A page's circumstances, as every part of the reading asks for them."""

    #: where the bytes came from
    address: str
    #: what the source said of the story
    entry: Entry
    outlet: Outlet
    #: when the bytes were fetched
    now: datetime

    @property
    def language(self) -> str:
        """The outlet's first language, which decides the order of day and month."""
        return self.outlet.languages[0] if self.outlet.languages else ""

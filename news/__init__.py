"""The words of Harborwatch: frozen data, the clock and the errors.

Everything else speaks in these words and hands these values on. Leans on the
standard library only.
"""

from news.clock import Clock, PlayedClock, SystemClock
from news.errors import (
    ArchiveError,
    ChannelError,
    FileError,
    HarborwatchError,
    QueryError,
    Refused,
    SourceError,
)
from news.facts import Fact
from news.outlets import AddressRules, Outlet, Rewrite, Selectors, Source, Way
from news.pages import (
    Conditions,
    Dated,
    Entry,
    FurtherPage,
    Outcome,
    Page,
    Poll,
    Precision,
    Sighting,
)
from news.pulses import Habits, Pulse
from news.rhythms import Quiet, Rhythm
from news.stories import (
    CopyOf,
    EventLink,
    Mention,
    NamedAmount,
    ReadPage,
    Story,
    StoryRow,
)
from news.tallies import Tally, tally
from news.watches import Card, Delivery, Digest, Importance, Subscriber, Target, Telling, Watch

__all__ = [
    "AddressRules",
    "ArchiveError",
    "Card",
    "ChannelError",
    "Clock",
    "Conditions",
    "CopyOf",
    "Dated",
    "Delivery",
    "Digest",
    "Entry",
    "EventLink",
    "Fact",
    "FileError",
    "FurtherPage",
    "Habits",
    "HarborwatchError",
    "Importance",
    "Mention",
    "NamedAmount",
    "Outcome",
    "Outlet",
    "Page",
    "PlayedClock",
    "Poll",
    "Precision",
    "Pulse",
    "QueryError",
    "Quiet",
    "ReadPage",
    "Refused",
    "Rewrite",
    "Rhythm",
    "Selectors",
    "Sighting",
    "Source",
    "SourceError",
    "Story",
    "StoryRow",
    "Subscriber",
    "SystemClock",
    "Tally",
    "Target",
    "Telling",
    "Watch",
    "Way",
    "tally",
]

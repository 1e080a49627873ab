"""Sources: every way in with its state, the archive's sums, and one source's last visits."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from alerts.clean import clean, safe_link
from archive.collecting import ledger, visits
from archive.collecting.ledger import SourceState, Sums
from archive.collecting.visits import PastPoll
from archive.keeping import matches
from archive.telling import outbox
from harborwatch.web.asking import Ask
from harborwatch.web.pages.volumes import DayVolume, volumes
from harborwatch.web.site import Site

#: visits of one source that are shown
VISITS = 60
#: how polls end well; every other way needs a look
GOOD = ("good", "unchanged")


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceLine:
    """A way into an outlet."""

    id: str
    outlet_name: str
    way: str
    address: str
    #: "good", "unchanged", "unproved", or how the last poll failed
    state: str
    #: "good", "waiting" (never asked yet) or "bad"
    health: str
    detail: str
    last_poll: datetime | None
    last_good: datetime | None
    due: datetime
    failures: int
    stories: int
    #: where it redirects to for good; "" where it does not
    moved_to: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """The ways in, those that need a look first, and the archive's sums."""

    ledger: str
    bad: tuple[SourceLine, ...]
    good: tuple[SourceLine, ...]
    sums: Sums
    #: revisions that no watch was asked about yet
    to_match: int
    #: deliveries by state: "open", "sent", "dead"
    deliveries: dict[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class SourcePage:
    """A source with its last visits, the newest first."""

    source: SourceLine
    visits: tuple[PastPoll, ...]
    #: the last days, what came beside what was expected
    days: tuple[DayVolume, ...]
    #: new entries of a visit at most
    most: int


def all_sources(site: Site, db: Connection, ask: Ask) -> Sources:
    """Show every source with its state, and the ledger's sums."""
    del ask
    lines = [_line(site, state) for state in ledger.source_states(db)]
    return Sources(
        ledger=site.remembered.of(db, ledger.line, site.clock.now()),
        bad=tuple(one for one in lines if one.health == "bad"),
        good=tuple(one for one in lines if one.health != "bad"),
        sums=site.remembered.of(db, ledger.sums, site.clock.now()),
        to_match=matches.count_unmatched(db),
        deliveries=outbox.count(db),
    )


def one_source(site: Site, db: Connection, ask: Ask) -> SourcePage:
    """Show a source with its last visits, and what their entries were."""
    wanted = f"{ask.path['outlet']}/{ask.path['way']}"
    found: Sequence[SourceState] = [one for one in ledger.source_states(db) if one.id == wanted]
    if not found:
        raise ask.missing()
    past = visits.past_polls(db, wanted, VISITS)
    return SourcePage(
        source=_line(site, found[0]),
        visits=tuple(past),
        days=volumes(
            db, wanted, _zone(site, found[0].outlet), past[0].started_at if past else None
        ),
        most=max((one.new for one in past), default=0),
    )


def _zone(site: Site, outlet: str) -> str:
    known = site.outlets.get(outlet)
    return known.zone if known else "UTC"


def _line(site: Site, state: SourceState) -> SourceLine:
    waiting = state.last_poll_at is None
    good = state.failures == 0 and (state.state in GOOD or waiting)
    return SourceLine(
        id=state.id,
        outlet_name=site.outlet_name(state.outlet),
        way=state.way,
        address=safe_link(state.address) or clean(state.address),
        state=state.state,
        health="waiting" if waiting else "good" if good else "bad",
        detail=clean(state.detail),
        last_poll=state.last_poll_at,
        last_good=state.last_good_at,
        due=state.due_at,
        failures=state.failures,
        stories=state.stories,
        moved_to=clean(state.moved_to),
    )

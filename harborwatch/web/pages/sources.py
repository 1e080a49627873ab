"""Sources: every way in with its state, the archive's sums, and one source's last visits."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection

from alerts.clean import clean, safe_link
from alerts.views import ledger_line
from alerts.wording import wording_for
from archive.collecting import ledger, visits
from archive.collecting.ledger import SourceState, Sums
from archive.collecting.visits import PastPoll
from archive.keeping import matches
from archive.telling import outbox
from harborwatch.web.asking import Ask, PageError
from harborwatch.web.pages.volumes import DayVolume, Spark, sparks, volumes
from harborwatch.web.site import Site

#: visits of one source that are shown, and sources on a page
VISITS, PAGE = 60, 100
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
    #: of this page; those that need a look stand on the first ones
    bad: tuple[SourceLine, ...]
    good: tuple[SourceLine, ...]
    #: how many there are of each on all pages
    bad_count: int
    good_count: int
    #: the last days of the sources of this page, by id
    days: dict[str, Spark]
    #: where the next page goes on: the parameter `before`; "" where there is none
    after: str
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
    now = site.clock.now()
    states = site.remembered.of(db, ledger.source_states, now)
    lines = sorted((_line(site, state) for state in states), key=_order)
    bad = sum(one.health == "bad" for one in lines)
    left = [one for one in lines if _order(one) > _before(ask)]
    shown = left[:PAGE]
    return Sources(
        ledger=ledger_line(
            site.remembered.of(db, ledger.checked, now), wording_for(ask.wording.language)
        ),
        bad=tuple(one for one in shown if one.health == "bad"),
        good=tuple(one for one in shown if one.health != "bad"),
        bad_count=bad,
        good_count=len(lines) - bad,
        days=_days(
            site, db, shown, max((s.last_poll_at for s in states if s.last_poll_at), default=None)
        ),
        after="/".join(_order(shown[-1])) if len(left) > PAGE else "",
        sums=site.remembered.of(db, ledger.sums, now),
        to_match=matches.count_unmatched(db),
        deliveries=outbox.count(db),
    )


def _order(one: SourceLine) -> tuple[str, str]:
    """Return where a source stands in the list: those that need a look come first."""
    return ("bad" if one.health == "bad" else "good", one.id)


def _before(ask: Ask) -> tuple[str, str]:
    health, _, source = ask.text("before").partition("/")
    if health not in ("", "bad", "good"):
        raise PageError(400, ask.wording("error.place"))
    return health, source


def _days(
    site: Site, db: Connection, shown: Sequence[SourceLine], last: datetime | None
) -> dict[str, Spark]:
    if last is None:
        return {}
    zones = tuple((one.id, _zone(site, one.id.partition("/")[0])) for one in shown)
    return site.remembered.of(db, sparks, site.clock.now(), zones, last.astimezone(UTC).date())


def one_source(site: Site, db: Connection, ask: Ask) -> SourcePage:
    """Show a source with its last visits, and what their entries were."""
    wanted = f"{ask.path['outlet']}/{ask.path['way']}"
    found = ledger.source_states(db, wanted)
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

"""Is each fault named in the ledger: in which row, and how soon?"""

from datetime import datetime, timedelta

from serving import Served
from sqlalchemy import func, or_, select
from verdict import Verdict
from world import DAY, START, Fault, Outlet

from archive import Archive
from archive.collecting import gaps, notices
from archive.collecting.notices import Notice
from archive.tables import polls
from news import Outcome

#: what a fault is called in the notices
NAMED = {
    "dropped": "failing", "failing": "failing", "sold": "another site", "bought": "another site",
    "forbidden": "blocked", "gone": "gone", "frozen": "quiet",
}  # fmt: skip


def judge_faults(served: Served, archive: Archive, verdict: Verdict) -> None:
    """Each fault that was met long enough has a row: a notice, a poll's words, a gap."""
    with archive.read() as db:
        told = notices.every(db)
        found = gaps.every(db)
    named = 0
    for outlet in served.world.outlets.values():
        for fault in outlet.faults:
            if fault.kind == "lying":
                row, at = _lie(archive, outlet, fault)
                due = served.world.days >= 5
            elif fault.kind == "busy":
                row, at = _busy(archive, outlet, fault)
                due = any(hit.host == outlet.name and hit.status == 429 for hit in served.log)
            else:
                row, at = _notice(told, outlet, fault)
                due = _is_told_at_all(outlet, fault, served)
            named += bool(row)
            verdict.expect(bool(row) or not due, f"{outlet.name}: {fault.kind} from {fault.begin} is not in the ledger")  # fmt: skip
            verdict.faults.append(_line(outlet, fault.kind, fault.begin, row, at, due=due))
        if outlet.burst is not None:
            span = [one for one in found if one.source.startswith(f"{outlet.name}/")
                    and one.after <= outlet.burst + timedelta(hours=1) and one.before >= outlet.burst]  # fmt: skip
            row = (
                f"gap {span[0].source}, {span[0].state}" if span else "all seen between two polls"
            )
            at = span[0].found_at if span else None
            verdict.faults.append(_line(outlet, "burst of 60", outlet.burst, row, at, due=True))
    verdict.numbers["faults named"] = (
        f"{named} of {sum(len(one.faults) for one in served.world.outlets.values())}"
    )


def _line(
    outlet: Outlet, kind: str, begin: datetime, row: str, at: datetime | None, *, due: bool
) -> str:
    after = f"after {(at - begin) / timedelta(hours=1):.1f} h" if at else ""
    said = row or ("NOT NAMED" if due else "too short, or met by no poll")
    return f"{outlet.name:<4} {kind:<11} {begin:%d %b %H:%M}  {said}  {after}"


def _notice(told: list[Notice], outlet: Outlet, fault: Fault) -> tuple[str, datetime | None]:
    ways = (fault.way,) if fault.way else outlet.ways
    mine = [
        one for one in told
        if one.kind == NAMED[fault.kind] and one.thing in {f"{outlet.name}/{way}" for way in ways}
        and one.begun_at >= fault.begin
    ]  # fmt: skip
    if not mine:
        return "", None
    return f'notice {mine[0].id} "{mine[0].kind}" {mine[0].thing}', mine[0].begun_at


def _lie(archive: Archive, outlet: Outlet, fault: Fault) -> tuple[str, datetime | None]:
    here = (
        polls.c.source == f"{outlet.name}/{fault.way}",
        polls.c.detail.contains("validators lie"),
    )
    with archive.read() as db:
        row = db.execute(select(polls).where(*here).order_by(polls.c.id).limit(1)).first()
    return (
        (f'poll {row.id} "{row.detail[:19]}" {row.source}', row.started_at) if row else ("", None)
    )


def _busy(archive: Archive, outlet: Outlet, fault: Fault) -> tuple[str, datetime | None]:
    # Where a page met it first, the next poll says how long the host wants to be left alone.
    here = (
        polls.c.source.startswith(f"{outlet.name}/"),
        or_(polls.c.status == 429, polls.c.outcome == Outcome.TOLD_TO_WAIT.value),
        polls.c.started_at >= fault.begin,
    )  # fmt: skip
    with archive.read() as db:
        count = db.execute(select(func.count()).select_from(polls).where(*here)).scalar_one()
        row = db.execute(select(polls).where(*here).order_by(polls.c.id).limit(1)).first()
    return (
        (f"poll {row.id} of {count}: {row.status or row.outcome} {row.source}", row.started_at)
        if row
        else ("", None)
    )


def _is_told_at_all(outlet: Outlet, fault: Fault, served: Served) -> bool:
    """Say whether a fault was met often enough, or long enough, to be told."""
    last = min(fault.end, served.world.end)
    if fault.kind == "frozen":
        # Expected in the silence, by what came before it: at least e^-7 improbable, twice over.
        before = [one for one in outlet.until(fault.begin) if one.at >= START]
        rate = len(before) / max((fault.begin - START) / DAY, 1)
        return fault.begin - START > 4 * DAY and rate * ((last - fault.begin) / DAY - 1) > 14
    return last - fault.begin >= timedelta(hours=20)

"""Do the sums balance, and was each host left its pace?"""

from collections import defaultdict
from itertools import pairwise

from serving import RETRY_AFTER, Hit, Served
from sqlalchemy import func, select
from verdict import Verdict
from world import DAY, START

from archive import Archive
from archive.collecting import daily, notices
from archive.tables import addresses, polls

#: seconds; the clock is kept in floating point
NEARLY = 1e-3


def judge_sums(served: Served, archive: Archive, verdict: Verdict) -> None:
    """Each poll's sum holds, each day's, and what was new stands in the archive, all of it."""
    parts = polls.c.new + polls.c.changed + polls.c.known + polls.c.refused
    with archive.read() as db:
        odd = db.execute(select(polls.c.id, polls.c.source).where(polls.c.seen != parts)).all()
        new = db.execute(select(func.sum(polls.c.new))).scalar_one()
        stand = db.execute(select(func.count()).select_from(addresses)).scalar_one()
        told = notices.every(db)
        for day in range(served.world.days + 2):
            for row in daily.ledger_of(db, (START + day * DAY).date()):
                verdict.expect(not row.imbalance, f"{row.source} {row.day}: {row.imbalance}")
    verdict.expect(not odd, f"polls whose sums do not balance: {odd[:5]}")
    verdict.expect(new == stand, f"{new} addresses were new, {stand} stand in the archive")
    # Our own check after every poll, which writes down where one did not hold.
    verdict.expect(not [one for one in told if one.kind == "sums"], "sums did not balance")


def judge_pace(served: Served, pace: float, verdict: Verdict) -> None:
    """No host was asked sooner than its pace or its Retry-After allows, by the press's own log."""
    by_host: defaultdict[str, list[Hit]] = defaultdict(list)
    for hit in served.log:
        by_host[hit.host].append(hit)
    closest = min(
        ((b.at - a.at).total_seconds() for hits in by_host.values() for a, b in pairwise(hits)),
        default=pace,
    )
    verdict.numbers |= {"requests": len(served.log), "closest two requests to one host, s": round(closest, 3)}  # fmt: skip
    for host, hits in by_host.items():
        close = [
            (a, b) for a, b in pairwise(hits) if (b.at - a.at).total_seconds() < pace - NEARLY
        ]
        for a, b in close[:2]:
            verdict.wrong.append(
                f"{host} was asked too fast, {len(close)} times: {a.at} {a.path} ({a.status}), "
                f"{b.at} {b.path} ({b.status})"
            )
    storms = [
        outlet.name for outlet in served.world.outlets.values() for fault in outlet.faults
        if fault.kind == "busy"
    ]  # fmt: skip
    for host in storms:
        busy = [hit.at for hit in served.log if hit.host == host and hit.status == 429]
        early = [b for a, b in pairwise(busy) if (b - a).total_seconds() < RETRY_AFTER - NEARLY]
        verdict.expect(not early, f"{host} was asked within its Retry-After, {len(early)} times")

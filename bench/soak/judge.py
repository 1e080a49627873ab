"""What the long test is judged by: the press's log and the archive, nothing of our own words."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise

from serving import Hit, Served
from sqlalchemy import select
from world import DAY, HOUR, START, Fault, Outlet

from archive import Archive
from archive.collecting import daily, gaps, ledger, notices
from archive.tables import sources, stories

#: no source is asked less often than every six hours while it is well, jitter and a round added
ALLOWED = timedelta(hours=7)
#: a source whose validators lie is found out within so many days (23 polls with validators)
LIES_FOR = timedelta(days=4)
#: seconds; the clock is kept in floating point
NEARLY = 1e-3
#: what a fault is called in the notices, and how long it must last to be told
NAMED = {
    "dropped": ("failing", 1.0), "failing": ("failing", 1.0), "sold": ("another site", 1.0),
    "forbidden": ("blocked", 1.0), "gone": ("gone", 0.5), "frozen": ("quiet", 0.0),
}  # fmt: skip


@dataclass
class Verdict:
    """What held and what did not."""

    numbers: dict[str, object] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)

    def expect(self, holds: bool, said: str) -> None:
        if not holds:
            self.wrong.append(said)


def judge(served: Served, archive: Archive, pace: float) -> Verdict:
    verdict = Verdict()
    _stories(served, archive, verdict)
    _pace(served, pace, verdict)
    with archive.read() as db:
        sums, told = ledger.sums(db), notices.every(db)
        lies = dict(db.execute(select(sources.c.id, sources.c.lies)).tuples().all())
        found = gaps.every(db)
        for day in range(served.world.days + 1):
            for row in daily.ledger_of(db, (START + day * DAY).date()):
                verdict.expect(not row.imbalance, f"{row.source} {row.day}: {row.imbalance}")
    verdict.expect(not [one for one in told if one.kind == "sums"], "sums did not balance")
    _faults(served, {(one.kind, one.thing) for one in told}, lies, verdict)
    verdict.numbers |= {
        "polls": sums.polls, "stories": sums.stories, "revisions": sums.revisions,
        "waiting": sums.waiting, "refused": dict(sums.refused),
        "gaps": dict(Counter(one.state for one in found)),
        "notices": dict(Counter(one.kind for one in told)),
    }  # fmt: skip
    return verdict


def _stories(served: Served, archive: Archive, verdict: Verdict) -> None:
    with archive.read() as db:
        kept = Counter(
            (row.outlet, int(row.address.split("/news/")[1].split("/")[0]))
            for row in db.execute(select(stories.c.outlet, stories.c.address))
        )
    shown: defaultdict[str, set[int]] = defaultdict(set)
    for hit in served.log:
        if hit.at < served.world.end - 6 * HOUR:
            shown[hit.host] |= hit.listed
    required = missed = unseen = 0
    for outlet in served.world.outlets.values():
        for story in outlet.until(served.world.end):
            had = kept[outlet.name, story.number]
            reachable = story.number in shown[outlet.name] or _reachable(
                outlet, story.at, story.number, served
            )
            verdict.expect(had <= 1, f"{outlet.name} story {story.number} is archived {had} times")
            required += reachable
            missed += reachable and not had
            unseen += not reachable and not had
            if reachable and not had:
                why = "shown" if story.number in shown[outlet.name] else "reachable"
                verdict.wrong.append(f"{outlet.name} story {story.number} of {story.at} was {why}, is not archived")  # fmt: skip
    verdict.expect(not [key for key in kept if key[1] >= 9_000_000], "a sold domain's stories were taken in")  # fmt: skip
    verdict.numbers |= {"required": required, "missed": missed, "never reachable": unseen}


def _reachable(outlet: Outlet, at: datetime, number: int, served: Served) -> bool:
    """Say whether some way listed a story for as long as the longest wait between two polls."""
    return any(
        _stood(outlet, way, number, max(at, START), served.world.end) for way in outlet.ways
    )


def _stood(outlet: Outlet, way: str, number: int, begin: datetime, end: datetime) -> bool:
    from world import PATHS

    faults = [one for one in outlet.faults if one.way in ("", way)]
    lying = any(one.kind == "lying" for one in faults)
    hard = [one for one in faults if one.kind != "lying"]
    needed = LIES_FOR if lying else ALLOWED
    del PATHS
    # After an outage a source is asked again within its longest back-off, a day for what is hard.
    edges = [(one.begin, one.end + _recovery(one)) for one in hard]
    free, now = timedelta(), begin
    step = timedelta(minutes=30)
    while now < end - 6 * HOUR:
        if not any(one.number == number for one in outlet.listed(way, now)):
            if way != "sitemap" and now > begin:
                return False
            free = timedelta()
            if now - begin > 3 * DAY:
                return False
        elif any(first <= now < last for first, last in edges):
            free = timedelta()
        else:
            free += step
            if free >= needed:
                return True
        now += step
    return False


def _recovery(fault: Fault) -> timedelta:
    if fault.kind in ("forbidden", "gone"):
        return timedelta(days=1.2)
    return timedelta(hours=8)


def _pace(served: Served, pace: float, verdict: Verdict) -> None:
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
        early = [b for a, b in pairwise(busy) if (b - a).total_seconds() < 1800 - NEARLY]
        verdict.expect(not early, f"{host} was asked within its Retry-After, {len(early)} times")


def _faults(
    served: Served, told: set[tuple[str, str]], lies: dict[str, int], verdict: Verdict
) -> None:
    named = 0
    for outlet in served.world.outlets.values():
        for fault in outlet.faults:
            ways = (fault.way,) if fault.way else outlet.ways
            if fault.kind == "lying":
                source = f"{outlet.name}/{fault.way}"
                enough = served.world.days >= 5
                named += lies.get(source, 0) > 0
                verdict.expect(
                    not enough or lies.get(source, 0) > 0, f"{source} lied and was believed"
                )
            if fault.kind not in NAMED or not _is_told_at_all(outlet, fault, served):
                continue
            kind, _ = NAMED[fault.kind]
            had = [way for way in ways if (kind, f"{outlet.name}/{way}") in told]
            named += bool(had)
            verdict.expect(bool(had), f"{outlet.name}: {fault.kind} from {fault.begin} is not in the ledger")  # fmt: skip
    verdict.numbers["faults named"] = named


def _is_told_at_all(outlet: Outlet, fault: Fault, served: Served) -> bool:
    """Say whether a fault was met often enough, or long enough, to be told."""
    last = min(fault.end, served.world.end)
    if fault.kind == "frozen":
        # Expected in the silence, by what came before it: at least e^-7 improbable, twice over.
        before = [one for one in outlet.until(fault.begin) if one.at >= START]
        rate = len(before) / max((fault.begin - START) / DAY, 1)
        return fault.begin - START > 4 * DAY and rate * ((last - fault.begin) / DAY - 1) > 14
    return last - fault.begin >= timedelta(hours=20)

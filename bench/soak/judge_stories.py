"""Are the stories there, each once, and is every loss told?"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta

from judge_faults import NAMED
from judge_kills import Life, lost_hits, why_missed
from serving import Served
from sqlalchemy import select
from verdict import Verdict
from world import DAY, HOUR, START, Fault, Outlet, Story

from archive import Archive
from archive.collecting import gaps, notices
from archive.tables import revisions
from archive.tables import stories as table

#: no source is asked less often than every six hours while it is well, jitter and a round added
ALLOWED = timedelta(hours=7)
#: a source whose validators lie is found out within so many days (23 polls with validators)
LIES_FOR = timedelta(days=4)


def judge_stories(
    served: Served, archive: Archive, verdict: Verdict, lives: Sequence[Life] = ()
) -> None:
    """Every story that stayed reachable until our next allowed poll is archived once; others are told.

    Of `lives` that were killed the answers that they lost count for nothing, and
    time only where a poll was written down; see judge_kills.
    """
    with archive.read() as db:
        kept = Counter(
            (row.outlet, int(row.address.split("/news/")[1].split("/")[0]))
            for row in db.execute(select(table.c.outlet, table.c.address))
        )
    shown: defaultdict[str, set[int]] = defaultdict(set)
    lost = lost_hits(served, list(lives))
    down = _down(served, lives)
    for hit in served.log:
        if hit not in lost and hit.at < served.world.end - 6 * HOUR:
            shown[hit.host] |= hit.listed
    required = missed = unseen = silent = 0
    told = _losses_told(archive, served.world.end)
    for outlet in served.world.outlets.values():
        for story in outlet.until(served.world.end):
            had = kept[outlet.name, story.number]
            reachable = story.number in shown[outlet.name] or _reachable(
                outlet, story.at, story.number, served, down
            )
            verdict.expect(had <= 1, f"{outlet.name} story {story.number} is archived {had} times")
            required += reachable
            missed += reachable and not had
            unseen += not reachable and not had
            if not reachable and not had and not _is_told(outlet, story, shown, told, served):
                silent += 1
                verdict.wrong.append(
                    f"{outlet.name} story {story.number} of {story.at} was lost in silence"
                )
            if reachable and not had:
                why = "shown" if story.number in shown[outlet.name] else "reachable"
                verdict.wrong.append(f"{outlet.name} story {story.number} of {story.at} was {why}, is not archived")  # fmt: skip
                if lives:
                    verdict.wrong += why_missed(served, outlet.name, story.number, list(lives))
    verdict.expect(not [key for key in kept if key[1] >= 9_000_000], "a sold domain's stories were taken in")  # fmt: skip
    if lives:
        ways = [hit for hit in lost if hit.way]
        verdict.numbers["answers lost to deaths"] = len(ways)
    verdict.numbers |= {
        "required": required,
        "missed": missed,
        "never reachable": unseen,
        "lost in silence": silent,
    }


def _losses_told(archive: Archive, end: datetime) -> dict[str, list[tuple[datetime, datetime]]]:
    """Return by outlet the stretches of which the ledger says that stories may be missing."""
    told: defaultdict[str, list[tuple[datetime, datetime]]] = defaultdict(list)
    with archive.read() as db:
        for gap in gaps.every(db):
            told[gap.source.partition("/")[0]].append((gap.after - HOUR, gap.before + HOUR))
        for one in notices.every(db):
            if one.kind not in NAMED.values():
                continue
            # A trouble is told when it has shown, and stories are lost before that.
            span = (one.begun_at - 2 * DAY, one.ended_at + ALLOWED if one.ended_at else end)
            told[one.thing.partition("/")[0]].append(span)
    return told


def _is_told(
    outlet: Outlet,
    story: Story,
    shown: dict[str, set[int]],
    told: dict[str, list[tuple[datetime, datetime]]],
    served: Served,
) -> bool:
    """Say whether a loss stands in the ledger; before the first poll and at the very end none can."""
    first = min(shown[outlet.name], default=0)
    # A first poll shows a window or two days; what came before was never to be had.
    early = story.number < first or story.at < START
    late = story.at > served.world.end - 2 * ALLOWED
    spans = told.get(outlet.name, [])
    return early or late or any(begin <= story.at <= end for begin, end in spans)


def _down(served: Served, lives: Sequence[Life]) -> list[tuple[datetime, datetime]]:
    """Return when the machine was as good as off: no life of that time wrote down a poll."""
    down: list[tuple[datetime, datetime]] = []
    before = START
    for life in lives:
        if life.polls:
            down.append((before, life.begin))
            before = life.end
    # The last life, which nobody kills, begins when the last of these has died.
    return [*down, (before, lives[-1].end)] if lives else []


def _reachable(
    outlet: Outlet,
    at: datetime,
    number: int,
    served: Served,
    down: Sequence[tuple[datetime, datetime]],
) -> bool:
    """Say whether some way listed a story for as long as the longest wait between two polls."""
    return any(
        _stood(outlet, way, number, max(at, START), served.world.end, down) for way in outlet.ways
    )


def _stood(
    outlet: Outlet,
    way: str,
    number: int,
    begin: datetime,
    end: datetime,
    down: Sequence[tuple[datetime, datetime]],
) -> bool:
    faults = [one for one in outlet.faults if one.way in ("", way)]
    lying = any(one.kind == "lying" for one in faults)
    hard = [one for one in faults if one.kind != "lying"]
    needed = LIES_FOR if lying else ALLOWED
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
        elif not any(first <= now < last for first, last in down):
            free += step
            if free >= needed:
                return True
        now += step
    return False


def _recovery(fault: Fault) -> timedelta:
    if fault.kind in ("forbidden", "gone"):
        return timedelta(days=1.2)
    return timedelta(hours=8)


def judge_revisions(served: Served, archive: Archive, verdict: Verdict) -> None:
    """A headline that changed is kept as one revision, where its page was shown to us afterwards."""
    titles: defaultdict[tuple[str, int], list[str]] = defaultdict(list)
    joined = revisions.join(table, table.c.id == revisions.c.story)
    wanted = select(table.c.outlet, table.c.address, revisions.c.title).select_from(joined)
    with archive.read() as db:
        for row in db.execute(wanted.order_by(revisions.c.story, revisions.c.number)):
            titles[row.outlet, int(row.address.split("/news/")[1].split("/")[0])].append(row.title)
    fetched: defaultdict[tuple[str, int], list[datetime]] = defaultdict(list)
    for hit in served.log:
        if hit.path.startswith("/news/") and hit.status == 200:
            fetched[hit.host, int(hit.path.split("/")[2])].append(hit.at)
    changed = followed = 0
    for (host, number), had in titles.items():
        if number > len(served.world.outlets[host].stories):
            continue
        story = served.world.outlets[host].stories[number - 1]
        changed += story.changed_at is not None
        # A title is read from the page, where spaces fold.
        before, after = " ".join(story.title.split()), " ".join(story.new_title.split())
        moments = fetched[host, number]
        wanted_now = [
            after if story.changed_at is not None and at >= story.changed_at else before
            for at in (moments[0], moments[-1])
        ] if moments else []  # fmt: skip
        wanted_now = list(dict.fromkeys(wanted_now))
        followed += len(wanted_now) == 2 or (
            story.changed_at is not None and wanted_now == [after]
        )
        verdict.expect(
            had == wanted_now, f"{host} story {number}: revisions {had}, not {wanted_now}"
        )
    verdict.numbers |= {"headlines changed": changed, "of these followed": followed}

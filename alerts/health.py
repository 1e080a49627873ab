"""The operator's digest: what is wrong with the watch itself, through the same outbox.

notices ─ begun or ended since? ─ not told yet? ─ at most one mail an hour ─► outbox
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from alerts.clean import clean, isolated, shorten
from alerts.issuing import Sender
from alerts.line_issues import Lines, lines_issue
from alerts.wording import Wording, wording_for
from archive import Archive
from archive.collecting import notices
from archive.collecting.notices import Kind, Notice
from archive.telling import digests, outbox, subscribers
from archive.telling.digests import Issue
from news import Subscriber

#: between two mails of health
PAUSE = timedelta(hours=1)
#: notices in one mail, and characters of each
MOST, LONGEST = 100, 300
#: what happens and is over: only its begin is told
HAPPENED: tuple[Kind, ...] = ("gap",)


def tell_operator(
    archive: Archive,
    operator: Subscriber,
    sender: Sender,
    errors: Mapping[str, str],
    now: datetime,
) -> bool:
    """Note errors and letters given up, and put a mail into the outbox where one is due.

    `errors` are ours, by what makes them the same. Of letters to the operator
    nothing is noted: a dead one would only make another. Returns whether there
    is a new mail. What is told is written down with it, all or nothing.
    """
    with archive.read() as db:
        dead = outbox.given_up(db, operator.id)
    with archive.write() as db:
        subscribers.ensure_operator(db, operator)
        notices.begin_all(db, "error", errors, now)
        notices.begin_all(db, "dead letter", dead, now)
        untold, last = notices.untold(db), digests.last_at(db, operator.id)
        if last is not None and now - last < PAUSE:
            return False
        said = [one for one in untold if not _is_said_by_another(one)]
        if said:
            digests.save(db, health_issue(said, operator, sender, now))
        notices.told(db, untold, now)
    return bool(said)


def _is_said_by_another(one: Notice) -> bool:
    """Return whether it is the end of a way's taking over: the other way's return says that."""
    return one.kind == "taken over" and one.ended_at is not None


def health_issue(
    told: Sequence[Notice], operator: Subscriber, sender: Sender, now: datetime
) -> Issue:
    """Return the mail of health, rendered for each of the operator's targets."""
    wording = wording_for(operator.language)
    said = Lines(
        subscriber=operator,
        slot=f"health:{now.isoformat()}",
        subject=wording.count(wording.health, len(told)),
        lines=health_lines(told, wording, operator.zone),
        because=wording.health_because,
    )
    return lines_issue(said, sender, now)


def health_lines(told: Sequence[Notice], wording: Wording, zone: str) -> list[str]:
    """Return one line a notice: what it is, since when, and why."""
    lines = []
    for one in told[:MOST]:
        over = one.ended_at is not None and one.kind not in HAPPENED
        pattern = wording.recovered if over else wording.troubles[one.kind]
        line = pattern.format(thing=clean(one.thing))
        at = (one.ended_at or one.begun_at).astimezone(ZoneInfo(zone))
        line += f"{wording.comma}{wording.since.format(time=wording.at(at))}"
        if not over and one.detail:
            line += f" ({shorten(one.detail, LONGEST)})"
        lines.append(isolated(line))
    if len(told) > MOST:
        lines.append(wording.count(wording.more, len(told) - MOST))
    return lines

"""The operator's digest: what is wrong with the watch itself, through the same outbox.

notices ─ begun or ended since? ─ not told yet? ─ at most one mail an hour ─► outbox
"""

import html
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from alerts.chat.rendering import plain_messages
from alerts.clean import clean, isolated, shorten
from alerts.columns import wrap
from alerts.envelope import envelope, fill, message_id, unsubscribe
from alerts.issuing import Sender
from alerts.wording import Wording, wording_for
from archive import Archive
from archive.collecting import notices
from archive.collecting.notices import Kind, Notice
from archive.telling import digests, outbox, subscribers
from archive.telling.digests import Issue, Message
from news import Subscriber, Target

#: between two mails of health
PAUSE = timedelta(hours=1)
#: notices in one mail, and characters of each
MOST, LONGEST = 100, 300
COLUMNS = 72
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
    with archive.write() as db:
        subscribers.ensure_operator(db, operator)
        notices.begin_all(db, "error", errors, now)
        notices.begin_all(db, "dead letter", outbox.given_up(db, operator.id), now)
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
    wording, slot = wording_for(operator.language), f"health:{now.isoformat()}"
    subject = wording.count(wording.health, len(told))
    lines = health_lines(told, wording, operator.zone)
    text = "\n\n".join(wrap(line, COLUMNS, "- ", "  ") for line in lines)
    text += f"\n\n--\n{wrap(wording.health_because, COLUMNS)}\n"
    page = _page(subject, lines, wording)
    messages: list[Message] = []
    for target in operator.targets:
        if target.channel == "chat":
            said = [subject, *lines]
            service = sender.chats.get(target.address)
            identity = message_id(operator, slot, target, sender.address)
            messages += plain_messages(said, service, target, identity)
        else:
            messages.append(
                _mail(operator, sender.address, target, slot, subject, text, page, now)
            )
    return Issue(
        subscriber=operator.id,
        slot=slot,
        at=now,
        subject=subject,
        text=text,
        html=page,
        tells=[],
        instant=False,
        messages=messages,
    )


def health_lines(told: Sequence[Notice], wording: Wording, zone: str) -> list[str]:
    """Return one line a notice: what it is, since when, and why."""
    lines = []
    for one in told[:MOST]:
        over = one.ended_at is not None and one.kind not in HAPPENED
        pattern = wording.recovered if over else wording.troubles[one.kind]
        line = pattern.format(thing=clean(one.thing))
        at = (one.ended_at or one.begun_at).astimezone(ZoneInfo(zone))
        line += f", {wording.since.format(time=f'{wording.day(at)}, {at:%H:%M}')}"
        if not over and one.detail:
            line += f" ({shorten(one.detail, LONGEST)})"
        lines.append(isolated(line))
    if len(told) > MOST:
        lines.append(wording.count(wording.more, len(told) - MOST))
    return lines


def _mail(  # noqa: PLR0917 - a mail is all of these
    operator: Subscriber,
    sender: str,
    target: Target,
    slot: str,
    subject: str,
    text: str,
    page: str,
    now: datetime,
) -> Message:
    mail = envelope(
        subscriber=operator,
        sender=sender,
        target=target,
        now=now,
        subject=subject,
        identity=message_id(operator, slot, target, sender),
    )
    language = wording_for(operator.language).language
    fill(mail, language, f"{text}{unsubscribe(operator, sender)}\n", page)
    return Message(target=target, message_id=str(mail["Message-ID"]), message=mail.as_bytes())


def _page(subject: str, lines: Sequence[str], wording: Wording) -> str:
    items = "".join(f"<li>{html.escape(line)}</li>" for line in lines)
    return (
        f'<!DOCTYPE html>\n<html lang="{wording.language}"><head><meta charset="utf-8">'
        f'<meta name="color-scheme" content="light dark"><title>{html.escape(subject)}</title>'
        f"</head><body><h1>{html.escape(subject)}</h1><ul>{items}</ul>"
        f"<p>{html.escape(wording.health_because)}</p></body></html>\n"
    )

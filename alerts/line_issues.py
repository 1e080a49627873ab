"""Mails and chat messages of a few lines of our own: no cards, nothing told of a story."""

import html
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from alerts.chat.rendering import plain_messages
from alerts.columns import wrap
from alerts.envelope import envelope, fill, message_id, unsubscribe
from alerts.issuing import Sender
from alerts.links import Links
from alerts.wording import wording_for
from archive.telling.digests import Issue, Message
from news import Subscriber, Target

COLUMNS = 72


@dataclass(frozen=True, slots=True, kw_only=True)
class Lines:
    """What is to be said, to whom, in which slot."""

    subscriber: Subscriber
    #: with the subscriber the idempotence key
    slot: str
    subject: str
    lines: Sequence[str]
    #: why the reader gets it
    because: str
    #: of the mails in which the reader can say no by a link
    links: Links = field(default_factory=Links)


def lines_issue(said: Lines, sender: Sender, now: datetime) -> Issue:
    """Return the lines rendered for each of the subscriber's targets."""
    messages: list[Message] = []
    for target in said.subscriber.targets:
        messages += _messages(said, sender, target, now)
    return Issue(
        subscriber=said.subscriber.id,
        slot=said.slot,
        at=now,
        subject=said.subject,
        text=_text(said),
        html=_page(said),
        tells=[],
        instant=False,
        messages=messages,
    )


def _messages(said: Lines, sender: Sender, target: Target, now: datetime) -> list[Message]:
    identity = message_id(said.subscriber, said.slot, target, sender.address)
    if target.channel == "chat":
        # What one line says need not be said twice.
        lines = [said.subject, *(line for line in said.lines if line != said.subject)]
        return plain_messages(lines, sender.chats.get(target.address), target, identity)
    stop = said.links.unsubscribe(said.subscriber.id, target)
    mail = envelope(
        subscriber=said.subscriber,
        sender=sender.address,
        target=target,
        now=now,
        subject=said.subject,
        identity=identity,
        stop=stop,
    )
    text = f"{_text(said)}{stop or unsubscribe(said.subscriber, sender.address)}\n"
    fill(mail, wording_for(said.subscriber.language).language, text, _page(said, stop))
    return [Message(target=target, message_id=identity, message=mail.as_bytes())]


def _text(said: Lines) -> str:
    lines = "\n\n".join(wrap(line, COLUMNS, "- ", "  ") for line in said.lines)
    return f"{lines}\n\n--\n{wrap(said.because, COLUMNS)}\n"


def _page(said: Lines, stop: str = "") -> str:
    wording = wording_for(said.subscriber.language)
    items = "".join(f"<li>{html.escape(line)}</li>" for line in said.lines)
    subject = html.escape(said.subject)
    way = f'<p><a href="{html.escape(stop)}">{html.escape(wording.stop)}</a></p>' if stop else ""
    return (
        f'<!DOCTYPE html>\n<html lang="{wording.language}"><head><meta charset="utf-8">'
        f'<meta name="color-scheme" content="light dark"><title>{subject}</title>'
        f"</head><body><h1>{subject}</h1><ul>{items}</ul>"
        f"<p>{html.escape(said.because)}</p>{way}</body></html>\n"
    )

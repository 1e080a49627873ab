"""An archive whose outbox holds digests for chats and mails, and rounds over it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from alerts.channels import Channel
from alerts.chat.channel import Chats
from alerts.chat.rendering import messages
from alerts.chat.ways import open_way
from alerts.chat.wire import Patience
from alerts.delivering import Delivered, deliver_due
from alerts.falling_back import fall_back_due
from alerts.render import render
from alerts.sample import sample_digest
from archive import Archive, open_archive
from archive.telling import digests, outbox, subscribers
from archive.telling.digests import Issue, Message
from archive.telling.outbox import OutboxRow
from news import PlayedClock, Rhythm, Subscriber, Target, Watch

NOON = datetime(2018, 9, 20, 5, 0, tzinfo=UTC)
SENDER = "Harborwatch <watch@harborwatch.example>"
ANA = Subscriber(
    id="ana",
    name="Ana",
    zone="Asia/Jakarta",
    language="id",
    targets=(),
    watches=(Watch(name="harbor", query="harbor", rhythm=Rhythm(kind="instant")),),
)
QUICK = Patience(connect=1.0, read=0.4, whole=1.0)


def chats(**addresses: str) -> Chats:
    """Return the channel of these Apprise addresses, by name."""
    ways = {name: open_way(address) for name, address in addresses.items()}
    # Nobody is asked too often here.
    calm = {
        name: replace(way, service=replace(way.service, pace=0.0)) for name, way in ways.items()
    }
    return Chats(ways=calm, patience=QUICK)


class Round:
    """An archive, its channels and a played clock."""

    def __init__(self, folder: Path, subscriber: Subscriber = ANA) -> None:
        self.address = f"sqlite:///{folder / 'archive.db'}"
        self.archive: Archive = open_archive(self.address)
        self.clock = PlayedClock(NOON)
        self.subscriber = subscriber
        with self.archive.write() as db:
            subscribers.synchronise(db, [subscriber])

    def put(self, channels: Mapping[str, Channel], slot: str, targets: Sequence[Target]) -> int:
        """Put a digest for that slot into the outbox; returns its number."""
        sample = sample_digest(self.subscriber, NOON)
        # What tells the digests apart on the other side.
        ledger = f"checked 212 of 214 sources, slot {slot}"
        head = replace(sample.cards[0], headline=f"{slot}: {sample.cards[0].headline}")
        cards = (head, *sample.cards[1:])
        digest = replace(sample, slot=slot, ledger=ledger, cards=cards)
        made: list[Message] = []
        for target in targets:
            if target.channel == "chat":
                ways = channels["chat"].ways  # type: ignore[attr-defined]
                service = ways[target.address].service if target.address in ways else None
                made += messages(digest, service, target, SENDER)
            else:
                mail = render(digest, SENDER, target, NOON)
                made.append(
                    Message(target=target, message_id=mail.message_id, message=mail.message)
                )
        shown = render(digest, SENDER, Target(channel="mailbox", address="a@b.example"), NOON)
        issue = Issue(
            subscriber=self.subscriber.id,
            slot=slot,
            at=self.clock.now(),
            subject=shown.subject,
            text=shown.text,
            html=shown.html,
            tells=[],
            instant=False,
            messages=made,
        )
        with self.archive.write() as db:
            number = digests.save(db, issue)
        assert number is not None
        return number

    def deliver(
        self, channels: Mapping[str, Channel], after: timedelta | None = None
    ) -> Delivered:
        """Deliver what is due, that much later, and let fall back what must."""
        if after is not None:
            self.clock.advance(self.clock.now() + after)
        done = deliver_due(self.archive, channels, self.clock)
        if fall_back_due(self.archive, SENDER, self.clock.now()):
            deliver_due(self.archive, channels, self.clock)
        return done

    def rows(self, *states: str) -> list[OutboxRow]:
        """Return the deliveries in these states, the oldest first."""
        with self.archive.read() as db:
            return outbox.listed(db, states or ("open", "sent", "dead"))[::-1]

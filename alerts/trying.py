"""A short message to a target, to see that its way is open. It stands in no outbox."""

from datetime import datetime

from alerts.chat.rendering import plain_messages
from alerts.envelope import message_id, test_message
from alerts.issuing import Sender
from alerts.wording import wording_for
from archive.telling.digests import Message
from news import Delivery, Subscriber, Target


def test_deliveries(
    subscriber: Subscriber, sender: Sender, target: Target, now: datetime
) -> list[Delivery]:
    """Return the message for a target, in parts where its service asks for them.

    Raises ChannelError for an address that no mail can go to or come from.
    """
    identity = message_id(subscriber, f"test:{now.isoformat()}", target, sender.address)
    if target.channel == "chat":
        words = wording_for(subscriber.language)
        name = subscriber.name or subscriber.id
        body = words.trial_body.format(name=name, address=target.written)
        service = sender.chats.get(target.address)
        messages = plain_messages([words.trial_subject, body], service, target, identity)
    else:
        mail = test_message(subscriber, sender.address, target, now)
        messages = [Message(target=target, message_id=identity, message=mail)]
    return [
        Delivery(
            id=0,
            digest=0,
            target=target,
            message_id=one.message_id,
            message=one.message,
            attempts=1,
            form=one.form,
            part=one.part,
            parts=one.parts,
        )
        for one in messages
    ]

"""A digest rendered for a chat: one message a part, each with an id of its own."""

import json
from collections.abc import Sequence

from alerts.chat.blocks import Span, Words, blocks
from alerts.chat.documents import documents
from alerts.chat.parts import parts
from alerts.chat.service import Service
from alerts.chat.services.plain import OTHER
from alerts.envelope import message_id
from alerts.wording import wording_for
from archive.telling.digests import Message
from news import Digest, Target

#: Nobody scrolls through more messages at a time.
MOST_PARTS = 8
#: Events in full, and lines that a section holds at most.
CARDS, BRIEFS = 60, (20, 8, 2)


def messages(
    digest: Digest, service: Service | None, target: Target, sender: str
) -> list[Message]:
    """Return the digest for a chat's target in parts.

    Without a service, where the target's name left the configuration, it is
    written in plain text. The ids are always the same ones for that digest.
    """
    known = service or OTHER
    texts = documents(digest, known.limit) if known.as_json else _fewest(digest, known)
    identity = message_id(digest.subscriber, digest.slot, target, sender)
    return [
        Message(
            target=target,
            message_id=_part_id(identity, part, len(texts)),
            message=text.encode("utf-8"),
            form=known.name,
            part=part,
            parts=len(texts),
        )
        for part, text in enumerate(texts, 1)
    ]


def plain_messages(
    lines: Sequence[str], service: Service | None, target: Target, identity: str
) -> list[Message]:
    """Return lines of our own for a chat's target, one event each, in parts."""
    known = service or OTHER
    if known.as_json:
        texts = [json.dumps({"lines": list(lines)}, ensure_ascii=False)]
    else:
        texts = parts([(Words((Span(line),)),) for line in lines], known)
    return [
        Message(
            target=target,
            message_id=_part_id(identity, part, len(texts)),
            message=text.encode("utf-8"),
            form=known.name,
            part=part,
            parts=len(texts),
        )
        for part, text in enumerate(texts, 1)
    ]


def _fewest(digest: Digest, service: Service) -> list[str]:
    """Return as much of the digest as goes into a bearable number of messages.

    Where all events in full would be more, the last ones become lines, then a count.
    """
    wording = wording_for(digest.subscriber.language)
    made: list[str] = []
    for cards, briefs in _measures(len(digest.cards)):
        made = parts(blocks(digest, wording, cards, briefs), service)
        if len(made) <= MOST_PARTS:
            break
    return made


def _measures(cards: int) -> list[tuple[int, int]]:
    full = min(cards, CARDS)
    halved = [full]
    while halved[-1]:
        halved.append(halved[-1] // 2)
    return [(number, BRIEFS[0]) for number in halved] + [(0, briefs) for briefs in BRIEFS[1:]]


def _part_id(identity: str, part: int, of: int) -> str:
    return identity if of == 1 else identity.replace("@", f".{part}@", 1)

"""A digest as JSON documents, for a webhook: everything that a card holds. Pure."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from news import Card, Digest, Fact, Telling

#: of the documents' form; a program that reads them can ask for it
VERSION = 1


def documents(digest: Digest, limit: int) -> list[str]:
    """Return the digest as JSON, in several documents where one would be over so many bytes.

    A card stays whole, even one that is longer by itself. Texts are as they
    were read: who shows them escapes them.
    """
    groups: list[list[dict[str, Any]]] = [[]]
    size = 0
    for card in digest.cards:
        made = _card(card)
        length = len(json.dumps(made, ensure_ascii=False).encode("utf-8", "replace"))
        if groups[-1] and size + length > limit:
            groups.append([])
            size = 0
        groups[-1].append(made)
        size += length
    return [
        _written({**_frame(digest), "part": at, "parts": len(groups), "cards": group})
        for at, group in enumerate(groups, 1)
    ]


def _frame(digest: Digest) -> dict[str, Any]:
    return {
        "harborwatch": VERSION,
        "subscriber": digest.subscriber.id,
        "language": digest.subscriber.language,
        "slot": digest.slot,
        "at": _time(digest.at),
        "ledger": digest.ledger,
    }


def _card(card: Card) -> dict[str, Any]:
    return {
        "event": card.event,
        "kind": card.kind,
        "late": card.late,
        "headline": card.headline,
        "language": card.headline_language,
        "address": card.address,
        "watches": list(card.watches),
        "topics": list(card.topics),
        "facets": list(card.facets),
        "sentence": card.sentence,
        "sentence_language": card.sentence_language,
        "hits": [list(hit) for hit in card.hits],
        "changes": list(card.changes),
        "facts": [_fact(fact) for fact in card.facts],
        "conflicts": list(card.conflicts),
        "tellings": [_telling(line) for line in card.tellings],
    }


def _fact(fact: Fact) -> dict[str, Any]:
    return {
        "kind": fact.kind,
        "text": fact.text,
        "value": fact.value,
        "high": fact.high,
        "unit": fact.unit,
        "what": fact.what,
    }


def _telling(line: Telling) -> dict[str, Any]:
    return {
        "story": line.story,
        "revision": line.revision,
        "outlet": line.outlet,
        "outlet_name": line.outlet_name,
        "language": line.language,
        "title": line.title,
        "address": line.address,
        "published_at": _time(line.published_at),
        "published_precision": line.published_precision,
        "first_seen_at": _time(line.first_seen_at),
        "copy_of": line.copy_of,
        "copy_kind": line.copy_kind,
    }


def _time(at: datetime | None) -> str | None:
    return at.isoformat() if at is not None else None


def _written(document: Mapping[str, Any]) -> str:
    # A lone surrogate is no text: it would not pass as UTF-8.
    return json.dumps(document, ensure_ascii=False).encode("utf-8", "replace").decode("utf-8")

"""What a digest shows, in its reader's words and bounded in every part. Pure.

Templates only place what stands here. Each text is cleaned and cut, each
list has an end: this is what keeps a mail under its size.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from alerts.clean import Piece, clean, isolated, language_tag, pieces, safe_link, shorten
from alerts.firsts import first_telling, out_at
from alerts.links import Links
from alerts.wording import Wording
from archive.collecting.ledger import NAMED, Checked
from news import Card, Digest, Telling, tally

#: Characters of a headline, a name and a sentence; parts of a list.
HEADLINE, NAME, SENTENCE = 220, 60, 320
TELLINGS, FACTS, CONFLICTS, CHANGES, NAMES = 10, 8, 3, 6, 8
_STATUS = re.compile(r"HTTP \d{3}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One telling of a card."""

    outlet: str
    language: str
    title: str
    link: str
    #: "copy", "summary" or ""
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CardView:
    """One event in full."""

    headline: str
    language: str
    link: str
    #: its page, where readers can reach one, or ""
    page: str
    #: of the whole event, the told stories too: "id 3 · en 2 · zh 1"
    languages: str
    #: "1 press release · 2 originals · 3 copies"
    counts: str
    #: why it stands where it does: "tier 1 · 5 outlets · +3 since yesterday"
    reason: str
    #: "Split off from: …" or ""
    split_from: str
    first: str
    sentence: tuple[Piece, ...]
    sentence_language: str
    changes: tuple[str, ...]
    facts: tuple[str, ...]
    conflicts: tuple[str, ...]
    topics: tuple[str, ...]
    #: the sides of these that it speaks of
    facets: tuple[str, ...]
    watches: tuple[str, ...]
    #: where its reader says what it was worth, or ""
    worth: str
    #: the question and its answers, where it is asked
    asks: str
    lines: tuple[Line, ...]
    #: "… 12 more" or ""
    more: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """One event as a line: a headline and who, when or how many."""

    headline: str
    language: str
    link: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """Cards of one kind."""

    title: str
    cards: tuple[CardView, ...]
    briefs: tuple[Brief, ...]
    more: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestView:
    """The whole digest as the templates need it."""

    title: str
    summary: str
    #: what a mailbox shows beside the subject
    preview: str
    sections: tuple[Section, ...]
    because: str
    times: str
    ledger: str
    #: its own page, where readers can reach one, or ""
    page: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reading:
    """Who reads a digest: in which words and zone, with which links."""

    subscriber: str
    wording: Wording
    zone: ZoneInfo
    links: Links


def view(
    digest: Digest, wording: Wording, cards: int, briefs: int, links: Links | None = None
) -> DigestView:
    """Return the digest with at most so many cards in full, and lines per section.

    `links` lead to the archive's pages, where readers reach them.
    """
    reading = _Reading(
        subscriber=digest.subscriber.id,
        wording=wording,
        zone=ZoneInfo(digest.subscriber.zone),
        links=links or Links(),
    )
    at = digest.at.astimezone(reading.zone)
    watches = wording.listing.join(
        _names({name for card in digest.cards for name in card.watches})
    )
    heads = [shorten(card.headline, 80) for card in digest.cards[:3]]
    return DigestView(
        title=wording.moment.format(day=wording.weekday(at), time=f"{at:%H:%M}"),
        summary=summary(digest, wording),
        preview=" · ".join(heads),
        sections=_sections(digest.cards, reading, cards, briefs),
        because=wording.because.format(watches=watches) if watches else "",
        times=wording.times.format(zone=digest.subscriber.zone),
        ledger=shorten(digest.ledger, SENTENCE),
        page=reading.links.digest(digest.subscriber.id, digest.slot),
    )


def summary(digest: Digest, wording: Wording) -> str:
    """Return "3 new events · 1 update", or that there is nothing new."""
    kinds = Counter(card.kind for card in digest.cards)
    counted = [(kinds["new"], wording.new_count), (kinds["update"], wording.update_count)]
    if not kinds["new"] and not kinds["update"]:
        counted.append((kinds["minor"], wording.minor_count))
    parts = [wording.count(forms, number) for number, forms in counted if number]
    return " · ".join(parts) or wording.nothing


def reason(card: Card, wording: Wording) -> str:
    """Return why a card stands where it does: "tier 1 · 5 outlets · +3 since yesterday"."""
    worth = card.importance
    parts = [wording.tier.format(tier=worth.tier)] if worth.tier else []
    parts.append(wording.count(wording.outlets, worth.outlets))
    if worth.growth:
        parts.append(wording.count(wording.growth, worth.growth))
    return " · ".join(parts)


def ledger_line(checked: Checked, wording: Wording) -> str:
    """Return "checked 212 of 214 sources, 2 silent, 0 gaps; not answering: …"."""
    numbers = {
        "answering": wording.number(checked.sources - len(checked.silent)),
        "all": wording.number(checked.sources),
    }
    parts = [wording.checked.format(**numbers)]
    parts.append(wording.count(wording.silent, len(checked.silent)))
    parts.append(wording.count(wording.gaps, checked.gaps))
    text = wording.comma.join(parts)
    if checked.silent:
        names = [f"{source} ({why})" for source, why in _silent(checked, wording)]
        names += [_more(len(checked.silent) - NAMED, wording)]
        named = wording.listing.join(name for name in names if name)
        text += f"{wording.semicolon}{wording.not_answering.format(names=named)}"
    return text


def _silent(checked: Checked, wording: Wording) -> list[tuple[str, str]]:
    """Return the silent sources that are named, each with why, in the reader's words."""
    outcomes = (*checked.outcomes, *("" for _ in checked.silent))
    return [
        (source, _why(detail, wording.outcomes.get(outcome, ""), wording))
        for (source, detail), outcome in zip(checked.silent[:NAMED], outcomes, strict=False)
    ]


def _why(detail: str, word: str, wording: Wording) -> str:
    """Return why a source is silent; of the detail, which is English, what is a number."""
    if not word:
        return detail
    code = _STATUS.match(detail)
    return f"{word}{wording.comma}{code[0]}" if code else word


def _sections(
    cards: Sequence[Card], reading: _Reading, full: int, briefs: int
) -> tuple[Section, ...]:
    wording = reading.wording
    fresh = [card for card in cards if card.kind == "new" and not card.late]
    updates = [card for card in cards if card.kind == "update"]
    late = [card for card in cards if card.kind == "new" and card.late]
    minor = [card for card in cards if card.kind == "minor"]
    also = [card for card in cards if card.kind == "also"]
    sent = [card for card in cards if card.kind == "sent"]
    parts = (
        (wording.new, fresh, min(full, len(fresh))),
        (wording.updates, updates, max(0, full - len(fresh))),
        (wording.late, late, 0),
        (wording.minor, minor, 0),
        (wording.also, also, 0),
        (wording.sent, sent, 0),
    )
    return tuple(
        Section(
            title=title,
            cards=tuple(_card(card, reading) for card in group[:shown]),
            briefs=tuple(_brief(card, reading) for card in group[shown : shown + briefs]),
            more=_more(len(group) - shown - briefs, wording),
        )
        for title, group, shown in parts
        if group
    )


def _card(card: Card, reading: _Reading) -> CardView:
    wording = reading.wording
    worth = reading.links.feedback(reading.subscriber, card.tellings[0].story)
    return CardView(
        headline=shorten(card.headline, HEADLINE) or clean(str(card.event)),
        language=language_tag(card.headline_language),
        link=safe_link(card.address),
        page=reading.links.event(card.event),
        # Beside the outlets, which are the whole event's: the same stories are counted.
        languages=_languages(card.whole or card.tellings),
        counts=_counts(card.whole or card.tellings, wording),
        reason=reason(card, wording),
        split_from=_split_from(card, wording),
        first=_first(card.first or first_telling(card.tellings), reading),
        sentence=pieces(card.sentence, card.hits, SENTENCE),
        sentence_language=language_tag(card.sentence_language),
        changes=tuple(shorten(change, 2 * NAME) for change in card.changes[:CHANGES]),
        facts=tuple(shorten(fact.text, NAME) for fact in card.facts[:FACTS]),
        conflicts=tuple(
            shorten(wording.said(one), 2 * NAME) for one in card.conflicts[:CONFLICTS]
        ),
        topics=_names(card.topics),
        facets=_names(card.facets),
        watches=_names(card.watches),
        worth=worth,
        asks=f"{wording.worth} {wording.yes} · {wording.no}" if worth else "",
        lines=tuple(_line(line, wording) for line in card.tellings[:TELLINGS]),
        more=_more(len(card.tellings) - TELLINGS, wording),
    )


def _split_from(card: Card, wording: Wording) -> str:
    if not card.split_from:
        return ""
    return wording.split_from.format(headline=isolated(shorten(card.split_from, HEADLINE)))


def _line(line: Telling, wording: Wording) -> Line:
    note = ""
    if line.copy_of is not None:
        note = wording.summary if line.copy_kind == "summary" else wording.copy
    return Line(
        outlet=shorten(line.outlet_name or line.outlet, NAME),
        language=language_tag(line.language),
        title=shorten(line.title, HEADLINE),
        link=safe_link(line.address),
        note=note,
    )


def _brief(card: Card, reading: _Reading) -> Brief:
    note = _languages(card.tellings)
    if card.late:
        line = first_telling(card.tellings)
        outlet = shorten(line.outlet_name or line.outlet, NAME)
        note = f"{outlet}{reading.wording.comma}{_when(line, reading)}"
    return Brief(
        headline=shorten(card.headline, HEADLINE // 2) or clean(str(card.event)),
        language=language_tag(card.headline_language),
        link=safe_link(card.address),
        note=note,
    )


def _languages(tellings: Sequence[Telling]) -> str:
    counted = Counter(language_tag(line.language) or "?" for line in tellings)
    parts = sorted(counted.items(), key=lambda part: (-part[1], part[0]))
    return " · ".join(f"{language} {count}" for language, count in parts[:NAMES])


def _counts(tellings: Sequence[Telling], wording: Wording) -> str:
    counted = tally(tellings)
    kinds = (
        (wording.releases, counted.releases),
        (wording.originals, counted.originals),
        (wording.copies, counted.reprints),
    )
    return " · ".join(wording.count(forms, number) for forms, number in kinds if number)


def _first(line: Telling, reading: _Reading) -> str:
    wording = reading.wording
    outlet = shorten(line.outlet_name or line.outlet, NAME)
    origin = shorten(line.origin, NAME)
    if origin and line.origin_story != line.story:
        # Its own text is not among these.
        outlet = wording.through.format(origin=origin, outlet=outlet)
    return wording.first.format(outlet=outlet, time=_when(line, reading))


def _when(line: Telling, reading: _Reading) -> str:
    wording, zone = reading.wording, reading.zone
    if line.published_at is not None and line.published_precision == "day":
        return wording.day(line.published_at.astimezone(zone))
    at = out_at(line).astimezone(zone)
    return f"{wording.at(at)} {_zone_name(at)}"


def _zone_name(at: datetime) -> str:
    name = at.tzname() or ""
    # Many zones have no letters of their own, only "+07".
    return f"UTC{name}" if name[:1] in {"+", "-"} else name


def _names(names: Sequence[str] | set[str]) -> tuple[str, ...]:
    shown = [shorten(name, NAME) for name in sorted(names)]
    return tuple(shown[:NAMES]) + (("…",) if len(shown) > NAMES else ())


def _more(count: int, wording: Wording) -> str:
    return wording.count(wording.more, count) if count > 0 else ""

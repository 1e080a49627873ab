"""The trail of an address in words: who showed it, what was fetched, and why nothing was. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from archive.keeping.retention import PURGED
from archive.keeping.traces import AddressTrace, Fetched, Shown
from news.saying import joined, say, word


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """Something that happened to an address or a story, or did not, and why."""

    #: "seen", "fetched", "refused", "story", "event", "watch" …
    about: str
    #: a sentence of `news.saying` where words of ours stand in it
    text: str
    #: when it happened; None where it did not, or where no one moment is meant
    at: datetime | None = None


def address_steps(trace: AddressTrace) -> Iterator[Step]:
    """Say what happened to an address, in order."""
    text = say("{address} (key {key})", address=trace.address, key=trace.key)
    yield Step(about="address", text=text)
    for shown in trace.shown:
        yield Step(about="seen", text=_shown(shown), at=shown.first_seen_at)
    if trace.history:
        text = say(
            "shown first by a first good poll, a backfill or a re-saved archive: history, "
            "but for stories of the last 24 hours"
        )
        yield Step(about="seen", text=text)
    for page in trace.pages:
        yield Step(about="fetched", text=_page(page), at=page.fetched_at)
    if trace.visits > len(trace.pages) > 0:
        again = times(trace.visits - len(trace.pages))
        yield Step(about="fetched", text=say("{times} again: unchanged", times=again))
    yield from _state(trace)


def _shown(shown: Shown) -> str:
    text = say("{source} showed it", source=shown.source)
    if shown.times > 1:
        until = moment(shown.last_seen_at)
        text = say(
            "{source} showed it, {times} times until {until}",
            source=shown.source, times=shown.times, until=until,
        )  # fmt: skip
    return joined(": ", [text, f'"{shown.headline}"']) if shown.headline else text


def _page(page: Fetched) -> str:
    ended = {
        "stored": say("read to its end"),
        "kept": say("kept; it is not read to its end yet, the next round goes on"),
        "refused": say("refused: {reason}", reason=_reason(page.reason, page.detail)),
    }
    read = ended.get(page.state, word(page.state))
    return say("page {page}, HTTP {status}, {read}", page=page.page, status=page.status, read=read)


def _state(trace: AddressTrace) -> Iterator[Step]:
    """Say where the address stands, and why nothing more came of it."""
    match trace.state:
        case "waiting":
            detail = f": {trace.detail}" if trace.detail and trace.attempts else ""
            text = joined("", [say("its first fetch is {due}", due=_due(trace)), detail])
            yield Step(about="waiting", text=text)
        case "refused":
            yield Step(about="refused", text=_reason(trace.reason, trace.detail))
        case _ if trace.reason == PURGED:
            text = say(
                "its story was purged by the rule keep_stories: known, never fetched or told again"
            )
            yield Step(about="purged", text=text)
        case "gone":
            text = say("the page has vanished ({detail})", detail=trace.detail)
            yield Step(about="gone", text=text)
        case _ if trace.fetch_at:
            text = say("it is looked at again for changes, {due}", due=_due(trace))
            yield Step(about="waiting", text=text)


def _due(trace: AddressTrace) -> str:
    due = say("never again")
    if trace.fetch_at:
        due = say("due {moment}", moment=moment(trace.fetch_at))
    if not trace.attempts:
        return due
    return say("{due}; {times} without success", due=due, times=times(trace.attempts))


def _reason(reason: str, detail: str) -> str:
    return joined("", [word(reason), f" ({detail})"]) if detail else word(reason)


def times(n: int) -> str:
    """Return "once" or how many times."""
    return say("once") if n == 1 else say("{n} times", n=n)


def moment(at: datetime) -> str:
    """Return a moment as steps say it: to the minute, in UTC."""
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M} UTC"

"""The trail of an address in words: who showed it, what was fetched, and why nothing was. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from archive.keeping.retention import PURGED
from archive.keeping.traces import AddressTrace, Fetched


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """Something that happened to an address or a story, or did not, and why."""

    #: "seen", "fetched", "refused", "story", "event", "watch" …
    about: str
    text: str
    #: when it happened; None where it did not, or where no one moment is meant
    at: datetime | None = None


def address_steps(trace: AddressTrace) -> Iterator[Step]:
    """Say what happened to an address, in order."""
    yield Step(about="address", text=f"{trace.address} (key {trace.key})")
    for shown in trace.shown:
        again = f", {shown.times} times until {_moment(shown.last_seen_at)}"
        often = again if shown.times > 1 else ""
        said = f': "{shown.headline}"' if shown.headline else ""
        text = f"{shown.source} showed it{often}{said}"
        yield Step(about="seen", text=text, at=shown.first_seen_at)
    if trace.history:
        text = "shown first by a first good poll, a backfill or a re-saved archive: history"
        yield Step(about="seen", text=f"{text}, but for stories of the last 24 hours")
    for page in trace.pages:
        yield Step(about="fetched", text=_page(page), at=page.fetched_at)
    if trace.visits > len(trace.pages) > 0:
        text = f"{_times(trace.visits - len(trace.pages))} again: unchanged"
        yield Step(about="fetched", text=text)
    yield from _state(trace)


def _page(page: Fetched) -> str:
    ended = {
        "stored": "read to its end",
        "kept": "kept; it is not read to its end yet, the next round goes on",
        "refused": f"refused: {_reason(page.reason, page.detail)}",
    }
    return f"page {page.page}, HTTP {page.status}, {ended.get(page.state, page.state)}"


def _state(trace: AddressTrace) -> Iterator[Step]:
    """Say where the address stands, and why nothing more came of it."""
    due = f"due {_moment(trace.fetch_at)}" if trace.fetch_at else "never again"
    tried = f"; {_times(trace.attempts)} without success" if trace.attempts else ""
    detail = f": {trace.detail}" if trace.detail and trace.attempts else ""
    match trace.state:
        case "waiting":
            text = f"its first fetch is {due}{tried}{detail}"
            yield Step(about="waiting", text=text)
        case "refused":
            yield Step(about="refused", text=_reason(trace.reason, trace.detail))
        case _ if trace.reason == PURGED:
            text = (
                "its story was purged by the rule keep_stories: known, never fetched or told again"
            )
            yield Step(about="purged", text=text)
        case "gone":
            yield Step(about="gone", text=f"the page has vanished ({trace.detail})")
        case _ if trace.fetch_at:
            yield Step(about="waiting", text=f"it is looked at again for changes, {due}{tried}")


def _reason(reason: str, detail: str) -> str:
    return f"{reason} ({detail})" if detail else reason


def _times(n: int) -> str:
    return "once" if n == 1 else f"{n} times"


def _moment(at: datetime | None) -> str:
    return f"{at.astimezone():%Y-%m-%d %H:%M}" if at else ""

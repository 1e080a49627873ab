"""What `try stories` is given: lines that are stories, in the order in which they came."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from crawler.unlisted import host_of, language_of
from harborwatch.commands.try_inputs import BadLine, InputError, needed, object_of, text_of
from news import Dated, Precision, SourceError
from news.errors import quoted
from query.codes import LANGUAGES

#: what stories without a date are apart: they came one after the other
_APART = timedelta(milliseconds=1)
#: no press that we read is older, and nothing that is printed is from later
_YEARS = range(1900, 2200)


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryInput:
    """A line that is a story."""

    number: int
    #: as the line writes it
    id: str | int
    title: str
    text: str
    #: one of the ten codes, or "" where the text tells it
    language: str = ""
    published: Dated | None = None
    #: the id of an outlet, or "" where the address tells it
    outlet: str = ""
    url: str = ""


def story_inputs(lines: Iterable[bytes]) -> Iterator[StoryInput | BadLine]:
    """Yield what each line is. Empty lines are passed over; an id stands once."""
    first: dict[str | int, int] = {}
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        own: str | int | None = None
        try:
            said = object_of(line, '{"id": "1", "title": "…", "text": "…"}')
            own = _id(said)
            _check_once(own, first.setdefault(own, number), number)
            yield _story_input(said, own, number)
        except (InputError, SourceError) as error:
            yield BadLine(number=number, error=str(error), id=own)


def first_seen(given: Sequence[StoryInput], now: datetime) -> list[datetime]:
    """Return when each story came: when it was published, never before the one above it.

    One without a date came right after the one above it; what stands above
    the first date came with that, or now where there is no date at all.
    """
    last = next((one.published.at for one in given if one.published), now) - _APART
    seen = []
    for one in given:
        last += _APART
        if one.published is not None:
            last = max(last, one.published.at)
        seen.append(last)
    return seen


def _story_input(said: dict[str, Any], own: str | int, number: int) -> StoryInput:
    url = text_of(said, "url")
    if url:
        host_of(url)
    return StoryInput(
        number=number,
        id=own,
        title=text_of(said, "title"),
        text=needed(said, "text"),
        language=_language(text_of(said, "language")),
        published=_dated(text_of(said, "published")),
        outlet=text_of(said, "outlet"),
        url=url,
    )


def _check_once(own: str | int, first: int, number: int) -> None:
    if first != number:
        raise InputError(f'the "id" {quoted(str(own))} stands on line {first} already')


def _id(said: dict[str, Any]) -> str | int:
    own = said.get("id")
    if isinstance(own, int) and not isinstance(own, bool):
        return own
    return needed(said, "id")


def _language(written: str) -> str:
    code = language_of(written)
    if written and not code:
        known = ", ".join(sorted(LANGUAGES))
        raise InputError(
            f'unknown "language" {quoted(written)}; known are {known}; leave it out to have it told'
        )
    return code


def _dated(written: str) -> Dated | None:
    """Return a time; a bare day stands at its noon, UTC, and so does a time without a zone."""
    if not written:
        return None
    try:
        at, precision = _time(written)
    except (ValueError, OverflowError) as error:
        raise InputError(
            f'"published" is no time: {error}; write 2018-09-20T12:00Z or 2018-09-20'
        ) from error
    if at.year not in _YEARS:
        raise InputError(f'"published" is no time of a story: {at.year}')
    return Dated(at=at, text=written, zone="UTC", origin="line", precision=precision, confidence=1)


def _time(written: str) -> tuple[datetime, Precision]:
    try:
        day = date.fromisoformat(written)
    except ValueError:
        at = datetime.fromisoformat(written)
        return at.replace(tzinfo=at.tzinfo or UTC).astimezone(UTC), Precision.SECOND
    return datetime.combine(day, time(12), UTC), Precision.DAY

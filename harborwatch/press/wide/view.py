"""A view: one wide outlet at one moment, and the stories it shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from harborwatch.press.words import Words

from .dates import WIDE_FORMS, relative
from .gold import Precision
from .outlet import WideOutlet
from .phrases import Phrases
from .text import Text

#: Outlets publish a text within this many minutes after the first; a release within the hour.
SPREAD = 170
RELEASE_SPREAD = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A text at an outlet."""

    text: Text
    #: story, gallery, live, paywall or release.
    kind: str
    #: UTC.
    published: datetime
    #: As a content system gives it.
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """One outlet at one moment."""

    outlet: WideOutlet
    words: Words
    phrases: Phrases
    #: UTC.
    at: datetime
    #: 0 leaves the port out of addresses.
    port: int
    #: Newest first; only what is published by now.
    stories: tuple[Placed, ...]
    #: Headlines of other news, for boxes.
    headlines: tuple[str, ...]

    def base(self, host: str = "") -> str:
        """Give scheme, host and port; the canonical host unless one is named."""
        port = f":{self.port}" if self.port else ""
        return f"http://{host or self.outlet.name}.localhost{port}"

    def local(self, moment: datetime) -> datetime:
        """Give a moment in the outlet's zone."""
        return moment.astimezone(ZoneInfo(self.outlet.zone))

    def printed(self, moment: datetime) -> tuple[str, Precision]:
        """Print a moment in the outlet's form, and say how finely that tells it."""
        if self.outlet.date_form == "ago":
            return relative(moment, self.at, self.phrases.ago)
        form = WIDE_FORMS[self.outlet.date_form]
        return form.write(self.local(moment)), form.precision

    def others(self, placed: Placed) -> tuple[Placed, ...]:
        """Give the other stories, for boxes of links."""
        return tuple(each for each in self.stories if each != placed)


def place(outlet: WideOutlet, texts: Sequence[Text]) -> tuple[Placed, ...]:
    """Place the texts of an outlet's language at the outlet, oldest first."""
    own = [text for text in texts if _takes(outlet, text)]
    stories = [_placed(outlet, text, "release" if outlet.release else "story") for text in own]
    extras = zip(outlet.extras, sorted(own, key=lambda text: text.at), strict=False)
    stories += [_placed(outlet, text, kind) for kind, text in extras]
    return tuple(sorted(stories, key=lambda each: each.published))


def _takes(outlet: WideOutlet, text: Text) -> bool:
    if outlet.release:
        return text.slug == outlet.release
    return text.language == outlet.language and text.section != "releases"


def _placed(outlet: WideOutlet, text: Text, kind: str) -> Placed:
    late = timedelta(
        minutes=outlet.seed % (RELEASE_SPREAD if outlet.release else SPREAD),
        seconds=outlet.seed // 1000 % 60,
    )
    # What is no plain story follows an hour later at the same outlet.
    later = timedelta(minutes=0 if kind in ("story", "release") else 61)
    local = text.at.replace(tzinfo=ZoneInfo(outlet.zone)) + late + later
    published = local.astimezone(UTC)
    number = 20_000 + outlet.seed % 60_000 + int(published.timestamp()) // 60 % 9_000
    return Placed(text=text, kind=kind, published=published, number=number)


def stand(
    outlet: WideOutlet,
    placed: Sequence[Placed],
    words: Words,
    phrases: Phrases,
    headlines: tuple[str, ...],
    *,
    at: datetime,
    port: int,
) -> View:
    """Put together what an outlet shows at a moment."""
    shown = [each for each in placed if each.published <= at]
    return View(
        outlet=outlet,
        words=words,
        phrases=phrases,
        at=at,
        port=port,
        stories=tuple(reversed(shown)),
        headlines=headlines,
    )

"""What a story's page says of itself, in words: headlines, times, names, marks. Pure."""

from collections.abc import Iterator

from archive.keeping.stories import Revision
from harborwatch.address_trail import Step
from news import Dated
from news.saying import say, word


def page_steps(said: Revision) -> Iterator[Step]:
    """Say what a revision's page claims, and where each claim was read."""
    for origin, title in said.titles:
        yield Step(about="headline", text=f'{origin}: "{title}"')
    for at, date in enumerate(said.dates):
        text = say("{dated}, which is believed", dated=_dated(date)) if at == 0 else _dated(date)
        yield Step(about="dated", text=text, at=date.at)
    if not said.dates:
        yield Step(about="dated", text=say("nothing says when it was published"))
    if said.modified:
        yield Step(about="changed", text=_dated(said.modified), at=said.modified.at)
    for origin, name in said.bylines:
        yield Step(about="by", text=f"{name} ({origin})")
    claimed = {name for _, name in said.bylines}
    for name in said.authors:
        if name not in claimed:
            yield Step(about="by", text=say("{name} (the text)", name=name))
    yield from _marks(said)


def _dated(date: Dated) -> str:
    return say(
        '{origin} says "{text}" in {zone} (by the {precision}, {sure:.2f} sure)',
        origin=date.origin, text=date.text, zone=date.zone, precision=word(date.precision),
        sure=date.confidence,
    )  # fmt: skip


def _marks(said: Revision) -> Iterator[Step]:
    if said.agency:
        text = say("{agency} is named as the text's source", agency=said.agency)
        yield Step(about="agency", text=text)
    if said.section:
        yield Step(about="section", text=said.section)
    for image in said.images:
        yield Step(about="image", text=image)
    if said.paywalled:
        yield Step(about="mark", text=say("the page says that it is not free to read"))
    if said.live:
        yield Step(about="mark", text=say("the page says that it is a live blog"))

"""How found stories and their facets are shown."""

from collections.abc import Iterable, Sequence

import click
from rich.text import Text

from alerts.matching import hit_sentence
from archive.searching.facets import Facets
from archive.searching.search import Found
from harborwatch.commands import shown

#: values of a facet that a person is shown; JSON has all
MOST = 12


def show(found: Sequence[Found], *, as_json: bool) -> None:
    """Show stories: a table with marked words, lines with tabs in a pipe, or JSON."""
    if as_json:
        shown.json_lines(map(as_data, found))
    elif found:
        shown.table(("story", "seen", "outlet", "", "headline and hit"), map(_row, found))


def as_data(found: Found) -> dict[str, object]:
    """Return a story as it stands in JSON; spans count characters of title and hit."""
    story = found.story
    sentence, marks = hit_sentence(story, found.match)
    return {
        "id": story.id,
        "url": story.address,
        "title": story.title,
        "outlet": story.outlet,
        "country": story.country,
        "language": story.language,
        "published": story.published_at,
        "first_seen": story.first_seen_at,
        "topics": story.topics,
        "event": story.event,
        "copy_of": story.copy_of,
        "origin": story.origin,
        "origin_by": story.origin_by,
        "origin_story": story.origin_story,
        "release": story.release,
        "doubt": story.doubt,
        "hit": sentence,
        "hit_spans": marks,
        "title_spans": _title_spans(found),
        "words": sorted({hit.words for hit in found.match.hits}),
    }


def headline(found: Found) -> Text:
    """Return the headline with what was hit in it marked."""
    return marked(Text(found.story.title, style="bold"), _title_spans(found))


def marked(text: Text, spans: Iterable[tuple[int, int]]) -> Text:
    """Mark words in a text."""
    for begin, end in spans:
        text.stylize("bold yellow", begin, end)
    return text


def show_facets(facets: Facets, *, as_json: bool) -> None:
    """Show how many stories there are of what."""
    if as_json:
        values = {name: dict(counts) for name, counts in facets.values.items()}
        total = {"total": facets.total.n, "whole": facets.total.whole}
        shown.json_lines([total | {"facets": values}])
        return
    click.echo(f"{facets.total} stories")
    at_least = "" if facets.total.whole else "≥ "
    rows: list[tuple[str, str, str]] = []
    for name, counts in facets.values.items():
        rows += [(name, value or "not known", f"{at_least}{n:,}") for value, n in counts[:MOST]]
        if len(counts) > MOST:
            rows.append((name, f"… {len(counts) - MOST} more", ""))
    shown.table(("facet", "value", "stories"), rows)


def _title_spans(found: Found) -> list[tuple[int, int]]:
    return [(hit.start, hit.end) for hit in found.match.hits if hit.field == "title"]


def _row(found: Found) -> tuple[str | Text, ...]:
    story = found.story
    sentence, hits = hit_sentence(story, found.match)
    text = headline(found)
    if sentence and sentence != story.title:
        parts = [text, marked(Text(sentence), hits)]
        text = Text("\n" if shown.is_terminal() else " | ").join(parts)
    if shown.is_terminal():
        text.append(f"\n{story.address}", style="dim")
    else:
        text.append(f" | {story.address}")
    return (str(story.id), shown.when(story.first_seen_at), story.outlet, story.language, text)

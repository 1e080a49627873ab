"""Suggested names of a topic, shown."""

from collections.abc import Sequence

from rich.text import Text

from harborwatch.commands import found_stories, shown
from harborwatch.topic_suggestions import Suggestion


def show(found: Sequence[Suggestion], *, as_json: bool) -> None:
    """Show suggestions with how often they stand where, and one sentence of each."""
    if as_json:
        shown.json_lines(map(_data, found))
    elif found:
        columns = ("", "name?", "beside", "archive", "as in")
        shown.table(columns, map(_row, found))


def _row(one: Suggestion) -> tuple[str | Text, ...]:
    said = one.lacking
    at = said.sentence.find(said.words)
    marks = [(at, at + len(said.words))] if at >= 0 else []
    sentence = found_stories.marked(Text(said.sentence), marks)
    return said.language, said.words, str(said.stories), str(one.archive), sentence


def _data(one: Suggestion) -> dict[str, object]:
    said = one.lacking
    return {
        "language": said.language,
        "words": said.words,
        "beside": said.stories,
        "elsewhere": said.elsewhere,
        "archive": one.archive.n,
        "whole": one.archive.whole,
        "score": said.score,
        "sentence": said.sentence,
    }

"""Figures: the facts of a story, and those that are numbers, as digests compare them.

One value in plain units stands beside the printed form, never in its place:
RMB20 miliar, 200亿元 and 2 หมื่นล้านหยวน are all 20e9 CNY.
"""

from dataclasses import replace
from datetime import date

from news import Fact, Figure, Story
from pipelines.facts.reading import facts, figures_of, numbers
from pipelines.stages import Stage
from pipelines.topics import document_of
from query import Names


def figures(text: str, language: str) -> tuple[Figure, ...]:
    """Return the amounts, shares and counts in a text, in order.

    Years, days, times and bare ordinals are left out: they count nothing. A
    bare number is a count only with what it counts beside it, and is printed
    with it: "35 proyek", 59个项目.
    """
    return figures_of(numbers(text, language))


def facts_of(story: Story, names: Names) -> tuple[Fact, ...]:
    """Return the facts of a story's body; a headline repeats them."""
    near = story.published.at if story.published else story.first_seen_at
    hits = names.find(document_of(story))
    return facts(story.body, story.language, names, hits, date(near.year, near.month, near.day))


class Figures(Stage):
    """Story to story with its facts and figures."""

    def process_item(self, item: Story) -> Story:
        """Read the facts of the body."""
        found = facts_of(item, self.tools.names)
        return replace(item, facts=found, figures=figures_of(found))

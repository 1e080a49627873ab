"""The stage of facts: what a story says in numbers, days and names.

One value in plain units stands beside the printed form, never in its place:
RMB20 miliar, 200亿元 and 2 หมื่นล้านหยวน are all 20e9 CNY.
"""

from dataclasses import replace
from datetime import date

from news import Fact, Story
from pipelines.facts.reading import facts
from pipelines.stages import Stage
from pipelines.topics import document_of
from query import Names


def facts_of(story: Story, names: Names) -> tuple[Fact, ...]:
    """Return the facts of a story's body; a headline repeats them."""
    near = story.published.at if story.published else story.first_seen_at
    hits = names.find(document_of(story))
    return facts(story.body, story.language, names, hits, date(near.year, near.month, near.day))


class Facts(Stage):
    """Story to story with its facts."""

    def process_item(self, item: Story) -> Story:
        """Read the facts of the body."""
        return replace(item, facts=facts_of(item, self.tools.names))

"""Events: stories that tell of the same happening, in any language.

This stage finds what a story may share with other tellings. Which event it is
in, is found when it is stored (event_settling): from ties to other stories
(event_score), grouped by average linkage (event_groups), drawn again when a
revision or a vector comes (vectors).
"""

from dataclasses import replace

from news import Story
from pipelines.event_keys import event_keys
from pipelines.stages import Stage


class Events(Stage):
    """Story to story with its event keys."""

    def process_item(self, item: Story) -> Story:
        """Read the keys from topics, names, figures and days."""
        return replace(item, event_keys=event_keys(item, self.tools.names))

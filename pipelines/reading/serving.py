"""The child's side of a reading worker: what it can read."""

from pipelines import answering
from pipelines.answering import Tasks
from pipelines.reading.pages import read_further, read_page, tells_again
from pipelines.reading.paging import first_of, next_of
from pipelines.reading.sources.feeds import read_feed
from pipelines.reading.sources.listings import read_listing
from pipelines.reading.sources.sitemaps import read_sitemap
from pipelines.reading.sources.strangers import with_strangers
from pipelines.reading.sources.wordpress import read_wordpress

_TASKS: Tasks = {
    "feed": with_strangers(read_feed),
    "sitemap": with_strangers(read_sitemap),
    "listing": with_strangers(read_listing),
    "wordpress": with_strangers(read_wordpress),
    "page": read_page,
    "further": read_further,
    "again": tells_again,
    "next": next_of,
    "first": first_of,
}


def serve(fd: int, seconds: float, memory: int) -> None:
    """Read what is asked for until the parent goes; see answering.serve."""
    answering.serve(fd, seconds, memory, _TASKS)

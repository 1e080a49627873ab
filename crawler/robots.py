"""robots.txt of hosts that do not answer."""

from scrapy import Request
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response


class SilentRobots:
    """Downloader middleware: a robots.txt that gives no answer forbids nothing.

    The request behind it shows what is wrong with the host, as a poll with
    its outcome; Scrapy would print a traceback for every dead host.
    """

    def process_exception(self, request: Request, exception: Exception) -> Response | None:
        """Return an empty robots.txt in the place of a failure to get one."""
        if request.meta.get("dont_obey_robotstxt") and not isinstance(exception, IgnoreRequest):
            return Response(request.url, status=503)
        return None

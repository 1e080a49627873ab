"""Scrapy's settings, and the life of a story: the stages, top to bottom."""

from crawler.agent import user_agent

#: of a page alone: many may be in them at once, in any order
KEEPING = "pipelines.keep.Keep"
READING = "pipelines.read.Read"
ALONE = (
    "pipelines.normalise.Normalise",
    "pipelines.topics.Topics",
    "pipelines.facts.stage.Facts",
    "pipelines.events.Events",
)
#: beside all stories before it: one at a time, in the order in which pages were kept
IN_TURN = ("pipelines.copies.Copies", "pipelines.store.Store")
#: bytes to sentence: a page becomes a story at Read, and is in the archive at Store
STAGES = (KEEPING, READING, *ALONE, *IN_TURN)

BOT_NAME = "harborwatch"
SPIDER_MODULES = ["crawler.spiders"]
ITEM_PIPELINES = {stage: 100 * number for number, stage in enumerate(STAGES, 1)}
DEFAULT_DROPITEM_LOG_LEVEL = "DEBUG"

# One asyncio loop for crawl, schedule and workers; no reactor beside it.
TWISTED_REACTOR_ENABLED = False
ASYNCIO_EVENT_LOOP = "uvloop.Loop"
DOWNLOAD_HANDLERS = {
    "http": "crawler.download.GuardedDownload",
    "https": "crawler.download.GuardedDownload",
    "data": None,
    "file": None,
    "ftp": None,
    "s3": None,
}

USER_AGENT = user_agent()
ROBOTSTXT_OBEY = True
COOKIES_ENABLED = False
TELNETCONSOLE_ENABLED = False
# A port in each crawl that runs whatever Python it is sent: nobody here asks for that.
REMOTE_CONTROL_ENABLED = False
HTTPERROR_ALLOW_ALL = True
DOWNLOAD_VERIFY_CERTIFICATES = True

# The archive remembers what failed and when to try again, over restarts.
RETRY_ENABLED = False
REDIRECT_MAX_TIMES = 5

#: seconds for one answer from first byte to last, and the most of it
DOWNLOAD_TIMEOUT = 30
DOWNLOAD_MAXSIZE = 10 * 1024 * 1024
DOWNLOAD_WARNSIZE = 0

# Hosts are paced by crawler.pace; these only bound what is open or waits at
# once. Requests that wait for one host's moments must leave places to others.
CONCURRENT_REQUESTS = 500
CONCURRENT_REQUESTS_PER_DOMAIN = 2
# Of one answer: a story is one item, and Scrapy starts so many tasks for each answer.
CONCURRENT_ITEMS = 4
DOWNLOAD_DELAY = 0

DOWNLOADER_MIDDLEWARES = {
    "crawler.guard.Guard": 90,
    # Before what unpacks answers and follows redirects (590, 600): it keeps what these give.
    "crawler.robots.SilentRobots": 585,
}
EXTENSIONS = {"crawler.turns.LeaveTurns": 0}

#: seconds between two requests to one host
HARBORWATCH_PACE = 2.0
#: polls a day for each source, on average over all of them
HARBORWATCH_POLLS_PER_DAY = 48.0
#: minutes between two polls of one source, at least and at most
HARBORWATCH_SHORTEST_POLL = 5.0
HARBORWATCH_LONGEST_POLL = 360.0
#: whether addresses of private networks may be asked (law of the press, not of the web)
HARBORWATCH_ALLOW_PRIVATE = False

"""The engine behind the tasks: Procrastinate, in a schema of its own beside the archive."""

import asyncio
import logging
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from archive.postgresql import conninfo
from news import HarborwatchError

if TYPE_CHECKING:
    from procrastinate import App

_log = logging.getLogger(__name__)

#: the schema that holds the engine's tables: dropped and made anew with another
#: version of it, since no task holds anything that the archive does not
SCHEMA = "harborwatch_tasks"
#: seconds between two signs of life, and after which a worker's tasks are another's
HEARTBEAT, STALLED = 5.0, 20.0
#: seconds between two looks of a worker that found nothing to do
LOOK = 0.5
#: connections of a process for its tasks, and seconds that one is waited for: while the
#: server is away, a worker that is told to end has to wait that long, twice or so
_CONNECTIONS, _CONNECTING = 4, 10.0

#: a task's work: it is given what was deferred with it
Work = Callable[..., Awaitable[None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A task as it is handed out."""

    name: str
    queue: str
    #: what it is given; JSON
    given: Mapping[str, Any]
    #: one of these runs at a time; "" for any number
    alone: str = ""
    #: one of these waits at a time; "" for any number
    once: str = ""
    #: the higher is taken first
    priority: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Lost:
    """A task whose worker gave no sign of life any more, or that failed."""

    id: int
    name: str
    given: Mapping[str, Any]


class Tasks:
    """The tasks of one archive."""

    def __init__(self, app: "App") -> None:
        self._app = app

    async def defer(self, task: Task) -> bool:
        """Hand out a task; returns False where the like of it waits already."""
        from procrastinate.exceptions import AlreadyEnqueued

        made = self._app.configure_task(
            task.name,
            queue=task.queue,
            lock=task.alone or None,
            queueing_lock=task.once or None,
            priority=task.priority,
            allow_unknown=True,
        )
        try:
            await made.defer_async(**task.given)
        except AlreadyEnqueued:
            return False
        return True

    async def waiting(self) -> Counter[str]:
        """Return how many tasks wait, by queue."""
        asked = (
            "SELECT queue_name, count(*) AS tasks FROM procrastinate_jobs"
            " WHERE status = 'todo' GROUP BY queue_name"
        )
        rows = await self._app.connector.execute_query_all_async(asked)
        return Counter({row["queue_name"]: row["tasks"] for row in rows})

    async def stalled(self) -> list[Lost]:
        """Return the tasks whose workers gave no sign of life, and take them off the list."""
        # Signs that lie ahead were given before the server's clock was set back.
        await self._app.connector.execute_query_async(
            "UPDATE procrastinate_workers SET last_heartbeat = now() WHERE last_heartbeat > now()"
        )
        jobs = await self._app.job_manager.get_stalled_jobs(seconds_since_heartbeat=STALLED)
        return await self._dropped(
            [Lost(id=job.id or 0, name=job.task_name, given=job.task_kwargs) for job in jobs],
            "doing",
        )

    async def failed(self) -> list[Lost]:
        """Return the tasks that ended in an error, and take them off the list."""
        asked = "SELECT id, task_name, args FROM procrastinate_jobs WHERE status = 'failed'"
        rows = await self._app.connector.execute_query_all_async(asked)
        return await self._dropped(
            [Lost(id=row["id"], name=row["task_name"], given=row["args"]) for row in rows],
            "failed",
        )

    async def _dropped(self, lost: list[Lost], status: str) -> list[Lost]:
        for one in lost:
            await self._app.connector.execute_query_async(
                "DELETE FROM procrastinate_jobs WHERE id = %(id)s AND status::text = %(status)s",
                id=one.id,
                status=status,
            )
        return lost

    def takes(self, name: str, queue: str, work: Work) -> None:
        """Say what a task does."""
        self._app.task(name=name, queue=queue)(work)

    async def serve(self, queue: str, at_once: int, stop: asyncio.Event) -> None:
        """Run a queue's tasks, so many at a time, until told to stop; those in hand are finished.

        Raises what the engine raises where its tables cannot be reached.
        """
        from procrastinate.worker import Worker

        worker: Any = Worker(
            self._app,
            queues=[queue],
            concurrency=at_once,
            fetch_job_polling_interval=LOOK,
            # What is told by asking every half second need not be listened for.
            listen_notify=False,
            delete_jobs="successful",
            install_signal_handlers=False,
            update_heartbeat_interval=HEARTBEAT,
            stalled_worker_timeout=STALLED,
        )
        running = asyncio.create_task(worker.run())
        stopped = asyncio.create_task(stop.wait())
        try:
            await asyncio.wait((running, stopped), return_when=asyncio.FIRST_COMPLETED)
            worker.stop()
            await running
        finally:
            stopped.cancel()


@asynccontextmanager
async def opened(address: str) -> AsyncIterator[Tasks]:
    """Open the tasks of an archive on PostgreSQL. Raises HarborwatchError where that cannot be."""
    try:
        from procrastinate import App, PsycopgConnector
        from procrastinate.exceptions import ConnectorException
    except ModuleNotFoundError as error:
        what = 'tasks = "procrastinate" needs an extra: pip install "harborwatch[workers]"'
        raise HarborwatchError(what) from error
    connector = PsycopgConnector(
        conninfo=conninfo(address),
        kwargs={"options": f"-c search_path={SCHEMA}"},
        min_size=1,
        max_size=_CONNECTIONS,
        timeout=_CONNECTING,
    )
    try:
        async with App(connector=connector).open_async() as app:
            await _made(connector)
            yield Tasks(app)
    except ConnectorException as error:
        raise HarborwatchError(f"the tasks' tables cannot be used: {error}") from error


async def _made(connector: Any) -> None:
    """Make the engine's tables where there are none, or those of another version."""
    import procrastinate
    from procrastinate.schema import SchemaManager

    version = procrastinate.__version__
    async with connector.pool.connection() as db:
        await db.execute("SELECT pg_advisory_xact_lock(hashtextextended('harborwatch tasks', 0))")
        asked = f"SELECT obj_description(to_regnamespace('{SCHEMA}'), 'pg_namespace')"
        row = await (await db.execute(asked)).fetchone()
        if row is None or row[0] != version:
            _log.info("the tasks' tables are made, for procrastinate %s", version)
            await db.execute(f"DROP SCHEMA IF EXISTS {SCHEMA} CASCADE")
            await db.execute(f"CREATE SCHEMA {SCHEMA}")
            await db.execute(f"COMMENT ON SCHEMA {SCHEMA} IS '{version}'")
            await db.execute(SchemaManager.get_schema())

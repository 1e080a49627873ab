"""The queues, and the tasks that wait in them."""

from crawler.batches import Batch
from harborwatch.tasks.engine import Task

#: a worker serves all of these, or some, so many tasks of each at a time: polls and
#: deliveries wait for others' machines, readings and settling take a processor
QUEUES = {"polls": 4, "reading": 2, "settling": 1, "telling": 2}

#: what is furthest on its way goes first
_FIRST, _SECOND, _LAST = 20, 10, 0


def poll(batch: Batch[str]) -> Task:
    """Return the task of polling sources."""
    return Task(name="poll", queue="polls", given=_given(batch), priority=_LAST)


def fetch(batch: Batch[int]) -> Task:
    """Return the task of fetching addresses that wait."""
    return Task(name="fetch", queue="polls", given=_given(batch), priority=_SECOND)


def read(pages: list[int]) -> Task:
    """Return the task of reading pages ahead of their turn."""
    return Task(name="read", queue="reading", given={"pages": pages})


def single(name: str, queue: str) -> Task:
    """Return a task of which one waits and one runs at a time."""
    return Task(name=name, queue=queue, given={}, alone=name, once=name, priority=_FIRST)


SETTLE = single("settle", "settling")
UNDERSTAND = single("understand", "settling")
TELL = single("tell", "telling")
TIDY = single("tidy", "telling")
#: deliveries are claimed one by one: any number of workers may send side by side
DELIVER = Task(name="deliver", queue="telling", given={}, once="deliver")


def _given(batch: Batch[str] | Batch[int]) -> dict[str, object]:
    return {"ids": list(batch.ids), "leased": batch.leased.isoformat()}

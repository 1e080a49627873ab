"""Ours, with what each stage of a story's life takes of a processor, and the workers."""

import os
import time
from collections import defaultdict
from collections.abc import Callable, Coroutine, Generator
from datetime import datetime
from functools import wraps
from types import coroutine
from typing import Any

from drive_harborwatch import Harborwatch
from driving import drive
from processors import processor, spent_by_children
from scrapy.utils.misc import load_object

from crawler.settings import STAGES
from harborwatch import work

#: seconds by part of the way, of the poll that is under way
taken: dict[str, float] = defaultdict(float)


class Staged(Harborwatch):
    """The same program; its stages are watched from outside."""

    def __init__(self, assignment: dict[str, Any]) -> None:
        for path in STAGES:
            watch(load_object(path))
        super().__init__(assignment)
        self.polls: list[dict[str, float]] = []

    async def _poll(self, at: datetime) -> list[str]:
        self.clock.advance(max(at, self.clock.now()))
        taken.clear()
        own, workers, began = time.process_time(), spent_by_children(), time.monotonic()
        await self.collect()
        stages = sum(taken.values())
        told = {
            "wall": time.monotonic() - began,
            "polls, download and the loop": time.process_time() - own - stages,
            "read, in workers": spent_by_children() - workers,
            **taken,
        }
        before = processor(os.getpid())
        await work.tell(self.program)
        told["match, compose, deliver"] = processor(os.getpid()) - before
        self.polls.append(told)
        return []

    def result(self) -> dict[str, Any]:
        return {**super().result(), "polls": self.polls}


def watch(stage: type) -> None:
    """Add what a stage takes to its name, whether it waits for something or not."""
    name, does = stage.__name__.lower(), stage.process_item

    @wraps(does)
    def watched(self: Any, item: Any) -> Any:
        began = time.thread_time()
        done = does(self, item)
        if hasattr(done, "send"):
            return stepped(done, name)
        taken[name] += time.thread_time() - began
        return done

    stage.process_item = watched


@coroutine
def stepped(inner: Coroutine[Any, Any, Any], name: str) -> Generator[Any, Any, Any]:
    """Run a coroutine as it would run, and count only the steps that are its own."""
    step: Callable[[Any], Any] = inner.send
    given: Any = None
    while True:
        began = time.thread_time()
        try:
            waited = step(given)
        except StopIteration as end:
            return end.value
        finally:
            taken[name] += time.thread_time() - began
        try:
            step, given = inner.send, (yield waited)
        except BaseException as error:  # noqa: BLE001 - it is the inner one's to catch
            step, given = inner.throw, error


if __name__ == "__main__":
    drive(Staged)

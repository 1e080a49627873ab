"""Many inputs at the speed of the machine: all its cores at once, answers in the inputs' order."""

import asyncio
import os
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from typing import TypeVar

Given = TypeVar("Given")
Answer = TypeVar("Answer")

#: Answers that wait for a slow one before them: with 60 pages a second, what
#: comes in while one is killed at its time limit.
_AHEAD = 1000


def cores() -> int:
    """Return how many processor cores this process may use."""
    return (
        len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    )


async def in_order(
    given: Iterable[Given], answer: Callable[[Given], Awaitable[Answer]], at_once: int
) -> AsyncIterator[Answer]:
    """Yield the answer to each input, in the inputs' order; `at_once` are worked on."""
    free = asyncio.Semaphore(at_once)

    async def answered(one: Given) -> Answer:
        async with free:
            return await answer(one)

    open_: deque[asyncio.Task[Answer]] = deque()
    try:
        inputs = iter(given)
        # Reading a pipe may take as long as its writer likes: not on the loop.
        while one := await asyncio.to_thread(_next, inputs):
            open_.append(asyncio.create_task(answered(one[0])))
            while open_ and (len(open_) >= _AHEAD or open_[0].done()):
                yield await open_.popleft()
        while open_:
            yield await open_.popleft()
    finally:
        for task in open_:
            task.cancel()
        await asyncio.gather(*open_, return_exceptions=True)


def _next(inputs: Iterable[Given]) -> tuple[Given] | None:
    """Return the next input; None at the end. StopIteration may not leave a thread."""
    for one in inputs:
        return (one,)
    return None

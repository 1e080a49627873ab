"""Turns: pages are read side by side, but stories go on one at a time, in order.

Two copies that were compared with the archive at the same moment would each
see no earlier one; and replay gives the same groups only in the same order.
"""

import asyncio


class Turns:
    """Who is on the way, and whose turn it is: the lowest page number first."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._moved = asyncio.Event()

    def enter(self, key: str, number: int) -> None:
        """Take a number: the page's, in the order in which pages were kept."""
        self._numbers[key] = number

    async def alone(self, key: str) -> None:
        """Return when no page of this address is on the way.

        Two ways may each have a changed story fetched again while its page before waits.
        """
        while key in self._numbers:
            moved = self._moved
            await moved.wait()

    async def wait(self, key: str) -> None:
        """Return when every page with a lower number has left."""
        while self._numbers[key] != min(self._numbers.values()):
            moved = self._moved
            await moved.wait()

    def leave(self, key: str) -> None:
        """Let the next one on. Leaving twice, or without a number, does nothing."""
        if self._numbers.pop(key, None) is not None:
            self._moved.set()
            self._moved = asyncio.Event()

"""Turns: stories go on one at a time, in the order in which their pages were kept."""

import asyncio
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pipelines_tellings import page, tools

from archive import Archive
from news import Page
from pipelines.stages import Dropped, Stage, run
from pipelines.turns import Turns
from query import Names, Topics


@given(st.lists(st.integers(0, 99), unique=True, min_size=1), st.randoms())
def test_the_lowest_number_goes_first(numbers: list[int], chance: random.Random) -> None:
    """Whoever reads fastest, pages leave in the order of their numbers, one at a time."""
    passed: list[int] = []

    async def read(turns: Turns, number: int) -> None:
        for _ in range(chance.randint(0, 5)):
            await asyncio.sleep(0)
        await turns.wait(str(number))
        inside = len(passed)
        await asyncio.sleep(0)
        assert len(passed) == inside, "two at a time"
        passed.append(number)
        turns.leave(str(number))

    async def crawl() -> None:
        turns = Turns()
        for number in numbers:
            turns.enter(str(number), number)
        shuffled = chance.sample(numbers, len(numbers))
        await asyncio.gather(*(read(turns, number) for number in shuffled))

    asyncio.run(asyncio.wait_for(crawl(), 10))
    assert passed == sorted(numbers)


async def test_who_leaves_lets_the_next_one_on() -> None:
    """One that was dropped before its turn holds nobody up; leaving twice is harmless."""
    turns = Turns()
    for number in (1, 2, 3):
        turns.enter(str(number), number)
    waits = asyncio.create_task(turns.wait("3"))
    await asyncio.sleep(0)
    turns.leave("2")
    turns.leave("2")
    turns.leave("never entered")
    await asyncio.sleep(0)
    assert not waits.done()
    turns.leave("1")
    await asyncio.wait_for(waits, 1)


async def test_a_later_page_does_not_wait_for_itself() -> None:
    """Alone, or as the lowest, a page goes on at once."""
    turns = Turns()
    turns.enter("7", 7)
    await asyncio.wait_for(turns.wait("7"), 1)
    turns.enter("9", 9)
    await asyncio.wait_for(turns.wait("7"), 1)


class Fails(Stage):
    """A stage that breaks, or drops what it is given."""

    async def process_item(self, item: Page) -> Page:
        if item.key == "drop":
            raise Dropped("too-short", "three words")
        if item.key == "break":
            raise ZeroDivisionError
        return item


@pytest.mark.parametrize(("key", "ends"), [("1", True), ("drop", False)])
async def test_a_page_leaves_however_it_ends(
    archive: Archive, topics: Topics, names: Names, key: str, ends: bool
) -> None:
    """Stored, dropped or broken: a page that took its way through the stages is in nobody's way."""
    made = tools(archive, topics, names)
    made.turns.enter(key, 1)
    made.turns.enter("break", 2)
    made.turns.enter("next", 3)
    assert await run([Fails(made)], page("indotelko", key), made.turns) is ends
    with pytest.raises(ZeroDivisionError):
        await run([Fails(made)], page("indotelko", "break"), made.turns)
    await asyncio.wait_for(made.turns.wait("next"), 1)


async def test_two_pages_of_one_address_are_never_on_the_way_together() -> None:
    """An address that is fetched again while its page before waits is kept when that has left."""
    turns, kept = Turns(), list[int]()

    async def keep(number: int) -> None:
        await turns.alone("one")
        turns.enter("one", number)
        kept.append(number)
        await turns.wait("one")
        turns.leave("one")

    turns.enter("another", 0)
    on_the_way = [asyncio.create_task(keep(number)) for number in (1, 2, 3)]
    for _ in range(5):
        await asyncio.sleep(0)
    assert kept == [1]
    turns.leave("another")
    await asyncio.wait_for(asyncio.gather(*on_the_way), 1)
    assert kept == [1, 2, 3]

"""Was each watched story told once to each reader, by the mails that came?"""

from collections import Counter, defaultdict
from datetime import datetime

from post import READERS, Post
from serving import Served
from sqlalchemy import select
from verdict import Verdict
from world import HOUR

from archive import Archive
from archive.tables import stories


def judge_telling(
    served: Served, post: Post, archive: Archive, in_hand: Counter[str], verdict: Verdict
) -> None:
    """Every watched story that is news is told once to each of the readers, history to none.

    A message comes again at most as often as deaths had it in hand (see in_hand).
    """
    ids = Counter(mail.message_id for mail in post.taken)
    again = sum(ids.values()) - len(ids)
    for message, times in ids.items():
        verdict.expect(
            times - 1 <= in_hand[message],
            f"{message} came {times} times, and {in_hand[message]} deaths had it in hand",
        )
    news, history = _kept(served, archive, verdict)
    told: defaultdict[tuple[str, tuple[str, int]], set[str]] = defaultdict(set)
    for mail in post.taken:
        for story in mail.stories:
            told[mail.reader, story].add(mail.message_id)
    for reader in READERS:
        for story in sorted(news):
            times = len(told[reader, story])
            verdict.expect(times == 1, f"{story} was told {times} times to {reader}")
        early = [story for story in history if told[reader, story]]
        verdict.expect(not early, f"history was told to {reader}: {early[:5]}")
    beside = {story for _, story in told if told[_, story]} - news - history
    verdict.numbers |= {
        "watched stories told": f"{len(news)} to each of {len(READERS)}", "mails": len(ids),
        "mails that came again": again, "mails in hand at a death": in_hand.total(), "mails turned away": post.turned_away,
        "told beside, in the same event": len(beside),
    }  # fmt: skip


def _kept(
    served: Served, archive: Archive, verdict: Verdict
) -> tuple[set[tuple[str, int]], set[tuple[str, int]]]:
    """Return the watched stories that are archived as news, and as history."""
    begun: dict[str, datetime] = {}
    for hit in served.log:
        if hit.listed:
            begun.setdefault(hit.host, hit.at)
    news: set[tuple[str, int]] = set()
    history: set[tuple[str, int]] = set()
    with archive.read() as db:
        rows = db.execute(select(stories.c.outlet, stories.c.address, stories.c.history)).all()
    for row in rows:
        number = int(row.address.split("/news/")[1].split("/")[0])
        outlet = served.world.outlets[row.outlet]
        if number > len(outlet.stories):
            continue
        story = outlet.stories[number - 1]
        if story.watched:
            (history if row.history else news).add((row.outlet, number))
        young = story.at > begun[row.outlet] + HOUR
        verdict.expect(not (row.history and young), f"{row.outlet} story {number} of {story.at} is history")  # fmt: skip
    return news, history

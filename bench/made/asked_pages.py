"""The pages that a bench asks for, by kind, and the topics that make some of them heavy."""

import contextlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from urllib.parse import quote

from made.corpus import PLANTED, RATES

from archive import open_archive
from archive.keeping.stories import load

#: names that one story of the language in a hundred has
NAMES = [names[1] for names in PLANTED.values()]
#: files and an editor's pages are asked for once where each other page is asked for so often
OFTEN = 4
RARE = frozenset(
    ("/search.csv", "/topics/ID/workbench", "/topics/ID/names", "/topics/ID/feed.atom")
)


def kinds_of_pages(address: str, stories: int) -> Mapping[str, Sequence[str]]:
    """Return the addresses of each kind of page, old and new ones of the archive."""
    searches = [f"/search?q={quote(name)}" for name in NAMES]
    numbers = [stories // 7, stories // 2, stories - 5]
    with contextlib.closing(open_archive(address)) as archive, archive.read() as db:
        events = [one.event for one in load(db, numbers)]
    return {
        "/": ["/"],
        "/search": searches,
        "/search by relevance": [f"{one}&sort=relevance" for one in searches],
        "/search, later page": [f"{searches[0]}&before={n}" for n in numbers],
        "/search, nothing asked": ["/search"],
        "/search.atom": [f"/search.atom?q={quote(name)}" for name in NAMES],
        "/search.csv": [f"/search.csv?q={quote(NAMES[0])}"],
        "/try": [f"/try?q={quote(name)}" for name in NAMES],
        "/help": ["/help"],
        "/stories/N": [f"/stories/{n}" for n in numbers],
        "/events/N": [f"/events/{n}" for n in events],
        "/topics": ["/topics"],
        "/topics/ID, 1 of 10": ["/topics/planted-0"],
        "/topics/ID": ["/topics/planted-1", "/topics/planted-2", "/topics/bri"],
        "/topics/ID/feed.atom": ["/topics/planted-0/feed.atom"],
        "/topics/ID/names": ["/topics/planted-0/names"],
        "/topics/ID/workbench": [f"/topics/planted-1/workbench?text={quote(NAMES[0])}"],
        "/watches": ["/watches"],
        "/sources": ["/sources"],
        "/sources/ID": ["/sources/o0/feed"],
        "/digests": ["/digests"],
        "/explain": [f"/explain?address={n}&q={quote(NAMES[0])}" for n in numbers],
    }


def own_topics(home: Path) -> None:
    """Write topic files of the names that are planted in so many of the stories."""
    folder = home / "topics"
    folder.mkdir(exist_ok=True)
    for at in range(len(RATES)):
        names = "\n".join(f'{language} = ["{PLANTED[language][at]}"]' for language in PLANTED)
        head = f'id = "planted-{at}"\ntitle = "Planted {at}"\ntier = 2\nrelation = "direct"\n'
        text = f'{head}definition = "A name of the bench."\n\n[sure]\n{names}\n'
        (folder / f"planted-{at}.toml").write_text(text, "utf-8")

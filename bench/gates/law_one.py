"""Gate: what alerts you is what you find, on 10,000 made-up cases.

    bench/gates/law_one.py [CASES]

A case is a question and the made-up story that it was drawn from, in six
scripts; no question is asked twice. All stories of its archive are compared
too. Asked are the matcher, a percolator that holds the question among others,
the search of an archive on SQLite and of one on a real PostgreSQL, and a naive
evaluator that shares no code with the product. Cases are the same every time.
Every operator must be in at least 5 % of the yes and of the no cases, and a
third of all cases yes.
"""

import random
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from unittest import mock

HERE = Path(__file__).resolve().parent
TESTS = HERE.parents[1] / "tests"
sys.path[:0] = [str(HERE.parents[1]), str(TESTS / "query")]
sys.path[:0] = [str(TESTS / "archive"), str(TESTS / "archive" / "postgres")]

from archive_witnesses import Witnesses, disagreements, tell  # noqa: E402
from postgres_server import Server, running  # noqa: E402
from query_questions import KINDS, Asked, a_question  # noqa: E402
from query_worlds import Telling, telling  # noqa: E402

from archive import Archive, open_archive  # noqa: E402
from query import index_query  # noqa: E402

CASES, SEED = 10_000, 18_092_018
#: shares of cases: each operator's among yes and no, and yes among all
LEAST, LEAST_YES = 0.05, 1 / 3
#: questions put to one archive, stories told in it, and how many of them are revisions
TOGETHER, STORIES, REVISED = 400, 16, 4
#: rows of a page of search: one page holds all, or several do
PAGES = (7, 50)


@dataclass
class Counts:
    """What was asked and answered."""

    yes: Counter[str] = field(default_factory=Counter)
    no: Counter[str] = field(default_factory=Counter)
    #: questions, no two alike
    asked: set[str] = field(default_factory=set)
    #: pairs of a question and a story on which all were compared
    pairs: int = 0
    #: questions that the index decides alone, and that search refuses
    exact: int = 0
    refused: int = 0
    wrong: list[str] = field(default_factory=list)

    @property
    def cases(self) -> int:
        return self.yes["all"] + self.no["all"]


@dataclass(frozen=True)
class Databases:
    """An archive on each kind of database, emptied for every batch."""

    server: Server
    #: the name of the database on the server
    name: str
    #: the folder of the files
    folder: Path

    @classmethod
    def on(cls, server: Server, folder: Path) -> "Databases":
        made = cls(server, server.make("template0"), folder)
        for archive in made.opened().values():
            archive.close()
        shutil.copy(folder / "archive.db", folder / "empty.db")
        return made

    def opened(self) -> dict[str, Archive]:
        file, address = self.folder / "archive.db", self.server.address(self.name)
        return {"SQLite": open_archive(f"sqlite:///{file}"), "PostgreSQL": open_archive(address)}

    @contextmanager
    def empty(self) -> Iterator[dict[str, Archive]]:
        self.server.empty(self.name)
        for left in self.folder.glob("archive.db*"):
            left.unlink()
        shutil.copy(self.folder / "empty.db", self.folder / "archive.db")
        archives = self.opened()
        try:
            yield archives
        finally:
            for archive in archives.values():
                archive.close()


def main(arguments: list[str]) -> int:
    # The runner of all gates names a folder of real data first; this one needs none.
    cases = int(arguments[0]) if arguments and arguments[0].isdigit() else CASES
    chance, counts, begun = random.Random(SEED), Counts(), time.monotonic()
    with (
        running() as server,
        tempfile.TemporaryDirectory() as files,
        # So that PostgreSQL's second way to the newest rows is taken too.
        mock.patch("archive.indexing.tsearch._RECENT", 4),
    ):
        databases = Databases.on(server, Path(files))
        while counts.cases < cases:
            batch(databases, chance, counts, min(TOGETHER, cases - counts.cases))
    return verdict(counts, time.monotonic() - begun)


def batch(databases: Databases, chance: random.Random, counts: Counts, wanted: int) -> None:
    """Tell stories to empty archives, draw questions from them and put these to all."""
    tellings = [telling(chance) for _ in range(STORIES + REVISED)]
    with databases.empty() as archives, ExitStack() as opened:
        with ExitStack() as writing:
            dbs = [writing.enter_context(archive.write()) for archive in archives.values()]
            held = tell(dbs, tellings, REVISED)
        reading = {n: opened.enter_context(archive.read()) for n, archive in archives.items()}
        drawn = list(questions(chance, held, counts, wanted))
        witnesses = Witnesses(reading, held, [asked for _, asked in drawn])
        for at, (number, _) in enumerate(drawn):
            judge(witnesses, at, number, chance.choice(PAGES), counts)


def questions(
    chance: random.Random, held: list[Telling], counts: Counts, wanted: int
) -> Iterator[tuple[int, Asked]]:
    """Yield questions that were not asked before, each with the number of its story."""
    while wanted:
        number = chance.randint(1, len(held))
        asked = a_question(chance, held[number - 1])
        if asked.text not in counts.asked:
            counts.asked.add(asked.text)
            wanted -= 1
            yield number, asked


def judge(witnesses: Witnesses, at: int, number: int, page: int, counts: Counts) -> None:
    asked, query = witnesses.questions[at]
    given = witnesses.answers(at, page)
    if given is None:
        counts.refused += 1
        return
    counts.wrong += disagreements(asked, given)
    counts.pairs += witnesses.stories
    counts.exact += index_query(query).exact
    (counts.yes if number in given["naive"] else counts.no).update({*asked.kinds, "all"})


def verdict(counts: Counts, seconds: float) -> int:
    yes, no = counts.yes["all"], counts.no["all"]
    print(
        f"{yes + no:,} cases, no question twice: {yes:,} yes ({yes / (yes + no):.0%}), {no:,} no"
    )
    print(f"{counts.pairs:,} pairs of question and story, {seconds:.0f} s")
    print(f"the index alone decided {counts.exact:,}, search refused {counts.refused:,} more")
    print(f"{'operator':12}{'yes':>8}{'of yes':>9}{'no':>8}{'of no':>9}")
    rare = []
    for kind in KINDS:
        shares = counts.yes[kind] / max(yes, 1), counts.no[kind] / max(no, 1)
        print(
            f"{kind:12}{counts.yes[kind]:8,}{shares[0]:9.1%}{counts.no[kind]:8,}{shares[1]:9.1%}"
        )
        rare += [kind] if min(shares) < LEAST else []
    if yes < LEAST_YES * (yes + no):
        rare.append("yes")
    print(f"disagreements: {len(counts.wrong)}")
    print("\n".join(counts.wrong[:20]))
    if rare:
        print(f"too rare to say anything: {', '.join(rare)}")
    return 1 if counts.wrong or rare else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))

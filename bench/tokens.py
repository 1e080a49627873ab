"""Scripts without spaces as letters, as pairs of letters, or as a dictionary's words.

What each way costs in FTS5, and whether it keeps the law that whatever stands
in a story is found. Letters with their marks are what Harborwatch indexes;
pairs overlap, and a last letter stands alone so that every letter begins a
token; words are those of ICU's dictionaries, in story and query alike.

Size and speed: made-up words with the frequencies of the press. The law: real
Chinese and Thai words drawn by the same frequencies, since a dictionary knows
no made-up ones.
"""

import random
import sqlite3
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from itertools import accumulate
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

import icu  # noqa: E402
from made.real_words import REAL_WORDS  # noqa: E402
from made.stories import stories  # noqa: E402

from query import FTS5_TOKENIZE, fold, tokens  # noqa: E402
from query.tokens import BREAK, is_unspaced  # noqa: E402

#: made-up stories of each language for size and speed, of 1.4 kB; real ones for the law
STORIES, SIZE, REAL = 4_000, 1_400, 1_000
QUESTIONS = 400

Way = Callable[[str], list[str]]


def letters(text: str) -> list[str]:
    return [token.text for token in tokens(fold(text))]


def pairs(text: str) -> list[str]:
    split = letters(text)
    ends = [*split[1:], BREAK]
    joint = [
        is_unspaced(one) and BREAK not in (one, end) and is_unspaced(end)
        for one, end in zip(split, ends, strict=True)
    ]
    return [
        one + end if together else one
        for one, end, together in zip(split, ends, joint, strict=True)
    ]


def words(text: str) -> list[str]:
    folded = fold(text).text
    breaks = icu.BreakIterator.createWordInstance(icu.Locale.getRoot())
    breaks.setText(folded)
    ends = list(breaks)
    found = (folded[a:b].strip() for a, b in zip([0, *ends], ends, strict=False))
    return [word for word in found if any(map(str.isalnum, word))]


WAYS: dict[str, Way] = {"letters": letters, "pairs": pairs, "words": words}


def main() -> int:
    made = {language: [] for language in REAL_WORDS}
    for story in stories(2018, STORIES * 5, SIZE):
        if story.language in made:
            made[story.language].append(f"{story.title} {story.body}")
    real = {language: real_stories(language) for language in REAL_WORDS}
    print(
        f"size and speed: {STORIES:,} made-up stories of {SIZE / 1000} kB; counts of {QUESTIONS} pieces of 2-4 letters"
    )
    print(
        f"the law: {REAL:,} stories of real words; every story that holds a piece is to be found\n"
    )
    print(
        f"{'':4}{'way':9}{'bytes a story':>14}{'ms p50':>8}{'p95':>8}{'pieces found':>14}{'words found':>13}{'wrong':>7}"
    )
    for language in REAL_WORDS:
        for name, way in WAYS.items():
            report(language, name, way, made[language], real[language])
    return 0


def real_stories(language: str) -> list[str]:
    """Return texts of real words by Zipf's law, with a space or comma now and then."""
    chance, known = random.Random(language), REAL_WORDS[language]
    weights = list(accumulate(1 / (rank + 2.7) for rank in range(len(known))))
    comma = "，" if language == "zh" else " "
    return [
        "".join(
            w + comma * (chance.random() < 0.1)
            for w in chance.choices(known, cum_weights=weights, k=60)
        )
        for _ in range(REAL)
    ]


def report(language: str, name: str, way: Way, made: Sequence[str], real: Sequence[str]) -> None:
    with closing(filled(made, way)) as db:
        size = db.execute("SELECT sum(length(block)) FROM story_data").fetchone()[0] / len(made)
        taken = [asked(db, way, piece)[1] for piece in pieces(made)]
    p50, p95 = statistics.median(taken), sorted(taken)[int(len(taken) * 0.95)]
    with closing(filled(real, way)) as db:
        found, wrong = law(db, way, real, pieces(real))
        named, _ = law(db, way, real, REAL_WORDS[language])
    print(
        f"{language:4}{name:9}{size:14,.0f}{p50:8.2f}{p95:8.2f}{found:14.1%}{named:13.1%}{wrong:7}"
    )


def filled(texts: Sequence[str], way: Way) -> sqlite3.Connection:
    db = sqlite3.connect(":memory:")
    db.execute(
        f'CREATE VIRTUAL TABLE story USING fts5(text, content="", tokenize="{FTS5_TOKENIZE}")'
    )
    rows = ((number, " ".join(way(text))) for number, text in enumerate(texts))
    db.executemany("INSERT INTO story (rowid, text) VALUES (?, ?)", rows)
    db.execute("INSERT INTO story (story) VALUES ('optimize')")
    return db


def pieces(texts: Sequence[str]) -> list[str]:
    """Draw pieces of 2 to 4 letters from the texts, as a person may type them."""
    chance, drawn = random.Random(7), list[str]()
    while len(drawn) < QUESTIONS:
        split = letters(chance.choice(texts))
        start = chance.randrange(len(split))
        piece = split[start : start + chance.randint(2, 4)]
        if BREAK not in piece and len(piece) > 1 and all(map(is_unspaced, piece)):
            drawn.append("".join(piece))
    return drawn


def asked(db: sqlite3.Connection, way: Way, piece: str) -> tuple[set[int], float]:
    """Return the stories in which a way finds a piece, and milliseconds."""
    split = way(piece)
    # The last pair is a letter alone: it may go on, or the pair before has it already.
    star = "*" if way is pairs and len(split) == 1 else ""
    split = split[:-1] if way is pairs and len(split) > 1 else split
    began = time.process_time()
    rows = db.execute(
        "SELECT rowid FROM story WHERE story MATCH ?", (f'"{" ".join(split)}"{star}',)
    ).fetchall()
    return {number for (number,) in rows}, (time.process_time() - began) * 1000


def law(
    db: sqlite3.Connection, way: Way, texts: Sequence[str], wanted: Sequence[str]
) -> tuple[float, int]:
    """Return the share of (piece, story) pairs that are found, and how many are found wrongly."""
    split = [f" {' '.join(letters(text))} " for text in texts]
    there = found = wrong = 0
    for piece in wanted:
        held = {n for n, text in enumerate(split) if f" {' '.join(letters(piece))} " in text}
        given, _ = asked(db, way, piece)
        there, found, wrong = (
            there + len(held),
            found + len(held & given),
            wrong + len(given - held),
        )
    return found / there, wrong


if __name__ == "__main__":
    raise SystemExit(main())

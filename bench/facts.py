"""How many stories a second are tagged and read for facts, on one core.

    bench/facts.py [ROUNDS]

Stories are the open happenings of bench/gates, in ten languages, each with all
its body. Counted is CPU time: folding, the topics put to the story at once,
the gazetteer, and the facts; beside each of these alone.
"""

import json
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent)]

from pipelines.facts.reading import facts, numbers  # noqa: E402
from pipelines.topics import together  # noqa: E402
from query import Document, Names, Topics  # noqa: E402

#: what tags and facts together must reach, and the day that days are near to
LEAST, NEAR = 300, date(2026, 4, 1)


def main(arguments: list[str]) -> int:
    rounds = int(arguments[0]) if arguments else 5
    lines = (HERE / "gates" / "happenings" / "open.jsonl").read_text("utf-8").splitlines()
    stories = [json.loads(line) for line in lines]
    topics, names = together(Topics.shipped()), Names.shipped()

    def folded(story: dict[str, str]) -> Document:
        language = story["language"].partition("-")[0]
        return Document.of(title=story["title"], body=story["text"], language=language)

    def read(story: dict[str, str], document: Document) -> None:
        facts(story["text"], document.language, names, names.find(document), NEAR)

    def both(story: dict[str, str]) -> None:
        document = folded(story)
        topics.match(document)
        read(story, document)

    documents = [folded(story) for story in stories]
    ready = {id(story): document for story, document in zip(stories, documents, strict=True)}
    size = sum(len(story["text"]) for story in stories) / len(stories)
    print(f"{len(stories)} stories, {size:.0f} characters each, {rounds} rounds")
    speed("folded and split", stories, rounds, folded)
    speed("topics", stories, rounds, lambda story: topics.match(ready[id(story)]))
    speed("names", stories, rounds, lambda story: names.find(ready[id(story)]))
    speed("numbers", stories, rounds, lambda story: numbers(story["text"], story["language"]))
    speed("facts with names", stories, rounds, lambda story: read(story, ready[id(story)]))
    reached = speed("tags and facts", stories, rounds, both)
    if reached < LEAST:
        print(f"UNDER: {reached:.0f} stories a second, floor {LEAST}")
    return int(reached < LEAST)


def speed(
    name: str,
    stories: list[dict[str, str]],
    rounds: int,
    work: Callable[[dict[str, str]], object],
) -> float:
    """Return stories a second of CPU time, and print it."""
    for story in stories:
        work(story)
    begun = time.process_time()
    for _ in range(rounds):
        for story in stories:
            work(story)
    took = time.process_time() - begun
    reached = rounds * len(stories) / took
    print(f"  {name:20}{reached:10,.0f} /s{1000 / reached:9.2f} ms")
    return reached


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))

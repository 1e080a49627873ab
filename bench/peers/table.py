"""The tables, in Markdown, and the same as JSON."""

from collections.abc import Iterator, Sequence
from typing import Any

from assignment import QUESTIONS
from judging import Judged

LANGUAGES = ("id", "ms", "en", "zh", "vi", "th", "km", "lo", "my", "fil")
Rows = list[tuple[str, list[str]]]


def doing(titles: Sequence[str], judged: Sequence[Judged]) -> Iterator[str]:
    """Yield the lines of the table of what each does and takes."""
    yield from _table("", titles, _rows(judged))


def tagging(titles: Sequence[str], judged: Sequence[Judged]) -> Iterator[str]:
    """Yield the lines of the table of topics: recall / precision of who has any, by language."""
    able = [(title, one) for title, one in zip(titles, judged, strict=True) if one.tagged()]
    yield from _table("", [title for title, _ in able], _by_language([one for _, one in able]))


def _table(corner: str, titles: Sequence[str], rows: Rows) -> Iterator[str]:
    yield f"| {corner} | " + " | ".join(titles) + " |"
    yield "|---|" + "---:|" * len(titles)
    for name, cells in rows:
        yield f"| {name} | " + " | ".join(cells) + " |"


def _rows(judged: Sequence[Judged]) -> Rows:
    first = judged[0].run
    stories, many = len(first.days.gold), first.many.stories
    rows: Rows = [
        (f"stories captured, of {stories}", [str(len(one.held)) for one in judged]),
        ("… with their whole text", [_none(one.whole()) for one in judged]),
        ("pages taken for stories that are none", [str(len(one.strangers)) for one in judged]),
        ("date right to the minute, with zone", [_dates(one) for one in judged]),
        ("topics: recall / precision", [_topics(one) for one in judged]),
        ("grouping of what several tell, B³ F1", [_grouped(one) for one in judged]),
    ]
    rows += [
        (f"search, {script}: stories found of those there", [_found(one, words) for one in judged])
        for script, words in QUESTIONS.items()
    ]
    rows += [
        ("handed over as new, in five polls", [_again(one)[0] for one in judged]),
        ("… again, though it was before", [_again(one)[1] for one in judged]),
        (
            "requests for each story",
            [f"{_each(one, one.run.days.requests):.1f}" for one in judged],
        ),
        ("KB for each story", [f"{_each(one, one.run.days.bytes) / 1000:.1f}" for one in judged]),
        (f"many pages: stories held, of {many}", [str(one.run.many.held) for one in judged]),
        ("wall seconds for 1,000 stories", [_thousand(one, one.run.many.wall) for one in judged]),
        ("CPU seconds for 1,000 stories", [_thousand(one, one.run.many.cpu) for one in judged]),
        ("… and for what waits for an idle hour", [_idle(one) for one in judged]),
        ("CPU seconds to start, once", [f"{one.run.many.start_cpu:.1f}" for one in judged]),
        ("memory at the most, MB", [f"{one.run.many.memory / 1e6:,.0f}" for one in judged]),
    ]
    return rows


def _none(number: int) -> str:
    return str(number) if number else "none"


def _dates(one: Judged) -> str:
    right, bare = one.dates()
    if not right and not bare:
        return "none"
    return f"{right}, and {bare} without zone" if bare else str(right)


def _topics(one: Judged) -> str:
    tally = one.tagged()
    return f"{tally.recall():.2f} / {tally.precision():.2f}" if tally else "none"


def _grouped(one: Judged) -> str:
    score = one.grouped()
    return "none" if score is None else f"{score:.2f}"


def _found(one: Judged, words: Sequence[str]) -> str:
    found = one.searched(words)
    if found is None:
        return "none"
    right, there, others = found
    return f"{right} of {there}" + (f", {others} others" if others else "")


def _again(one: Judged) -> tuple[str, str]:
    told = one.again()
    return ("none", "none") if told is None else (str(told[0]), str(told[1]))


def _each(one: Judged, amount: float) -> float:
    return amount / len(one.held) if one.held else float("nan")


def _thousand(one: Judged, seconds: float) -> str:
    held = one.run.many.held
    return f"{1000 * seconds / held:,.0f}" if held else "none"


def _idle(one: Judged) -> str:
    """Return seconds for 1,000 stories of the days: their texts are real ones."""
    spent = one.run.days.result.get("idle")
    return "none" if spent is None else f"{1000 * spent / len(one.held):,.0f}"


def _by_language(judged: Sequence[Judged]) -> Rows:
    tallies = [tally for one in judged if (tally := one.tagged())]
    return [
        (language, [f"{t.recall(language):.2f} / {t.precision(language):.2f}" for t in tallies])
        for language in LANGUAGES
        if any(t.right[language] + t.missed[language] for t in tallies)
    ]


def plain(title: str, one: Judged) -> dict[str, Any]:
    """Return a peer's figures as JSON has them; None where it has no such function."""
    run, tally, told = one.run, one.tagged(), one.again()
    languages = [name for name in LANGUAGES if tally and tally.right[name] + tally.missed[name]]
    return {
        "peer": title,
        "stories": len(run.days.gold),
        "captured": len(one.held),
        "whole_text": one.whole(),
        "not_stories": one.strangers,
        "dates_right": one.dates()[0],
        "dates_right_without_zone": one.dates()[1],
        "topics": {
            name: {"recall": tally.recall(name), "precision": tally.precision(name)}
            for name in ("all", *languages)
        }
        if tally
        else None,
        "b_cubed_f1": one.grouped(),
        "search": {script: one.searched(words) for script, words in QUESTIONS.items()},
        "handed_over": told[0] if told else None,
        "again": told[1] if told else None,
        "idle_cpu_seconds": run.days.result.get("idle"),
        "requests": run.days.requests,
        "bytes": run.days.bytes,
        "many_pages": {
            "stories": run.many.stories,
            "held": run.many.held,
            "wall_seconds": run.many.wall,
            "cpu_seconds": run.many.cpu,
            "start_cpu_seconds": run.many.start_cpu,
            "memory_bytes": run.many.memory,
        },
    }

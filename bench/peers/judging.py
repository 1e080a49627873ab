"""How well a peer did, against what the press knows it published."""

import html
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import Any
from urllib.parse import unquote, urlsplit
from zoneinfo import ZoneInfo

from gates.scoring import Tally
from results import Gold, Run

#: share of a story's runs of so many characters that must be in the text that is held
WHOLE, RUN = 0.9, 8
MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class Judged:
    """A run, with the story that each of its records is."""

    run: Run

    @cached_property
    def places(self) -> dict[tuple[str, str], int]:
        gold = enumerate(self.run.days.gold)
        return {place(address): number for number, one in gold for address in one.addresses}

    @cached_property
    def held(self) -> dict[int, list[Mapping[str, Any]]]:
        """The records of each story, by its number in the gold."""
        found: dict[int, list[Mapping[str, Any]]] = {}
        for record in self.run.days.result["records"]:
            number = self.places.get(place(record["address"]))
            if number is not None:
                found.setdefault(number, []).append(record)
        return found

    @cached_property
    def strangers(self) -> list[str]:
        """Addresses of records that are no story: a section's page taken for one."""
        addresses = {record["address"] for record in self.run.days.result["records"]}
        return sorted(one for one in addresses if place(one) not in self.places)

    def whole(self) -> int:
        """Return how many stories are held with their whole text."""
        return sum(
            any(_whole(self.run.days.gold[number].body, record["text"]) for record in records)
            for number, records in self.held.items()
        )

    def dates(self) -> tuple[int, int]:
        """Return how many have the right minute, and how many have it but without a zone."""
        right = bare = 0
        for number, records in self.held.items():
            kinds = {_date(self.run.days.gold[number], record["published"]) for record in records}
            right += "right" in kinds
            bare += "right" not in kinds and "bare" in kinds
        return right, bare

    def again(self) -> tuple[int, int] | None:
        """Return how many were handed over as new, and how many of these again."""
        told = self.run.days.result["told"]
        if told is None:
            return None
        times = Counter(self.places.get(place(one)) for poll in told for one in poll)
        times.pop(None, None)
        return times.total(), times.total() - len(times)

    def tagged(self) -> Tally | None:
        """Return what was found of topics, of two lists of names that which serves better."""
        if all(record["topics"] is None for record in self.run.days.result["records"]):
            return None
        asked = {topic for one in self.run.days.gold for topic in one.topics}
        tallies = [self._tagged(asked, ""), self._tagged(asked, "*")]
        return max(tallies, key=lambda one: _f1(one.precision(), one.recall()))

    def _tagged(self, asked: set[str], mark: str) -> Tally:
        tally = Tally()
        for number, one in enumerate(self.run.days.gold):
            records = self.held.get(number, [])
            named = {topic for record in records for topic in record["topics"] or ()}
            found = {topic for topic in asked if topic + mark in named}
            _count(tally, one.language, found, set(one.topics))
        return tally

    def grouped(self) -> float | None:
        """Return B³ over the stories that others tell too; what is not held stands alone."""
        if all(record["group"] is None for record in self.run.days.result["records"]):
            return None
        happenings = Counter(one.happening for one in self.run.days.gold if one.happening)
        gold, found = {}, {}
        for number, one in enumerate(self.run.days.gold):
            shared = one.happening and happenings[one.happening] > 1
            gold[str(number)] = one.happening if shared else f"alone {number}"
            groups = [record["group"] for record in self.held.get(number, [])]
            found[str(number)] = groups[0] if groups and groups[0] else f"apart {number}"
        shared_only = [name for name, of in gold.items() if not str(of).startswith("alone")]
        return _b_cubed_over(shared_only, found, gold)

    def searched(self, questions: Iterable[str]) -> tuple[int, int, int] | None:
        """Return how many stories were found of how many that hold the words, and others."""
        found = self.run.days.result["found"]
        if found is None:
            return None
        right = there = others = 0
        for asked in questions:
            numbers = {self.places.get(place(one)) for one in found[asked]}
            hold = {n for n, one in enumerate(self.run.days.gold) if _holds(one, asked)}
            right += len(numbers & hold)
            there += len(hold)
            others += len(numbers - hold)
        return right, there, others


def place(address: str) -> tuple[str, str]:
    """Return outlet and path of an address: twins of a host, AMP and trackers taken off."""
    parts = urlsplit(address)
    outlet = (parts.hostname or "").removesuffix(".localhost").rpartition(".")[2]
    return outlet, unquote(parts.path).removeprefix("/amp").rstrip("/")


def _count(tally: Tally, language: str, found: set[str], right: set[str]) -> None:
    for key in ("all", language):
        tally.right[key] += len(found & right)
        tally.false[key] += len(found - right)
        tally.missed[key] += len(right - found)


def _b_cubed_over(names: list[str], found: Mapping[str, Any], gold: Mapping[str, Any]) -> float:
    """Return B³'s F1 averaged over some stories, grouped among all."""
    precision = recall = 0.0
    for name in names:
        mine = {other for other in found if found[other] == found[name]}
        right = {other for other in gold if gold[other] == gold[name]}
        precision += len(mine & right) / len(mine)
        recall += len(mine & right) / len(right)
    return _f1(precision / len(names), recall / len(names))


def _f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def _whole(body: str, text: str) -> bool:
    """Say whether a text has nearly all of a body: by runs of characters, whatever parts them.

    By runs, not paragraphs: a byline's code that a reader rightly cuts from the
    last paragraph is not to cost the paragraph.
    """
    wanted, held = _runs(body), _runs(text)
    return len(wanted & held) >= WHOLE * len(wanted)


def _runs(text: str) -> set[str]:
    bare = _bare(text)
    return {bare[at : at + RUN] for at in range(max(1, len(bare) - RUN + 1))}


def _bare(text: str) -> str:
    return re.sub(r"\s+", "", html.unescape(re.sub(r"<[^>]+>", "", text)))


def _date(gold: Gold, published: str | None) -> str:
    """Say whether a date is "right", "bare" (right, without a zone) or wrong ("")."""
    if not published:
        return ""
    try:
        said = datetime.fromisoformat(published)
    except ValueError:
        return ""
    if said.tzinfo is not None:
        return "right" if abs(said - gold.published) < MINUTE else ""
    as_said = (said.replace(tzinfo=zone) for zone in (UTC, ZoneInfo(gold.zone)))
    return "bare" if any(abs(one - gold.published) < MINUTE for one in as_said) else ""


def _holds(gold: Gold, asked: str) -> bool:
    """Say whether a story's own words hold a question; words in Latin letters are whole."""
    text = f"{gold.headline}\n{gold.body}".casefold()
    if asked.isascii() or (re.fullmatch(r"[\w ]+", asked) and asked[0] < "\u0370"):
        return re.search(rf"\b{re.escape(asked.casefold())}\b", text) is not None
    return asked in text

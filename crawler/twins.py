"""Twins of an outlet's stories: where AMP stands, and the rule that folds it. Pure."""

from collections import Counter
from dataclasses import dataclass
from urllib.parse import urlsplit

from crawler.address_shapes import rest_of
from crawler.proposals import Proposal
from crawler.unlisted import host_of
from news import Rewrite, SourceError
from pipelines.reading import addresses


@dataclass(frozen=True, slots=True, kw_only=True)
class Twins:
    """What folds the twins of an outlet's stories."""

    hosts: tuple[str, ...] = ()
    rewrite: tuple[Rewrite, ...] = ()
    example: str = ""


def twins_of(found: Proposal) -> Twins:
    """Return the hosts and the rule of the AMP twins that the pages name."""
    hosts: list[str] = []
    rules: Counter[Rewrite] = Counter()
    examples: dict[Rewrite, str] = {}
    for page in found.pages:
        if not page.clues.amp:
            continue
        try:
            host = host_of(page.clues.amp)
        except SourceError:
            continue
        if not addresses.is_own(page.clues.amp, found.plain):
            hosts.append(host)
        rule = _rule(rest_of(page.read.address), rest_of(page.clues.amp))
        if rule is not None:
            rules[rule] += 1
            examples[rule] = page.clues.amp
    chosen = [rule for rule, _ in rules.most_common(1)]
    return Twins(
        hosts=tuple(dict.fromkeys(hosts)),
        rewrite=tuple(chosen),
        example=examples[chosen[0]] if chosen else "",
    )


def _rule(story: str, twin: str) -> Rewrite | None:
    """Return what makes a twin's path the story's; None where none is needed or none is known."""
    story, twin = story.rstrip("/"), urlsplit(twin).path.rstrip("/")
    if twin.endswith(story) and (before := twin.removesuffix(story)):
        return Rewrite(pattern=f"^{before}/", to="/")
    if twin.startswith(story) and (behind := twin.removeprefix(story)).startswith("/"):
        return Rewrite(pattern=f"{behind}/?$", to="")
    return None

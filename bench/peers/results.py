"""What a peer did on a press, as it is kept between measuring and judging."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Gold:
    """One story as the press knows it; a plain form of harborwatch.press.Expected."""

    outlet: str
    addresses: tuple[str, ...]
    headline: str
    body: str
    language: str
    zone: str
    published: datetime
    happening: str | None
    topics: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Days:
    """A peer's five polls over the days of the replicas."""

    #: as its driver hands it back: records, told, found
    result: dict[str, Any]
    gold: tuple[Gold, ...]
    requests: int
    bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Many:
    """A peer's one poll over many pages: what there was, what it held, what it took."""

    stories: int
    held: int
    start_cpu: float
    wall: float
    cpu: float
    memory: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """All that a peer did."""

    name: str
    days: Days
    many: Many

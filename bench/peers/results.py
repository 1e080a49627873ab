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
class Run:
    """A peer's five polls and its thousand stories."""

    name: str
    #: as its driver hands it back: records, told, found
    result: dict[str, Any]
    gold: tuple[Gold, ...]
    requests: int
    bytes: int
    #: of the many stories: what there were, what it held, and what it took
    many: int
    many_held: int
    start_cpu: float
    wall: float
    cpu: float
    memory: int

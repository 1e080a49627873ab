"""Ahead: what was made of a page before its turn, packed to lie in the archive until then.

A pickle of our own words only: whoever can write into the archive must not
be able to have a worker run what they like.
"""

import hashlib
import io
import pickle
import zlib
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime, time, timedelta, timezone
from enum import Enum
from functools import cache, lru_cache
from importlib import import_module

import news
from news import Outlet, Refused, Story
from query import Topics

_TIMES = {kind.__name__: kind for kind in (date, datetime, time, timedelta, timezone)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Ahead:
    """A page as far as it goes by itself: a story with all that its own text says, or refused."""

    outlet: str
    files: "Files"
    made: Story | Refused


@dataclass(frozen=True, slots=True, kw_only=True)
class Files:
    """Marks of the files that a page was read by: another process may have read others."""

    #: None where the outlet has no file that can be used
    outlet: str | None
    topics: str

    @classmethod
    def of(cls, outlet: Outlet | None, topics: Topics) -> "Files":
        """Return the marks of these."""
        mine = _mark(outlet) if outlet is not None else None
        return cls(outlet=mine, topics=_mark_of(topics))

    def holds(self, now: "Files") -> bool:
        """Say whether what was read by these is what the files of now would give.

        Where an outlet's file is gone, what was read by its last one stands.
        """
        return self.topics == now.topics and now.outlet in (None, self.outlet)


@lru_cache(maxsize=4)
def _mark_of(topics: Topics) -> str:
    """Return a mark of all topics; 5 ms for those that are shipped."""
    return _mark([(topic.id, topic.query.root) for topic in topics])


def _mark(what: object) -> str:
    # Outlets and queries are tuples, words and numbers: every process writes them alike.
    return hashlib.sha256(repr(what).encode()).hexdigest()[:16]


class _Words(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> type:
        if module == "datetime" and name in _TIMES:
            return _TIMES[name]
        if module == "news" or module.startswith("news."):
            found = getattr(import_module(module), name, None)
            if isinstance(found, type) and (is_dataclass(found) or issubclass(found, Enum)):
                return found
        raise pickle.UnpicklingError(f"{module}.{name} is no word of ours")


@cache
def _version() -> str:
    """Return a mark of the words as they are: a field more or less would shift what is unpacked."""
    words = sorted(
        (name, [field.name for field in fields(kind)])
        for name, kind in vars(news).items()
        if isinstance(kind, type) and is_dataclass(kind)
    )
    return _mark(words)


def packed(ahead: Ahead) -> bytes:
    """Return it as bytes."""
    made: Story | tuple[str, str]
    made = ahead.made if isinstance(ahead.made, Story) else (ahead.made.reason, ahead.made.detail)
    told = (_version(), ahead.outlet, (ahead.files.outlet, ahead.files.topics), made)
    return zlib.compress(pickle.dumps(told, protocol=5), 1)


def unpacked(data: bytes) -> Ahead | None:
    """Return what was packed; None where it is of another version of this program, or none."""
    try:
        version, outlet, files, made = _Words(io.BytesIO(zlib.decompress(data))).load()
        of_outlet, of_topics = files
    except (pickle.UnpicklingError, zlib.error, EOFError, ValueError, TypeError, AttributeError):
        return None
    if version != _version():
        return None
    if isinstance(made, tuple):
        made = Refused(*made)
    if not isinstance(made, Story | Refused):
        return None
    return Ahead(outlet=outlet, files=Files(outlet=of_outlet, topics=of_topics), made=made)

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
from functools import cache
from importlib import import_module

import news
from news import Refused, Story

_TIMES = {kind.__name__: kind for kind in (date, datetime, time, timedelta, timezone)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Ahead:
    """A page as far as it goes by itself: a story with all that its own text says, or refused."""

    outlet: str
    #: with which of the outlet's stories what is cut had changed last
    changed: int
    made: Story | Refused


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
    return hashlib.sha256(repr(words).encode()).hexdigest()[:16]


def packed(ahead: Ahead) -> bytes:
    """Return it as bytes."""
    made: Story | tuple[str, str]
    made = ahead.made if isinstance(ahead.made, Story) else (ahead.made.reason, ahead.made.detail)
    told = (_version(), ahead.outlet, ahead.changed, made)
    return zlib.compress(pickle.dumps(told, protocol=5), 1)


def unpacked(data: bytes) -> Ahead | None:
    """Return what was packed; None where it is of another version of this program, or none."""
    try:
        version, outlet, changed, made = _Words(io.BytesIO(zlib.decompress(data))).load()
    except (pickle.UnpicklingError, zlib.error, EOFError, ValueError, TypeError, AttributeError):
        return None
    if version != _version():
        return None
    if isinstance(made, tuple):
        made = Refused(*made)
    if not isinstance(made, Story | Refused):
        return None
    return Ahead(outlet=outlet, changed=changed, made=made)

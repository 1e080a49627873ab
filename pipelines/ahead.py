"""Ahead: what was made of a page before its turn, packed to lie in the archive until then.

A pickle of our own words only: whoever can write into the archive must not
be able to have a worker run what they like.
"""

import io
import pickle
import zlib
from dataclasses import dataclass, is_dataclass
from datetime import date, datetime, time, timedelta, timezone
from enum import Enum
from importlib import import_module

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


def packed(ahead: Ahead) -> bytes:
    """Return it as bytes."""
    made: Story | tuple[str, str]
    made = ahead.made if isinstance(ahead.made, Story) else (ahead.made.reason, ahead.made.detail)
    return zlib.compress(pickle.dumps((ahead.outlet, ahead.changed, made), protocol=5), 1)


def unpacked(data: bytes) -> Ahead | None:
    """Return what was packed; None where it is of another version of this program, or none."""
    try:
        outlet, changed, made = _Words(io.BytesIO(zlib.decompress(data))).load()
    except (pickle.UnpicklingError, zlib.error, EOFError, ValueError, TypeError, AttributeError):
        return None
    if isinstance(made, tuple):
        made = Refused(*made)
    if not isinstance(made, Story | Refused):
        return None
    return Ahead(outlet=outlet, changed=changed, made=made)

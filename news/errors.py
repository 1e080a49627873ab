"""What can go wrong, and what each error says.

HarborwatchError
├── FileError        a configuration, outlet or topic file: which line, what to do
├── QueryError       a question that cannot be asked: where, what was expected
├── ArchiveError     the archive cannot be opened or is not ours
├── SourceError      a source's bytes are no feed, sitemap or listing
├── ChannelError     a digest could not be handed over: for now, or for good
└── Refused          a page is not taken as a story, and why: kept and counted
"""

import re
import unicodedata
from datetime import timedelta
from pathlib import Path

#: categories of characters without width: controls, formats, halves of surrogate pairs
_UNSEEN = frozenset({"Cc", "Cf", "Cs"})
_LONGEST_QUOTED = 60


class HarborwatchError(Exception):
    """Anything that Harborwatch itself has to say; str() is fit for a person."""


class FileError(HarborwatchError):
    """A file of ours that cannot be used.

    Says the file, the line where it is known, what is wrong and what to do.
    """

    def __init__(self, path: Path, line: int | None, what: str, hint: str = "") -> None:
        self.path, self.line, self.what, self.hint = path, line, what, hint
        place = f"{path}:{line}" if line else str(path)
        super().__init__(f"{place}: {what}" + (f" ({hint})" if hint else ""))


class QueryError(HarborwatchError):
    """A query that cannot be understood or answered.

    `at` counts characters from the start of `query`. str() shows the query
    with a caret below the place.
    """

    def __init__(self, query: str, at: int, what: str, hint: str = "") -> None:
        self.query, self.at, self.what, self.hint = query, at, what, hint
        super().__init__(self._shown())

    def _shown(self) -> str:
        # A long query is shown around the place only, so that the caret is seen.
        before = _seen(self.query[max(0, self.at - 40) : self.at])
        after = _seen(self.query[self.at : self.at + 40])
        lines = [_seen(self.what), f"  {before}{after}", "  " + " " * _columns(before) + "^"]
        return "\n".join([*lines, _seen(self.hint)] if self.hint else lines)


def quoted(text: str) -> str:
    """Return words of a person in quotes, cut where they are long."""
    return f'"{text}"' if len(text) <= _LONGEST_QUOTED else f'"{text[:_LONGEST_QUOTED]}…"'


def _seen(text: str) -> str:
    """Return a text in one line, without what has no width: controls, bidi marks, surrogates."""
    plain = re.sub(r"\s", " ", text)
    return "".join(letter for letter in plain if unicodedata.category(letter) not in _UNSEEN)


def _columns(text: str) -> int:
    """Return how wide a terminal shows a text: Chinese letters take two columns, marks none."""
    wide = sum(unicodedata.east_asian_width(letter) in "WF" for letter in text)
    return wide + sum(unicodedata.category(letter) not in {"Mn", "Me"} for letter in text)


class ArchiveError(HarborwatchError):
    """The archive cannot be opened, or what is there is not an archive of ours."""


class SourceError(HarborwatchError):
    """The bytes that a source gave are not what it should give."""


class ChannelError(HarborwatchError):
    """A channel could not hand a digest over.

    `permanent` says that trying again will not help; `hint` says what would;
    `after` is how long the other side asks to be left alone, where it does.
    """

    def __init__(
        self, what: str, *, permanent: bool, hint: str = "", after: timedelta | None = None
    ) -> None:
        self.what, self.permanent, self.hint, self.after = what, permanent, hint, after
        super().__init__(what + (f" ({hint})" if hint else ""))


class Refused(HarborwatchError):  # noqa: N818 - DESIGN's word; it is an answer, not a fault
    """A page is not taken as a story.

    `reason` is one of a few counted words (`no-body`, `not-html`, `too-short`,
    `unreadable`, `timeout` …), `detail` is for the person who asks why.
    """

    def __init__(self, reason: str, detail: str = "") -> None:
        self.reason, self.detail = reason, detail
        super().__init__(f"{reason}: {detail}" if detail else reason)

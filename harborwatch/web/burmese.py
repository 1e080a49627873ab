"""Burmese that came in Zawgyi, shown in Unicode. Pure.

Only what people see is turned: the archive, exports and /api/ keep what the
outlet wrote. Marks stay on their words where a letter begins at both of their
ends; where the encodings cut letters otherwise, the words lose the mark.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import accumulate
from typing import TypeVar

from alerts.clean import Piece
from harborwatch.text_differences import Change, differences
from harborwatch.web.pages.marking import Run
from query.zawgyi import BURMESE_RUN, convert_run, is_zawgyi

_Part = TypeVar("_Part", Piece, Run)


def burmese(text: str, zawgyi: bool | None = None) -> str:
    """Return a text in Unicode; `zawgyi` says whether it must be turned, where that is known."""
    if not (is_zawgyi(text) if zawgyi is None else zawgyi):
        return text
    return "".join(new for _, new in _letters(text))


def burmese_parts(parts: Sequence[_Part], zawgyi: bool | None = None) -> Sequence[_Part]:
    """Return a sentence in Unicode, its parts marked as before where marks can be mapped."""
    text = "".join(one.text for one in parts)
    if not (is_zawgyi(text) if zawgyi is None else zawgyi):
        return parts
    letters = list(_letters(text))
    whole = "".join(new for _, new in letters)
    # Where a letter begins in both encodings.
    places = dict(
        zip(
            accumulate((len(old) for old, _ in letters), initial=0),
            accumulate((len(new) for _, new in letters), initial=0),
            strict=True,
        )
    )
    return [
        replace(part, text=whole[places[begin] : places[end]])
        for begin, end, part in _mapped(parts, places)
    ]


def burmese_changes(changes: Sequence[Change]) -> Sequence[Change]:
    """Return what changed, in Unicode: both texts are turned, and compared again."""
    old = "".join(one.text for one in changes if one.kind != "added")
    new = "".join(one.text for one in changes if one.kind != "gone")
    if not is_zawgyi(old) and not is_zawgyi(new):
        return changes
    return differences(burmese(old), burmese(new))


def _letters(text: str) -> Iterator[tuple[str, str]]:
    """Yield the text in pieces, each with its Unicode form."""
    at = 0
    for run in BURMESE_RUN.finditer(text):
        # Sign by sign, as they stay: a mark may begin at each.
        yield from ((sign, sign) for sign in text[at : run.start()])
        yield from convert_run(run.group())
        at = run.end()
    yield from ((sign, sign) for sign in text[at:])


def _mapped(parts: Sequence[_Part], places: dict[int, int]) -> Iterator[tuple[int, int, _Part]]:
    """Yield parts from a place that both encodings have to the next; several in one lose marks."""
    begin = end = 0
    waiting: list[_Part] = []
    for part in parts:
        waiting.append(part)
        end += len(part.text)
        if end in places:
            yield begin, end, part if len(waiting) == 1 else _unmarked(part)
            begin, waiting = end, []


def _unmarked(part: _Part) -> _Part:
    if isinstance(part, Piece):
        return replace(part, marked=False)
    return replace(part, topics=(), hit=False)

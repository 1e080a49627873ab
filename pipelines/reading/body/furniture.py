"""What stands between and below a story's lines and is not the story.

Lines that send the reader elsewhere ("Baca juga: …"), newsletter boxes,
copyright tails and byline codes are cut; names in bylines are kept.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass

from pipelines.reading.dates.dates import has_date, is_only_date
from pipelines.reading.dates.old_burmese import unicode_of
from pipelines.reading.metadata.headlines import folded
from pipelines.reading.phrases import ALSO, BOX, FLAT, POINTER, STOP, UNMARKED, WORDS, worded
from pipelines.reading.refusals import weight

_WRITERS = frozenset(WORDS["writers"])
_COUNTS = worded(WORDS["counts"])
_LABELS = frozenset(WORDS["labels"])
_MEMBERS = worded(WORDS["members"])
_CLOCK = re.compile(r"^\W*\d{1,2}\s?[:.h]\s?\d{2}(?::\d{2})?\W*(?:[A-Za-z.]{2,5})?\W*$")
_END = re.compile(
    r"^(copyright\b|©|\(c\)|hak cipta|dilarang keras|all rights reserved|bản quyền|版权所有|版權所有|"
    r"สงวนลิขสิทธิ์|រក្សាសិទ្ធិ|ສະຫງວນລິຂະສິດ|karapatang-ari)",
    re.IGNORECASE,
)
_ROLES = "|".join([*WORDS["writers"], *WORDS["others"]])
#: A credit may stand in brackets; in the full-width ones of Chinese pages it counts as
#: text for those who made the gold of newspaper4k (.983, else .982).
_CREDIT = re.compile(
    rf"^[(\[]?\s*(?P<role>{_ROLES})\s*[:：]\s*(?P<name>.*?)\s*[)\]]?$", re.IGNORECASE
)
#: What stands in brackets behind the last sentence, and how those that sign there do so:
#: by role, by code (DZXL558, 编辑02, T.KR-WNM), by initials (S.P).
_BRACKET = re.compile(r"\s*[(（\[【](?P<said>[^()（）\[\]【】]{2,40})[)）\]】]\s*$")
_SIGNED = re.compile(
    rf"^(?:(?:{_ROLES})\s*[:：]?\s*\S.*|[A-Z]{{2,6}}\d{{2,4}}|T\.[A-Z]{{2,4}}(?:[-/.][A-Z0-9]{{1,4}})+|(?:{_ROLES})?\d{{1,4}}|[A-ZĐ](?:\.\s?[A-ZĐ]){{1,3}}\.?)$",
    re.IGNORECASE,
)
_INLINE = re.compile(
    r"\s*[(\[（【]\s*(?:" + "|".join(map(re.escape, ALSO)) + r")[^)\]）】]{0,200}[)\]）】]",
    re.IGNORECASE,
)
#: A desk's initials or a reporter's name in brackets, glued to the last sentence:
#: ".(wn)", "(esy/jpnn)", "( rou / wsh )", "(Edi Kurniwan)"; and wire codes.
_CODE = re.compile(
    r"(?<=[.!?\"”’»)។。])\s*[(\[]\s*(?P<code>[a-z]{2,5}\d?(?:\s*[/\-*]\s*[a-zA-Z0-9]{2,8}){0,3}"
    r"|[A-Z][a-z]+(?: [A-Z][a-z]+){1,2})\s*[)\]]\.?\s*$"
)
_WIRE_CODE = re.compile(r"(?:\s+|^)[A-Z]{3,5}\d{3,4}$")
_DONE = re.compile(r"\s*[(（\[【](?:完|end|selesai|hết|จบ)[)）\]】]\s*$", re.IGNORECASE)
#: Lines above a headline, at most; and from how many letters on a line is a paragraph.
_HEAD, _PARAGRAPH = 12, 80
#: A line of date, source and readers above a story is no longer; nor are the words
#: round a name in its byline.
_HEAD_LINE, _ROLE = 160, 20
#: Lines with a count or a clock are no longer than this.
_LABEL = 90
#: Credits and copyright stand in the last lines.
_TAIL = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Trimmed:
    """A body without its furniture, and who its bylines name."""

    text: str
    authors: tuple[str, ...]


def trim(text: str, titles: Collection[str], names: Collection[str] = ()) -> Trimmed:
    """Cut what is not the story; keep the names that credits and end codes give.

    `names` are those that the page's bylines give.
    """
    kept = _without_pointers([_INLINE.sub("", line) for line in text.split("\n")])
    kept = [line.strip() for line in kept if line.strip() and not _is_label(line)]
    known = {folded(name) for name in names} - {""}
    kept = _without_lists(_without_head(kept, titles), known)
    kept, named = _without_tail(_without_offer(kept))
    kept, code = _without_code(_without_signature(kept, known))
    return Trimmed(text="\n".join(kept), authors=tuple(dict.fromkeys([*named, *code])))


def _without_pointers(given: list[str]) -> list[str]:
    kept: list[str] = []
    dangling = False
    for line in given:
        flat = FLAT.sub("", line).lower()
        pointer = len(line) <= POINTER and flat.startswith(ALSO)
        boxed = len(line) <= POINTER and flat.startswith(BOX)
        # "Baca juga:" alone on its line is followed by the title that it means.
        if not (pointer or boxed or (dangling and _is_link_text(line))):
            kept.append(line)
        dangling = pointer and len(flat) <= max(map(len, ALSO)) + 2 and _is_bare(flat)
    return kept


def _is_bare(flat: str) -> bool:
    return re.sub(r"[\s:：.]+$", "", flat) in ALSO


def _is_link_text(line: str) -> bool:
    return len(line) <= 150 and not line.endswith((".", "。", "។", "။", '"', "”"))


def _without_head(kept: list[str], titles: Collection[str]) -> list[str]:
    # The headline, and the short lines above it, are no part of the text.
    known = {folded(title) for title in titles} - {""}
    for at, line in enumerate(kept[:_HEAD]):
        if _is_paragraph(line) and folded(line) not in known:
            break
        if folded(line) in known and at + 1 < len(kept):
            return kept[at + 1 :]
    return kept


def _is_label(line: str) -> bool:
    # The clock over an entry of a live blog, a button, a label without its value.
    bare = FLAT.sub("", (unicode_of(line) or line).lower()).rstrip(" :：.")
    return len(line) <= _LABEL and (bare in _LABELS or _CLOCK.match(line) is not None)


def _is_counted(line: str) -> bool:
    # Date, source and readers beside a headline, in one line.
    counted = _COUNTS.search(unicode_of(line) or line) is not None and any(map(str.isdigit, line))
    return counted and len(line) <= POINTER and not line.endswith((".", "。", "។", "။"))


def _is_paragraph(line: str) -> bool:
    # A long line without its stop is a headline or a printed date; very long ones and
    # those of Thai and Lao, which print no stops, are taken for what they are.
    size = weight(line)
    ends = STOP.search(line) is not None or size >= 2 * _PARAGRAPH or bool(UNMARKED.search(line))
    return size >= _PARAGRAPH and ends and not _is_counted(line)


def _without_offer(kept: list[str]) -> list[str]:
    # The last line of what a paywall shows.
    last = kept[-1] if kept else ""
    asked = {found.lower() for found in _MEMBERS.findall(last)} if len(last) <= POINTER else set()
    return kept[:-1] if len(kept) > 1 and len(asked) >= 2 else kept


def _without_lists(kept: list[str], names: Collection[str]) -> list[str]:
    # Before the first and after the last paragraph, dates and bare numbers are
    # what is left of lists of other stories; before the first stand its bylines.
    long = [at for at, line in enumerate(kept) if _is_paragraph(line)]
    if not long:
        return kept
    first, last = long[0], long[-1]
    return [
        line
        for at, line in enumerate(kept)
        if first <= at <= last
        or not (_is_list_line(line) or (at < first and _is_head_line(line, names)))
    ]


def _is_head_line(line: str, names: Collection[str]) -> bool:
    # Who wrote it, or a date among other things, without a sentence.
    if len(line) > _HEAD_LINE or STOP.search(line):
        return False
    flat = folded(line)
    signed = any(flat.endswith(name) and len(flat) <= len(name) + _ROLE for name in names)
    return signed or has_date(line)


def _is_list_line(line: str) -> bool:
    bare = not any(letter.isalpha() for letter in line)
    return bare or is_only_date(line) or _is_counted(line)


def _without_tail(kept: list[str]) -> tuple[list[str], list[str]]:
    tail = max(1, len(kept) - _TAIL)
    body, names = kept[:tail], list[str]()
    for line in kept[tail:]:
        if _END.match(line):
            break
        credit = _CREDIT.match(unicode_of(line) or line) if len(line) <= 160 else None
        if credit is None:
            body.append(line)
        elif credit["role"].lower() in _WRITERS:
            names += _names(credit["name"])
    return body, names


def _names(text: str) -> list[str]:
    first = re.split(r"\s+(?:Editor|Copyright|Penyunting|Uploader)\b|©", text)[0]
    found = re.split(r"\s*[,/;、]\s*|\s+dan\s+", first)
    return [name.strip() for name in found if 1 < len(name.strip()) <= 60]


def _without_signature(kept: list[str], names: Collection[str]) -> list[str]:
    # Behind the last sentence; initials and names that nothing explains are left to _without_code.
    match = _BRACKET.search(kept[-1]) if kept else None
    if match is None or match.start() == 0:
        return kept
    said = match["said"].strip()
    known = any(_is_part(folded(said), name) for name in names) or bool(_SIGNED.match(said))
    return [*kept[:-1], kept[-1][: match.start()].rstrip()] if known else kept


def _is_part(said: str, name: str) -> bool:
    # Whole words of a name; any part of one in scripts without spaces.
    return f" {said} " in f" {name} " or (said >= "\u0e00" and said in name)


def _without_code(kept: list[str]) -> tuple[list[str], list[str]]:
    if not kept:
        return kept, []
    last = _WIRE_CODE.sub("", _DONE.sub("", kept[-1]))
    names: list[str] = []
    alone = re.match(r"^[(\[]\s*([a-z]{2,5}(?:\s*/\s*[a-z]{2,8}){0,3})\s*[)\]]$", last)
    if alone:
        return kept[:-1], [_tidy(alone.group(1))]
    if match := _CODE.search(last):
        names, last = [_tidy(match["code"])], last[: match.start()].rstrip()
    return [*kept[:-1], *([last] if last else [])], names


def _tidy(code: str) -> str:
    return re.sub(r"\s*/\s*", "/", code)

"""The time of day that is printed beside a day, in ten languages."""

import re

from pipelines.reading.dates import zones
from pipelines.reading.dates.printed_words import DAYPARTS, any_of

#: How far from the day a time of day may stand, in characters.
_REACH = 40
#: Nearer than this behind the day, a time belongs to it whatever stands before.
_CLOSE = 25
_PART = any_of(DAYPARTS)
#: What stands between hour and minute, and what says that a number is an hour.
_HOURS = r"นาฬิกา|ໂມງ|နာရီ|giờ|និង|[时時点點]"
_MINUTES = r"(?:phút|นาที|នាទី|ນາທີ|မိနစ်|ໂມງ|ម៉ោង|นาฬิกา|น\.|hrs|giờ|[分秒点點时時'])*"
TIME = re.compile(
    rf"(?:(?<![a-z])(?P<before>{_PART})\s*[,၊]?\s*(?:ម៉ោង\s*|ເວລາ\s*|pukul\s*|jam\s*|alas-?\s*)?)?"
    r"(?<![\d.:/])(?P<hour>[01]?\d|2[0-4])"
    rf"(?:\s*(?:[:.h]|{_HOURS})\s*(?P<minute>[0-5]\d)"
    r"(?:\s*(?:[:.分]|วินาที|phút)\s*(?P<second>[0-5]\d)(?!\d))?"
    rf"|\s*(?:{_HOURS})\s*(?P<few>[0-9])(?=\s*(?:phút|นาที|នាទី|ນາທີ|မိနစ်|分))"
    rf"|(?P<bare>[0-5]\d)(?=\s*hrs?\b)|(?=\s*[ap]\.?m)|(?=\s*(?:{_HOURS}))"
    rf"|(?=h(?![^\W\d_]))|(?=\s*(?:ng\s+)?{_PART})|(?<=ម៉ោង\s\d\d)|(?<=ម៉ោង\s\d))"
    rf"(?![\d/])(?:\.\d+)?\s*(?:{_HOURS})?\s*{_MINUTES}\s*(?P<after>(?:ng\s+|ตอน|ຕອນ|ពេល)?{_PART})?"
)


def clock_near(folded: str, span: tuple[int, int]) -> tuple[tuple[int, ...], str]:
    """Return the hour, minute and second beside a day, and the zone printed with them.

    `span` is where the day stands. What follows the day is its time; what
    precedes it only if nothing follows closely. () and "" where none stands.
    """
    after = folded[span[1] : span[1] + _REACH]
    after = after[1:] if after[:1] == "t" else after
    before = folded[max(0, span[0] - _REACH) : span[0]]
    behind = TIME.search(after)
    ahead = list(TIME.finditer(before))
    if behind and (not ahead or behind.start() <= _CLOSE):
        return _read(behind, after[behind.end() :])
    return _read(ahead[-1], before[ahead[-1].end() :]) if ahead else ((), "")


def _read(match: re.Match[str], rest: str) -> tuple[tuple[int, ...], str]:
    part = match["before"] or re.sub(r"^(?:ng\s+|ตอน|ຕອນ|ពេល)", "", match["after"] or "")
    hour = _hour(int(match["hour"]), DAYPARTS.get(part.strip(), ""))
    numbers = [hour % 24, int(match["minute"] or match["few"] or match["bare"] or 0)]
    if match["second"]:
        numbers.append(int(match["second"]))
    printed = zones.PRINTED.match(rest)
    return tuple(numbers), zones.named(printed.group(1)) if printed else ""


def _hour(hour: int, part: str) -> int:
    if part in {"am", "night"} and hour == 12:
        return 0
    later = {"pm": 12, "noon": 10, "night": 12}.get(part, 0)
    from_midnight = part == "night" and hour < 4
    return hour + 12 if hour < later and not from_midnight else hour

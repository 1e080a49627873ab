"""Gate of printed dates: the tables handed out, and two thirds and a third of our own.

    bench/gates/dates.py EVAL_FOLDER [--open] [--show-sealed]

A row is right when day and, where it is printed, time come out exactly, in
the printed zone or else in the outlet's. Every failing row of the open tables
is printed; of dates_sealed.tsv, the third that no rule was written after, the
count alone. `--open` leaves the sealed third unread, for work on the rules;
`--show-sealed` prints its failing rows, after which it is a seal no more.
Ends with status 1 when a table has fewer right than in floors.toml [dates].
"""

import csv
import sys
import tomllib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parents[1])]

from news import Dated, Precision  # noqa: E402
from pipelines.reading.dates import zones  # noqa: E402
from pipelines.reading.dates.dates import parse_printed  # noqa: E402

#: Two months after the youngest date of the tables, so that none is in the future.
NOW = datetime(2026, 11, 22, tzinfo=UTC)
#: Where the press of each language is printed; the tables are in local time.
ZONES = {
    "id": "Asia/Jakarta", "ms": "Asia/Kuala_Lumpur", "zh": "Asia/Shanghai", "zh-Hant": "Asia/Taipei",
    "zh-TW": "Asia/Taipei", "vi": "Asia/Ho_Chi_Minh", "th": "Asia/Bangkok", "km": "Asia/Phnom_Penh",
    "lo": "Asia/Vientiane", "my": "Asia/Yangon", "fil": "Asia/Manila", "en": "Asia/Singapore",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A file of printed dates and what stands in it."""

    name: str
    #: language, printed text, what it means
    rows: tuple[tuple[str, str, str], ...]
    #: minutes before now, where not wall times
    relative: bool = False


def load(path: Path, *, relative: bool = False) -> Table | None:
    """Return the table of a file, or None where it is not there, which is said."""
    if not path.is_file():
        print(f"SKIPPED: {path} is not there")
        return None
    with path.open(encoding="utf-8", newline="") as file:
        read = list(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE))[1:]
    rows = tuple((one[0], one[1], one[2]) for one in read)
    return Table(name=path.stem, rows=rows, relative=relative)


def found(language: str, printed: str) -> Dated | None:
    return parse_printed(printed, language.partition("-")[0], ZONES[language], NOW)


def wall(moment: Dated | None) -> str:
    """Return the wall time as the tables write it; "none" where nothing was found."""
    if moment is None:
        return "none"
    form = "%Y-%m-%d" if moment.precision is Precision.DAY else "%Y-%m-%d %H:%M"
    return moment.at.astimezone(zones.tz(moment.zone)).strftime(form)


def minutes(moment: Dated | None) -> str:
    return "none" if moment is None else f"{(NOW - moment.at) / timedelta(minutes=1):g}"


def failing(table: Table) -> list[str]:
    """Return a line for each row that comes out wrong."""
    shown = minutes if table.relative else wall
    return [
        f"  {table.name} {language}: {printed!r} is {wanted}, found {shown(moment)}"
        for language, printed, wanted in table.rows
        if shown(moment := found(language, printed)) != wanted
    ]


def main(arguments: list[str]) -> int:
    folders = [Path(one) for one in arguments if not one.startswith("--")]
    handed_out = (folders[0] if folders else HERE.parents[2] / "shared" / "eval") / "dates"
    tables = [
        load(handed_out / "dates.tsv"),
        load(handed_out / "relative.tsv", relative=True),
        load(HERE / "dates_own.tsv"),
        None if "--open" in arguments else load(HERE / "dates_sealed.tsv"),
    ]
    hidden = set() if "--show-sealed" in arguments else {"dates_sealed"}
    return verdict([table for table in tables if table], hidden)


def verdict(tables: list[Table], hidden: set[str]) -> int:
    floors = tomllib.loads((HERE / "floors.toml").read_text("utf-8"))["dates"]
    under = 0
    print(f"{'dates':34}{'right':>8}{'of':>6}{'floor':>8}")
    for table in tables:
        wrong = failing(table)
        right, floor = len(table.rows) - len(wrong), floors[table.name]
        under += right < floor
        low = "  UNDER" if right < floor else ""
        print(f"{table.name:34}{right:8}{len(table.rows):6}{floor:8}{low}")
        if table.name not in hidden:
            print(*wrong, sep="\n", end="\n" if wrong else "")
    return 1 if under else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))

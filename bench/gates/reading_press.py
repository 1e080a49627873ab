"""The gate of reading in every language: bodies of the wide press against its own gold.

    python bench/gates/reading_press.py [EVAL_FOLDER]

Reads every story of the wide press (layouts D to H in ten languages, all
encodings), the paged ones with their further pages, and prints the body's F1 per
language with every page under .8. Ends with status 1 when a language is under its
floor in floors.toml [reading_press]. No real data is needed: the folder that all
gates are given is not opened.
"""

import sys
import tomllib
from collections import defaultdict
from pathlib import Path
from urllib.parse import urlsplit

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parents[1])]

import counting  # noqa: E402 - found beside this file

from harborwatch.press import wide  # noqa: E402
from harborwatch.press.wide import GoldPage  # noqa: E402
from news import Entry, Outlet, Refused  # noqa: E402
from pipelines.reading.pages import read_further, read_page  # noqa: E402

#: A page under this is listed.
LISTED = 0.8


def main() -> int:
    scores: dict[str, list[tuple[float, float]]] = defaultdict(list)
    notes = []
    for page in wide.pages():
        if page.gold.refused:
            continue
        found, note = read(page)
        score = counting.overlap(found, page.gold.body)
        # Both scripts of Chinese are one language.
        scores[page.language.partition("-")[0]].append(score)
        if counting.f1(*score) < LISTED:
            precision, recall = score
            notes.append(
                f"  {page.language} {page.outlet} ({page.layout}) {page.address}: "
                f"F1 {counting.f1(*score):.2f}, precision {precision:.2f}, recall {recall:.2f}; {note}"
            )
    print("\n".join(notes))
    return verdict(scores)


def read(page: GoldPage) -> tuple[str, str]:
    """Return the whole story's text, and how it was found or why it was not."""
    host = urlsplit(page.address).netloc
    outlet = Outlet(
        id=page.outlet, name=page.outlet, home=f"https://{host}/", country="XX",
        languages=(page.gold.language,), zone=page.zone, hosts=(host,),
    )  # fmt: skip
    kind = page.content_type
    further = zip(page.further, wide.further_pages(page), strict=True)
    try:
        parts = [read_further(body, kind, address, outlet, wide.NOW) for address, body in further]
        entry = Entry(address=page.address)
        told = read_page(page.body, kind, page.address, entry, outlet, wide.NOW, parts)
    except Refused as refused:
        return "", f"refused: {refused}"
    return told.body, f"{told.method} (confidence {told.confidence})"


def verdict(scores: dict[str, list[tuple[float, float]]]) -> int:
    floors = tomllib.loads((HERE / "floors.toml").read_text("utf-8"))["reading_press"]
    under = 0
    print(f"{'F1 per language on the press':34}{'pages':>8}{'found':>8}{'floor':>8}")
    for language, floor in floors.items():
        value = counting.mean_f1(scores[language])
        under += value < floor
        low = "  UNDER" if value < floor else ""
        print(f"{language:34}{len(scores[language]):8}{value:8.3f}{floor:>8}{low}")
    return 1 if under or scores.keys() - floors.keys() else 0


if __name__ == "__main__":
    raise SystemExit(main())

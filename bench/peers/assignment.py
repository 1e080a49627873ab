"""What every peer is given: the ways into the outlets, the topics' names, the questions."""

import json
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
TOPICS = ROOT / "query" / "topics"
#: one question for each script and one more where a script is written by several languages;
#: every answer is a word that the press prints in some story of that script
QUESTIONS = {
    "Latin": ("Forum", "Guangxi", "pelabuhan", "diễn đàn"),
    "Han": ("东盟", "信息港", "广西", "颱風"),
    "Thai": ("อาเซียน", "จีน", "ท่าเรือ"),
    "Khmer": ("អាស៊ាន", "ចិន"),
    "Lao": ("ອາຊຽນ", "ຈີນ"),
    "Burmese": ("အာဆီယံ", "တရုတ်"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Press:
    """A press that runs, as far as a peer is told of it."""

    begin: datetime
    #: outlet files with the true port
    catalogue: Path
    #: ways that answer 403 to everybody
    closed: tuple[str, ...] = ()
    #: whether everything is watched, and all work done that can wait
    watched: bool = False


def write(press: Press, folder: Path, topics: Mapping[str, list[str]]) -> Path:
    """Write a peer's assignment into its folder."""
    given = {
        "folder": str(folder),
        "result": str(folder / "result.json"),
        "begin": press.begin.isoformat(),
        "catalogue": str(press.catalogue),
        "sources": list(sources(press.catalogue)),
        "closed": list(press.closed),
        "watched": press.watched,
        "topics": topics,
        "questions": [word for words in QUESTIONS.values() for word in words],
    }
    path = folder / "assignment.json"
    path.write_text(json.dumps(given, ensure_ascii=False), "utf-8")
    return path


def sources(catalogue: Path) -> Iterator[dict[str, Any]]:
    """Yield every way in of every outlet file, with what a user knows of the outlet."""
    for file in sorted(catalogue.glob("*/*.toml")):
        outlet = tomllib.loads(file.read_text("utf-8"))
        for source in outlet["sources"]:
            yield {
                "outlet": file.stem,
                "name": outlet["name"],
                "home": outlet["home"],
                "languages": outlet["languages"],
                "zone": outlet["zone"],
                "story": outlet["addresses"]["story"][0].removeprefix("^"),
                "way": source["way"],
                "address": source["address"],
            }


def names(topics: tuple[str, ...]) -> dict[str, list[str]]:
    """Return each topic's names for peers that know words only, twice: "bri" has the sure
    names, "bri*" the ambiguous ones too. The table shows whichever serves a peer better."""
    found: dict[str, list[str]] = {}
    for topic in topics:
        sure, ambiguous = _names(topic)
        found[topic] = sure
        found[f"{topic}*"] = list(dict.fromkeys([*sure, *ambiguous]))
    return found


def _names(topic: str) -> tuple[list[str], list[str]]:
    table = tomllib.loads((TOPICS / f"{topic}.toml").read_text("utf-8"))
    sure = [name for names in table.get("sure", {}).values() for name in names]
    ambiguous = [name for one in table.get("ambiguous", []) for name in one["names"]]
    for other in table.get("includes", []):
        more = _names(other)
        sure, ambiguous = sure + more[0], ambiguous + more[1]
    return [_plain(name) for name in sure], [_plain(name) for name in ambiguous]


def _plain(name: str) -> str:
    """Take our marks from a name: "=BRI" asks for the exact case, which words cannot."""
    return name.lstrip("=~").rstrip("*")

"""Made-up topics: files for the product, and what they mean to the naive evaluator."""

from dataclasses import dataclass
from pathlib import Path

from query_worlds import NUMBERS

Names = tuple[str, ...]


@dataclass(frozen=True)
class Group:
    """Ambiguous names, with letters parted by "|" as in query_worlds."""

    names: Names
    accept: Names
    reject: Names = ()
    near: int | None = None


@dataclass(frozen=True)
class Subject:
    """A topic: names in several languages, = before one that asks for its case."""

    id: str
    sure: Names
    groups: tuple[Group, ...] = ()
    includes: Names = ()


HARBOR = Subject(
    "harbor",
    sure=("信|息|港", "ท่า|เรื|อ", "កំ|ព|ង់", "pusat informasi", "ລາ|ວ", "သ|တ|င်း", "hợp tác"),
    groups=(
        Group(("pelabuhan", "daungan"), ("ASEAN", "China", "Tsina", "kerja*"), near=4),
        Group(("南|向",), ("中|国", "东|盟", "国|家", "港"), ("新|南|向", "论|坛"), near=6),
    ),
)
ROAD = Subject(
    "road",
    sure=("=BRI", "Belt and Road", "အာ|ဆီ|ယံ", "อา|เซี|ย|น", "ອາ|ຊຽ|ນ", "1,500"),
    groups=(
        Group(("Road", "thông tin", "berniaga"), ("Belt", "Trung", "China"), ("roads", "hoà")),
    ),
)
BOTH = Subject("both", sure=("Jumat", "东|盟"), includes=("harbor", "road"))
SUBJECTS = {subject.id: subject for subject in (HARBOR, ROAD, BOTH)}


def written(folder: Path) -> Path:
    """Write the topics as files for the product; returns their folder."""
    for subject in SUBJECTS.values():
        lines = [f'id = "{subject.id}"', f'title = "{subject.id}"', "tier = 1"]
        lines += ['relation = "core"', 'definition = "made up"']
        lines += [f"includes = {_listed(subject.includes)}", "[sure]"]
        lines += [f"en = {_listed(subject.sure)}"]
        for group in subject.groups:
            lines += ["[[ambiguous]]", f"names = {_listed(group.names)}"]
            lines += [f"accept = {_listed(group.accept)}", f"reject = {_listed(group.reject)}"]
            lines += [] if group.near is None else [f"near = {group.near}"]
        (folder / f"{subject.id}.toml").write_text("\n".join(lines), encoding="utf-8")
    return folder


def _listed(names: Names) -> str:
    return "[" + ", ".join(f'"{name.replace("|", "")}"' for name in names) + "]"


def sure_names(subject: Subject) -> list[tuple]:
    """Return a topic's sure names and those of included topics, as query_naive's terms."""
    included = [name for other in subject.includes for name in sure_names(SUBJECTS[other])]
    return [meant(name) for name in subject.sure] + included


def meant(name: str) -> tuple:
    words = name.lstrip("=").rstrip("*").replace("|", " ").split(" ")
    tokens = tuple(NUMBERS.get(word, word.lower()) for word in words)
    cased = tuple(words) if name.startswith("=") else ()
    return ("term", tokens, name.endswith("*"), cased)

"""Pages with gold, of three collections in their own forms."""

import gzip
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from pipelines.reading.markup import parse, text_of

SETS = ("indonesian", "fundus", "newspaper4k")
#: Names that the first collection writes otherwise than the others' hosts do.
TWINS = {
    "spiegelonline": "spiegel", "diezeit": "zeit", "sz": "sueddeutsche", "ntv": "n-tv",
    "tonline": "t-online", "hamburgerabendblatt": "abendblatt", "berlinermorgenpost": "morgenpost",
    "netzpolitikorg": "netzpolitik", "stuttgarterzeitung": "stuttgarter-zeitung",
    "mitteldeutschezeitung": "mz-web", "vogue": "voguede", "voiceofamerica": "voanews",
    "thegatewaypundit": "gatewaypundit", "thenewyorker": "newyorker",
}  # fmt: skip
#: readability's pages on single rules of markup, which are no stories.
RULES = re.compile(
    r"^\d|metadata|basic-tags|remove-|replace-|clean-links|normalize|svg-|style-tags|comment-inside"
    r"|base-url|keep-|hidden-nodes|visibility|data-url|embedded-videos|invalid|js-link"
    r"|missing-para|^ol$|reordering|schema-org|social-buttons|table-style|title-|toc-missing"
    r"|videos-|lazy-image|article-author|parsely|rtl-|mathjax|links-in"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """A page and what is known of its text."""

    collection: str
    publisher: str
    name: str
    address: str
    body: bytes
    #: None where only snippets are known
    gold: str | None = None
    belongs: tuple[str, ...] = ()
    foreign: tuple[str, ...] = ()


def samples(gold: Path, readability: Path | None, snippets: Path | None) -> list[Sample]:
    """Return the pages of all the collections that are there."""
    found = list(_whole(gold))
    found += _readability(readability) if readability else []
    return found + (list(_snippets(snippets)) if snippets else [])


def _whole(folder: Path) -> Iterator[Sample]:
    for name in SETS:
        for path in sorted((folder / "pages" / name).glob("*.json")):
            told = json.loads(path.read_text("utf-8"))
            publisher = re.split(r"[-_]", path.stem)[0 if name != "fundus" else 1].lower()
            yield Sample(
                collection=name, publisher=TWINS.get(publisher, publisher), name=path.stem,
                address=told.get("url") or "https://unnamed.example/story-1234567",
                body=gzip.decompress(path.with_suffix(".html.gz").read_bytes()), gold=told["body"],
            )  # fmt: skip


def _readability(folder: Path) -> list[Sample]:
    return [
        Sample(
            collection="readability", publisher=_bare(path.name), name=path.name,
            address="https://fakehost.example/test/page.html",
            body=(path / "source.html").read_bytes(),
            gold=text_of(parse((path / "expected.html").read_text("utf-8"))),
        )
        for path in sorted(folder.iterdir())
        if not RULES.search(path.name)
    ]  # fmt: skip


def _snippets(folder: Path) -> Iterator[Sample]:
    told = json.loads((folder / "evaldata.json").read_text("utf-8"))
    for key, page in told.items():
        address = re.sub(r"^\w+::|^xhttps://", "https://", key)
        path = folder / "eval" / page["file"]
        # Names of 32 digits come from other collections, which may be kept back elsewhere.
        if path.exists() and not re.match(r"[0-9a-f]{32}", page["file"]):
            yield Sample(
                collection="snippets", publisher=_bare(urlsplit(address).netloc), name=page["file"],
                address=address, body=path.read_bytes(),
                belongs=tuple(page.get("with", ())), foreign=tuple(page.get("without", ())),
            )  # fmt: skip


def _bare(host: str) -> str:
    labels = [label for label in host.lower().split(".") if label not in {"www", "m", "amp"}]
    return max(labels[:-1] or labels, key=len).removesuffix("-1").removesuffix("-2")

"""What every page of one process shares."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from alerts.signing import Signer
from archive import Archive
from crawler import catalogue
from crawler.places import outlet_folders, topic_folders
from harborwatch.secret_files import signer_of
from harborwatch.web.access import Access
from harborwatch.web.remembering import Remembered
from harborwatch.web.wording import LANGUAGES
from news import Clock, Outlet
from news.toml_files import read_toml
from query import Topics
from query.topic_shapes import TopicFile
from query.topic_words import readable


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """An archive, and what its pages need to know besides."""

    #: the home folder, in which the configuration stands
    home: Path
    archive: Archive
    clock: Clock
    access: Access
    outlets: Mapping[str, Outlet]
    topics: Topics
    topic_files: Mapping[str, TopicFile]
    #: where readers find it: "https://news.example.org"; "" where nothing is known
    public_url: str = ""
    #: proxies whose word on where a reader comes from is believed
    trusted_proxies: tuple[str, ...] = ()
    #: processes that answer
    workers: int = 1
    #: reads the links of mails; None where none were ever signed
    signer: Signer | None = field(default=None, repr=False)
    remembered: Remembered = field(default_factory=Remembered)
    #: in which topics are called, where their files have it
    language: str = LANGUAGES[0]

    def outlet_name(self, outlet: str) -> str:
        """Return how an outlet is called; one that left the catalogue by its id."""
        known = self.outlets.get(outlet)
        return known.name if known else outlet

    def topic_title(self, topic: str) -> str:
        """Return how a topic is called in the reader's language."""
        known = self.topic_files.get(topic)
        return known.titled(self.language) if known else topic

    def topic_language(self, topic: str) -> str:
        """Return the language of a topic's title."""
        known = self.topic_files.get(topic)
        return self.language if known and self.language in known.titles else LANGUAGES[0]


def open_site(
    home: Path,
    archive: Archive,
    clock: Clock,
    access: Access,
    public_url: str,
    *,
    workers: int = 1,
    trusted_proxies: tuple[str, ...] = (),
) -> Site:
    """Return the site of a home folder. Raises FileError at a file that cannot be used."""
    folders = topic_folders(home)
    return Site(
        home=home,
        archive=archive,
        clock=clock,
        access=access,
        outlets=catalogue.usable(outlet_folders(home)).outlets,
        topics=Topics.load(*folders),
        topic_files=_topic_files(folders),
        public_url=public_url.rstrip("/"),
        trusted_proxies=trusted_proxies,
        workers=workers,
        signer=signer_of(home) if public_url else None,
    )


def _topic_files(folders: Sequence[Path]) -> dict[str, TopicFile]:
    """Return what stands in the topic files, by id; a later folder replaces topics."""
    paths = [path for folder in folders for path in sorted(folder.glob("*.toml"))]
    files = {path.stem: read_toml(path) for path in paths}
    return {name: readable(file, file.read(TopicFile)) for name, file in files.items()}
